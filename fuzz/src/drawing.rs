//! Whether a drawing is inert when it is opened on its own, judged by `roxmltree`, which the program
//! does not use: it cleans with `quick-xml`.

use roxmltree::{Document, NodeType};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements that run, load, animate or lead elsewhere.
const FORBIDDEN: &[&str] = &[
    "a",
    "animate",
    "animatemotion",
    "animatetransform",
    "audio",
    "feimage",
    "foreignobject",
    "handler",
    "iframe",
    "image",
    "link",
    "script",
    "set",
    "video",
];

/// Attributes whose value is shown or compared and never read as a style.
const WORDS: &[&str] = &["aria-label", "aria-labelledby", "class", "d", "id", "role"];

/// Words of styles that load or run something in a browser.
const LOADS: &[&str] = &["@import", "image-set(", "image(", "expression(", "javascript:"];

/// Every way in which a drawing is not inert.
pub fn faults(svg: &str) -> Vec<String> {
    let document = match Document::parse(svg) {
        Ok(document) => document,
        Err(error) => return vec![format!("no XML: {error}")],
    };
    let mut faults = Vec::new();
    for node in document.descendants() {
        match node.node_type() {
            NodeType::PI => faults.push("an instruction".to_owned()),
            NodeType::Text if node.parent().is_some_and(|parent| named(&parent) == "style") => {
                faults.extend(reach(node.text().unwrap_or_default(), LOADS));
            }
            NodeType::Element => {
                let name = named(&node);
                if FORBIDDEN.contains(&name.as_str()) {
                    faults.push(format!("a <{name}>"));
                }
                if node.tag_name().namespace() != Some(SVG) {
                    faults.push(format!("a <{name}> of {:?}", node.tag_name().namespace()));
                }
                for attribute in node.attributes() {
                    let (key, value) = (attribute.name().to_ascii_lowercase(), attribute.value());
                    if key.starts_with("on") || (key == "href" && !value.starts_with('#')) {
                        faults.push(format!("{key}={value:?} on <{name}>"));
                    }
                    if !WORDS.contains(&key.as_str()) && !key.starts_with("data-") {
                        let loads = if key == "style" { LOADS } else { &[] };
                        faults.extend(reach(value, loads));
                    }
                }
            }
            _ => {}
        }
    }
    faults
}

fn named(node: &roxmltree::Node<'_, '_>) -> String {
    node.tag_name().name().to_ascii_lowercase()
}

/// Whether a style reaches for anything outside the drawing, as CSS reads it: an address, or one of
/// these words. What looks like a
/// comment may be a string, so both readings count.
fn reach(style: &str, loads: &[&str]) -> Option<String> {
    let leaves = |style: &str| {
        let plain = unescaped(style).to_ascii_lowercase();
        let quiet = |c: char| c.is_whitespace() || c == '"' || c == '\'';
        let url = |(at, _)| !plain[at + 4..].trim_start_matches(quiet).starts_with('#');
        plain.match_indices("url(").any(url) || loads.iter().any(|word| plain.contains(word))
    };
    (leaves(style) || leaves(&without_comments(style)))
        .then(|| format!("it reaches out: {style:?}"))
}

fn without_comments(style: &str) -> String {
    let mut plain = String::new();
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        plain.push(' ');
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain + rest
}

/// Escapes of CSS undone: `\75 rl(` and `\url(` are `url(`.
fn unescaped(style: &str) -> String {
    let mut plain = String::new();
    let mut rest = style.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let mut digits = String::new();
        while let Some(digit) = rest.next_if(|c| c.is_ascii_hexdigit() && digits.len() < 6) {
            digits.push(digit);
        }
        if digits.is_empty() {
            plain.extend(rest.next());
            continue;
        }
        rest.next_if(|c| c.is_whitespace());
        let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
        plain.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judge_sees_what_it_is_for() {
        let judge = |inside: &str| faults(&format!("<svg xmlns=\"{SVG}\">{inside}</svg>"));
        for good in [
            "<rect fill=\"url(#a)\"/><text aria-label=\"url(x)\">url(x)</text>",
            "<style>rect { fill: url( \"#a\" ) }</style>",
        ] {
            assert_eq!(judge(good), Vec::<String>::new(), "{good}");
        }
        for bad in [
            "<script/>",
            "<rect onload=\"x\"/>",
            "<use href=\"http://x.example\"/>",
            "<style>@import 'x'</style>",
            "<style>rect { fill: u\\72l(x) }</style>",
            "<style>a { b: \"/*\"; fill: url(x); c: \"*/\" }</style>",
            "<rect style=\"fill: url( 'http://x.example')\"/>",
            "<p xmlns=\"http://www.w3.org/1999/xhtml\"/>",
            "<?xml-stylesheet href='x'?>",
            "<rect>",
        ] {
            assert!(!judge(bad).is_empty(), "{bad}");
        }
    }
}
