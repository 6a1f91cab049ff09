//! How the files of a log are named: `0007-use-hemp.md`, `adr-007-use-hemp.md`,
//! `20200102-use-hemp.md`.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    path::RelPath,
    read::{lines::regex, slug::slug},
};

/// The most bytes of a title in a file name.
const LONGEST: usize = 60;

static DATED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\d{4})(-?)(\d{2})-?(\d{2})([-_. ]+)(.*)$"));
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^([A-Za-z]*[-_ ]?)(\d{1,5})([-_. ]+)(.*)$"));

/// What stands before the words of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// A number of so many digits after a prefix.
    Number {
        /// `adr-`, or nothing.
        prefix: String,
        /// Digits, with zeros.
        width: usize,
    },
    /// The day, with this between its parts.
    Day(String),
    /// Nothing.
    Nothing,
}

/// How a log names its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// What stands first.
    pub lead: Lead,
    between: String,
    words: char,
    extension: String,
}

impl Naming {
    /// The manner of a name.
    pub fn of(path: &RelPath) -> Self {
        let stem = path.stem();
        let extension = path.extension().unwrap_or("md").to_owned();
        let (lead, between, rest) = if let Some(found) = DATED.captures(stem) {
            (Lead::Day(found[2].to_owned()), found[5].to_owned(), found[6].to_owned())
        } else if let Some(found) = NUMBERED.captures(stem) {
            let lead = Lead::Number { prefix: found[1].to_owned(), width: found[2].len() };
            (lead, found[3].to_owned(), found[4].to_owned())
        } else {
            (Lead::Nothing, String::new(), stem.to_owned())
        };
        let words = if rest.contains('_') && !rest.contains('-') { '_' } else { '-' };
        Self { lead, between, words, extension }
    }

    /// `0001-title.md`.
    pub fn usual() -> Self {
        let lead = Lead::Number { prefix: String::new(), width: 4 };
        Self { lead, between: "-".into(), words: '-', extension: "md".into() }
    }

    /// The name of a new file.
    pub fn name(&self, number: u32, today: &str, title: &str) -> String {
        let lead = match &self.lead {
            Lead::Number { prefix, width } => format!("{prefix}{number:0width$}"),
            Lead::Day(between) => today.replace('-', between),
            Lead::Nothing => String::new(),
        };
        let words = words(title, self.words);
        format!("{lead}{}{words}.{}", self.between, self.extension)
    }
}

/// A title as words of a file name, cut between words.
pub fn words(title: &str, between: char) -> String {
    let mut out = String::new();
    for word in slug(title).split(['-', '_']).filter(|word| !word.is_empty()) {
        if !out.is_empty() && out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push(between);
        }
        out.push_str(word);
    }
    let mut end = out.len().min(4 * LONGEST);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    if out.is_empty() { "untitled".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_manner_of_others() {
        for (other, wanted) in [
            ("adr/0007-use-hemp.md", "0012-tar-the-ropes.md"),
            ("adr/adr-007-use-hemp.md", "adr-012-tar-the-ropes.md"),
            ("adr/ADR007_use_hemp.md", "ADR012_tar_the_ropes.md"),
            ("adr/7. Use hemp.md", "12. tar-the-ropes.md"),
            ("adr/20200102-use-hemp.md", "20261121-tar-the-ropes.md"),
            ("adr/2020-01-02_hemp.markdown", "2026-11-21_tar-the-ropes.markdown"),
            ("adr/use-hemp.md", "tar-the-ropes.md"),
        ] {
            let naming = Naming::of(&RelPath::new(other).expect("a path"));
            assert_eq!(naming.name(12, "2026-11-21", "Tar the ropes!"), wanted, "{other}");
        }
    }
}
