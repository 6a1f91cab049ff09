//! Escaping, link safety and the allow-list for raw HTML found in Markdown.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Keeps the elements a README may use, and drops everything else.
///
/// The list follows what GitHub renders: structure, tables, `details`, `kbd`, images and links,
/// never `class`, `id`, `style`, scripts or event handlers. The result is balanced, so call this
/// on a complete fragment; a lone `<kbd>` is for [`clean_tag`].
#[must_use]
pub fn clean_fragment(html: &str) -> String {
    // A parser is not started for words, which stand between all tags.
    if !html.contains(['<', '>', '&', '\u{a0}', '\0', '\r']) {
        return html.to_owned();
    }
    CLEANER.clean(html).to_string()
}

/// One tag that passed the allow-list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// A start tag; whoever writes it has to write the matching [`Tag::Close`].
    Open {
        /// Lower-case element name.
        name: String,
        /// The cleaned tag, ready to write.
        html: String,
    },
    /// An element without content, ready to write.
    Void {
        /// The cleaned tag, ready to write.
        html: String,
    },
    /// An end tag; write it only if the element is open.
    Close {
        /// Lower-case element name.
        name: String,
    },
}

/// Cleans a single tag as Markdown parsers hand it over, without balancing it.
///
/// Returns `None` for comments, unknown elements and anything that is not exactly one tag.
#[must_use]
pub fn clean_tag(tag: &str) -> Option<Tag> {
    let inner = tag.trim().strip_prefix('<')?.strip_suffix('>')?;
    let (inner, closing) = match inner.strip_prefix('/') {
        Some(rest) => (rest, Closing::Yes),
        None => (inner, Closing::No),
    };
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner[..end].to_ascii_lowercase();
    if !TAGS.contains(&name.as_str()) {
        return None;
    }
    let is_bare = inner[end..].trim().is_empty();
    if closing == Closing::Yes {
        return (is_bare && !VOID.contains(&name.as_str())).then_some(Tag::Close { name });
    }
    if is_bare && let Some(known) = BARE.get(name.as_str()) {
        return known.clone();
    }
    clean_open_tag(tag, name)
}

/// What becomes of each tag without attributes: a text may hold hundreds of thousands of them.
static BARE: LazyLock<BTreeMap<&str, Option<Tag>>> = LazyLock::new(|| {
    let cleaned =
        |name: &&'static str| (*name, clean_open_tag(&format!("<{name}>"), (*name).to_owned()));
    TAGS.iter().map(cleaned).collect()
});

fn clean_open_tag(tag: &str, name: String) -> Option<Tag> {
    let context = match name.as_str() {
        "td" | "th" => "<table><tbody><tr>",
        "tr" => "<table><tbody>",
        "thead" | "tbody" | "tfoot" | "caption" => "<table>",
        _ => "",
    };
    let cleaned = CLEANER.clean(&format!("{context}{}", tag.trim())).to_string();
    let start = cleaned.find(&format!("<{name}"))?;
    let html = cleaned[start..=start + tag_end(&cleaned[start..])?].to_owned();
    if VOID.contains(&name.as_str()) {
        return Some(Tag::Void { html });
    }
    Some(Tag::Open { name, html })
}

/// Says whether a link or image address may be written to a page.
///
/// Allowed are relative addresses, fragments, `http`, `https`, `mailto` and `tel`. The decision is
/// made on the address as written and again after character references, percent escapes, control
/// characters and white space are undone, because browsers undo them too.
#[must_use]
pub fn safe_url(url: &str) -> bool {
    if !scheme_allowed(url) {
        return false;
    }
    let mut decoded = url.to_owned();
    for _ in 0..3 {
        let next = percent_decode(&reference_decode(&decoded));
        if next == decoded {
            return true;
        }
        if !scheme_allowed(&next) {
            return false;
        }
        decoded = next;
    }
    // Four layers of escapes have no honest use.
    percent_decode(&reference_decode(&decoded)) == decoded
}

/// Escapes text for element content and quoted attribute values.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| entity(byte).is_some()) {
        let mut out = String::with_capacity(text.len() + text.len() / 8 + 8);
        escape_into(&mut out, text);
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// Appends escaped text to `out`, as [`escape`] does.
pub fn escape_into(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[from..at]);
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

#[derive(PartialEq, Eq)]
enum Closing {
    Yes,
    No,
}

const VOID: [&str; 5] = ["br", "hr", "img", "wbr", "source"];

/// Elements that raw HTML may have, and the others that generators write.
#[rustfmt::skip]
pub(super) const TAGS: [&str; 63] = [
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture",
    "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let aligned = ["align", "valign"];
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut allow = |tag, names: &[&'static str]| {
        attributes.entry(tag).or_default().extend(names.iter().copied());
    };
    for tag in ["div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "img", "table", "hr"] {
        allow(tag, &["align"]);
    }
    for tag in ["td", "th", "tr", "thead", "tbody", "tfoot", "col", "colgroup"] {
        allow(tag, &aligned);
    }
    allow("td", &["colspan", "rowspan", "headers"]);
    allow("th", &["colspan", "rowspan", "headers", "scope", "abbr"]);
    allow("a", &["href", "title"]);
    allow("img", &["src", "alt", "title", "width", "height"]);
    allow("details", &["open"]);
    allow("ol", &["start", "reversed", "type"]);
    allow("li", &["value"]);
    allow("abbr", &["title"]);
    allow("dfn", &["title"]);
    allow("bdo", &["dir"]);

    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().collect())
        .clean_content_tags(["script", "style", "noscript", "template"].into_iter().collect())
        .tag_attributes(attributes)
        .generic_attributes(["lang", "dir"].into_iter().collect())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|_, attribute, value| {
            let is_url = matches!(attribute, "href" | "src" | "cite");
            let is_harmless = !is_url || safe_url(value);
            (is_harmless && (attribute != "src" || shows_a_picture(value))).then_some(value.into())
        });
    builder
});

/// Position of the `>` that ends the tag at the start of `html`, quotes respected.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

fn scheme_allowed(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| matches!(&*scheme, "http" | "https" | "mailto" | "tel"))
}

/// Whether the address of a picture has no scheme that a program other than a browser answers.
fn shows_a_picture(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| matches!(&*scheme, "http" | "https"))
}

/// What stands before the colon of an address that is not relative, in lower case.
fn scheme(url: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || is_invisible(c) {
            continue;
        }
        match c {
            ':' => return Some(scheme),
            '/' | '?' | '#' | '\\' => return None,
            c => scheme.extend(c.to_lowercase()),
        }
    }
    None
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let code = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Undoes numeric references, with or without semicolon, and the named ones that matter in a URL.
pub(super) fn reference_decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 9] = [
        ("&colon;", ':'),
        ("&Tab;", '\t'),
        ("&NewLine;", '\n'),
        ("&sol;", '/'),
        ("&bsol;", '\\'),
        ("&num;", '#'),
        ("&quest;", '?'),
        ("&percnt;", '%'),
        ("&amp;", '&'),
    ];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix, prefix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 3),
        None => (digits, 10, 2),
    };
    let count = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(digits.get(..count)?, radix).ok()?;
    let semicolon = usize::from(digits[count..].starts_with(';'));
    Some((char::from_u32(code).unwrap_or('\u{fffd}'), prefix + count + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_a_readme_uses() {
        let kept = "<details open=\"\"><summary>More</summary>Press <kbd>Q</kbd> H<sub>2</sub>O<br></details>";
        assert_eq!(clean_fragment(kept), kept);
        let image = "<p align=\"center\"><img src=\"logo.svg\" alt=\"Logo\" width=\"40\"></p>";
        assert_eq!(clean_fragment(image), image);
    }

    #[test]
    fn drops_what_runs_or_styles() {
        for bad in [
            "<script>alert(1)</script>",
            "<style>*{}</style>",
            "<iframe src=x></iframe>",
            "<svg onload=alert(1)></svg>",
            "<form action=/x><input></form>",
            "<!-- c -->",
        ] {
            assert_eq!(clean_fragment(bad), "", "{bad}");
        }
        assert_eq!(clean_fragment("<p class=a id=b style=c onclick=d>x</p>"), "<p>x</p>");
        assert_eq!(clean_fragment("<a href=\"java\nscript:alert(1)\">x</a>"), "<a>x</a>");
        assert_eq!(clean_fragment("<img src=data:text/html,x>"), "<img>");
        assert_eq!(clean_fragment("<img src='mail\nto:a@b.c'>"), "<img>");
    }

    #[test]
    fn cleans_single_tags_without_balancing() {
        let open =
            |name: &str, html: &str| Some(Tag::Open { name: name.into(), html: html.into() });
        assert_eq!(clean_tag("<kbd class=x>"), open("kbd", "<kbd>"));
        assert_eq!(clean_tag("<TD align='right' onclick=x>"), open("td", "<td align=\"right\">"));
        assert_eq!(
            clean_tag("<a href='x' title='a>b'>").map(|tag| match tag {
                Tag::Open { html, .. } => html.ends_with('>') && html.contains("title"),
                _ => false,
            }),
            Some(true)
        );
        assert_eq!(clean_tag("</kbd>"), Some(Tag::Close { name: "kbd".into() }));
        assert_eq!(clean_tag("<br/>"), Some(Tag::Void { html: "<br>".into() }));
        assert_eq!(clean_tag("<script>"), None);
        assert_eq!(clean_tag("<!-- x -->"), None);
    }

    #[test]
    fn decides_on_the_decoded_scheme() {
        for good in [
            "",
            "#a",
            "a/b.md",
            "../a:b",
            "?q=a:b",
            "/x",
            "HTTP://x.org",
            "https://x.org/a%20b",
            "mailto:a@b.c",
            "tel:+1",
            "100%.md",
            "a&b",
        ] {
            assert!(safe_url(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "javascript&colon;x",
            "javascript&#58;x",
            "javascript&#x3a;x",
            "javascript&#0000058x",
            "java&Tab;script:x",
            "%6aavascript:x",
            "javascript%3Ax",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "java\u{200b}script:x",
            "javascript&amp;colon;x",
            "javascript%253Ax",
        ] {
            assert!(!safe_url(bad), "{bad}");
        }
    }

    #[test]
    fn escapes_the_five() {
        assert_eq!(escape("a<b>&\"'c"), "a&lt;b&gt;&amp;&quot;&#39;c");
        assert!(matches!(escape("plain é"), Cow::Borrowed(_)));
    }
}
