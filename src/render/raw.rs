//! Raw HTML inside Markdown: what GitHub would show stays, the rest goes.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::{
    balance::{LONG, is_slow},
    html::{self, Tag},
};

/// Elements whose content is not markup: they are dropped with it.
const OPAQUE: [&str; 9] = [
    "<script",
    "<style",
    "<textarea",
    "<title",
    "<iframe",
    "<xmp",
    "<noembed",
    "<noframes",
    "<plaintext",
];

/// A cleaned piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What is left.
    pub html: String,
    /// The first element that was taken out.
    pub removed: Option<String>,
    /// Whether elements were taken out because they stood inside too many others.
    pub too_deep: bool,
}

/// Elements that may stand open at once, in one text. Browsers take some 500; a parser's work grows
/// with the square of the depth.
const MAX_OPEN: usize = 100;

/// Elements whose end is implied by the next of them: open or not, they make no text deeper.
const IMPLIED: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "rp", "rt", "col",
    "colgroup",
];

/// Cleans a block or a tag. Open elements may stay open: [`super::balance`] closes them at the end.
/// Relative addresses become what `resolve` says of them, or go.
/// `open` counts the elements of the text that are open, from one piece to the next.
pub fn clean(raw: &str, open: &mut usize, resolve: &dyn Fn(&str) -> Option<String>) -> Cleaned {
    let mut cleaned = clean_tags(raw, open);
    cleaned.html = rewrite(&cleaned.html, resolve);
    cleaned
}

/// Puts resolved addresses into cleaned HTML, whose attributes are all in double quotes.
fn rewrite(html: &str, resolve: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some(length) = tag_length(&rest[start..]) else { break };
        out.push_str(&rest[..start]);
        let mut tag = rest[start..start + length].to_owned();
        if let Some(words) = remote_image(&tag) {
            out.push_str(&words);
            rest = &rest[start + length..];
            continue;
        }
        for name in [" href=\"", " src=\""] {
            let Some(at) = tag.find(name) else { continue };
            let from = at + name.len();
            let Some(end) = tag[from..].find('"').map(|end| from + end) else { continue };
            let value = tag[from..end].replace("&amp;", "&").replace("&quot;", "\"");
            if has_scheme(&value) {
                continue;
            }
            let attribute = resolve(&value).map(|url| format!("{name}{}\"", html::escape(&url)));
            tag.replace_range(at..=end, &attribute.unwrap_or_default());
        }
        out.push_str(&tag);
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

/// The words in place of an image from elsewhere: nothing is loaded that is not of the site.
fn remote_image(tag: &str) -> Option<String> {
    let value = |name: &str| {
        let from = tag.find(name)? + name.len();
        tag[from..].find('"').map(|end| &tag[from..from + end])
    };
    let url = tag.starts_with("<img").then(|| value(" src=\"")).flatten()?;
    if !has_scheme(url) && !url.starts_with("//") {
        return None;
    }
    let alt = value(" alt=\"").filter(|alt| !alt.trim().is_empty()).unwrap_or("image");
    Some(format!("<span class=\"remote-image\">{alt}</span>"))
}

/// Whether an address begins with a scheme. Browsers look past white space and control characters in
/// front of it, and past tabs and line ends anywhere.
fn has_scheme(url: &str) -> bool {
    let is_nothing = |b: &u8| *b <= b' ';
    url.split_once(':').is_some_and(|(scheme, _)| {
        let mut letters = scheme.bytes().filter(|b| !is_nothing(b)).peekable();
        letters.peek().is_some()
            && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

fn clean_tags(raw: &str, open: &mut usize) -> Cleaned {
    let lower = raw.to_lowercase();
    if let Some(opaque) = OPAQUE.iter().find(|name| lower.contains(**name)) {
        let removed = Some(opaque.trim_start_matches('<').to_owned());
        // What such a piece opens is known only to a parser, whose work this limits.
        let too_deep = lower.matches('<').count() > 2 * MAX_OPEN;
        let html = match too_deep || is_slow(raw) {
            true => html::escape(raw).into_owned(),
            false => html::clean_fragment(raw),
        };
        return Cleaned { html, removed, too_deep };
    }
    let html = String::with_capacity(raw.len());
    let mut out = Cleaned { html, removed: None, too_deep: false };
    let mut rest = raw;
    while let Some(start) = rest.find('<') {
        out.html.push_str(&clean_words(&rest[..start]));
        let tag = &rest[start..];
        let length = if tag.starts_with("<!--") {
            tag.find("-->").map(|end| end + 3)
        } else {
            tag_length(tag)
        };
        let Some(length) = length else {
            out.html.push_str(&html::escape(tag));
            return out;
        };
        let clean = |tag| if is_slow(tag) { None } else { html::clean_tag(tag) };
        match clean(&tag[..length]) {
            Some(Tag::Open { name, html }) => {
                let deepens = !IMPLIED.contains(&name.as_str());
                if *open < MAX_OPEN {
                    out.html.push_str(&html);
                }
                out.too_deep |= *open >= MAX_OPEN;
                *open += usize::from(deepens);
            }
            Some(Tag::Void { html }) => out.html.push_str(&html),
            Some(Tag::Close { name }) => {
                let deepens = !IMPLIED.contains(&name.as_str());
                *open = open.saturating_sub(usize::from(deepens));
                if *open < MAX_OPEN {
                    out.html.push_str(&format!("</{name}>"));
                }
            }
            None if tag.starts_with("<!") || tag.starts_with("<?") => {}
            None => {
                let name = tag.trim_start_matches(['<', '/']);
                let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
                out.removed.get_or_insert_with(|| name[..end].to_owned());
            }
        }
        rest = &tag[length..];
    }
    out.html.push_str(&clean_words(rest));
    out
}

/// Cleans what stands between two tags, some kilobytes at a time.
fn clean_words(mut words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    // No character reference goes over such a place, nor does the end of a line.
    let may_cut =
        |(at, c): &(usize, char)| *at >= LONG && (matches!(c, '&' | ' ') || !c.is_ascii());
    while words.len() > LONG {
        let Some((at, _)) = words.char_indices().find(may_cut) else { break };
        out.push_str(&html::clean_fragment(&words[..at]));
        words = &words[at..];
    }
    out + &html::clean_fragment(words)
}

/// The bytes of a tag up to its `>`, quoted attribute values respected.
pub(super) fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at + 1),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// A block of raw HTML, whose lines come one by one, in pieces that end no tag and no comment in the
/// middle.
#[derive(Debug, Default)]
pub struct Pieces {
    /// The pieces, each with its place.
    pub whole: Vec<(String, Range<usize>)>,
    open: Open,
}

/// What a line leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    Nothing,
    Comment,
    Tag,
}

impl Pieces {
    /// The pieces of the block that was begun, up to its end.
    pub fn of<'t>(events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>) -> Self {
        let mut pieces = Self::default();
        for (event, place) in events {
            match event {
                Event::Html(line) | Event::Text(line) => pieces.push(&line, place),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        pieces
    }

    /// Adds a line.
    fn push(&mut self, line: &str, place: Range<usize>) {
        match self.whole.last_mut().filter(|_| self.open != Open::Nothing) {
            Some((text, before)) => {
                text.push_str(line);
                before.end = place.end;
            }
            None => self.whole.push((line.to_owned(), place)),
        }
        self.open = self.open.after(line);
    }
}

impl Open {
    /// What is open after a line. Only the line is looked at, so that long blocks cost no more.
    fn after(self, line: &str) -> Self {
        let end = match self {
            Self::Nothing => "",
            Self::Comment => "-->",
            Self::Tag => ">",
        };
        let Some((_, mut rest)) = line.split_once(end) else { return self };
        while let Some((_, comment)) = rest.split_once("<!--") {
            let Some((_, after)) = comment.split_once("-->") else { return Self::Comment };
            rest = after;
        }
        let tag = rest.rfind('<').map_or("", |start| rest[start + 1..].trim_start_matches('/'));
        match tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains('>') {
            true => Self::Tag,
            false => Self::Nothing,
        }
    }
}

/// A piece of raw HTML without its comments, which are no words to readers. One that does not end here
/// stays.
pub fn without_comments(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        out.push_str(before);
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_github_keeps_and_names_what_it_drops() {
        let clean = |raw| clean(raw, &mut 0, &|url| (url == "a.md").then(|| "a.html".to_owned()));
        assert!(clean("<a href=a.md>").html.contains("href=\"a.html\""));
        assert!(!clean("<a href='//b.example/x'>").html.contains("href"));
        assert_eq!(
            clean("<img src='https://b.example/i.png' alt='a &amp; b'>").html,
            "<span class=\"remote-image\">a &amp; b</span>"
        );
        assert!(!clean("<img src='ht\ntps://b.example/i.png'>").html.contains("src"));
        assert!(!clean("<img src='\u{1}https://b.example/i.png'>").html.contains("src"));
        assert_eq!(clean("<kbd onclick=\"x()\">").html, "<kbd>");
        assert_eq!(clean("<script>alert(1)</script>").html, "");
        assert_eq!(clean("<script>alert(1)</script>").removed.as_deref(), Some("script"));
        assert_eq!(clean("<custom-thing>").removed.as_deref(), Some("custom"));
        assert_eq!(clean("<!-- note -->").html, "");
    }

    #[test]
    fn long_words_are_cleaned_as_short_ones() {
        let clean = |raw: &str| clean(raw, &mut 0, &|_| None);
        for piece in ["a &amp; b &lt ", "\u{a7}", "&copy;", "x > y\r\n"] {
            let (count, short) = (3 * LONG, clean(piece).html);
            assert!(clean(&piece.repeat(count)).html == short.repeat(count), "{piece:?}");
        }
        let slow = clean(&format!("a<img alt='{}'>b", "&amp;".repeat(60_000)));
        assert_eq!((&*slow.html, slow.removed.as_deref()), ("ab", Some("img")));
        let usual = clean(&format!("a<img alt='{}'>b", "&amp;".repeat(600)));
        assert!(usual.html.contains(&"&amp;".repeat(600)) && usual.removed.is_none());
    }

    #[test]
    fn pieces_end_no_tag_and_no_comment() {
        let pieces = |text: &str| {
            let mut pieces = Pieces::default();
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                pieces.push(line, at..at + line.len());
                at += line.len();
            }
            let same = |(piece, place): &(String, Range<usize>)| text[place.clone()] == **piece;
            assert!(pieces.whole.iter().all(same), "{text}");
            pieces.whole.len()
        };
        for (text, count) in [
            ("<p>\na\n</p>\n", 3),
            ("<!-- a\nb\n--> c\nd\n", 2),
            ("<img\n src=x\n alt=y>\nz\n", 2),
            ("<a\n<b>\n", 1),
            ("a < b\nc\n", 2),
            ("<!-- a\nb", 1),
        ] {
            assert_eq!(pieces(text), count, "{text}");
        }
    }

    #[test]
    fn escaped_html_is_text() {
        for (raw, shown) in [
            ("<b x='1'>", "&lt;b x=&#39;1&#39;&gt;"),
            ("a<!-- <b> -->b<!-- -->", "ab"),
            ("<!-- <b>", "&lt;!-- &lt;b&gt;"),
            ("<!--><script>", "&lt;!--&gt;&lt;script&gt;"),
            ("<!-- a --><i>-->", "&lt;i&gt;--&gt;"),
            ("&amp;", "&amp;amp;"),
        ] {
            assert_eq!(html::escape(&without_comments(raw)), shown, "{raw}");
        }
    }

    #[test]
    fn no_text_opens_more_than_a_parser_likes() {
        let mut open = 0;
        let cleaned = clean(&"<details>".repeat(5_000), &mut open, &|_| None);
        assert_eq!(cleaned.html.matches("<details>").count(), MAX_OPEN);
        assert!(cleaned.too_deep);
        let closed = clean(&"</details>".repeat(5_000), &mut open, &|_| None);
        assert_eq!((closed.html.matches("</details>").count(), open), (MAX_OPEN, 0));
        assert!(!clean(&"<p><b>x</b><br>".repeat(5_000), &mut 0, &|_| None).too_deep);
        assert!(
            clean(&"<b>".repeat(5_000).replace("<b><b>", "<b><xmp>"), &mut 0, &|_| None).too_deep
        );
    }
}
