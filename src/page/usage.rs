//! What a research text's page and the list of research say of its use: a heat strip, the share of
//! cited lines, and the demands that nobody cites.

use super::{
    model::{BandView, DemandView, StripView, UsageView},
    site::Site,
};
use crate::evidence::{
    demand::Demand,
    used::{Stretch, Used},
};

/// So many demands are listed on a page.
const LISTED: usize = 100;
/// So many uncited stretches are told in words.
const TOLD: usize = 5;
/// So many columns the strip of a list has at most; a column is as hot as its hottest line.
const COLUMNS: u32 = 200;
/// The strip tells no more than three citations apart.
const HOTTEST: u32 = 3;

/// The use of a research text; `page` is the address of its lines, empty on their own page. None
/// for a text that is no research.
pub fn view(site: &Site<'_>, file: usize, page: &str) -> Option<UsageView> {
    let used = site.evidence().used.get(&file)?;
    Some(UsageView {
        strip: strip(used, page),
        gaps: longest_uncited(used),
        demands: used.demands.iter().take(LISTED).map(|d| demand(d, page)).collect(),
        ..bare(used, page)
    })
}

/// The use of a research text as a list tells it: without what only its own page has room for.
pub fn in_list(site: &Site<'_>, file: usize, page: &str) -> Option<UsageView> {
    let used = site.evidence().used.get(&file)?;
    let bands = bands(used);
    let length = used.stretches.iter().map(count).sum::<u32>().min(COLUMNS);
    Some(UsageView { bands, length, ..bare(used, page) })
}

fn bare(used: &Used, page: &str) -> UsageView {
    UsageView {
        lines: used.lines,
        cited: used.cited,
        percent: used.percent(),
        cut_into: used.cut_into,
        whole: used.whole,
        page: page.to_owned(),
        length: used.stretches.iter().map(count).sum(),
        strip: Vec::new(),
        bands: Vec::new(),
        gaps: Vec::new(),
        demanded: used.demands.len(),
        demands: Vec::new(),
    }
}

/// The strip as one outline for each heat.
fn bands(used: &Used) -> Vec<BandView> {
    let length = used.stretches.iter().map(count).sum::<u32>();
    let columns = length.min(COLUMNS);
    let mut heats = vec![0; columns as usize];
    let mut at = 0;
    for stretch in &used.stretches {
        let column =
            |line: u32| (u64::from(line) * u64::from(columns) / u64::from(length)) as usize;
        let (first, last) = (column(at), column(at + count(stretch) - 1));
        let heat = stretch.citations.min(HOTTEST);
        heats[first..=last].iter_mut().for_each(|own| *own = heat.max(*own));
        at += count(stretch);
    }
    let mut bands: Vec<BandView> = Vec::new();
    for heat in 0..=HOTTEST {
        let mut path = String::new();
        let mut start = 0;
        for run in heats.chunk_by(|a, b| a == b) {
            if run[0] == heat {
                path.push_str(&format!("M{start} 0h{0}v1h-{0}z", run.len()));
            }
            start += run.len();
        }
        if !path.is_empty() {
            bands.push(BandView { heat, path });
        }
    }
    bands
}

fn strip(used: &Used, page: &str) -> Vec<StripView> {
    let mut at = 0;
    let part = |stretch: &Stretch| {
        let begins = at;
        at += count(stretch);
        StripView {
            start: stretch.start,
            end: stretch.end,
            at: begins,
            count: count(stretch),
            citations: stretch.citations,
            heat: stretch.citations.min(HOTTEST),
            href: format!("{page}#L{}", stretch.start),
        }
    };
    used.stretches.iter().map(part).collect()
}

fn count(stretch: &Stretch) -> u32 {
    stretch.end - stretch.start + 1
}

fn longest_uncited(used: &Used) -> Vec<(u32, u32)> {
    let mut uncited: Vec<&Stretch> = used.stretches.iter().filter(|s| s.citations == 0).collect();
    uncited.sort_by_key(|stretch| (std::cmp::Reverse(count(stretch)), stretch.start));
    uncited.into_iter().take(TOLD).map(|stretch| (stretch.start, stretch.end)).collect()
}

fn demand(demand: &Demand, page: &str) -> DemandView {
    DemandView {
        line: demand.lines.0,
        href: format!("{page}#L{}", demand.lines.0),
        before: demand.before.clone(),
        word: demand.word.clone(),
        after: demand.after.clone(),
    }
}
