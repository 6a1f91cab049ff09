//! The half of `lacuna serve` that runs in the browser: a page follows its source while it is shown.
//!
//! The script hears of new generations of the site at `/_lacuna/events`, asks for its own page again
//! and changes it in place, so that the place on the page, the focus and what the reader has opened
//! stay. Problems that deserve it are shown over the page. A theme takes part through two events at
//! the document: `lacuna:changing`, whose `detail` is the document that comes in, before it is shown,
//! and `lacuna:changed`.

/// What is served as `/_lacuna/live.js`: nothing of it is visible to scripts of the theme.
pub const SCRIPT: &str = concat!(
    "(function () {\n\"use strict\";\n",
    include_str!("morph.js"),
    include_str!("page.js"),
    include_str!("overlay.js"),
    include_str!("stream.js"),
    "})();\n",
);

/// What is served as `/_lacuna/live.css`. It styles nothing of the page.
pub const STYLE: &str = include_str!("live.css");

const TAGS: &str = "<link rel=\"stylesheet\" href=\"/_lacuna/live.css\">\
                    <script src=\"/_lacuna/live.js\" defer></script>";

/// A page with the script and its style: before the end of its head, or where a browser would take
/// it for the head of a page that a theme wrote without one. A page that has them stays as it is.
pub fn inject(html: &[u8]) -> Vec<u8> {
    if find(html, TAGS.as_bytes()).is_some() {
        return html.to_vec();
    }
    let at = find(html, b"</head>")
        .or_else(|| find(html, b"<body"))
        .or_else(|| after(html, b"<html"))
        .or_else(|| after(html, b"<!doctype"))
        .unwrap_or(0);
    [&html[..at], TAGS.as_bytes(), &html[at..]].concat()
}

/// Where `tag` begins for the first time, in any mix of cases; not inside a comment or a script.
fn find(html: &[u8], tag: &[u8]) -> Option<usize> {
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        if starts(rest, tag) {
            return Some(at);
        }
        let opaque: &[(&[u8], &[u8])] = &[
            (b"<!--", b"-->"),
            (b"<script", b"</script"),
            (b"<style", b"</style"),
            (b"<title", b"</title"),
        ];
        let end = opaque.iter().find(|(start, _)| starts(rest, start)).map(|(_, end)| *end);
        at += match end {
            Some(end) => {
                rest.windows(end.len()).position(|found| found.eq_ignore_ascii_case(end))?
            }
            None => 1,
        };
    }
    None
}

/// The end of the first tag that begins like `tag`.
fn after(html: &[u8], tag: &[u8]) -> Option<usize> {
    let start = find(html, tag)?;
    let end = html[start..].iter().position(|byte| *byte == b'>')?;
    Some(start + end + 1)
}

fn starts(html: &[u8], tag: &[u8]) -> bool {
    html.len() >= tag.len() && html[..tag.len()].eq_ignore_ascii_case(tag)
}

#[cfg(test)]
mod tests {
    use super::{TAGS, inject};

    fn injected(html: &str) -> String {
        String::from_utf8(inject(html.as_bytes())).expect("still text")
    }

    #[test]
    fn the_tags_end_the_head() {
        assert_eq!(
            injected("<html><HEAD><title>A</title></HEAD><body>x</body></html>"),
            format!("<html><HEAD><title>A</title>{TAGS}</HEAD><body>x</body></html>")
        );
    }

    #[test]
    fn a_page_gets_them_once() {
        let once = injected("<head></head><body>x");
        assert_eq!(once.matches(TAGS).count(), 1);
        assert_eq!(injected(&once), once);
    }

    #[test]
    fn only_a_real_end_of_the_head_counts() {
        for fake in [
            "<!-- </head> -->",
            "<title>How </head> ends</title>",
            "<script>'</head>'</script>",
            "<style>/*</head>*/</style>",
        ] {
            let page = format!("<head>{fake}<meta charset=utf-8></head><body>");
            assert!(injected(&page).contains(&format!("utf-8>{TAGS}</head>")), "{fake}");
        }
    }

    #[test]
    fn a_theme_may_write_no_head() {
        assert_eq!(injected("<!doctype html><body>x"), format!("<!doctype html>{TAGS}<body>x"));
        assert_eq!(
            injected("<!DOCTYPE html><html lang=en><p>x"),
            format!("<!DOCTYPE html><html lang=en>{TAGS}<p>x")
        );
        assert_eq!(injected("<!doctype html><p>x"), format!("<!doctype html>{TAGS}<p>x"));
        assert_eq!(injected("just words"), format!("{TAGS}just words"));
        assert_eq!(injected(""), TAGS);
    }

    #[test]
    fn bytes_that_are_no_text_stay() {
        assert_eq!(inject(b"\xff</head>\xfe"), [b"\xff", TAGS.as_bytes(), b"</head>\xfe"].concat());
        assert_eq!(inject(b"<!-- never ends </head>"), {
            [TAGS.as_bytes(), b"<!-- never ends </head>"].concat()
        });
    }
}
