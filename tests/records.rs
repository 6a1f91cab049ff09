//! What a ledger records beside its gaps, told by documents: `tests/records/*.md` hold prose, a
//! ledger in a fence, and the listing that reading it gives. `LACUNA_BLESS=1` writes the listings
//! anew; read the difference before you keep it.

#![expect(
    clippy::disallowed_methods,
    reason = "this test reads its own documents and real ledgers"
)]

mod documents;

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use lacuna::{
    model::{
        ledger::{Effort, Entry, EntryKind, Stretch, in_days},
        source::{Classified, Facts, Kind},
    },
    path::RelPath,
    read,
};

const INPUT: &str = "````markdown\n";
const OUTPUT: &str = "````text\n";
const CLOSE: &str = "````\n";

#[test]
fn documents() {
    documents::check("tests/records", bless);
}

/// Counts of the real ledgers, checked by eye; they are not part of the repository.
#[test]
fn real_ledgers() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let mut faults = Vec::new();
    for (name, wanted) in SEEDS {
        let Some(path) = documents_in(folder).into_iter().find(|path| {
            path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name))
        }) else {
            continue;
        };
        let bytes = std::fs::read(&path).expect("a ledger is readable");
        let entries = entries(&String::from_utf8_lossy(&bytes));
        let counts: Vec<String> = EntryKind::ALL
            .into_iter()
            .map(|kind| (kind, entries.iter().filter(|entry| entry.kind == kind).count()))
            // Which rows of an inventory are shown depends on which of them are gaps.
            .filter(|(kind, _)| !matches!(kind, EntryKind::Component | EntryKind::Service))
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{} {count}", kind.label()))
            .collect();
        let counts = counts.join(", ");
        if counts != *wanted {
            faults.push(format!("{name}: {counts}\n  not {wanted}\n{}", listing(&entries)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

const SEEDS: &[(&str, &str)] = &[
    ("000", "phase 4, task 12"),
    ("001", "phase 7, metric 5, task 9"),
    ("002", "phase 1, task 14"),
    ("003", "phase 10, risk 8, question 23, debt 6"),
    ("004", "phase 8, effort 9, risk 4, task 61"),
];

fn entries(text: &str) -> Vec<Entry> {
    let path = RelPath::new("gap-analysis.md").expect("a good path");
    let classified = Classified { kind: Kind::Ledger, why: String::new() };
    match read::read(
        &path,
        classified,
        &Arc::from(text),
        &lacuna::read::ledger::vocabulary::SHIPPED,
    )
    .outline
    .facts
    {
        Facts::Ledger(ledger) => ledger.entries,
        other => panic!("no ledger: {other:?}"),
    }
}

/// The document with the listings that its inputs give now.
fn bless(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(INPUT) {
        let input_at = at + INPUT.len();
        let close = input_at + rest[input_at..].find(CLOSE).expect("the input is closed");
        out.push_str(&rest[..close + CLOSE.len()]);
        let listing = listing(&entries(&rest[input_at..close]));
        rest = &rest[close + CLOSE.len()..];
        let _ = write!(out, "\n{OUTPUT}{listing}{CLOSE}");
        if let Some(old) = rest.strip_prefix('\n').and_then(|rest| rest.strip_prefix(OUTPUT)) {
            let end = old.find(CLOSE).expect("the listing is closed");
            rest = &old[end + CLOSE.len()..];
        }
    }
    out + rest
}

fn listing(entries: &[Entry]) -> String {
    let mut out = String::new();
    for entry in entries {
        let id = entry.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        let line = entry.title.line;
        let _ = writeln!(out, "{}{id} \"{}\" line {line}", entry.kind.label(), entry.title.value);
        if let Some(section) = &entry.section {
            let _ = writeln!(out, "  under \"{}\"", section.value);
        }
        if let Some(status) = &entry.status {
            let _ = writeln!(out, "  says {:?} line {}", status.value, status.line);
        }
        if let Some(percent) = &entry.percent {
            let _ = writeln!(out, "  {} % line {}", percent.value, percent.line);
        }
        for (role, fact) in &entry.said {
            let _ = writeln!(out, "  {} \"{}\" line {}", role.label(), fact.value, fact.line);
        }
        for item in &entry.items {
            let _ = writeln!(out, "  item \"{}\" line {}", item.value, item.line);
        }
        if let Some(effort) = &entry.effort {
            let _ = writeln!(out, "  effort {} line {}", days(effort.value), effort.line);
        }
        if let Some(stretch) = &entry.stretch {
            let _ = writeln!(out, "  {} line {}", when(stretch.value), stretch.line);
        }
        for depends in &entry.depends_on {
            let _ = writeln!(out, "  after \"{}\" line {}", depends.value, depends.line);
        }
        for field in &entry.more {
            let _ = writeln!(out, "  {}: \"{}\" line {}", field.label, field.text, field.line);
        }
        if let Some(gap) = entry.gap {
            let _ = writeln!(out, "  gap {}", gap + 1);
        }
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn days(effort: Effort) -> String {
    match effort.days() {
        (_, 0.0) => "unknown".to_owned(),
        (low, high) if low == high => format!("{high} days"),
        (low, high) => format!("{low} to {high} days"),
    }
}

fn when(stretch: Stretch) -> String {
    match stretch {
        Stretch::Between { from, to } => {
            let to = to.map_or("open".to_owned(), |to| in_days(to).to_string());
            format!("day {} to {to}", in_days(from))
        }
        Stretch::Lasting(effort) => format!("lasts {}", days(effort)),
    }
}

fn documents_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
