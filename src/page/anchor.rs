//! What a page says of a citation since it was accepted: a badge, where the text is now, what was
//! changed in it.

use super::{
    model::{AnchorView, DiffRow, PlaceView},
    site::Site,
};
use crate::{
    graph::{
        anchor::{Anchored, Finding, LockState, Proposal},
        citation::{Cited, CitedState},
    },
    path::RelPath,
};

/// So many lines of a difference are shown; `lacuna cite --check` shows all.
const MOST_LINES: usize = 40;

/// What became of a citation; none where the project has no lock, for then there is nothing to say.
pub fn view(site: &Site<'_>, from: &RelPath, anchored: &Anchored) -> Option<AnchorView> {
    if site.corpus.anchors.lock != LockState::Read {
        return None;
    }
    let diff = match &anchored.finding {
        Finding::Edited(edit) => edit.diff.as_slice(),
        _ => &[],
    };
    let rows = diff.iter().take(MOST_LINES).map(|line| DiffRow {
        side: line.side.name(),
        line: line.line.unwrap_or_default(),
        text: line.text.clone(),
    });
    let places = anchored.finding.proposals().iter();
    Some(AnchorView {
        state: anchored.finding.name(),
        why: match anchored.finding {
            Finding::Exact => String::new(),
            _ => anchored.reason(),
        },
        places: places.filter_map(|to| place(site, from, anchored, to)).collect(),
        diff: rows.collect(),
        more: diff.len().saturating_sub(MOST_LINES),
    })
}

/// The worst of the citations of some lines of a file.
pub fn of_lines(
    site: &Site<'_>,
    from: &RelPath,
    path: &RelPath,
    lines: (u32, u32),
) -> Option<AnchorView> {
    let citing = site.corpus.anchors.citing(path, lines);
    let here = citing.filter(|one| one.finding.is_fault());
    here.max_by_key(|one| one.finding.is_outdated()).and_then(|one| view(site, from, one))
}

fn place(site: &Site<'_>, from: &RelPath, anchored: &Anchored, to: &Proposal) -> Option<PlaceView> {
    let record = site.graph.records.of_file(site.file(&to.path)?);
    let cited = Cited {
        state: CitedState::Exact,
        path: Some(to.path.clone()),
        lines: Some(to.lines),
        anchor: None,
    };
    let (start, end) = to.lines;
    let mut href = site.cited_href(from, Some(record), &cited)?;
    // Only ranges that somebody cites have an anchor; every line has.
    if let Some((page, _)) = href.rsplit_once('#') {
        href = format!("{page}#L{start}");
    }
    let words = anchored.accepted.as_ref().map(|a| a.words.clone()).unwrap_or_default();
    Some(PlaceView { title: site.title_of(record), start, end, href, words })
}
