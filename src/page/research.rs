//! Research: the list, and a text by its lines with who cites them.

use std::collections::BTreeMap;

use super::{
    bare, board, document, frame,
    model::{
        Backlink, ChunkRow, ChunkView, CitedRange, LineRow, Link, Page, Pager, ResearchIndex, View,
    },
    site::Site,
    usage,
};
use crate::{
    graph::record::{RecordIx, RecordKind},
    model::source::{Chunk, Facts},
    path::RelPath,
    text::parts::window,
};

/// So many texts stand on one page of the list.
const TEXTS: usize = 40;

/// How many pages the list of research has.
pub fn pages(site: &Site<'_>) -> usize {
    board::pages(site.of_kind(RecordKind::Research).count(), TEXTS)
}

/// One page of all research, counted from 1.
pub fn index(site: &Site<'_>, n: usize) -> Page {
    let route = site.route.research(n);
    let all = ordered(site);
    let here = window(&((n - 1) * TEXTS..n * TEXTS), 0, all.len());
    let row = |ix: &RecordIx| {
        let usage = usage::in_list(site, site.record(*ix).file, &lines_href(site, &route, *ix));
        ChunkRow { usage, ..row(site, &route, *ix) }
    };
    // The lines of an original are counted in its chunks.
    let used = |ix: &RecordIx| site.evidence().used.get(&site.record(*ix).file);
    let used = || all.iter().filter_map(used).filter(|used| used.cut_into == 0);
    let view = ResearchIndex {
        lines: used().map(|used| used.lines).sum(),
        cited: used().map(|used| used.cited).sum(),
        demanded: used().map(|used| used.demands.len()).sum(),
        all: all.len(),
        chunks: all[here].iter().map(row).collect(),
        pager: board::pager(site, &route, (n, pages(site)), |n| site.route.research(n)),
    };
    let title = if n > 1 { format!("Research, page {n}") } else { "Research".to_owned() };
    bare(site, route, &title, View::ResearchIndex(view))
}

/// All research. A reviewer looks for what was overlooked; what has no lines of its own comes last.
fn ordered(site: &Site<'_>) -> Vec<RecordIx> {
    let mut all: Vec<RecordIx> = site.of_kind(RecordKind::Research).collect();
    let used = &site.evidence().used;
    all.sort_by_key(|ix| match used.get(&site.record(*ix).file) {
        Some(used) if used.cut_into == 0 => (0, used.percent().unwrap_or_default(), used.whole),
        _ => (1, 0, 0),
    });
    all
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
        view: View::Chunk(view(site, &route, ix, None)),
        route,
        frame,
        texts: Vec::new(),
        treatment: site.treatment,
    }
}

/// One page of the lines of a Markdown file, from 1, beside its page as a document.
pub fn lines(site: &Site<'_>, file: usize, n: usize) -> Page {
    let ix = site.graph.records.of_file(file);
    let route = site.lines_route(file, n).unwrap_or_else(|| site.route.of(ix).clone());
    let mut frame = frame::empty(site, &route);
    let Link { title, href } = site.link(&route, ix);
    frame.title = lines_title(&title, n);
    frame.breadcrumbs.push(Link { title, href });
    frame.source = Some(site.record(ix).path.to_string());
    Page {
        origin: Some(site.record(ix).path.clone()),
        view: View::Chunk(view(site, &route, ix, Some(n))),
        route,
        frame,
        texts: Vec::new(),
        treatment: site.treatment,
    }
}

/// The title of a page of lines, from 1.
fn lines_title(title: &str, n: usize) -> String {
    if n > 1 { format!("{title}: lines, page {n}") } else { format!("{title}: lines") }
}

/// The first and the last line on a page of the lines of a file, from 1, and the ways to the other
/// pages, where there are some.
pub(super) fn part(
    site: &Site<'_>,
    route: &RelPath,
    file: usize,
    n: usize,
) -> ((u32, u32), Option<Pager>) {
    let outline = &site.corpus.outlines[file];
    let firsts = &outline.divisions;
    let first = firsts.get(n - 1).copied().unwrap_or(1);
    let last = firsts.get(n).map_or(outline.lines, |next| next - 1);
    let page = |n: usize| site.lines_route(file, n).unwrap_or_else(|| route.clone());
    ((first, last), board::pager(site, route, (n, firsts.len()), page))
}

/// For the first page of lines, with which line each page begins.
pub(super) fn firsts(site: &Site<'_>, file: usize, n: usize) -> Vec<u32> {
    if n == 1 { site.corpus.outlines[file].divisions.clone() } else { Vec::new() }
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

/// All lines of a text, or one page of them.
fn view(site: &Site<'_>, route: &RelPath, ix: RecordIx, page: Option<usize>) -> ChunkView {
    let file = site.record(ix).file;
    let plain = Chunk::default();
    let chunk = match &site.outline(ix).facts {
        Facts::Chunk(chunk) => chunk,
        _ => &plain,
    };
    let back = |by: &RecordIx| site.backlink(route, *by);
    let whole = ((1, site.outline(ix).lines), None);
    let ((first, last), pager) = page.map_or(whole, |n| part(site, route, file, n));
    let before = site.cited_ranges(file).filter(|((start, _), _)| *start < first);
    let open_until = before.map(|((_, end), _)| end).max().unwrap_or_default();
    let cited: Vec<CitedRange> = site
        .cited_ranges(file)
        .filter(|((start, _), _)| (first..=last).contains(start))
        .map(|((start, end), by)| CitedRange {
            start,
            end,
            anchor: format!("L{start}-L{end}"),
            by: by.iter().map(back).collect(),
            since: super::anchor::of_lines(site, route, &site.record(ix).path, (start, end)),
        })
        .collect();
    let cited_whole: Vec<Backlink> = site.cited_whole(file).map(|by| back(&by)).collect();
    let rows = line_rows(site, (file, chunk), (first, last), &cited, open_until);
    let firsts = page.map(|n| firsts(site, file, n)).unwrap_or_default();
    let long = pager.is_none() && document::is_long(site, file);
    let shown = pager.is_some().then_some((first, last));
    let original = chunk.original.clone();
    let row = ChunkRow { usage: usage::view(site, file, ""), ..row(site, route, ix) };
    let label = site.record(ix).kind.label();
    ChunkView { label, row, original, rows, cited, cited_whole, shown, pager, firsts, long }
}

/// The lines from `first` to `last`; a range that began before them covers those up to `open_until`.
fn line_rows(
    site: &Site<'_>,
    (file, chunk): (usize, &Chunk),
    (first, last): (u32, u32),
    cited: &[CitedRange],
    mut open_until: u32,
) -> Vec<LineRow> {
    let mut begins: BTreeMap<u32, Vec<CitedRange>> = BTreeMap::new();
    for range in cited {
        begins.entry(range.start).or_default().push(range.clone());
    }
    (1..=last)
        .zip(site.lines_of(file))
        .skip(first as usize - 1)
        .map(|(number, text)| {
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
