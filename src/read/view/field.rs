//! The values of fields: compared, told and counted.

use std::cmp::Ordering;

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Text; empty where the record says nothing.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several texts.
    Several(Vec<String>),
}

impl Field {
    /// Whether the record says nothing here.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Several(texts) => texts.is_empty(),
            Self::Number(_) | Self::Flag(_) => false,
        }
    }

    /// Its words on a page.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Several(texts) => texts.join(", "),
        }
    }

    /// Its values, each of which counts where records are counted by it.
    pub fn values(&self) -> Vec<String> {
        match self {
            Self::Several(texts) => texts.clone(),
            one => vec![one.words()],
        }
    }

    /// Numbers by size, texts as people count: `G-2` before `G-10`.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.cmp(other),
            (one, other) => natural(&one.words(), &other.words()),
        }
    }
}

/// Compares texts by their letters, whatever the case, and runs of digits by their number.
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one.chars().peekable(), other.chars().peekable());
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return one.cmp(other),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let digits = |of: &mut std::iter::Peekable<std::str::Chars<'_>>| {
                    let mut run = String::new();
                    while let Some(c) = of.next_if(char::is_ascii_digit) {
                        run.push(c);
                    }
                    run.trim_start_matches('0').to_owned()
                };
                let (x, y) = (digits(&mut a), digits(&mut b));
                match x.len().cmp(&y.len()).then_with(|| x.cmp(&y)) {
                    Ordering::Equal => {}
                    found => return found,
                }
            }
            (Some(x), Some(y)) => {
                match x.to_lowercase().cmp(y.to_lowercase()) {
                    Ordering::Equal => {}
                    found => return found,
                }
                a.next();
                b.next();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_people_count() {
        let mut names = ["G-10", "g-2", "G-2", "F", "G-002", ""];
        names.sort_by(|one, other| natural(one, other));
        assert_eq!(names, ["", "F", "G-002", "G-2", "g-2", "G-10"]);
    }
}
