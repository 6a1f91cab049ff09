//! The lines that a citation means: those it names, those of its section, or the whole file.

use crate::{
    graph::{
        Corpus,
        citation::{Cited, CitedState},
    },
    model::source::{Body, Outline},
};

use super::shelf;

/// The outline and the lines, first and last, that a citation means; none when it leads nowhere or
/// to a file without an outline.
pub fn of(corpus: Corpus<'_>, bodies: &[Body], cited: &Cited) -> Option<(usize, (u32, u32))> {
    if !cited.state.holds() {
        return None;
    }
    let file = shelf::outline_at(corpus, cited.path.as_ref()?)?;
    let outline = &corpus.outlines[file];
    let whole = whole(corpus, bodies, file);
    let lines = match (cited.state, cited.lines, &cited.anchor) {
        (_, Some(lines), _) => lines,
        (CitedState::Section, None, Some(anchor)) => section(outline, anchor).unwrap_or(whole),
        _ => whole,
    };
    Some((file, lines))
}

/// The lines of a text without its metadata.
pub fn whole(corpus: Corpus<'_>, bodies: &[Body], file: usize) -> (u32, u32) {
    let outline = &corpus.outlines[file];
    let last = outline.lines.max(1);
    (shelf::first_line(outline, &bodies[file]).min(last), last)
}

/// From a heading to the line before the next one of its rank.
pub fn section(outline: &Outline, anchor: &str) -> Option<(u32, u32)> {
    let at = outline.headings.iter().position(|heading| heading.anchor == anchor)?;
    let heading = &outline.headings[at];
    let next = outline.headings[at + 1..].iter().find(|next| next.level <= heading.level);
    let end = next.map_or(outline.lines, |next| next.line.saturating_sub(1));
    Some((heading.line, end.max(heading.line)))
}
