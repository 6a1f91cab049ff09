//! Text that was read in a wrong encoding before it was saved, read right again.
//!
//! `âœ…` is `✅` whose UTF-8 was taken for Windows-1254. The page is decided for a document as a
//! whole, and only where nothing else explains the text: turned back into bytes of that page, its
//! characters are UTF-8 again. Where a program dropped bytes, what is left of a mark is compared
//! with what the same loss makes of every mark known, and repaired when it fits one.
//!
//! Lines stay lines. Whatever is not certain stays as it is, and is counted.

mod marks;
mod page;
mod plausible;
mod survey;

use std::{
    ops::{ControlFlow, Range},
    sync::{Arc, LazyLock, OnceLock},
};

use crate::{
    diag::{Diagnostic, codes},
    path::RelPath,
    text::Span,
};
use marks::Remainders;
use page::{PAGES, Page};
use survey::{Piece, Survey};

/// A text that looks damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The text, repaired where that is certain.
    pub text: Arc<str>,
    /// The pages it was wrongly read in, the last one first; empty when nothing was repaired.
    pub pages: Vec<&'static str>,
    /// How many places were repaired; neighbouring characters are one place.
    pub repaired: usize,
    /// How many more places look damaged.
    pub left: usize,
    /// The name for `iconv` of the page that the whole file can be turned back into.
    pub back_into: Option<&'static str>,
    /// The first place: what stood there, what stands there now, and where in `text` that is.
    pub first: Option<Place>,
}

/// One repaired place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the file holds.
    pub before: String,
    /// What it is read as.
    pub after: String,
    /// Its characters in the repaired text.
    pub span: Span,
}

/// Text may be damaged twice, seldom more often.
const MOST_ROUNDS: usize = 3;
/// The longest excerpt of a place in a message, in characters.
const EXCERPT: usize = 12;

/// Repairs a text; `None` when nothing in it looks damaged.
pub fn repair(text: &str) -> Option<Repair> {
    let mut now = match round(text)? {
        Round::Repaired(repair) => repair,
        Round::Left(left) => return Some(Repair::none(text, left)),
    };
    let controls = controls_in(text);
    let (mut good, mut tried) = (None, 0);
    for rounds in 1..=MOST_ROUNDS {
        tried = now.repaired;
        // Controls are what a second decoding left: only a step on the way.
        if controls_in(&now.text) <= controls {
            good = Some(now.clone());
        }
        if rounds == MOST_ROUNDS {
            break;
        }
        let Some(Round::Repaired(next)) = round(&now.text) else { break };
        now = now.then(next);
    }
    good.or_else(|| Some(Repair::none(text, tried)))
}

impl Repair {
    /// Nothing could be repaired.
    fn none(text: &str, left: usize) -> Self {
        Self {
            text: text.into(),
            pages: Vec::new(),
            repaired: 0,
            left,
            back_into: None,
            first: None,
        }
    }

    /// This repair and another after it. What stood at a place is what the first one met, what
    /// stands there now is what the last one made of it.
    fn then(mut self, next: Self) -> Self {
        self.pages.extend(next.pages);
        let before = self.first.map(|place| place.before);
        let first = next.first.map(|place| match before {
            Some(before) => Place { before, ..place },
            None => place,
        });
        Self { text: next.text, left: next.left, back_into: None, first, ..self }
    }

    /// Says once for the file what was read otherwise than it is written.
    pub fn diagnostic(&self, path: &RelPath) -> Diagnostic {
        let places =
            |count: usize| format!("{count} {}", if count == 1 { "place" } else { "places" });
        let Some(first) = &self.first else {
            let left = places(self.left);
            let verb = if self.left == 1 { "looks" } else { "look" };
            return Diagnostic::new(
                &codes::TEXT_REPAIRED,
                path,
                format!(
                    "{left} {verb} like text read in a wrong encoding, and nothing was repaired"
                ),
            )
            .help("where it is damage, write the characters anew; where it is meant, ignore this");
        };
        let pages = self.pages.join(" and then as ");
        let mut message = format!(
            "the text was read as {pages} before it was saved: {} repaired, the first `{}` to `{}`",
            places(self.repaired),
            excerpt(&first.before),
            excerpt(&first.after),
        );
        if self.left > 0 {
            let verb =
                if self.left == 1 { "looks damaged and was" } else { "look damaged and were" };
            message.push_str(&format!("; {} more {verb} left", self.left));
        }
        let help = match self.back_into {
            Some(page) => format!(
                "the file itself is unchanged; `iconv -f UTF-8 -t {page} FILE` prints it as it was"
            ),
            None => "the file itself is unchanged; fetch the original again and save it as UTF-8"
                .to_owned(),
        };
        Diagnostic::new(&codes::TEXT_REPAIRED, path, message).at(first.span).help(help)
    }
}

/// What one pass over a text found.
enum Round {
    Repaired(Repair),
    Left(usize),
}

fn round(text: &str) -> Option<Round> {
    let surveys: Vec<(usize, Survey)> = survey::candidates(text)
        .map(|number| (number, Survey::of(text, &PAGES[number], remainders(number))))
        .collect();
    let certain = || surveys.iter().filter(|(_, survey)| survey.is_certain());
    let Some(most) = certain().map(|(_, survey)| survey.repairable()).max() else {
        let likely = surveys.iter().filter(|(_, survey)| survey.is_likely());
        return likely.map(|(_, survey)| Round::Left(survey.strong)).next();
    };
    let mut best = certain().filter(|(_, survey)| survey.repairable() == most);
    let (number, survey) = best.next()?;
    let repair = rewrite(text, *number, survey.broken);
    // Two pages that explain as much and read differently: which one it was cannot be known.
    let disputed = best.any(|(other, _)| rewrite(text, *other, 0).text != repair.text);
    Some(if disputed { Round::Left(most) } else { Round::Repaired(repair) })
}

fn rewrite(text: &str, number: usize, left: usize) -> Repair {
    let page: &Page = &PAGES[number];
    let mut rewriting = Rewriting {
        text,
        out: String::with_capacity(text.len()),
        copied: 0,
        repaired: 0,
        first: None,
    };
    survey::walk(text, page, remainders(number), |range, piece| {
        if let Piece::Whole(c, _) | Piece::Mark(c) = piece {
            rewriting.replace(range, c);
        }
        ControlFlow::Continue(())
    });
    let Rewriting { mut out, copied, repaired, first, .. } = rewriting;
    out.push_str(&text[copied..]);
    let back_into = turns_back(text, page, &out).then(|| iconv_name(page.name));
    Repair { text: out.into(), pages: vec![page.name], repaired, left, back_into, first }
}

/// A text while it is rewritten.
struct Rewriting<'a> {
    text: &'a str,
    out: String,
    /// How much of the text is in `out`, in bytes.
    copied: usize,
    repaired: usize,
    first: Option<Place>,
}

impl Rewriting<'_> {
    fn replace(&mut self, range: Range<usize>, c: char) {
        let adjoins = self.copied == range.start && self.repaired > 0;
        self.out.push_str(&self.text[self.copied..range.start]);
        self.copied = range.end;
        if !adjoins {
            self.repaired += 1;
        }
        // A byte-order mark that was damaged with the rest is no part of the text.
        if c == '\u{feff}' && range.start == 0 {
            return;
        }
        let start = self.out.len();
        self.out.push(c);
        let before = &self.text[range];
        match &mut self.first {
            Some(place) if adjoins && self.repaired == 1 => {
                place.before.push_str(before);
                place.after.push(c);
                place.span.end = self.out.len();
            }
            Some(_) => {}
            None => {
                let span = Span::new(start, self.out.len());
                self.first = Some(Place { before: before.to_owned(), after: c.to_string(), span });
            }
        }
    }
}

/// The remainders of the marks in a page, made when they are first asked for.
fn remainders(number: usize) -> &'static Remainders {
    static ALL: LazyLock<Vec<OnceLock<Remainders>>> =
        LazyLock::new(|| PAGES.iter().map(|_| OnceLock::new()).collect());
    ALL[number].get_or_init(|| Remainders::of(&PAGES[number]))
}

/// Whether the bytes of a text in a page are the repaired text, so that any converter can mend the
/// file. Converters refuse the bytes to which a page gives no meaning.
fn turns_back(text: &str, page: &Page, repaired: &str) -> bool {
    let byte = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => Some(byte),
        _ => page.byte(c).filter(|byte| !page.lost.contains(byte)),
    };
    text.chars().map(byte).eq(repaired.bytes().map(Some))
}

fn controls_in(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{80}'..='\u{9f}')).count()
}

fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The name of a page in iconv, where it differs.
fn iconv_name(page: &str) -> &str {
    match page {
        "MacRoman" => "MACINTOSH",
        page => page,
    }
}

#[cfg(test)]
mod tests;
