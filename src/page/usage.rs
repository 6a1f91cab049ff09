//! What a research text's page and the list of research say of its use: a heat strip, the share of
//! cited lines, and the demands that nobody cites.

use super::{
    model::{DemandView, StripView, UsageView},
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
/// The strip tells no more than three citations apart.
const HOTTEST: u32 = 3;

/// The use of a research text; `page` is the address of its lines, empty on their own page. None
/// for a text that is no research.
pub fn view(site: &Site<'_>, file: usize, page: &str) -> Option<UsageView> {
    let used = site.evidence().used.get(&file)?;
    Some(UsageView {
        lines: used.lines,
        cited: used.cited,
        percent: used.percent(),
        cut_into: used.cut_into,
        whole: used.whole,
        page: page.to_owned(),
        length: used.stretches.iter().map(count).sum(),
        strip: strip(used, page),
        gaps: longest_uncited(used),
        demanded: used.demands.len(),
        demands: used.demands.iter().take(LISTED).map(|d| demand(d, page)).collect(),
    })
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
