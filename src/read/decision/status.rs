//! The status of a decision on its two axes: what was decided, and how far it is carried out.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    date,
    details::Detail,
    words::{Found, Named, Said, WORDS},
};
use crate::{
    model::{
        Fact,
        decision::{Implementation, RelationKind, Status},
        source::Heading,
    },
    read::lines::{self, Line, LineKind, regex},
};

/// A word counts within so many words from the start; a long text is prose after them.
const WORDS_THAT_COUNT: usize = 8;

static BRACKET: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\[(](\p{L}[\p{L} ]*)[\])]\s*(.+)$"));
static LINK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<[^>]*>"));
static STRUCK: LazyLock<Regex> = LazyLock::new(|| regex(r"~~[^~]*~~"));

/// A status as far as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// What was decided.
    pub status: Option<Fact<Status>>,
    /// How far it is carried out.
    pub implementation: Option<Fact<Implementation>>,
}

impl Stated {
    /// What this says, and where it says nothing, what the other does.
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.status.is_some() && self.implementation.is_some() {
            return self;
        }
        let other = other();
        Self {
            status: self.status.or(other.status),
            implementation: self.implementation.or(other.implementation),
        }
    }

    /// What a text says of both; nothing when it is a template's.
    pub fn of(raw: &str, line: u32, rule: &'static str) -> Self {
        let raw = plain(raw);
        if is_template(&raw) {
            return Self::default();
        }
        let (status, carried) = meaning(&raw);
        Self {
            status: Some(Fact::new(status, raw.clone(), line, rule)),
            implementation: carried.map(|carried| Fact::new(carried, raw, line, rule)),
        }
    }
}

/// What labels, tables and headings say.
pub fn of_details(details: &[Detail<'_>]) -> Stated {
    let mut stated = Stated::default();
    for detail in details {
        match detail.named {
            Named::Status => {
                let own = Stated::of(detail.value, detail.line, rule(detail));
                stated = stated.or(|| own);
            }
            Named::Implementation => {
                let raw = plain(detail.value);
                let carried = carried(&WORDS.statuses.find(&format!("implementation {raw}")))
                    .or_else(|| carried(&WORDS.statuses.find(&raw)));
                if let Some(carried) = carried.filter(|_| !is_template(&raw)) {
                    let fact = Fact::new(carried, raw, detail.line, "implementation label");
                    stated.implementation = Some(fact);
                }
            }
            Named::Date | Named::Deciders => {}
        }
    }
    stated
}

fn rule(detail: &Detail<'_>) -> &'static str {
    match detail.rule {
        "table" => "status table",
        "heading" => "status heading",
        _ => "status label",
    }
}

/// The lines under the heading `Status`.
pub fn section<'a>(headings: &[Heading], block: &'a [Line<'a>]) -> &'a [Line<'a>] {
    let is_status = |heading: &Heading| {
        let name = heading.text.trim();
        let name = name.trim_start_matches(|sign: char| sign.is_numeric() || ". ".contains(sign));
        WORDS.label(name) == Some(Named::Status)
    };
    let Some(index) = headings.iter().position(is_status) else { return &[] };
    let first = headings[index].line;
    let end = headings.get(index + 1).map_or(u32::MAX, |next| next.line);
    let from = block.partition_point(|line| line.number <= first);
    let to = block.partition_point(|line| line.number < end);
    block.get(from..to.max(from)).unwrap_or_default()
}

/// What the section `Status` says. Its first paragraph decides; a later one may say that the
/// decision was superseded since, or how far it is carried out.
pub fn of_section(headings: &[Heading], block: &[Line<'_>]) -> Stated {
    let mut stated = Stated::default();
    for (raw, line) in paragraphs(section(headings, block)) {
        let raw = plain(&raw);
        if is_template(&raw) {
            if stated.status.is_none() {
                return stated;
            }
            continue;
        }
        let replaced = superseded_by(&raw);
        if stated.status.is_some() && replaced == Some(Whole::Yes) {
            stated.status =
                Some(Fact::new(Status::Superseded, raw.clone(), line, "status section"));
        } else if stated.status.is_none() && !is_relation(&raw) {
            stated.status = Some(Fact::new(meaning(&raw).0, raw.clone(), line, "status section"));
        }
        if stated.implementation.is_none() {
            let carried = meaning(&raw).1;
            stated.implementation =
                carried.map(|carried| Fact::new(carried, raw.clone(), line, "status section"));
        }
    }
    stated
}

/// The status at the start of a title, `[superseded] Title`, and the title without it.
pub fn bracket(title: &str) -> (String, Option<String>) {
    match BRACKET.captures(title) {
        Some(found) if meaning(&found[1]).0 != Status::Unknown => {
            (found[2].to_owned(), Some(found[1].to_owned()))
        }
        _ => (title.to_owned(), None),
    }
}

/// Whether the text is what a template offers, and not yet a status.
pub fn is_template(raw: &str) -> bool {
    let raw = raw.trim().trim_matches(['"', '\'']);
    if raw.is_empty() || !WORDS.guidance.find(raw).is_empty() {
        return true;
    }
    let mut kinds: Vec<Status> = Vec::new();
    for found in WORDS.statuses.find(raw) {
        if let Said::Decision(status) = found.means
            && !kinds.contains(&status)
        {
            kinds.push(status);
        }
    }
    let is_link = raw.starts_with('[') && raw.contains("](");
    let opens = raw.starts_with(['{', '<']) || (raw.starts_with('[') && !is_link);
    let offers = raw.contains(['|', '…']);
    (opens && (kinds.len() != 1 || offers))
        || (kinds.len() >= 2 && offers)
        || (kinds.len() >= 3 && date::iso(raw).is_none())
}

/// What a text says of both axes.
pub fn meaning(raw: &str) -> (Status, Option<Implementation>) {
    let text = STRUCK.replace_all(raw, " ");
    let bare = LINK.replace_all(&text, " , ");
    let mut found = WORDS.statuses.find(&bare);
    if found.is_empty() {
        // The status is itself a link.
        found = WORDS.statuses.find(&text);
    }
    let carried = carried(&found);
    let replaced = superseded_by(&text);
    if replaced == Some(Whole::Yes) {
        return (Status::Superseded, carried);
    }
    let counts = |one: &&Found<Said>| {
        let before = bare.get(..one.start).unwrap_or_default();
        before.split_whitespace().count() < WORDS_THAT_COUNT
    };
    let in_part = replaced == Some(Whole::No) || superseded_in_part(&bare, &found);
    let decided = found.iter().filter(counts).filter(|one| !one.negated).find_map(|one| {
        let Said::Decision(status) = one.means else { return None };
        (!in_part || status != Status::Superseded).then_some(status)
    });
    // What is carried out, or replaced in part, was accepted.
    let implied = || match carried {
        Some(Implementation::Partly | Implementation::Done) => Status::Accepted,
        _ if in_part => Status::Accepted,
        _ => Status::Unknown,
    };
    (decided.unwrap_or_else(implied), carried)
}

fn carried(found: &[Found<Said>]) -> Option<Implementation> {
    found.iter().find_map(|one| match one.means {
        Said::Carried(Implementation::Done) if one.negated => Some(Implementation::Not),
        Said::Carried(carried) => Some(carried),
        Said::Decision(_) => None,
    })
}

/// "Partly superseded", without a word of by what.
fn superseded_in_part(text: &str, found: &[Found<Said>]) -> bool {
    let replaced = found.iter().find(|one| one.means == Said::Decision(Status::Superseded));
    replaced.is_some_and(|one| {
        let before = text.get(..one.start).unwrap_or_default();
        let after: String = text.get(one.end..).unwrap_or_default().chars().take(12).collect();
        WORDS.parts.find(before).last().is_some_and(|part| before[part.end..].trim().is_empty())
            || WORDS.parts.find(&after).first().is_some_and(|part| part.start <= 1)
    })
}

/// Whether something is superseded as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    Yes,
    No,
}

/// Whether the text says "superseded by", and of all of it.
fn superseded_by(raw: &str) -> Option<Whole> {
    let statuses = WORDS.statuses.find(raw);
    let by = WORDS.relations.find(raw).into_iter().find(|verb| {
        let is_status = |one: &Found<Said>| {
            one.start == verb.start && one.means == Said::Decision(Status::Superseded)
        };
        verb.means == RelationKind::SupersededBy && !verb.negated && statuses.iter().any(is_status)
    })?;
    let sentence = raw[..by.start].rfind(['.', ';']).map_or(0, |at| at + 1);
    let near = raw.get(sentence..by.end).unwrap_or_default();
    let after: String = raw[by.end..].chars().take(24).collect();
    let part = !WORDS.parts.find(near).is_empty() || !WORDS.parts.find(&after).is_empty();
    Some(if part { Whole::No } else { Whole::Yes })
}

/// Whether a line of the section states a relation and no status.
fn is_relation(raw: &str) -> bool {
    let first = WORDS.relations.find(raw).into_iter().find(|verb| verb.start == 0);
    first.is_some_and(|_| meaning(raw).0 == Status::Unknown)
}

/// The paragraphs and list items of a section, comments and code left out.
fn paragraphs(section: &[Line<'_>]) -> Vec<(String, u32)> {
    let mut found: Vec<(String, u32)> = Vec::new();
    let mut commented = false;
    let mut open = false;
    for line in section {
        let text = line.text.trim();
        commented |= text.starts_with("<!--");
        let skip = commented || line.kind == LineKind::Code || text.is_empty();
        commented &= !text.contains("-->");
        if skip {
            open = false;
            continue;
        }
        let label = lines::label(line.text);
        let value = match label.map(|label| (WORDS.label(label.name), label.value)) {
            Some((Some(Named::Status), value)) => value,
            Some((Some(_), _)) => {
                open = false;
                continue;
            }
            _ => &line.text[lines::marker_len(line.text)..],
        };
        let continues = value.starts_with(char::is_lowercase) && lines::marker_len(line.text) == 0;
        match found.last_mut() {
            Some((before, _)) if open && continues => {
                before.push(' ');
                before.push_str(value.trim());
            }
            _ => found.push((value.trim().to_owned(), line.number)),
        }
        open = true;
    }
    found
}

/// Without emphasis.
fn plain(value: &str) -> String {
    let raw = lines::plain(value);
    let raw = raw.split("<!--").next().unwrap_or_default();
    raw.trim().trim_matches('_').trim_matches('*').trim().to_owned()
}
