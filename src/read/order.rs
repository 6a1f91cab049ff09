//! What a document says of its own place among others and of its short name.

use crate::{
    model::source::{FrontMatter, Order, Outline, Value},
    text::natural::{natural, number},
};

/// Places in front matter: Hugo, Docusaurus, Jekyll's Just the Docs, and what others use.
const PLACES: &[&str] = &["weight", "sidebar_position", "nav_order", "order"];
/// Short names in front matter: Docusaurus, Hugo, VitePress.
const LABELS: &[&str] = &["sidebar_label", "linkTitle", "linktitle", "nav_title"];

/// What a file says: the place it states, or a number at the start of its name.
pub fn of(outline: &Outline) -> Order {
    let label = label(&outline.front);
    Order {
        place: place(&outline.front).or_else(|| number(outline.path.stem())),
        name: natural(label.unwrap_or(&outline.title)),
        label: label.map(str::to_owned),
    }
}

fn place(front: &FrontMatter) -> Option<i64> {
    PLACES.iter().find_map(|name| {
        let place = match front.extra.get(*name)? {
            Value::Integer(place) => place.saturating_mul(1000),
            Value::Number(text) | Value::Text(text) => (text.parse::<f64>().ok()? * 1000.0) as i64,
            _ => return None,
        };
        // Hugo takes a weight of 0 for none.
        (*name != "weight" || place != 0).then_some(place)
    })
}

fn label(front: &FrontMatter) -> Option<&str> {
    LABELS.iter().find_map(|name| match front.extra.get(*name)? {
        Value::Text(label) if !label.trim().is_empty() => Some(label.trim()),
        _ => None,
    })
}
