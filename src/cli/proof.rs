//! The proof of a gap's coverage, for the terminal: each fact with its place and the rule that read
//! it, each target with its state and the reason, and what follows from them.

use super::tree::{self, Branch};
use crate::{
    graph::{
        Corpus,
        anchor::LockState,
        citation::Cited,
        coverage::{Coverage, GapFinding, TargetFinding, proof},
        drift::{self, Drift},
        record::{Record, RecordIx, Records},
    },
    model::{
        Fact,
        gap::{ClaimStatus, Evidence, Gap},
    },
};

/// Longer texts of a fact are cut: the page of the gap shows them whole.
const LONGEST_FACT: usize = 240;

/// The proof of one gap, as text of lines of at most [`tree::WIDTH`] columns.
pub fn of_gap(
    corpus: Corpus<'_>,
    records: &Records,
    record: &Record,
    gap: &Gap,
    finding: &GapFinding,
) -> String {
    let mut out = String::new();
    for line in tree::wrap(&format!("{}  {}", record.id, record.title), tree::WIDTH) {
        out.push_str(&line);
        out.push('\n');
    }
    let path = record.path.as_str();
    let places: Vec<String> = gap.defined_at.iter().map(|line| format!("{path}:{line}")).collect();
    let places = format!("read from {}", places.join(", "));
    tree::wrap(&places, tree::WIDTH).iter().for_each(|line| out.extend([line.as_str(), "\n"]));
    tree::draw("what the text says", &facts(path, gap), &mut out);
    let evidence = finding.evidence.iter().map(|(own, cited)| {
        let branch = evidence(path, own, cited);
        let anchored = corpus.anchors.at(&record.path, &record.id, &own.citation);
        match anchored.filter(|_| corpus.anchors.lock == LockState::Read) {
            Some(one) => branch.remark(format!("{}: {}", one.finding.name(), one.reason())),
            None => branch,
        }
    });
    tree::draw("evidence", &evidence.collect::<Vec<_>>(), &mut out);
    tree::draw("targets", &targets(path, finding), &mut out);
    let waivers: Vec<Branch> = finding
        .waivers
        .iter()
        .map(|waiver| {
            let reason = waiver.reason.as_deref().unwrap_or("no reason is given");
            let owner = waiver.owner.as_deref().unwrap_or("nobody");
            Branch::new(format!("{reason} · {owner} · {}:{}", waiver.by.path(), waiver.line))
                .remark(waiver.verdict())
        })
        .collect();
    tree::draw("waiver", &waivers, &mut out);
    let depends = finding.depends_on.iter().map(|needed| dependency(records, needed));
    tree::draw("waits for", &depends.collect::<Vec<_>>(), &mut out);
    tree::draw("what follows", &conclusion(gap, finding), &mut out);
    out
}

fn facts(path: &str, gap: &Gap) -> Vec<Branch> {
    let mut all = Vec::new();
    let priority = gap.priority.as_ref();
    all.extend(priority.map(|own| fact("priority", own.value.name(), path, own)));
    for mention in &gap.claim.mentions {
        all.push(fact("claim", status(mention.value), path, mention));
    }
    let percent = gap.claim.percent.as_ref();
    all.extend(percent.map(|own| fact("percent", &format!("{} %", own.value), path, own)));
    all.extend(gap.impact.as_ref().map(|own| fact("impact", &own.value, path, own)));
    all.extend(gap.category.as_ref().map(|own| fact("category", &own.value, path, own)));
    all.extend(gap.effort.iter().map(|own| fact("effort", &own.value, path, own)));
    all
}

/// `priority  P0 · docs/gaps.md:12 · section of a priority · "Critical"`.
fn fact<T>(name: &str, value: &str, path: &str, fact: &Fact<T>) -> Branch {
    let mut text = format!("{name}: {} · {path}:{} · {}", cut(value), fact.line, fact.rule);
    if !fact.raw.is_empty() && !fact.raw.eq_ignore_ascii_case(value) && fact.raw != value {
        text.push_str(&format!(" · \"{}\"", cut(&fact.raw)));
    }
    Branch::new(text)
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_FACT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn evidence(path: &str, evidence: &Evidence, cited: &Cited) -> Branch {
    let citation = &evidence.citation;
    let lines = match citation.lines {
        Some((first, last)) if first == last => format!(", line {first}"),
        Some((first, last)) => format!(", lines {first}-{last}"),
        None => String::new(),
    };
    let section = citation.section.as_ref().map(|s| format!(", section {s}")).unwrap_or_default();
    let found = cited.path.as_ref().map(|found| match cited.lines {
        Some((first, _)) => format!(": {found}:{first}"),
        None => format!(": {found}"),
    });
    let state = cited.state.name().replace('_', " ");
    Branch::new(format!("{}{lines}{section} · {path}:{}", citation.target, evidence.line))
        .remark(format!("{state}{}", found.unwrap_or_default()))
}

fn targets(path: &str, finding: &GapFinding) -> Vec<Branch> {
    let mut all = Vec::new();
    for group in proof::groups(finding) {
        let own = group.targets.iter().map(|own| target(path, own));
        match group.label() {
            Some(label) => all.push(Branch { branches: own.collect(), ..Branch::new(label) }),
            None => all.extend(own),
        }
    }
    if all.is_empty() {
        all.push(Branch::new("none"));
    }
    all
}

fn target(path: &str, target: &TargetFinding) -> Branch {
    let mut text = format!("{} · {}", target.state.name(), target.name);
    if let Some(section) = &target.section {
        text.push_str(&format!(" § {section}"));
    }
    let place = match (&target.named_at, &target.declared_at) {
        (Some((line, _)), _) => format!("{path}:{line}"),
        (None, Some(spot)) => format!("{}:{}", spot.path, spot.line),
        (None, None) => path.to_owned(),
    };
    text.push_str(&format!(" · {place}"));
    let branch = Branch::new(text);
    // Say where it is when the name does not.
    let branch = match (&target.path, &target.anchor) {
        (Some(found), Some(anchor)) => branch.remark(format!("{found}#{anchor}")),
        (Some(found), None) if found.as_str() != target.name => branch.remark(found.as_str()),
        _ => branch,
    };
    branch.remark(target.why.as_str())
}

fn dependency(records: &Records, (name, found): &(String, Option<RecordIx>)) -> Branch {
    match found {
        Some(ix) => {
            let record = records.get(*ix);
            Branch::new(format!(
                "{} {} · {}:{}",
                record.id, record.title, record.path, record.lines.0
            ))
        }
        None => Branch::new(format!("{name} · no gap has this name")),
    }
}

fn conclusion(gap: &Gap, finding: &GapFinding) -> Vec<Branch> {
    let coverage = Branch::new(format!("coverage {}", finding.coverage.name()))
        .remark(finding.why.as_str())
        .remark(format!("rule: {}", finding.coverage.rule()));
    let drift = Branch::new(format!("drift {}", finding.drift.name()));
    vec![coverage, drift.remark(drift_words(gap, finding.coverage, finding.drift))]
}

fn drift_words(gap: &Gap, coverage: Coverage, drift: Drift) -> String {
    let claimed = status(drift::claimed(&gap.claim));
    match drift {
        Drift::Unknown => "the text claims nothing".to_owned(),
        Drift::Agrees if coverage == Coverage::Waived => {
            format!("the text says {claimed}, and nothing is asked of a waived gap")
        }
        Drift::Agrees => {
            format!("the text says {claimed}, the files show {}: they agree", coverage.name())
        }
        _ => format!("the text says {claimed}, the files show {}", coverage.name()),
    }
}

fn status(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Open => "open",
        ClaimStatus::Partial => "partial",
        ClaimStatus::Done => "done",
        ClaimStatus::Unknown => "nothing",
    }
}
