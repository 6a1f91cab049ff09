//! The baseline: findings that are known and do not fail a check any more. It only shrinks, unless
//! somebody asks for more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Severity, codes, finding::Finding};

/// The version of the file. It changes with the fingerprints.
pub const VERSION: u64 = 1;

/// Known findings, with how often each is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Key, Known>,
}

/// By file first, so that a change of the file reads well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: String,
    code: String,
    fingerprint: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    message: String,
    count: usize,
}

/// Findings against a baseline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// For each finding, whether the baseline has it.
    pub known: Vec<bool>,
    /// What the baseline has and was not found.
    pub gone: Vec<Gone>,
}

/// An entry that can be removed, or whose count can be lowered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gone {
    /// The file.
    pub path: String,
    /// The code.
    pub code: String,
    /// What was wrong.
    pub message: String,
    /// How many of them are gone.
    pub count: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    code: String,
    message: String,
    count: usize,
    fingerprint: String,
}

/// What the version is read from before anything else.
#[derive(Deserialize)]
struct Head {
    version: u64,
}

impl Baseline {
    /// A baseline of all these findings. Remarks never fail, and the gate is never set aside, so
    /// neither is in it.
    pub fn of(findings: &[Finding<'_>]) -> Self {
        let mut entries: BTreeMap<Key, Known> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| can_be_known(finding)) {
            let new = || Known { message: finding.diagnostic.message.clone(), count: 0 };
            entries.entry(key(finding)).or_insert_with(new).count += 1;
        }
        Self { entries }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let head: Head =
            serde_json::from_str(text).map_err(|error| format!("it is damaged: {error}"))?;
        if head.version != VERSION {
            let version = head.version;
            return Err(format!("it has version {version}, and this program reads {VERSION}"));
        }
        let file: File =
            serde_json::from_str(text).map_err(|error| format!("it is damaged: {error}"))?;
        let mut entries = BTreeMap::new();
        for Entry { path, code, message, count, fingerprint } in file.findings {
            let is_hash = fingerprint.len() == 32
                && fingerprint.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            if !is_hash || count == 0 {
                return Err(format!(
                    "it is damaged: the entry `{code}` of `{path}` has no valid \
                     fingerprint and count"
                ));
            }
            let key = Key { path, code, fingerprint };
            if entries.contains_key(&key) {
                let Key { path, code, .. } = key;
                return Err(format!("it is damaged: `{code}` of `{path}` is in it twice"));
            }
            entries.insert(key, Known { message, count });
        }
        Ok(Self { entries })
    }

    /// The file: sorted, so that the same findings give the same bytes.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let entry = |(key, known): (&Key, &Known)| Entry {
            path: key.path.clone(),
            code: key.code.clone(),
            message: known.message.clone(),
            count: known.count,
            fingerprint: key.fingerprint.clone(),
        };
        let findings = self.entries.iter().map(entry).collect();
        Ok(serde_json::to_string_pretty(&File { version: VERSION, findings })? + "\n")
    }

    /// How many findings it sets aside.
    pub fn len(&self) -> usize {
        self.entries.values().map(|known| known.count).sum()
    }

    /// Whether it sets nothing aside.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Tells known findings from new ones. Of several alike the first are the known ones.
    pub fn compare(&self, findings: &[Finding<'_>]) -> Compared {
        let mut left: BTreeMap<&Key, usize> =
            self.entries.iter().map(|(key, known)| (key, known.count)).collect();
        let is_known = |finding: &Finding<'_>| {
            let left = can_be_known(finding).then(|| left.get_mut(&key(finding))).flatten();
            match left {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    true
                }
                _ => false,
            }
        };
        let known = findings.iter().map(is_known).collect();
        let gone = left.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| Gone {
            path: key.path.clone(),
            code: key.code.clone(),
            message: self.entries[key].message.clone(),
            count,
        });
        Compared { known, gone: gone.collect() }
    }

    /// How many findings it sets aside that another does not.
    pub fn beyond(&self, other: &Self) -> usize {
        let known = |key: &Key| other.entries.get(key).map_or(0, |known| known.count);
        let more = |(key, own): (&Key, &Known)| own.count.saturating_sub(known(key));
        self.entries.iter().map(more).sum()
    }

    /// The baseline without what was not found. Nothing is added.
    pub fn shrunk(&self, findings: &[Finding<'_>]) -> Self {
        let now = Self::of(findings);
        let left = |(key, known): (&Key, &Known)| {
            let count = now.entries.get(key)?.count.min(known.count);
            Some((key.clone(), Known { message: known.message.clone(), count }))
        };
        Self { entries: self.entries.iter().filter_map(left).collect() }
    }
}

fn can_be_known(finding: &Finding<'_>) -> bool {
    finding.diagnostic.severity != Severity::Info
        && finding.diagnostic.code.name != codes::GATE_FAILED.name
}

fn key(finding: &Finding<'_>) -> Key {
    Key {
        path: finding.diagnostic.path.to_string(),
        code: finding.diagnostic.code.name.to_owned(),
        fingerprint: finding.fingerprint.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::{Diagnostic, finding::locate},
        path::RelPath,
    };

    #[test]
    fn counts_and_only_shrinks() {
        let path = RelPath::new("a.md").expect("a path");
        let one = |message: &str| Diagnostic::new(&codes::BROKEN_LINK, &path, message);
        let before = [one("a"), one("a"), one("b")];
        let baseline = Baseline::of(&locate(&before, |_| None));
        assert_eq!(baseline.len(), 3);
        let again = Baseline::parse(&baseline.to_json().expect("JSON")).expect("it is sound");
        assert_eq!(again, baseline);

        let now = [one("a"), one("c")];
        let now = locate(&now, |_| None);
        let compared = baseline.compare(&now);
        assert_eq!(compared.known, [true, false]);
        let gone: Vec<_> = compared.gone.iter().map(|g| (g.message.as_str(), g.count)).collect();
        assert_eq!(gone.len(), 2);
        assert!(gone.contains(&("a", 1)) && gone.contains(&("b", 1)), "{gone:?}");
        assert_eq!(baseline.shrunk(&now).len(), 1);
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let hash = "0".repeat(32);
        let entry =
            format!(r#"{{"path":"a","code":"b","message":"m","count":1,"fingerprint":"{hash}"}}"#);
        for (text, expected) in [
            ("", "it is damaged: EOF"),
            ("{\"version\":1", "it is damaged: EOF"),
            ("{\"version\":9,\"findings\":3}", "it has version 9, and this program reads 1"),
            ("{\"version\":1,\"findings\":[],\"x\":1}", "it is damaged: unknown field `x`"),
            (&format!("{{\"version\":1,\"findings\":[{entry},{entry}]}}"), "is in it twice"),
            (
                "{\"version\":1,\"findings\":[{\"path\":\"a\",\"code\":\"b\",\"message\":\"m\",\
                 \"count\":0,\"fingerprint\":\"zz\"}]}",
                "has no valid fingerprint",
            ),
        ] {
            let error = Baseline::parse(text).expect_err(text);
            assert!(error.contains(expected), "{error}");
        }
    }
}
