//! Versions of a site that lie beside each other: what each is called, and which comes first.

use std::{cmp::Ordering, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::text::natural::natural;

/// The longest label in bytes: a folder is named by it, and others for a moment by more.
const LONGEST: usize = 64;

/// Names that the folder of all versions has for itself.
const TAKEN: &[&str] = &[
    "404.html",
    "index.html",
    "robots.txt",
    "sitemap.xml",
    "versions.html",
    "versions.js",
    "versions.json",
];

/// Names of devices, which Windows takes whatever their extension.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// A version of a site among others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Version {
    /// What it is called.
    pub label: Label,
    /// The address below which all versions are published, when it is known.
    pub base_url: Option<String>,
}

/// What a version is called; the folder that it lies in is named so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(Arc<str>);

impl Label {
    /// Parses a label: at most 64 bytes of letters, digits, `.`, `-` and `_` that begin with a letter
    /// or a digit and do not end in a dot, so that it is one folder on every system.
    ///
    /// # Errors
    /// What is wrong with it and what to do.
    pub fn new(text: &str) -> Result<Self, String> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if let Some(other) = text.chars().find(|c| !allowed(*c)) {
            let other = other.escape_debug();
            return Err(format!(
                "a label cannot hold `{other}`; use letters, digits, `.`, `-` and `_`"
            ));
        }
        if !text.starts_with(char::is_alphanumeric) {
            return Err("a label begins with a letter or a digit".to_owned());
        }
        if text.ends_with('.') {
            return Err("a label cannot end in a dot".to_owned());
        }
        if text.len() > LONGEST {
            return Err(format!(
                "a label has at most {LONGEST} bytes, and this has {}",
                text.len()
            ));
        }
        let lower = text.to_lowercase();
        let stem = lower.split('.').next().unwrap_or_default();
        let is_port = stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit());
        if TAKEN.contains(&lower.as_str()) || DEVICES.contains(&stem) || is_port {
            return Err(format!("`{text}` is the name of something else; choose another label"));
        }
        Ok(Self(text.into()))
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has a number and is more than a trial: `v2`, and neither `main` nor `v2-rc.1`.
    pub fn is_release(&self) -> bool {
        let rank = self.rank();
        rank.is_numbered && rank.maturity != Maturity::Trial
    }

    /// The newest first. Labels with a number, which may stand after a `v`, come before others; of
    /// two numbers the greater comes first, number by number; a trial of a version (`2.0-rc.1`) comes
    /// after it (Semantic Versioning 2.0.0, item 11). What is left is compared as people count, the
    /// greater first.
    pub fn newest_first(&self, other: &Self) -> Ordering {
        let (one, two) = (self.rank(), other.rank());
        (two.is_numbered.cmp(&one.is_numbered))
            .then_with(|| compare(&two.numbers, &one.numbers))
            .then_with(|| two.maturity.cmp(&one.maturity))
            .then_with(|| natural(two.rest).cmp(&natural(one.rest)))
            .then_with(|| other.0.cmp(&self.0))
    }

    fn rank(&self) -> Rank<'_> {
        let text = self.0.strip_prefix(['v', 'V']).unwrap_or(&self.0);
        let mut rank = Rank {
            is_numbered: text.starts_with(|c: char| c.is_ascii_digit()),
            numbers: Vec::new(),
            maturity: Maturity::Whole,
            rest: text,
        };
        if !rank.is_numbered {
            rank.rest = &self.0;
            return rank;
        }
        let mut before = '.';
        while rank.rest.starts_with(|c: char| c.is_ascii_digit()) {
            let end = rank.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rank.rest.len());
            rank.numbers.push(rank.rest[..end].trim_start_matches('0'));
            rank.rest = &rank.rest[end..];
            before = '\0';
            if let Some(rest) = rank.rest.strip_prefix(['.', '-', '_']) {
                before = rank.rest.chars().next().unwrap_or_default();
                rank.rest = rest;
            }
        }
        rank.maturity = match before {
            _ if rank.rest.is_empty() => Maturity::Whole,
            '-' => Maturity::Trial,
            _ => Maturity::Later,
        };
        rank
    }
}

/// What a label says of its place among others.
struct Rank<'a> {
    is_numbered: bool,
    /// Runs of digits, without zeros before them.
    numbers: Vec<&'a str>,
    maturity: Maturity,
    /// What stands after the numbers.
    rest: &'a str,
}

/// What stands after the numbers of a label, by what it means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Maturity {
    /// Something that comes before the version: `-rc.1`.
    Trial,
    /// Nothing.
    Whole,
    /// Something that comes after it: `1.x` after `1`, `1.0.2k` after `1.0.2`.
    Later,
}

fn compare(one: &[&str], other: &[&str]) -> Ordering {
    one.iter().map(|run| (run.len(), *run)).cmp(other.iter().map(|run| (run.len(), *run)))
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Label> for String {
    fn from(label: Label) -> String {
        label.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Label {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Label {
        Label::new(text).expect("a good label")
    }

    #[test]
    fn labels_are_one_folder_everywhere() {
        for good in ["v2", "1.0.3", "2024-05-01", "main", "v2.0-rc.1", "été", "a_b", "console"] {
            assert_eq!(label(good).as_str(), good);
        }
        let long = "x".repeat(65);
        for bad in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "-v",
            "_x",
            ".git",
            "v1.",
            "a b",
            "a:b",
            "a\n",
            "e\u{301}",
            "con",
            "NUL.1",
            "com3",
            "index.html",
            "Versions.JSON",
            "a%2f",
            &long,
        ] {
            assert!(Label::new(bad).is_err(), "{bad:?}");
        }
        assert_eq!(
            Label::new("a\u{1b}").expect_err("a control character"),
            "a label cannot hold `\\u{1b}`; use letters, digits, `.`, `-` and `_`"
        );
    }

    #[test]
    fn the_newest_comes_first() {
        let sorted = [
            "2024.1",
            "v10.0",
            "2.0.1",
            "v2.0a",
            "v2.0",
            "v2.0-rc.10",
            "v2.0-rc.2",
            "v2.0-beta",
            "v2",
            "V1.9",
            "1.2",
            "main",
            "develop-10",
            "develop-2",
        ];
        let mut labels: Vec<Label> = sorted.iter().rev().map(|text| label(text)).collect();
        labels.sort_by(Label::newest_first);
        let labels: Vec<&str> = labels.iter().map(Label::as_str).collect();
        assert_eq!(labels, sorted);
        assert!(label("v2").is_release() && label("2024-05").is_release());
        assert!(!label("v2-rc1").is_release() && !label("main").is_release());
    }
}
