//! The last stage: what every generator wrote is read once more, as a browser will read it, before a
//! theme puts it on a page.
//!
//! Each generator escapes and cleans what it is given. This stage trusts none of them, and knows none
//! of their formats: it lets those tags and attributes through that they write, in the one spelling
//! in which all parsers agree. Whatever else looks like markup becomes words. On pages as they should
//! be it finds nothing; what it finds is a fault of the program, and told.

mod edits;
mod tag;
mod within;
mod xml;

pub use xml::xml;

use super::html;
use edits::Edits;
use within::Within;

/// Markup that neither runs nor loads anything. Only this stage makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inert {
    markup: String,
    removed: Option<String>,
}

impl Inert {
    /// The markup.
    pub fn into_markup(self) -> String {
        self.markup
    }

    /// The name of the first element or attribute that was taken out, as it was written; none when
    /// nothing was.
    pub fn removed(&self) -> Option<&str> {
        self.removed.as_deref()
    }
}

/// Lets through what generators write, and makes words of all else that looks like a tag.
pub fn seal(markup: String) -> Inert {
    let mut edits = Edits::default();
    let mut within = Within::Html;
    let mut attributes = Vec::new();
    let mut at = 0;
    while let Some(start) = markup[at..].find('<').map(|found| at + found) {
        let tag = tag::read(&markup[start..], &mut attributes);
        let Some(tag) = tag.filter(|tag| within.takes(tag, &attributes)) else {
            edits.add(start..start + 1, "&lt;", name(&markup[start + 1..]));
            at = start + 1;
            continue;
        };
        for attribute in &attributes {
            let is_known = attribute.is_plain && within.has(&tag, attribute.name);
            let is_harmless = match attribute.name {
                "src" => is_own(attribute.value),
                name => !leads(name) || is_safe(attribute.value),
            };
            if !(is_known && is_harmless) {
                edits.add(attribute.place_in(start), "", attribute.name);
            }
        }
        within = within.behind(&tag);
        at = start + tag.length;
    }
    edits.make(markup)
}

/// Takes those addresses out of a finished page that run something: what a theme itself puts into
/// its tags passes no other gate.
pub fn addresses(page: String) -> Inert {
    let mut edits = Edits::default();
    let mut attributes = Vec::new();
    let mut at = 0;
    while let Some(start) = page[at..].find('<').map(|found| at + found) {
        let rest = &page[start..];
        let Some(tag) = tag::read(rest, &mut attributes) else {
            let comment = rest.starts_with("<!--").then(|| rest.find("-->")).flatten();
            at = start + comment.map_or(1, |end| end + 3);
            continue;
        };
        for attribute in &attributes {
            if leads(attribute.name) && !is_safe(attribute.value) {
                edits.add(attribute.value_in(start), "#", attribute.name);
            }
        }
        at = start + tag.length;
        if !tag.is_end && RAW.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
            at += raw_length(&page[at..], tag.name);
        }
    }
    edits.make(page)
}

/// Elements of themes whose content is text to a browser.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// How far the text of such an element reaches.
fn raw_length(text: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        let found = text.as_bytes().get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

/// Attributes whose value a browser follows, or may.
const LEAD: [&str; 11] = [
    "action",
    "background",
    "cite",
    "data",
    "formaction",
    "href",
    "ping",
    "poster",
    "src",
    "srcset",
    "xlink:href",
];

fn leads(attribute: &str) -> bool {
    LEAD.iter().any(|name| name.eq_ignore_ascii_case(attribute))
}

/// Whether an address in an attribute, written with references, names nothing that runs.
fn is_safe(value: &str) -> bool {
    let is_plain = !value.bytes().any(|byte| matches!(byte, b':' | b'&' | b'%'));
    is_plain || html::safe_url(&html::reference_decode(value))
}

/// Whether it names something beside the page: pictures come from nowhere else.
fn is_own(value: &str) -> bool {
    let value = html::reference_decode(value);
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let names_a_host = value.starts_with(['/', '\\']) && value[1..].starts_with(['/', '\\']);
    let end = value.find(['/', '?', '#', '\\']).unwrap_or(value.len());
    !names_a_host && !value[..end].contains(':') && html::safe_url(value)
}

/// The name that a tag begins with, for the message.
fn name(text: &str) -> &str {
    let begin = text.len() - text.trim_start_matches(['/', '!', '-', '?']).len();
    let end =
        text[begin..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len() - begin);
    &text[..begin + end]
}

#[cfg(test)]
mod tests;
