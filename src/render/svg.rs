//! The allow-list for SVG documents.

use std::borrow::Cow;
use std::fmt;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::html::escape_into;

/// Why a document is not an SVG that can be cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SvgError {
    /// One line for people.
    pub message: String,
}

impl fmt::Display for SvgError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SvgError {}

/// Rewrites a standalone SVG document from the elements and attributes known to be harmless.
///
/// What is not listed is dropped with everything in it: scripts, `foreignObject`, animation, event
/// handlers, comments and processing instructions. References survive only to fragments of the
/// same document. Style sheets survive, as the result is meant for `<img>`, unless they could load
/// something.
///
/// # Errors
/// The text is not well-formed XML, uses entities other than the predefined ones, is nested deeper
/// than 256 elements, or its root is not `svg`.
pub fn clean(svg: &str) -> Result<String, SvgError> {
    let mut reader = Reader::from_str(svg);
    let mut writer = Cleaner { out: String::with_capacity(svg.len()), ..Cleaner::default() };
    loop {
        match reader.read_event().map_err(|error| malformed(&error))? {
            Event::Start(tag) => writer.start(&tag, Content::Some)?,
            Event::Empty(tag) => writer.start(&tag, Content::None)?,
            Event::End(tag) => writer.end(tag.name().0),
            Event::Text(text) => writer.text(&text.xml10_content())?,
            Event::CData(text) => writer.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let c = resolve(&reference)?;
                writer.text(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return writer.finish(),
        }
    }
}

/// Deepest nesting of elements; browsers give up at a similar depth.
const MAX_DEPTH: usize = 256;

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComposite",
    "feDropShadow", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "filter", "g",
    "line", "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline",
    "radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title",
    "tspan", "use",
];

#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "alignment-baseline", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "aria-roledescription", "baseline-shift", "class", "clip-path", "clip-rule", "clipPathUnits",
    "color", "cx", "cy", "d", "data-look", "direction", "display", "dominant-baseline", "dx", "dy", "fill",
    "fill-opacity", "fill-rule", "filter", "filterUnits", "flood-color", "flood-opacity",
    "font-family", "font-size", "font-style", "font-variant", "font-weight", "fr", "fx", "fy",
    "gradientTransform", "gradientUnits", "height", "id", "in", "in2", "k1", "k2", "k3", "k4", "lang",
    "lengthAdjust", "letter-spacing", "marker-end", "marker-mid", "marker-start", "markerHeight",
    "markerUnits", "markerWidth", "mask", "maskContentUnits", "maskUnits", "mix-blend-mode", "mode",
    "offset", "opacity", "operator", "orient", "overflow", "paint-order", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "points", "preserveAspectRatio",
    "primitiveUnits", "r", "refX", "refY", "result", "role", "rotate", "rx", "ry", "shape-rendering",
    "spreadMethod", "startOffset", "stdDeviation", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-opacity", "stroke-width", "style", "text-anchor", "text-decoration",
    "text-rendering", "textLength", "transform", "transform-origin", "type", "unicode-bidi", "values",
    "vector-effect", "version", "viewBox", "visibility", "width", "word-spacing", "writing-mode", "x",
    "x1", "x2", "xml:space", "y", "y1", "y2",
];

/// Whether a tag has something between itself and its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Some,
    None,
}

#[derive(Default)]
struct Cleaner {
    out: String,
    /// Open elements that are written.
    depth: usize,
    /// Open elements that are dropped, counted from the outermost one.
    dropped: usize,
    /// The text of the open `style` element.
    style: Option<String>,
    roots: usize,
}

impl Cleaner {
    fn start(&mut self, tag: &BytesStart<'_>, content: Content) -> Result<(), SvgError> {
        let name = tag.name().0;
        if self.depth + self.dropped >= MAX_DEPTH {
            return Err(error(format!("elements are nested deeper than {MAX_DEPTH}")));
        }
        if self.depth + self.dropped == 0 {
            self.roots += 1;
            if name != "svg" || self.roots > 1 {
                return Err(error(format!("expected one `svg` element, found `{name}`")));
            }
        }
        let attributes = read_attributes(tag)?;
        if self.dropped > 0 || self.style.is_some() || !ELEMENTS.contains(&name) {
            self.dropped += usize::from(content == Content::Some);
            return Ok(());
        }
        if name == "style" {
            if content == Content::Some {
                self.style = Some(String::new());
                self.depth += 1;
            }
            return Ok(());
        }
        self.out.push('<');
        self.out.push_str(name);
        if self.depth == 0 {
            self.attribute("xmlns", "http://www.w3.org/2000/svg");
        }
        for (key, value) in attributes {
            match key {
                "href" | "xlink:href" if value.trim().starts_with('#') => {
                    self.attribute("href", value.trim());
                }
                key if ATTRIBUTES.contains(&key) && is_harmless_css(&value) => {
                    self.attribute(key, &value);
                }
                _ => {}
            }
        }
        self.out.push_str(if content == Content::Some { ">" } else { "/>" });
        self.depth += usize::from(content == Content::Some);
        Ok(())
    }

    fn attribute(&mut self, key: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        // A parser reads a line break in an attribute as a space; path data has plenty of both.
        for (index, word) in value.split_ascii_whitespace().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            escape_into(&mut self.out, word);
        }
        self.out.push('"');
    }

    fn end(&mut self, name: &str) {
        if self.dropped > 0 {
            self.dropped -= 1;
            return;
        }
        self.depth = self.depth.saturating_sub(1);
        if let Some(style) = self.style.take() {
            if is_harmless_css(&style) {
                self.out.push_str("<style>");
                escape_into(&mut self.out, &style);
                self.out.push_str("</style>");
            }
            return;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn text(&mut self, text: &str) -> Result<(), SvgError> {
        if text.chars().any(|c| !is_xml(c)) {
            return Err(error("characters that XML does not allow"));
        }
        if self.dropped > 0 {
            return Ok(());
        }
        // Written as it is, the next reader takes it for the end of a line.
        let text = &text.replace('\r', "\n");
        if let Some(style) = &mut self.style {
            style.push_str(text);
        } else if self.depth > 0 {
            escape_into(&mut self.out, text);
        } else if !text.trim().trim_matches('\u{feff}').is_empty() {
            return Err(error("text outside of the `svg` element"));
        }
        Ok(())
    }

    fn finish(self) -> Result<String, SvgError> {
        if self.roots == 0 {
            return Err(error("no `svg` element"));
        }
        if self.depth + self.dropped > 0 {
            return Err(error("an element is not closed"));
        }
        Ok(self.out)
    }
}

/// Attributes with their references resolved.
fn read_attributes<'a>(tag: &'a BytesStart<'_>) -> Result<Vec<(&'a str, Cow<'a, str>)>, SvgError> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| malformed(&error))?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .map_err(|error| malformed(&error))?;
        if value.contains('<') && attribute.value.contains('<') {
            return Err(error("`<` in an attribute value"));
        }
        if value.chars().any(|c| !is_xml(c)) {
            return Err(error("characters that XML does not allow"));
        }
        attributes.push((attribute.key.0, value));
    }
    Ok(attributes)
}

fn resolve(reference: &BytesRef<'_>) -> Result<char, SvgError> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| malformed(&error))? {
        return Ok(c);
    }
    match &*reference.xml10_content() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        name => Err(error(format!("unknown entity `{name}`"))),
    }
}

/// Says whether a style sheet, a declaration or an attribute value loads and runs nothing.
fn is_harmless_css(css: &str) -> bool {
    // Everything that reaches elsewhere needs one of these characters.
    if !css.contains(['(', '@', '\\', '<', ':']) {
        return true;
    }
    // What looks like a comment may be words in a string, so both readings have to be harmless.
    let css = css.to_ascii_lowercase();
    reaches_nothing(&css) && reaches_nothing(&without_comments(&css))
}

fn reaches_nothing(css: &str) -> bool {
    let forbidden =
        ["@import", "@font-face", "@namespace", "expression", "</", "\\", "javascript:"];
    let functions = ["image(", "image-set(", "src(", "-moz-binding", "behavior:"];
    if forbidden.iter().chain(&functions).any(|word| css.contains(word)) {
        return false;
    }
    css.match_indices("url").all(|(at, word)| {
        let rest = css[at + word.len()..].trim_start();
        rest.strip_prefix('(').is_none_or(|target| {
            target.trim_start().trim_start_matches(['"', '\'']).starts_with('#')
        })
    })
}

/// A comment may stand between any two tokens, so nothing may be hidden behind one.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

pub(super) const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn error(message: impl Into<String>) -> SvgError {
    SvgError { message: message.into() }
}

fn malformed(cause: &dyn fmt::Display) -> SvgError {
    error(format!("not well-formed XML: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(svg: &str) -> String {
        let cleaned = clean(&format!("<svg>{svg}</svg>")).expect("well-formed");
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\">";
        cleaned
            .strip_prefix(start)
            .and_then(|rest| rest.strip_suffix("</svg>"))
            .expect("root")
            .to_owned()
    }

    #[test]
    fn drawings_survive() {
        let kept = "<g id=\"a\" transform=\"translate(1,2)\"><path d=\"M0 0\" marker-end=\"url(#m)\" \
                    style=\"fill:red;stroke:#333\"/><text x=\"1\">A &amp; B<tspan>é</tspan></text></g>";
        assert_eq!(inner(kept), kept);
        assert_eq!(
            inner("<style>.a &gt; b{fill:url(#g)}</style>"),
            "<style>.a &gt; b{fill:url(#g)}</style>"
        );
        assert_eq!(inner("<use xlink:href=\"#a\"/>"), "<use href=\"#a\"/>");
        assert_eq!(inner("<text><![CDATA[<b>]]></text>"), "<text>&lt;b&gt;</text>");
    }

    #[test]
    fn what_runs_or_loads_is_dropped() {
        for bad in [
            "<script>alert(1)</script>",
            "<script href=\"x\"/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<animate attributeName=\"href\" to=\"javascript:x\"/>",
            "<set attributeName=\"href\" to=\"x\"/>",
            "<image href=\"http://x/\"/>",
            "<a href=\"javascript:x\"><text>x</text></a>",
            "<iframe/>",
            "<svg:script>x</svg:script>",
            "<style>@import 'x';</style>",
            "<style>@IMPORT 'x';</style>",
            "<style>a{b:url(http://x)}</style>",
            "<style>a{b:url/**/(http://x)}</style>",
            "<style>a{b:'/*';c:url(http://x)}</style>",
            "<style>a{b:'/*';c:image('http://x')}/**/</style>",
            "<style>a{b:u\\72l(http://x)}</style>",
            "<style>a{b:expression(1)}</style>",
            "<style>&lt;/style&gt;</style>",
            "<style>a<script>x</script>{b:image-set('x')}</style>",
            "<!-- c --><?php x ?>",
        ] {
            assert_eq!(inner(bad), "", "{bad}");
        }
        for bad in [
            "onload=\"x\"",
            "ONLOAD=\"x\"",
            "href=\"http://x\"",
            "xlink:href=\"data:x\"",
            "fill=\"url(http://x)\"",
            "fill=\"&#117;rl( 'http://x')\"",
            "style=\"background:url(//x)\"",
            "xmlns=\"http://www.w3.org/1999/xhtml\"",
            "data-x=\"1\"",
        ] {
            assert_eq!(inner(&format!("<rect {bad}/>")), "<rect/>", "{bad}");
        }
    }

    #[test]
    fn malformed_documents_are_errors() {
        for bad in [
            "",
            "text",
            "<svg>",
            "<svg></g>",
            "<html/>",
            "<svg/><svg/>",
            "<svg><text>&nbsp;</text></svg>",
            "<!DOCTYPE svg [<!ENTITY e 'x'>]><svg>&e;</svg>",
            "<svg a=\"1\" a=\"2\"/>",
            "<svg><text>&#1;</text></svg>",
            "<svg><g fill=\"<\"/></svg>",
            "<svg>a & b</svg>",
        ] {
            assert!(clean(bad).is_err(), "{bad}");
        }
        assert!(clean(&format!("<svg>{}", "<g>".repeat(100_000))).is_err());
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        for svg in [
            "<?xml version=\"1.0\"?><svg viewBox=\"0 0 1 1\"><text>'a'</text></svg>",
            "<svg><style>a{b:1}&#13;c{d:2}</style><text>e&#13;f</text></svg>",
        ] {
            let once = clean(svg).expect("svg");
            assert_eq!(clean(&once), Ok(once));
        }
    }
}
