//! What a mark, a word or a figure says of a state: the readings of the gaps' own reader, so that
//! `✅ Ready` means the same in a row of services as in a row of gaps.

use crate::{
    model::{
        Fact,
        gap::{ClaimStatus, TaskState},
    },
    read::{
        ledger::{labels, status, vocabulary::SHIPPED},
        lines::Line,
    },
};

/// What a value in a column or label of states says.
pub fn status(raw: &str, line: u32, rule: &'static str) -> Option<Fact<ClaimStatus>> {
    let (status, _) = status::read(raw, &SHIPPED)?;
    Some(Fact::new(status, raw.trim(), line, rule))
}

/// The percentage a text gives.
pub fn percent(raw: &str, line: u32, rule: &'static str) -> Option<Fact<u8>> {
    Some(Fact::new(status::percent(raw)?, raw.trim(), line, rule))
}

/// The sign of a state in running text, with the words after it, and where it begins.
pub fn mark(text: &str) -> Option<(ClaimStatus, usize)> {
    let lower = text.to_lowercase();
    let signs = SHIPPED.signs.iter().filter(|(sign, _)| !sign.starts_with('['));
    let found = signs.filter_map(|(sign, status)| Some((*status, lower.find(sign.as_str())?)));
    // Lower case can change lengths; then the place is of no use.
    found.min_by_key(|(_, at)| *at).filter(|(_, at)| text.is_char_boundary(*at))
}

/// Whether the box of a line is ticked, when it has one.
pub fn ticked(line: &Line<'_>) -> Option<ClaimStatus> {
    Some(match labels::task(line)?.state {
        TaskState::Open => ClaimStatus::Open,
        TaskState::Done => ClaimStatus::Done,
    })
}
