//! What one page would make of a text: the pieces it explains, those it does not, and whether
//! that is proof enough.

use std::ops::{ControlFlow, Range};

use super::{
    marks::{Remainder, Remainders},
    page::{PAGES, PARTS, Page},
    plausible::{self, Weight},
};

/// One piece of text that is not ASCII, as a page explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The bytes of this character, all there.
    Whole(char, Weight),
    /// What is left of this mark.
    Mark(char),
    /// The beginning of a character whose other bytes are gone.
    Broken,
    /// Something that damage by this page does not explain.
    Healthy,
}

/// The evidence for and against a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Marks and characters of three bytes or more: hardly ever there by chance.
    pub strong: usize,
    /// Characters of two bytes.
    pub weak: usize,
    /// What the weak ones are worth together.
    points: usize,
    /// Places that look damaged and cannot be repaired.
    pub broken: usize,
    /// Places that damage does not explain.
    pub healthy: usize,
}

impl Survey {
    /// Reads a text as if it had been damaged by a page.
    pub fn of(text: &str, page: &Page, remainders: &Remainders) -> Self {
        let mut survey = Self::default();
        let (mut first, mut varied) = (None, false);
        walk(text, page, remainders, |_, piece| {
            match piece {
                Piece::Whole(_, Weight::Strong) | Piece::Mark(_) => survey.strong += 1,
                Piece::Whole(c, weight) => {
                    survey.weak += 1;
                    survey.points += if weight == Weight::Telling { ENOUGH } else { 1 };
                    varied |= *first.get_or_insert(c) != c || weight == Weight::Telling;
                }
                Piece::Broken => survey.broken += 1,
                Piece::Healthy => survey.healthy += 1,
            }
            survey.is_refuted()
        });
        // The same two characters over and over may be meant: `√π`.
        if !varied {
            survey.points = 0;
        }
        survey
    }

    /// How many places the page would repair.
    pub fn repairable(&self) -> usize {
        self.strong + self.weak
    }

    /// Whether the text went through this page beyond doubt. A wrong decoding spoils a whole
    /// file, so a file with healthy characters beside the damage was either mended by hand since
    /// then or talks about damage; only where the damage outweighs them by far is it the first.
    pub fn is_certain(&self) -> bool {
        let enough = self.strong * ENOUGH + self.points >= ENOUGH;
        let bearing = if self.healthy == 0 { self.repairable() } else { self.strong };
        enough && (2 * self.healthy + self.broken) * 4 <= bearing
    }

    /// Whether so much is healthy that looking at the rest is idle: most of a long text in a
    /// language whose words are not ASCII.
    fn is_refuted(&self) -> ControlFlow<()> {
        let refuted = self.healthy > HEALTHY && self.healthy > self.strong;
        if refuted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Whether a part of the text seems to have gone through this page.
    pub fn is_likely(&self) -> bool {
        self.strong >= 2 && self.healthy <= self.strong
    }
}

/// The points that prove damage.
const ENOUGH: usize = 3;

/// So many healthy places, more than there are damaged ones, refute a page.
const HEALTHY: usize = 1000;

/// The numbers of the pages in which some characters of the text make a sequence of UTF-8. None
/// for nearly every healthy text, at the cost of looking at each character once.
pub fn candidates(text: &str) -> impl Iterator<Item = usize> {
    let mut found = 0;
    let mut at = 0;
    while let Some(start) = next_upper(text, at) {
        let mut run = text[start..].chars();
        // The pages for which one, two or three more characters are due.
        let (mut due1, mut due2, mut due3) = (0u16, 0u16, 0u16);
        at = text.len();
        while let Some(c) = run.next() {
            if c.is_ascii() {
                at = text.len() - run.as_str().len();
                break;
            }
            let parts = PARTS.of(c);
            found |= due1 & parts.tail;
            due1 = parts.lead2 | due2 & parts.tail;
            due2 = parts.lead3 | due3 & parts.tail;
            due3 = parts.lead4;
        }
    }
    (0..PAGES.len()).filter(move |number| found >> number & 1 == 1)
}

/// Calls `visit` with each piece that is not ASCII, in order, until it has seen enough.
pub fn walk(
    text: &str,
    page: &Page,
    remainders: &Remainders,
    mut visit: impl FnMut(Range<usize>, Piece) -> ControlFlow<()>,
) {
    let mut at = 0;
    while let Some(start) = next_upper(text, at) {
        let (length, piece) = piece_at(text, start, page, remainders);
        at = start + length;
        if visit(start..at, piece).is_break() {
            return;
        }
    }
}

/// The piece that begins at a character that is not ASCII, with its length in bytes.
fn piece_at(text: &str, start: usize, page: &Page, remainders: &Remainders) -> (usize, Piece) {
    let rest = &text[start..];
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or_default();
    let lead = page.byte(first);
    let due = match lead {
        Some(0xc2..=0xdf) => 1,
        Some(0xe0..=0xef) => 2,
        Some(0xf0..=0xf4) => 3,
        _ => 0,
    };
    let mut bytes = [lead.unwrap_or_default(), 0, 0, 0];
    let mut have = 1;
    let mut length = first.len_utf8();
    for c in chars.take(due) {
        let Some(byte @ 0x80..=0xbf) = page.byte(c) else { break };
        bytes[have] = byte;
        have += 1;
        length += c.len_utf8();
    }
    if due > 0 && have == due + 1 {
        let read = std::str::from_utf8(&bytes[..have]).ok().and_then(|text| text.chars().next());
        if let Some(c) = read {
            let weight = plausible::weigh(c, &text[..start], &rest[..length], &rest[length..]);
            return (length, weight.map_or(Piece::Healthy, |weight| Piece::Whole(c, weight)));
        }
    }
    match remainders.at_start(rest) {
        Some((length, Remainder::Of(mark))) => (length, Piece::Mark(mark)),
        Some((length, Remainder::Shared)) => (length, Piece::Broken),
        // The bytes that open punctuation, marks and emoji, and the letters of western Europe.
        None if matches!(lead, Some(0xc2 | 0xc3 | 0xe2 | 0xe3 | 0xef | 0xf0)) => {
            (length, Piece::Broken)
        }
        None => (first.len_utf8(), Piece::Healthy),
    }
}

/// The first byte from `at` on that is not ASCII; always at the start of a character.
fn next_upper(text: &str, mut at: usize) -> Option<usize> {
    const STRIDE: usize = 64;
    let bytes = text.as_bytes();
    while bytes.get(at..at + STRIDE).is_some_and(<[u8]>::is_ascii) {
        at += STRIDE;
    }
    let ahead = bytes.get(at..)?.iter().position(|byte| !byte.is_ascii())?;
    Some(at + ahead)
}
