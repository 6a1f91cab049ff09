//! What is left to do before a gap is closed, from the states that its links were found in.

use super::{
    model::{CloseStep, Link},
    site::Site,
};
use crate::{
    graph::{
        coverage::{
            Coverage, GapFinding, TargetFinding, TargetState,
            proof::{self, Group},
        },
        drift::Drift,
        record::RecordIx,
    },
    model::gap::{ClaimStatus, Gap},
    path::RelPath,
};

/// The steps in order; none for a gap that is closed and says so.
pub fn steps(
    site: &Site<'_>,
    from: &RelPath,
    ix: RecordIx,
    gap: &Gap,
    finding: &GapFinding,
) -> Vec<CloseStep> {
    let id = &site.record(ix).id;
    let mut steps: Vec<CloseStep> = Vec::new();
    if matches!(finding.coverage, Coverage::Partial | Coverage::Uncovered) {
        steps.extend(before(site, from, finding));
        let groups = proof::groups(finding);
        let is_needed = |group: &&Group<'_>| group.role.group().is_some();
        steps.extend(groups.iter().filter(is_needed).filter_map(|g| fill(site, from, id, g)));
        if groups.iter().all(|group| !is_needed(&group)) {
            let offered = groups.iter().flat_map(|group| &group.targets);
            steps.extend(offered.filter_map(|target| one(site, from, id, target)));
        }
        if finding.targets.is_empty() {
            let text = format!(
                "Name the document that would fill it, or let a document declare it in its front \
                 matter: `covers: [{id}]`."
            );
            steps.push(step(text, None));
        }
    }
    let mend = finding.evidence.iter().filter(|(_, cited)| !cited.state.holds());
    steps.extend(mend.map(|(evidence, _)| {
        let text =
            format!("Mend the citation `{}`, which leads nowhere.", evidence.citation.target);
        step(text, Some(line(site, from, ix, evidence.line)))
    }));
    if matches!(finding.drift, Drift::Overclaimed | Drift::Underclaimed) {
        let said =
            gap.claim.mentions.iter().filter(|m| m.value == gap.claim.status).map(|m| m.line);
        let at = said.chain(gap.claim.percent.iter().map(|p| p.line)).next();
        let text = format!(
            "Correct what the text claims: it says {}, the files show {}.",
            claimed(gap.claim.status),
            finding.coverage.name()
        );
        steps.push(step(text, at.map(|at| line(site, from, ix, at))));
    }
    steps
}

fn claimed(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Unknown => "nothing",
        said => said.name(),
    }
}

/// Gaps that are open and come first.
fn before(site: &Site<'_>, from: &RelPath, finding: &GapFinding) -> Option<CloseStep> {
    let is_open = |ix: &RecordIx| {
        let found = site.graph.gaps.get(ix).map(|found| found.coverage);
        matches!(found, Some(Coverage::Partial | Coverage::Uncovered))
    };
    let open = finding.depends_on.iter().filter_map(|(_, to)| *to).filter(is_open);
    let choices: Vec<CloseStep> = open
        .map(|to| CloseStep {
            text: site.record(to).id.clone(),
            place: Some(site.link(from, to)),
            choices: Vec::new(),
        })
        .collect();
    let text = "Close first what it waits for:".to_owned();
    (!choices.is_empty()).then_some(CloseStep { text, place: None, choices })
}

/// What a group of alternatives asks for; none when one of them covers the gap.
fn fill(site: &Site<'_>, from: &RelPath, id: &str, group: &Group<'_>) -> Option<CloseStep> {
    if group.targets.iter().any(|target| target.standing == TargetState::Covers) {
        return None;
    }
    let mut choices: Vec<CloseStep> =
        group.targets.iter().filter_map(|target| one(site, from, id, target)).collect();
    match choices.len() {
        0 | 1 => choices.pop(),
        _ => Some(CloseStep { text: "Do one of these:".to_owned(), place: None, choices }),
    }
}

/// What a target lacks; none when it lacks nothing, or stands where another one does.
fn one(site: &Site<'_>, from: &RelPath, id: &str, target: &TargetFinding) -> Option<CloseStep> {
    let found = target.found.first();
    let text = words(id, &target.name, target.section.as_deref(), (target.state, found.is_some()))?;
    Some(step(text, found.map(|ix| site.link(from, *ix))))
}

fn words(
    id: &str,
    name: &str,
    section: Option<&str>,
    (state, exists): (TargetState, bool),
) -> Option<String> {
    let part = section.map(|section| format!("the section “{section}” of ")).unwrap_or_default();
    let named = format!("name `{id}` in it, or add `covers: [{id}]` to its front matter");
    Some(match state {
        TargetState::Covers | TargetState::Duplicate | TargetState::Orphaned => return None,
        TargetState::Missing if exists => format!("Add {part}`{name}`; then {named}."),
        TargetState::Missing => format!("Write {part}`{name}`; then {named}."),
        TargetState::Stub => format!("Fill {part}`{name}`: it exists, but without substance."),
        TargetState::Named => {
            format!("Let {part}`{name}` answer the gap, which it does not name yet: {named}.")
        }
        TargetState::Outdated => format!(
            "Read {part}`{name}` against the changed lines of research, then `lacuna cite --accept`."
        ),
        TargetState::Ambiguous => {
            format!("Write the whole path of `{name}` in the gap: several files have this name.")
        }
    })
}

fn step(text: String, place: Option<Link>) -> CloseStep {
    CloseStep { text, place, choices: Vec::new() }
}

fn line(site: &Site<'_>, from: &RelPath, ix: RecordIx, line: u32) -> Link {
    Link { title: format!("line {line}"), href: site.line_href(from, ix, line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_that_is_open_has_a_step() {
        let of = |state, exists| words("G-1", "docs/a.md", None, (state, exists));
        assert_eq!(of(TargetState::Covers, true), None);
        let write = of(TargetState::Missing, false).expect("there is something to do");
        assert!(
            write.starts_with("Write `docs/a.md`") && write.contains("covers: [G-1]"),
            "{write}"
        );
        let add = words("G-1", "docs/a.md", Some("Limits"), (TargetState::Missing, true));
        assert!(
            add.expect("something to do").starts_with("Add the section “Limits” of `docs/a.md`")
        );
        for state in
            [TargetState::Stub, TargetState::Named, TargetState::Outdated, TargetState::Ambiguous]
        {
            assert!(of(state, true).is_some(), "{state:?}");
        }
    }
}
