//! The prose of an imported record: what the ledger says of the gap, moved to its new place.

use crate::{
    graph::link,
    model::{
        gap::Gap,
        reference::{Pointer, Reference},
        source::{Body, Outline},
    },
    path::RelPath,
    read::lines::{self, Line, LineKind},
};

/// The ledger as the bodies are cut out of it.
pub struct Narrative<'a> {
    outline: &'a Outline,
    lines: Vec<Line<'a>>,
    /// The first lines of the gaps, sorted: where one begins, the block of another ends.
    starts: Vec<u32>,
}

impl<'a> Narrative<'a> {
    /// Scans the ledger once.
    pub fn new(outline: &'a Outline, body: &'a Body, gaps: &[Gap]) -> Self {
        let text = body.text();
        let start = match body {
            Body::Markdown { start, .. } => *start,
            _ => 0,
        };
        let mut starts: Vec<u32> = gaps.iter().map(|gap| gap.lines.0).collect();
        starts.sort_unstable();
        Self { outline, lines: lines::scan(text, start), starts }
    }

    /// The body of the record at `to`: its title, and what stands in the ledger's block of it. A
    /// gap of a table has its cells instead.
    pub fn body(&self, gap: &Gap, to: &RelPath) -> String {
        let mut out = format!("\n# {}\n", one_line(&gap.title));
        let block = self.block(gap);
        let prose = match block.first() {
            Some(first) if first.text.trim_start().starts_with('|') => cells(gap),
            Some(first) if first.text.starts_with('#') => {
                let level = first.text.bytes().take_while(|byte| *byte == b'#').count();
                self.moved(&block[1..], level, to)
            }
            Some(_) => self.moved(block, 1, to),
            None => cells(gap),
        };
        let prose = prose.trim_matches('\n');
        if !prose.trim().is_empty() {
            out.push('\n');
            out.push_str(prose.trim_end());
            out.push('\n');
        }
        out
    }

    /// The lines of the gap's own block, up to where another gap begins.
    fn block(&self, gap: &Gap) -> &[Line<'a>] {
        let (first, last) = gap.lines;
        let next = self.starts.partition_point(|start| *start <= first);
        let end = self.starts.get(next).map_or(last, |next| last.min(next.saturating_sub(1)));
        let from = self.lines.partition_point(|line| line.number < first);
        let to = self.lines.partition_point(|line| line.number <= end);
        self.lines.get(from..to.max(from)).unwrap_or_default()
    }

    /// The lines with their headings one level below the record's title, and their links leading
    /// to the same files from the record's folder.
    fn moved(&self, block: &[Line<'_>], level: usize, to: &RelPath) -> String {
        let mut out = String::new();
        let indent = block.iter().filter(|line| !line.is_blank()).map(Line::indent).min();
        for line in block {
            let span = line.start..line.start + line.text.len();
            let mut text = line.text.to_owned();
            // From the last to the first, so that the places before stay where they are.
            for reference in self.links_in(span.start, span.end).rev() {
                self.relink(reference, span.start, &mut text, to);
            }
            let heading = line.kind == LineKind::Prose && text.starts_with('#');
            let cut =
                if heading { level.saturating_sub(1).min(heading_level(&text) - 1) } else { 0 };
            let white = text.len() - text.trim_start_matches(' ').len();
            out.push_str(&text[cut.max(white.min(indent.unwrap_or(0)))..]);
            out.push('\n');
        }
        out
    }

    fn links_in(&self, start: usize, end: usize) -> impl DoubleEndedIterator<Item = &Reference> {
        let all = &self.outline.references;
        let from = all.partition_point(|reference| reference.span.start < start);
        let to = all.partition_point(|reference| reference.span.start < end);
        all.get(from..to.max(from)).unwrap_or_default().iter()
    }

    fn relink(&self, reference: &Reference, line_start: usize, text: &mut String, to: &RelPath) {
        let (Pointer::Link { href } | Pointer::Image { href }) = &reference.to else { return };
        let (path, rest) = href.split_at(href.find(['#', '?']).unwrap_or(href.len()));
        let here = &self.outline.path;
        let target =
            if path.is_empty() { Some(here.clone()) } else { here.join(&link::decode(path)) };
        let (Some(target), Some(from)) = (
            target,
            reference.span.start.checked_sub(line_start).filter(|from| *from <= text.len()),
        ) else {
            return;
        };
        // The address stands after the text of the link, which may hold the same words.
        let Some(shown) = text.get(from..) else { return };
        let Some(bracket) = shown.find("](") else { return };
        let Some(at) = shown[bracket..].find(href.as_str()) else { return };
        let at = from + bracket + at;
        text.replace_range(at..at + href.len(), &format!("{}{rest}", target.relative_to(to)));
    }
}

/// The labels and cells of a gap that has no prose of its own.
fn cells(gap: &Gap) -> String {
    let fields = gap.fields.iter().filter(|field| !field.text.trim().is_empty());
    fields.map(|field| format!("- **{}**: {}\n", field.label, one_line(&field.text))).collect()
}

fn heading_level(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
