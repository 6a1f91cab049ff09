//! Research: the list, and a text by its lines with who cites them.

use std::collections::BTreeMap;

use super::{
    bare, frame,
    model::{Backlink, ChunkRow, ChunkView, CitedRange, LineRow, Link, Page, ResearchIndex, View},
    site::Site,
    usage,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::source::{Chunk, Facts},
    path::RelPath,
};

/// All research.
pub fn index(site: &Site<'_>) -> Page {
    let route = site.route.index(RecordKind::Research);
    let mut chunks: Vec<ChunkRow> = site
        .of_kind(RecordKind::Research)
        .map(|ix| {
            let usage = usage::view(site, site.record(ix).file, &lines_href(site, &route, ix));
            ChunkRow { usage, ..row(site, &route, ix) }
        })
        .collect();
    // A reviewer looks for what was overlooked; what has no lines of its own comes last.
    chunks.sort_by_key(|chunk| match &chunk.usage {
        Some(usage) if usage.cut_into == 0 => (0, usage.percent.unwrap_or_default(), usage.whole),
        _ => (1, 0, 0),
    });
    // The lines of an original are counted in its chunks.
    let used = || chunks.iter().filter_map(|c| c.usage.as_ref()).filter(|u| u.cut_into == 0);
    let view = ResearchIndex {
        lines: used().map(|usage| usage.lines).sum(),
        cited: used().map(|usage| usage.cited).sum(),
        demanded: used().map(|usage| usage.demanded).sum(),
        chunks,
    };
    bare(site, route, "Research", View::ResearchIndex(view))
}

/// The address of a text by its lines.
fn lines_href(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> String {
    let file = site.record(ix).file;
    match site.route.lines(file).filter(|_| site.has_line_page(file)) {
        Some(route) => site.href(from, route),
        None => site.record_href(from, ix),
    }
}

/// The page of a text that is shown by its lines.
pub fn chunk(site: &Site<'_>, ix: RecordIx) -> Page {
    let route = site.route.of(ix).clone();
    let frame = frame::of_record(site, ix);
    Page {
        origin: Some(site.record(ix).path.clone()),
        view: View::Chunk(view(site, &route, ix)),
        route,
        frame,
        texts: Vec::new(),
    }
}

/// The lines of a Markdown file, beside its page as a document.
pub fn lines(site: &Site<'_>, file: usize) -> Page {
    let ix = site.graph.records.of_file(file);
    let route = site.route.lines(file).cloned().unwrap_or_else(|| site.route.of(ix).clone());
    let mut frame = frame::empty(site, &route);
    let Link { title, href } = site.link(&route, ix);
    frame.title = format!("{title}: lines");
    frame.breadcrumbs.push(Link { title, href });
    frame.source = Some(site.record(ix).path.to_string());
    Page {
        origin: Some(site.record(ix).path.clone()),
        view: View::Chunk(view(site, &route, ix)),
        route,
        frame,
        texts: Vec::new(),
    }
}

fn row(site: &Site<'_>, from: &RelPath, ix: RecordIx) -> ChunkRow {
    let record = site.record(ix);
    let outline = site.outline(ix);
    let (source_lines, overlap) = match &outline.facts {
        Facts::Chunk(chunk) => (chunk.source_lines, chunk.overlap),
        _ => (None, 0),
    };
    ChunkRow {
        link: site.link(from, ix),
        path: record.path.to_string(),
        lines: outline.lines,
        source_lines,
        overlap,
        citations: site.citations(record.file),
        usage: None,
    }
}

fn view(site: &Site<'_>, route: &RelPath, ix: RecordIx) -> ChunkView {
    let file = site.record(ix).file;
    let plain = Chunk::default();
    let chunk = match &site.outline(ix).facts {
        Facts::Chunk(chunk) => chunk,
        _ => &plain,
    };
    let back = |by: &RecordIx| site.backlink(route, *by);
    let cited: Vec<CitedRange> = site
        .cited_ranges(file)
        .map(|((start, end), by)| CitedRange {
            start,
            end,
            anchor: format!("L{start}-L{end}"),
            by: by.iter().map(back).collect(),
            since: super::anchor::of_lines(site, route, &site.record(ix).path, (start, end)),
        })
        .collect();
    let cited_whole: Vec<Backlink> = site.cited_whole(file).map(|by| back(&by)).collect();
    let rows = line_rows(site, file, chunk, &cited);
    let original = chunk.original.clone();
    let row = ChunkRow { usage: usage::view(site, file, ""), ..row(site, route, ix) };
    ChunkView { label: site.record(ix).kind.label(), row, original, rows, cited, cited_whole }
}

fn line_rows(site: &Site<'_>, file: usize, chunk: &Chunk, cited: &[CitedRange]) -> Vec<LineRow> {
    let mut begins: BTreeMap<u32, Vec<CitedRange>> = BTreeMap::new();
    for range in cited {
        begins.entry(range.start).or_default().push(range.clone());
    }
    let mut open_until = 0;
    site.lines_of(file)
        .enumerate()
        .map(|(n, text)| {
            let number = n as u32 + 1;
            let begins = begins.remove(&number).unwrap_or_default();
            open_until = begins.iter().map(|range| range.end).fold(open_until, u32::max);
            let original = chunk.source_lines.and_then(|(first, last)| {
                let line = (first + number).checked_sub(chunk.body_line)?;
                (first..=last).contains(&line).then_some(line)
            });
            LineRow { number, original, text: text.to_owned(), cited: number <= open_until, begins }
        })
        .collect()
}
