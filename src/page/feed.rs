//! What the feed tells: records with a day of their own, as far as their files state it. Each kind of
//! entry is a function here; the writer of the feed knows entries only.

use super::{rows, site::Site};
use crate::{
    graph::{
        Corpus,
        record::{RecordIx, RecordKind},
    },
    model::source::{Facts, Kind, Outline},
    path::RelPath,
};

/// So many entries are told, the newest first.
const MOST: usize = 100;

/// Something that happened on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// `decision`, `gap`, `document`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// An address that stays when the file is moved, where the record has one, else its page. From
    /// the root of the site.
    pub lasting: String,
    /// Its page, from the root of the site.
    pub href: String,
    /// What is to be known of it at once, may be empty.
    pub summary: String,
}

/// The entries, the newest first.
pub fn entries(site: &Site<'_>) -> Vec<Entry> {
    let records = site.graph.records.iter().map(|(ix, _)| ix);
    let mut entries: Vec<Entry> = records.filter_map(|ix| entry(site, ix)).collect();
    entries.sort_by(|one, other| {
        other
            .day
            .cmp(&one.day)
            .then_with(|| (one.kind, &one.title).cmp(&(other.kind, &other.title)))
    });
    entries.truncate(MOST);
    entries
}

/// Whether any file states a day: without one there is no feed.
pub(super) fn is_dated(corpus: Corpus<'_>) -> bool {
    let dated = |outline: &Outline| match &outline.facts {
        Facts::Decisions(decisions) => decisions
            .iter()
            .any(|decision| decision.date.as_ref().is_some_and(|date| is_day(&date.value))),
        _ => is_told(outline) && day_of(outline).is_some(),
    };
    corpus.outlines.iter().any(|outline| dated(outline))
}

fn entry(site: &Site<'_>, ix: RecordIx) -> Option<Entry> {
    let home = site.route.home();
    let (record, outline) = (site.record(ix), site.outline(ix));
    let (day, kind, summary) = match record.kind {
        RecordKind::Decision => {
            let row = rows::decision(site, &home, ix);
            (row.date, "decision", format!("Status: {}", row.status))
        }
        RecordKind::Gap if is_native(outline) => {
            let finding = site.graph.gaps.get(&ix)?;
            (day_of(outline)?, "gap", format!("Coverage: {}", finding.coverage.name()))
        }
        RecordKind::Document => {
            let description = outline.front.description.clone().unwrap_or_default();
            (day_of(outline)?, "document", description)
        }
        _ => return None,
    };
    let lasting = site.short_address(ix).map(|route| folder(&site.href(&home, &route)));
    let href = site.record_href(&home, ix);
    is_day(&day).then(|| Entry {
        day,
        kind,
        title: site.title_of(ix),
        lasting: lasting.unwrap_or_else(|| href.clone()),
        href,
        summary,
    })
}

/// A short address is a folder: `r/ADR-1/`.
fn folder(href: &str) -> String {
    href.strip_suffix("index.html").unwrap_or(href).to_owned()
}

/// Whether the file is the record of one gap.
fn is_native(outline: &Outline) -> bool {
    matches!(outline.facts, Facts::Gap(_))
}

/// Whether the date of a file is that of one record, which the feed tells.
fn is_told(outline: &Outline) -> bool {
    is_native(outline) || outline.classified.kind == Kind::Document
}

fn day_of(outline: &Outline) -> Option<String> {
    let date = outline.front.date.as_deref()?;
    let day = date.get(..10).filter(|day| is_day(day))?;
    // A moment of the day may follow, as in `2026-11-21T10:00:00`.
    let rest = &date[10..];
    (rest.is_empty() || rest.starts_with(['T', 't', ' '])).then(|| day.to_owned())
}

/// Whether a text is a day of the calendar, `YYYY-MM-DD` (RFC 3339).
fn is_day(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let plain = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| plain)
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// The file of the feed.
pub(super) fn route() -> RelPath {
    RelPath::new("feed.xml").expect("a path")
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for text in ["2023-02-29", "1900-02-29", "2026-13-01", "2026-1-1", "2026-04-31", "soon", ""]
        {
            assert!(!is_day(text), "{text}");
        }
    }
}
