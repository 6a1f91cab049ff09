//! TeX formulas as MathML.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Event, Parser, ParserError, Storage, push_mathml};

use crate::model::limits::exceeds;

/// Where a formula stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MathStyle {
    /// Within a line of text.
    Inline,
    /// On a line of its own.
    Display,
}

/// Deepest nesting of groups that is rendered; the renderer is recursive.
const MAX_DEPTH: usize = 64;

/// Renders a formula of at most `longest` bytes to one `<math>` element without scripts, links or
/// inline styles.
///
/// # Errors
/// Says in one line why the formula cannot be rendered: too long, nested too deeply, or not TeX
/// that the renderer understands.
pub fn to_mathml(tex: &str, display: MathStyle, longest: u32) -> Result<String, String> {
    if exceeds(tex.len(), longest) {
        return Err(format!("formula of {} bytes is longer than {longest} bytes", tex.len()));
    }
    if depth(tex) > MAX_DEPTH {
        return Err(format!("formula is nested deeper than {MAX_DEPTH} groups"));
    }
    catch_unwind(AssertUnwindSafe(|| render(tex, display)))
        .unwrap_or_else(|_| Err("formula is not supported".to_owned()))
}

fn render(tex: &str, display: MathStyle) -> Result<String, String> {
    let storage = Storage::new();
    let events: Vec<Event<'_>> =
        Parser::new(tex, &storage).collect::<Result<_, _>>().map_err(|error| one_line(&error))?;
    let config = RenderConfig {
        display_mode: match display {
            MathStyle::Inline => DisplayMode::Inline,
            MathStyle::Display => DisplayMode::Block,
        },
        ..RenderConfig::default()
    };
    let mut out = String::with_capacity(tex.len() * 8 + 64);
    push_mathml(&mut out, events.into_iter().map(Ok::<_, ParserError>), config)
        .map_err(|error| format!("formula cannot be rendered: {error}"))?;
    plain_attributes(&out).ok_or_else(|| "formula is not supported".to_owned())
}

/// The first sentence of a parser error; the rest of it is a drawing of the source.
fn one_line(error: &ParserError) -> String {
    let text = error.to_string();
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("unknown error");
    format!("formula cannot be read: {}", line.trim_start_matches("parsing error: "))
}

fn depth(tex: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, byte) in tex.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'\\' if tex[at..].starts_with("\\left") || tex[at..].starts_with("\\begin") => {
                depth += 1;
            }
            b'\\' if tex[at..].starts_with("\\right") || tex[at..].starts_with("\\end") => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// Removes `style` attributes, which the page's policy forbids; `None` if it is not plain MathML.
fn plain_attributes(mathml: &str) -> Option<String> {
    // The writer leaves these three as they are where one of them is an operator of its own, and
    // marks space with a name that XML does not know.
    let mathml = mathml
        .replace("><<", ">&lt;<")
        .replace("><\u{338}<", ">&lt;\u{338}<")
        .replace(">&<", ">&amp;<")
        .replace("&nbsp;", "\u{a0}");
    let mut reader = quick_xml::Reader::from_str(&mathml);
    let mut writer = quick_xml::Writer::new(Vec::with_capacity(mathml.len()));
    loop {
        use quick_xml::events::Event as Xml;
        let event = match reader.read_event().ok()? {
            Xml::Eof => break,
            Xml::Start(tag) => Xml::Start(plain_tag(&tag)?),
            Xml::Empty(tag) => Xml::Empty(plain_tag(&tag)?),
            event @ (Xml::End(_) | Xml::Text(_) | Xml::GeneralRef(_)) => event,
            _ => return None,
        };
        writer.write_event(event).ok()?;
    }
    String::from_utf8(writer.into_inner()).ok().filter(|out| out.starts_with("<math"))
}

fn plain_tag(
    tag: &quick_xml::events::BytesStart<'_>,
) -> Option<quick_xml::events::BytesStart<'static>> {
    let name = tag.name().0.to_owned();
    if name != "math" && name != "semantics" && !name.starts_with('m') {
        return None;
    }
    let mut plain = quick_xml::events::BytesStart::new(name);
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.0;
        if key.starts_with("on") || key.contains("href") || key == "style" {
            continue;
        }
        plain.push_attribute(attribute);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::limits::Limits;

    fn to_mathml(tex: &str, display: MathStyle) -> Result<String, String> {
        super::to_mathml(tex, display, Limits::default().formula_bytes)
    }

    #[test]
    fn renders_both_styles() {
        let inline = to_mathml(r"\frac{a}{b} < \sqrt{x^2}", MathStyle::Inline).expect("valid TeX");
        assert!(inline.starts_with("<math display=\"inline\""), "{inline}");
        assert!(inline.contains("<mfrac>") && inline.contains("&lt;"), "{inline}");
        let display = to_mathml(r"\sum_{i=0}^n i", MathStyle::Display).expect("valid TeX");
        assert!(display.contains("display=\"block\""), "{display}");
    }

    #[test]
    fn common_formulas_render_without_inline_style() {
        for tex in [
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
            r"\left( \frac{1}{2} \right)",
            r"\text{if } x \in \mathbb{R}",
            r"\color{red} x + \hat{y} \cdot \vec z",
            r"a \not= b \quad c \, d",
            r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
        ] {
            let out = to_mathml(tex, MathStyle::Display);
            assert!(out.as_ref().is_ok_and(|out| !out.contains("style=")), "{tex}: {out:?}");
        }
    }

    #[test]
    fn mistakes_are_one_line_errors() {
        for tex in [r"\frac{a}", r"\nosuchcommand", "}", r"\begin{matrix}", r"\left("] {
            let error = to_mathml(tex, MathStyle::Inline).expect_err(tex);
            assert!(!error.contains('\n'), "{error}");
        }
        assert!(to_mathml(&"x".repeat(5000), MathStyle::Inline).is_err());
        assert!(to_mathml(&"{".repeat(2000), MathStyle::Inline).is_err());
    }

    #[test]
    fn markup_in_text_is_escaped() {
        for tex in [r"\text{<script>alert(1)</script>}", r"\text{<img onerror=x>}", "<b>&"] {
            if let Ok(out) = to_mathml(tex, MathStyle::Inline) {
                assert!(!out.contains("<script") && !out.contains("<img") && !out.contains("<b>"));
            }
        }
    }
}
