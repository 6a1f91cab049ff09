//! Closes what raw HTML left open, as a browser would.
//!
//! The library that does it looks, at each `&` and each character from U+0080 to U+00BF of a text, for
//! the end of the whole text (`html5ever::serialize::write_escaped`, 0.40.1): a text of 1 MiB would
//! take a minute. So it never sees a long one.

use std::sync::LazyLock;

use ammonia::Builder;

use super::raw::tag_length;

/// Texts and values of attributes that are longer, in bytes, are kept from the library.
pub const LONG: usize = 4 << 10;

/// Stands around the number of a text that was kept from the library. Unicode keeps it free for ever
/// ("noncharacters", chapter 23.7), and a browser shows nothing for it.
const MARK: char = '\u{10ffff}';

/// Whether the library would take long to write this: more than some tenth of a second.
pub fn is_slow(html: &str) -> bool {
    const MOST: u64 = 1 << 33;
    let asks = html.bytes().filter(|byte| matches!(byte, b'&' | 0xc2)).count() as u64;
    asks * html.len() as u64 > MOST
}

/// Parses a whole body as a browser would and writes it out well-formed. Only bodies with raw
/// HTML need it: everything else is well-formed by construction.
pub fn balance(body: &str) -> String {
    if body.len() <= LONG {
        return BALANCER.clean(body).to_string();
    }
    // A mark that the text itself has would be taken for one of ours.
    let body = body.replace(MARK, "\u{fffd}");
    let short = Short::of(&body);
    with_long(&BALANCER.clean(&short.body).to_string(), &short.kept)
}

/// A body that the library does not take long to write.
#[derive(Default)]
struct Short<'t> {
    body: String,
    /// What the marks stand for: texts and values that are escaped already, so that they can be put
    /// back as they are.
    kept: Vec<&'t str>,
    /// Bytes of text that the library may take for one, whatever tags are between them.
    text: usize,
}

impl<'t> Short<'t> {
    fn of(body: &'t str) -> Self {
        let mut short = Self::default();
        let mut rest = body;
        while let Some(start) = rest.find('<') {
            short.text(&rest[..start]);
            rest = &rest[start..];
            let Some(length) = tag_length(rest) else { break };
            short.tag(&rest[..length]);
            rest = &rest[length..];
        }
        short.text(rest);
        short
    }

    fn text(&mut self, text: &'t str) {
        let before = self.body.len();
        if self.text > LONG {
            // It ends a text, and is left out again.
            self.body.push_str("<!---->");
            self.text = 0;
        }
        self.piece(text);
        self.text += self.body.len() - before;
    }

    fn tag(&mut self, mut tag: &'t str) {
        while tag.len() > LONG {
            let Some((before, after)) = tag.split_once("=\"") else { break };
            let Some((value, after)) = after.split_once('"') else { break };
            // Addresses are judged by the library. Nobody follows one of this length.
            let address = [" href", " src"].iter().find_map(|name| before.strip_suffix(name));
            match address.filter(|_| value.len() > LONG) {
                Some(before) => self.body.push_str(before),
                None => {
                    self.body.push_str(before);
                    self.body.push_str("=\"");
                    self.piece(value);
                    self.body.push('"');
                }
            }
            tag = after;
        }
        self.body.push_str(tag);
    }

    fn piece(&mut self, text: &'t str) {
        // White space decides about structure.
        let words = text.trim_start();
        if words.len() <= LONG {
            return self.body.push_str(text);
        }
        self.body.push_str(&text[..text.len() - words.len()]);
        self.body.push_str(&format!("{MARK}{}{MARK}", self.kept.len()));
        self.kept.push(words);
    }
}

/// Puts back what marks stand for.
fn with_long(html: &str, kept: &[&str]) -> String {
    let mut out = String::with_capacity(html.len());
    for (n, part) in html.split(MARK).enumerate() {
        let text =
            if n % 2 == 1 { part.parse().ok().and_then(|n: usize| kept.get(n)) } else { None };
        out.push_str(text.unwrap_or(&part));
    }
    out
}

static BALANCER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags([
            "section",
            "input",
            "math",
            "mrow",
            "mi",
            "mo",
            "mn",
            "ms",
            "mtext",
            "mspace",
            "mfrac",
            "msqrt",
            "mroot",
            "msub",
            "msup",
            "msubsup",
            "munder",
            "mover",
            "munderover",
            "mtable",
            "mtr",
            "mtd",
            "mstyle",
            "mpadded",
            "mphantom",
            "menclose",
            "merror",
            "semantics",
        ])
        .add_generic_attributes(["class", "id", "align", "aria-label", "role"])
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("math", ["display"])
        .add_tag_attributes("img", ["width", "height", "loading", "decoding"])
        .add_tag_attributes("details", ["open"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(None);
    builder
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closes_what_is_open() {
        assert_eq!(
            balance("<details><summary>a</summary><p>b</p>"),
            "<details><summary>a</summary><p>b</p></details>"
        );
    }

    #[test]
    fn long_texts_come_back_as_they_are() {
        let long = "\u{a7} &amp; &lt;b&gt; ".repeat(LONG);
        let open = format!("<p>\n {long}</p><b>{long}<img alt=\"{long}\" src=\"a.png\"><p>x");
        let closed = open.clone() + "</p></b>";
        assert!(balance(&open) == closed, "{}", balance(&open).replace(&long, "LONG"));
        let split = "a</b>&amp; ".repeat(LONG);
        assert!(balance(&format!("<p>{split}")) == format!("<p>{}</p>", split.replace("</b>", "")));
        // The order of parts is that of the parser: words in a table come before it.
        let table = format!("<table>{long}<tr><td>a</td></tr></table>");
        let after = format!("{long}<table><tbody><tr><td>a</td></tr></tbody></table>");
        assert!(balance(&table) == after, "{}", balance(&table).replace(&long, "LONG"));
    }

    #[test]
    fn marks_of_a_text_are_none_of_ours() {
        let long = "a ".repeat(LONG);
        let body = format!("<b>{MARK}0{MARK}</b><i title=\"{MARK}\">{long}</i>{MARK}");
        let closed = balance(&body);
        assert!(closed.starts_with("<b>\u{fffd}0\u{fffd}</b>"), "{}", &closed[..40]);
        assert_eq!(closed.matches(&long).count(), 1);
        assert!(!closed.contains(MARK));
        let address = "&amp;".repeat(LONG);
        let tag = format!("<a href=\"{address}\" title=\"{address}\">{long}</a>");
        assert_eq!(balance(&tag), format!("<a title=\"{address}\">{long}</a>"));
    }
}
