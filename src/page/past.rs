//! What version control tells: the last change of a page, what changed last, coverage over time.

use super::{
    model::{Changed, GapPast, Link, RecentRow, Trend, TrendLine, TrendRow, TrendView},
    site::Site,
};
use crate::{
    graph::{
        metrics::share,
        record::{Part, RecordIx},
    },
    model::history::{Change, Counts, Sample},
    path::RelPath,
};

/// So many records are listed that changed last.
const RECENT: usize = 8;

/// The last commit that changed a file.
pub fn of_file(site: &Site<'_>, path: &RelPath) -> Option<Changed> {
    site.history.last_change(path).map(|(_, change)| changed(site, change))
}

/// The records that changed last, the newest first.
pub fn recent(site: &Site<'_>, from: &RelPath) -> Vec<RecentRow> {
    let whole = |(ix, record): (RecordIx, &crate::graph::record::Record)| {
        let (age, change) = site.history.last_change(&record.path)?;
        (record.part == Part::Whole).then_some((age, ix, change))
    };
    let mut all: Vec<(usize, RecordIx, &Change)> =
        site.graph.records.iter().filter_map(whole).collect();
    all.sort_by_key(|(age, ix, _)| (*age, *ix));
    let row = |(_, ix, change): (usize, RecordIx, &Change)| RecentRow {
        link: site.link(from, ix),
        changed: changed(site, change),
    };
    all.into_iter().take(RECENT).map(row).collect()
}

/// When a gap was opened and filled.
pub fn of_gap(site: &Site<'_>, id: &str) -> Option<GapPast> {
    let past = site.history.of_gap(id)?;
    let told = |sample: &Sample| changed(site, &sample.change);
    Some(GapPast {
        opened: told(past.opened),
        is_oldest: past.is_oldest,
        filled: past.filled.map(told),
    })
}

/// Coverage over time: the table and the drawing; none of fewer than two commits with gaps.
pub fn trend(site: &Site<'_>) -> Option<(TrendView, Trend)> {
    let first = site.history.samples.iter().position(|sample| total(sample.state.overall) > 0)?;
    let samples = &site.history.samples[first..];
    let last = samples.last().filter(|_| samples.len() > 1)?;
    let labels: Vec<&str> =
        last.state.by_priority.iter().map(|(label, _)| label.as_str()).collect();
    let rows = samples.iter().map(|sample| TrendRow {
        changed: changed(site, &sample.change),
        skipped: sample.skipped,
        covered: sample.state.overall.covered,
        counted: counted(sample.state.overall),
        percent: percent(sample.state.overall),
        cells: labels.iter().map(|label| of(sample, label)).collect(),
    });
    let line = |label: &str, points| TrendLine { label: label.to_owned(), points };
    let all = line("all", samples.iter().map(|s| percent(s.state.overall)).collect());
    let lines =
        labels.iter().map(|label| line(label, samples.iter().map(|s| of(s, label)).collect()));
    let title = match (percent(samples[0].state.overall), percent(last.state.overall)) {
        (Some(was), Some(is)) => format!(
            "Covered share of gaps from {} to {}: {was} % at first, {is} % at last",
            samples[0].change.day, last.change.day
        ),
        _ => "Covered share of gaps".to_owned(),
    };
    let view = TrendView {
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        rows: rows.rev().collect(),
        is_cut: site.history.is_cut,
    };
    let trend = Trend {
        title,
        first: samples[0].change.day.clone(),
        last: last.change.day.clone(),
        lines: std::iter::once(all).chain(lines).collect(),
    };
    Some((view, trend))
}

fn changed(site: &Site<'_>, change: &Change) -> Changed {
    // No page shows a day that has not come (SOURCE_DATE_EPOCH, reproducible-builds.org).
    let latest = site.corpus.today.unwrap_or("9999-12-31");
    Changed {
        day: change.day.as_str().min(latest).to_owned(),
        commit: Link {
            title: change.short().to_owned(),
            href: site
                .corpus
                .repository
                .and_then(|repository| repository.commit(&change.commit))
                .unwrap_or_default(),
        },
        subject: change.subject.clone(),
    }
}

fn of(sample: &Sample, label: &str) -> Option<u8> {
    let mut groups = sample.state.by_priority.iter();
    groups.find(|(own, _)| own == label).and_then(|(_, counts)| percent(*counts))
}

fn percent(counts: Counts) -> Option<u8> {
    share(counts.covered as u64, counted(counts) as u64)
}

fn counted(counts: Counts) -> usize {
    counts.covered + counts.partial + counts.uncovered
}

fn total(counts: Counts) -> usize {
    counted(counts) + counts.waived
}
