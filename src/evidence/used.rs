//! Which lines of the research anybody cites, and what it demands where nobody does.
//!
//! A line is used when a gap, a document or a decision cites it by lines or by section. A citation
//! of a whole file says nothing of its lines and is counted apart. Blank lines and the metadata of a
//! chunk count for nothing. Lines that two chunks share are one text: citing them in one chunk uses
//! them in both.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{
    demand::{self, Demand},
    extent, language, shelf,
};
use crate::{
    graph::{
        Corpus, Graph,
        citation::CitedState,
        link::Dest,
        record::{RecordIx, RecordKind},
    },
    model::source::{Body, Facts, Kind, Outline},
    text::LineIndex,
};

/// How far one research text is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Lines that say something: not blank, not metadata.
    pub lines: u32,
    /// Those of them that are cited.
    pub cited: u32,
    /// How many records cite the file without lines, or all its lines at once.
    pub whole: u32,
    /// How many chunks were cut from it; their lines are its lines.
    pub cut_into: u32,
    /// Neighbouring lines cited equally often, from the first line that is no metadata to the last.
    pub stretches: Vec<Stretch>,
    /// Sentences that demand something and that nobody cites.
    pub demands: Vec<Demand>,
}

/// Neighbouring lines that are cited equally often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First line, from 1.
    pub start: u32,
    /// Last line.
    pub end: u32,
    /// How many records cite them.
    pub citations: u32,
}

impl Used {
    /// The share of cited lines in percent, rounded down so that only all is 100; none of no lines.
    pub fn percent(&self) -> Option<u32> {
        (self.cited * 100).checked_div(self.lines)
    }
}

/// Cited lines, and who cites them.
type Ranges = BTreeSet<((u32, u32), RecordIx)>;

/// The use of every research text, by the index of its outline.
pub fn all(corpus: Corpus<'_>, bodies: &[Body], graph: &Graph) -> BTreeMap<usize, Used> {
    let is_research = |outline: &Outline| {
        outline.classified.kind == Kind::Research && !matches!(outline.facts, Facts::ChunkIndex(_))
    };
    let research: Vec<usize> =
        (0..corpus.outlines.len()).filter(|file| is_research(&corpus.outlines[*file])).collect();
    let series = Series::of(corpus, &research);
    let mut ranges: BTreeMap<usize, Ranges> = BTreeMap::new();
    let mut whole: BTreeMap<usize, BTreeSet<RecordIx>> = BTreeMap::new();
    for link in graph.links.iter() {
        let Dest::Cited(_, cited) = &link.to else { continue };
        let Some((file, lines)) = extent::of(corpus, bodies, cited) else { continue };
        if graph.records.get(link.from).kind == RecordKind::Research {
            continue;
        }
        // A range of all lines says no more of them than no range.
        let text = extent::whole(corpus, bodies, file);
        if cited.state == CitedState::Whole || (lines.0 <= text.0 && text.1 <= lines.1) {
            whole.entry(file).or_default().insert(link.from);
            continue;
        }
        ranges.entry(file).or_default().insert((lines, link.from));
        for (twin, lines) in series.twins(file, lines) {
            ranges.entry(twin).or_default().insert((lines, link.from));
        }
    }
    let none = BTreeSet::new();
    let used = |file: &usize| {
        let ranges = ranges.get(file).unwrap_or(&none);
        let whole = whole.get(file).map_or(0, |by| by.len() as u32);
        let used = of_file(&corpus.outlines[*file], &bodies[*file], ranges, |line| {
            series.is_told_before(*file, line)
        });
        (*file, Used { whole, cut_into: series.cut_from(*file), ..used })
    };
    research.par_iter().map(used).collect()
}

fn of_file(
    outline: &Outline,
    body: &Body,
    ranges: &Ranges,
    told_before: impl Fn(u32) -> bool,
) -> Used {
    let text: &str = body.text();
    let first = shelf::first_line(outline, body);
    let depth = depths(outline.lines, ranges);
    let mut used = Used::default();
    for (line, text) in (1_u32..).zip(text.lines()).skip(first.saturating_sub(1) as usize) {
        let citations = depth[line as usize];
        if !text.trim().is_empty() {
            used.lines += 1;
            used.cited += u32::from(citations > 0);
        }
        match used.stretches.last_mut() {
            Some(last) if last.citations == citations => last.end = line,
            _ => used.stretches.push(Stretch { start: line, end: line, citations }),
        }
    }
    let demands = demand::find(text, &LineIndex::new(text), first, language::detect(text));
    used.demands = demands
        .into_iter()
        .filter(|d| (d.lines.0..=d.lines.1).all(|line| depth[line as usize] == 0))
        .filter(|d| !told_before(d.lines.0))
        .collect();
    used
}

/// How many records cite each line; the place of a line is its number.
fn depths(lines: u32, ranges: &Ranges) -> Vec<u32> {
    let mut steps = vec![0_i64; lines as usize + 3];
    let last = lines as usize + 1;
    for ((start, end), _) in ranges {
        steps[(*start as usize).min(last)] += 1;
        steps[(*end as usize).min(last) + 1] -= 1;
    }
    let mut open = 0;
    let sum = |step: i64| {
        open += step;
        u32::try_from(open).unwrap_or_default()
    };
    steps.into_iter().map(sum).collect()
}

/// What a text is to the original.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Original,
    Chunk,
}

/// Chunks cut from one original, and the original itself where it is there, so that a line of the original is found in each.
struct Series {
    /// The series a file belongs to.
    of: BTreeMap<usize, usize>,
    /// The chunks of each.
    members: Vec<Vec<Member>>,
}

/// A chunk of a series, or the original.
#[derive(Clone, Copy)]
struct Member {
    file: usize,
    part: Part,
    /// First and last line of the original.
    held: (u32, u32),
    /// The line of the chunk on which the first of them stands.
    begin: u32,
}

impl Series {
    fn of(corpus: Corpus<'_>, research: &[usize]) -> Self {
        let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut series = Self { of: BTreeMap::new(), members: Vec::new() };
        for file in research {
            let outline = &corpus.outlines[*file];
            let Facts::Chunk(chunk) = &outline.facts else { continue };
            let (Some(original), Some(lines)) = (&chunk.original, chunk.source_lines) else {
                continue;
            };
            let count = numbers.len();
            let number = *numbers.entry((outline.path.parent(), original)).or_insert(count);
            if number == series.members.len() {
                series.members.push(Vec::new());
            }
            series.members[number].push(Member {
                file: *file,
                part: Part::Chunk,
                held: lines,
                begin: chunk.body_line,
            });
            series.of.insert(*file, number);
        }
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for file in research {
            named.entry(corpus.outlines[*file].path.name()).or_default().push(*file);
        }
        for ((folder, original), number) in numbers {
            let name = original.rsplit(['/', '\\']).next().unwrap_or(original);
            let near = |file: &&usize| folder.starts_with(corpus.outlines[**file].path.parent());
            let Some(file) = named.get(name).and_then(|files| files.iter().find(near)) else {
                continue;
            };
            let held = (1, corpus.outlines[*file].lines.max(1));
            let member = Member { file: *file, part: Part::Original, held, begin: 1 };
            series.members[number].push(member);
            series.of.entry(*file).or_insert(number);
        }
        series
    }

    /// How many chunks were cut from a file.
    fn cut_from(&self, file: usize) -> u32 {
        match self.place(file) {
            Some((members, me)) if me.part == Part::Original => members.len() as u32 - 1,
            _ => 0,
        }
    }

    /// The same lines of the original in other chunks.
    fn twins(&self, file: usize, lines: (u32, u32)) -> Vec<(usize, (u32, u32))> {
        let Some((members, me)) = self.place(file) else { return Vec::new() };
        let source = |line: u32| (me.held.0 + line.max(me.begin) - me.begin).min(me.held.1);
        let (start, end) = (source(lines.0), source(lines.1));
        let others = members
            .iter()
            .filter(|other| other.file != file && other.held.0 <= end && start <= other.held.1);
        let twin = |other: &Member| {
            let here =
                |line: u32| line.clamp(other.held.0, other.held.1) - other.held.0 + other.begin;
            (other.file, (here(start), here(end)))
        };
        others.map(twin).collect()
    }

    /// Whether an earlier chunk holds the line too, or for a line of the original any chunk.
    fn is_told_before(&self, file: usize, line: u32) -> bool {
        let Some((members, me)) = self.place(file) else { return false };
        let source = (me.held.0 + line).saturating_sub(me.begin);
        members.iter().any(|other| {
            let comes_first = me.part == Part::Original || other.held.0 < me.held.0;
            let holds = (other.held.0..=other.held.1).contains(&source);
            other.file != me.file && other.part == Part::Chunk && comes_first && holds
        })
    }

    fn place(&self, file: usize) -> Option<(&[Member], Member)> {
        let members = &self.members[*self.of.get(&file)?];
        members.iter().find(|member| member.file == file).map(|me| (members.as_slice(), *me))
    }
}
