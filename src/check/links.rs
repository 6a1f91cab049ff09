//! Links that lead nowhere.

use super::Subject;
use crate::{
    diag::{Code, Diagnostic, Severity, codes},
    graph::link::{Dest, Form, ResolvedLink},
};

/// Reports links to files, headings and ids that do not exist.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    // The links of a file come one after the other.
    let mut begin = 0;
    for link in subject.graph.links.iter() {
        if found.get(begin).is_some_and(|first| first.path != link.path) {
            begin = found.len();
        }
        let advice = if found.len() - begin < MOST_ADVISED { Advice::Near } else { Advice::Plain };
        found.extend(report(subject, link, advice));
    }
    found
}

/// So many links of a file are told what they may have meant: to find that out is dear, and who has
/// more of them needs other help.
const MOST_ADVISED: usize = 100;

/// What is said of a link beside that it leads nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Advice {
    /// The name that is most like it.
    Near,
    /// What such links lead to.
    Plain,
}

fn report(subject: Subject<'_>, link: &ResolvedLink, advice: Advice) -> Option<Diagnostic> {
    let records = &subject.graph.records;
    let raw = &link.raw;
    let (code, message, help): (&'static Code, String, String) = match &link.to {
        Dest::NoFile(at) => {
            let code =
                if link.form == Form::Image { &codes::ASSET_MISSING } else { &codes::BROKEN_LINK };
            let message = match at {
                Some(at) => format!("`{raw}` leads to `{at}`, which does not exist"),
                None => format!("`{raw}` leads out of the project"),
            };
            if let Some(at) = at.as_ref().filter(|at| subject.corpus.drafts.contains(*at)) {
                let message = format!("`{raw}` leads to `{at}`, a draft that was left out");
                let help = "build with `--drafts`, or finish the draft";
                let code = &codes::BROKEN_LINK;
                let found = Diagnostic::new(code, &link.path, message).at(link.span).help(help);
                return Some(Diagnostic { severity: Severity::Warning, ..found });
            }
            let at = at.as_ref().filter(|_| advice == Advice::Near);
            let near = at.and_then(|at| nearest(at.as_str(), subject));
            let help = near.map_or_else(
                || "write the file, or point the link at one that exists".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            (code, message, help)
        }
        Dest::NoAnchor(ix, anchor) => {
            let record = records.get(*ix);
            let headings = &subject.corpus.outlines[record.file].headings;
            let names = headings.iter().map(|h| h.anchor.as_str());
            let near = if advice == Advice::Near { closest(anchor, names) } else { None };
            let message = format!("{} has no heading `#{anchor}`", record.path);
            let help = near.map_or_else(
                || "anchors are made of headings as on GitHub".to_owned(),
                |near| format!("did you mean `#{near}`?"),
            );
            (&codes::BROKEN_ANCHOR, message, help)
        }
        Dest::UnknownId => {
            let ids = records.iter().map(|(_, record)| record.id.as_str());
            let near = if advice == Advice::Near { closest(raw, ids) } else { None };
            let help = near.map_or_else(
                || "link to the id of a record, or to a file".to_owned(),
                |near| format!("did you mean `[[{near}]]`?"),
            );
            (&codes::UNKNOWN_ID, format!("no record has the id `{raw}`"), help)
        }
        Dest::AmbiguousId(several) => {
            let places: Vec<String> =
                several.iter().map(|ix| records.get(*ix).path.to_string()).collect();
            let message = format!("`{raw}` fits {} records", several.len());
            (&codes::UNKNOWN_ID, message, format!("link to one of {}", places.join(", ")))
        }
        _ => return None,
    };
    let mut found = Diagnostic::new(code, &link.path, message).at(link.span).help(help);
    if link.path.folders().any(|folder| TEST_DATA.contains(&folder)) {
        found.severity = Severity::Info;
    }
    Some(found)
}

/// Folders of texts that tests read: they are made to be broken, and nobody is led by them.
const TEST_DATA: &[&str] = &[
    "test",
    "tests",
    "__tests__",
    "testdata",
    "test-data",
    "fixtures",
    "__fixtures__",
    "testsuite",
];

/// The existing path with the same file name, or nearly the same path.
fn nearest<'a>(wanted: &str, subject: Subject<'a>) -> Option<&'a str> {
    let name = wanted.rsplit('/').next().unwrap_or(wanted);
    let outlines = subject.corpus.outlines;
    let same_name = outlines.iter().find(|o| o.path.name().eq_ignore_ascii_case(name));
    same_name
        .map(|o| o.path.as_str())
        .or_else(|| closest(wanted, outlines.iter().map(|o| o.path.as_str())))
}

/// The most similar of some names, when it is similar enough to be meant.
fn closest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Similarity is dear: only names of nearly the same length are looked at.
    let near = names.filter(|name| name.len().abs_diff(wanted.len()) <= 4).take(2_000);
    near.map(|name| (strsim::normalized_levenshtein(wanted, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}
