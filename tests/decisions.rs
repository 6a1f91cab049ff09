//! The dialects of decisions, told by documents: `tests/decisions/*.md` hold prose, a record in a
//! fence with the path it stands at, and the listing that reading it gives. `LACUNA_BLESS=1` writes
//! the listings anew; read the difference before you keep it.

mod documents;

use std::{fmt::Write, sync::Arc};

use lacuna::{
    model::{
        config::Config,
        decision::{Decision, Extent},
        source::{Facts, Kind},
    },
    path::RelPath,
    read::{
        self,
        classify::{Rules, classify},
    },
};

const INPUT: &str = "````markdown ";
const OUTPUT: &str = "````text\n";
const CLOSE: &str = "````\n";

#[test]
fn documents() {
    documents::check("tests/decisions", bless);
}

/// The document with the listings that its inputs give now.
fn bless(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(INPUT) {
        let head = &rest[at + INPUT.len()..];
        let (path, _) = head.split_once('\n').expect("the input has lines");
        let start = at + INPUT.len() + path.len() + 1;
        let close = start + rest[start..].find(CLOSE).expect("the input is closed");
        out.push_str(&rest[..close + CLOSE.len()]);
        let listing = listing(path.trim(), &rest[start..close]);
        rest = &rest[close + CLOSE.len()..];
        let _ = write!(out, "\n{OUTPUT}{listing}{CLOSE}");
        if let Some(old) = rest.strip_prefix('\n').and_then(|rest| rest.strip_prefix(OUTPUT)) {
            let end = old.find(CLOSE).expect("the listing is closed");
            rest = &old[end + CLOSE.len()..];
        }
    }
    out + rest
}

fn listing(path: &str, text: &str) -> String {
    let path = RelPath::new(path).expect("a good path");
    let rules = Rules::new(&Config::default());
    let classified = classify(&rules, &path, text).expect("a record");
    if classified.kind != Kind::Decision {
        return format!("a {}: {}\n", classified.kind.label(), classified.why);
    }
    let source = read::read(&path, classified, &Arc::from(text), rules.words());
    let Facts::Decisions(decisions) = source.outline.facts else { panic!("no decisions") };
    decisions.iter().map(one).collect()
}

fn one(decision: &Decision) -> String {
    let mut out = format!("{} \"{}\"\n", decision.id, decision.title);
    match &decision.status {
        Some(fact) => {
            let _ = writeln!(out, "  {} \"{}\" line {}", fact.value.name(), fact.raw, fact.line);
        }
        None => out.push_str("  no status\n"),
    }
    if let Some(fact) = &decision.implementation {
        let _ = writeln!(out, "  {} line {}", fact.value.name(), fact.line);
    }
    if let Some(fact) = &decision.date {
        let _ = writeln!(out, "  date {} \"{}\" line {}", fact.value, fact.raw, fact.line);
    }
    if let Some(fact) = &decision.deciders {
        let _ = writeln!(out, "  by {} line {}", fact.value.join(" + "), fact.line);
    }
    for relation in &decision.relations {
        let part = if relation.extent == Extent::Part { " in part" } else { "" };
        let kind = relation.kind.name();
        let _ = writeln!(out, "  {kind}{part} \"{}\" line {}", relation.to, relation.line);
    }
    out
}
