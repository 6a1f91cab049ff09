//! Every gap by everything lists can be narrowed by: what the gap board, its lists and its heat maps
//! are made from.

mod data;
mod heat;
mod list;
mod pager;

use std::collections::{BTreeMap, BTreeSet};

use super::{model::Tally, rows, site::Site};
use crate::{
    graph::{
        Corpus, Graph,
        coverage::{self, Coverage},
        metrics,
        record::{Part, RecordIx},
    },
    model::gap::{ClaimStatus, Gap},
    path::RelPath,
};
pub use data::{BoardData, data, version};
pub use heat::maps;
pub use list::{first_page, jobs, list_at, page};
pub use pager::{pager, pages};

/// The slug of the value of gaps that say nothing.
const NONE: &str = "none";

/// What a list of gaps can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// `P0` to `P4`.
    Priority,
    /// What the files show.
    Coverage,
    /// What the text says.
    Claim,
    /// The gap analysis.
    Ledger,
    /// The category or dimension.
    Category,
    /// When it is to be filled.
    Phase,
}

impl Facet {
    /// All, in the order of the choices on the board.
    pub const ALL: [Self; 6] =
        [Self::Priority, Self::Coverage, Self::Claim, Self::Ledger, Self::Category, Self::Phase];

    /// The word in addresses.
    pub fn name(self) -> &'static str {
        ["priority", "coverage", "claim", "ledger", "category", "phase"][self as usize]
    }

    /// The word for people.
    pub fn label(self) -> &'static str {
        ["Priority", "Coverage", "Claim", "Ledger", "Category", "Phase"][self as usize]
    }
}

/// The gaps that have one thing in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What they have in common: `P0`, the title of a ledger.
    pub label: String,
    /// The same in an address, unique in its facet: small letters, digits and `-`.
    pub slug: String,
    /// The ledger, where it is one.
    pub ledger: Option<RecordIx>,
    /// The gaps, the most urgent first.
    pub gaps: Vec<RecordIx>,
}

/// Every gap by every facet.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// All gaps, the most urgent first.
    pub all: Vec<RecordIx>,
    values: BTreeMap<Facet, Vec<Value>>,
    of_gap: BTreeMap<RecordIx, BTreeMap<Facet, usize>>,
}

impl Board {
    /// Sorts the gaps of a graph.
    pub fn of(corpus: Corpus<'_>, graph: &Graph) -> Self {
        let mut gatherers: BTreeMap<Facet, Gatherer> = BTreeMap::new();
        let mut all: Vec<(usize, RecordIx)> = Vec::new();
        for (ix, finding) in &graph.gaps {
            let record = graph.records.get(*ix);
            let Some(gap) = coverage::gap_of(corpus, record) else { continue };
            let urgency = gap.priority.as_ref().map_or(usize::MAX, |p| p.value as usize);
            all.push((urgency, *ix));
            let ledger = (record.part != Part::Whole).then(|| graph.records.of_file(record.file));
            for facet in Facet::ALL {
                let word = match facet {
                    Facet::Ledger => ledger_word(graph, ledger),
                    _ => word(facet, gap, finding.coverage),
                };
                gatherers.entry(facet).or_default().add(word, (urgency, *ix));
            }
        }
        all.sort_unstable();
        let mut board =
            Self { all: all.into_iter().map(|(_, ix)| ix).collect(), ..Self::default() };
        for (facet, gatherer) in gatherers {
            let values = gatherer.into_values();
            // A lone value that only says that nothing is said tells nothing apart.
            if matches!(facet, Facet::Category | Facet::Phase) && is_bare(&values) {
                continue;
            }
            for (n, value) in values.iter().enumerate() {
                for gap in &value.gaps {
                    board.of_gap.entry(*gap).or_default().insert(facet, n);
                }
            }
            board.values.insert(facet, values);
        }
        board
    }

    /// The values of a facet; none where no gap says anything of it.
    pub fn values(&self, facet: Facet) -> &[Value] {
        self.values.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The place of a gap's value among those of a facet.
    pub fn at(&self, gap: RecordIx, facet: Facet) -> Option<usize> {
        self.of_gap.get(&gap)?.get(&facet).copied()
    }

    /// A gap's value of a facet.
    pub fn value(&self, gap: RecordIx, facet: Facet) -> Option<&Value> {
        self.values(facet).get(self.at(gap, facet)?)
    }
}

/// The figures of the values of a facet, each with the way to its list.
pub fn tallies(site: &Site<'_>, from: &RelPath, facet: Facet) -> Vec<Tally> {
    let tally = |value: &Value| {
        let list = site.href(from, &site.route.gap_list(&key(facet, value), 1));
        rows::shown(&value.label, list, count(site, &value.gaps))
    };
    site.lookups.board.values(facet).iter().map(tally).collect()
}

/// The figures of some gaps.
pub fn count(site: &Site<'_>, gaps: &[RecordIx]) -> metrics::Tally {
    let mut tally = metrics::Tally::default();
    gaps.iter().for_each(|ix| tally.add(site.graph.gaps[ix].coverage));
    tally
}

/// The name of the list of a value: `priority-p0`.
pub fn key(facet: Facet, value: &Value) -> String {
    format!("{}-{}", facet.name(), value.slug)
}

/// A value before its gaps are known.
struct Word {
    /// What makes two the same.
    same: String,
    /// Where it stands among the others; those of equal rank as they are met.
    rank: usize,
    label: String,
    slug: String,
    ledger: Option<RecordIx>,
}

impl Word {
    fn new(rank: usize, label: &str) -> Self {
        Self {
            same: label.to_lowercase(),
            rank,
            label: label.to_owned(),
            slug: slug(label),
            ledger: None,
        }
    }

    fn without(label: &str) -> Self {
        // No text can be the same: those are trimmed.
        Self { same: " ".to_owned(), slug: NONE.to_owned(), ..Self::new(usize::MAX, label) }
    }
}

fn word(facet: Facet, gap: &Gap, found: Coverage) -> Word {
    let written = |text: Option<&str>, without: &str| match text.map(str::trim) {
        Some(text) if !text.is_empty() => Word::new(0, text),
        _ => Word::without(without),
    };
    match facet {
        Facet::Priority => match &gap.priority {
            Some(priority) => Word::new(priority.value as usize, priority.value.name()),
            None => Word::without("No priority"),
        },
        Facet::Coverage => Word::new(found as usize, found.name()),
        Facet::Claim if gap.claim.status == ClaimStatus::Unknown => {
            Word { slug: "unknown".to_owned(), ..Word::without("nothing claimed") }
        }
        Facet::Claim => Word::new(gap.claim.status as usize, gap.claim.status.name()),
        Facet::Phase => written(gap.phase.as_ref().map(|p| p.value.as_str()), "No phase"),
        Facet::Category | Facet::Ledger => {
            written(gap.category.as_ref().map(|c| c.value.as_str()), "No category")
        }
    }
}

fn ledger_word(graph: &Graph, ledger: Option<RecordIx>) -> Word {
    let Some(ix) = ledger else {
        return Word { slug: "records".to_owned(), ..Word::without("Gap records") };
    };
    let record = graph.records.get(ix);
    Word {
        same: record.path.to_string(),
        slug: slug(record.path.stem()),
        ledger: Some(ix),
        ..Word::new(ix.0, &record.title)
    }
}

fn is_bare(values: &[Value]) -> bool {
    matches!(values, [value] if value.slug == NONE)
}

/// Small letters and digits, with one `-` for whatever stands between them.
fn slug(text: &str) -> String {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let slug = parts.collect::<Vec<_>>().join("-").to_lowercase();
    let short: String = slug.chars().take(60).collect();
    if short.is_empty() { "x".to_owned() } else { short }
}

/// The values of a facet while they are gathered.
#[derive(Default)]
struct Gatherer {
    at: BTreeMap<String, usize>,
    found: Vec<(Word, Vec<(usize, RecordIx)>)>,
}

impl Gatherer {
    fn add(&mut self, word: Word, gap: (usize, RecordIx)) {
        let next = self.found.len();
        let at = *self.at.entry(word.same.clone()).or_insert(next);
        if at == next {
            self.found.push((word, Vec::new()));
        }
        self.found[at].1.push(gap);
    }

    fn into_values(mut self) -> Vec<Value> {
        self.found.sort_by_key(|(word, _)| word.rank);
        let mut taken = BTreeSet::new();
        let mut values = Vec::new();
        for (word, mut gaps) in self.found {
            gaps.sort_unstable();
            let mut slug = word.slug.clone();
            let mut n = 2;
            while !taken.insert(slug.clone()) {
                slug = format!("{}-{n}", word.slug);
                n += 1;
            }
            let gaps = gaps.into_iter().map(|(_, ix)| ix).collect();
            values.push(Value { label: word.label, slug, ledger: word.ledger, gaps });
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(words: Vec<Word>) -> Vec<(String, String)> {
        let mut gatherer = Gatherer::default();
        for (n, word) in words.into_iter().enumerate() {
            gatherer.add(word, (0, RecordIx(n)));
        }
        gatherer.into_values().into_iter().map(|value| (value.label, value.slug)).collect()
    }

    #[test]
    fn an_address_is_made_of_letters_and_digits() {
        assert_eq!(slug("  Security & Trust (1/2)"), "security-trust-1-2");
        assert_eq!(slug("…"), "x");
    }

    #[test]
    fn values_that_read_alike_have_addresses_of_their_own() {
        let words = vec![Word::new(0, "A/B"), Word::new(0, "a b"), Word::new(0, "A/b")];
        let pair = |label: &str, slug: &str| (label.to_owned(), slug.to_owned());
        assert_eq!(gathered(words), [pair("A/B", "a-b"), pair("a b", "a-b-2")]);
    }

    #[test]
    fn what_nothing_is_said_of_comes_last() {
        let words = vec![Word::without("No phase"), Word::new(0, "No phase"), Word::new(0, "One")];
        let labels: Vec<String> = gathered(words).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["No phase", "One", "No phase"], "a phase may be called so");
    }
}
