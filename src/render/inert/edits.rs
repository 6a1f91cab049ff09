//! What is to be written otherwise in a text.

use std::ops::Range;

use super::Inert;

/// Edits in the order of their places.
#[derive(Default)]
pub(super) struct Edits {
    all: Vec<(Range<usize>, &'static str)>,
    /// The name of what the first one takes out.
    first: Option<String>,
}

impl Edits {
    /// Puts `by` in the place of something with a name.
    pub fn add(&mut self, place: Range<usize>, by: &'static str, name: &str) {
        self.all.push((place, by));
        self.first.get_or_insert_with(|| name.to_owned());
    }

    /// The text with all of them; one without any is not copied.
    pub fn make(self, text: String) -> Inert {
        if self.all.is_empty() {
            return Inert { markup: text, removed: None };
        }
        let mut markup = String::with_capacity(text.len() + 3 * self.all.len());
        let mut from = 0;
        for (place, by) in self.all {
            markup.push_str(&text[from..place.start]);
            markup.push_str(by);
            from = place.end;
        }
        markup.push_str(&text[from..]);
        Inert { markup, removed: self.first }
    }
}
