//! What a gap's page says of each citation: whether the cited lines speak of the gap, and which do.

use super::{
    model::{PlaceView, SupportView},
    site::Site,
};
use crate::{
    evidence::{
        BetterPlace, Side, Support,
        verdict::{Obstacle, Verdict},
    },
    graph::citation::{Cited, CitedState},
    path::RelPath,
};

/// The verdict on a citation; none where the citation itself leads nowhere, which is said already.
pub fn view(site: &Site<'_>, from: &RelPath, support: &Support) -> Option<SupportView> {
    if support.verdict == Verdict::Unjudged(Obstacle::NotFound) {
        return None;
    }
    let places = |side: Side| {
        let here = support.places.iter().filter(move |place| place.side == side);
        here.filter_map(|place| self::place(site, from, place)).collect()
    };
    Some(SupportView {
        verdict: support.verdict.name(),
        why: support.why(),
        found: support.found.clone(),
        absent: support.absent.clone(),
        better: places(Side::Elsewhere),
        within: places(Side::Within),
    })
}

fn place(site: &Site<'_>, from: &RelPath, place: &BetterPlace) -> Option<PlaceView> {
    let record = site.graph.records.of_file(site.file(&place.path)?);
    let cited = Cited {
        state: CitedState::Exact,
        path: Some(place.path.clone()),
        lines: Some(place.lines),
        anchor: None,
    };
    let (start, end) = place.lines;
    let mut href = site.cited_href(from, Some(record), &cited)?;
    // Only ranges that somebody cites have an anchor; every line has.
    if let Some((page, _)) = href.rsplit_once('#') {
        href = format!("{page}#L{start}");
    }
    Some(PlaceView { title: site.title_of(record), start, end, href, words: place.words.clone() })
}
