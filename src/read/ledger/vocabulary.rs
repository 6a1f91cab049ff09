//! The words of gap analyses in all languages: read from `vocabulary.toml` once, widened by
//! `[vocabulary]` in `lacuna.toml`. The words are data; what they are used for is said here.

use std::{collections::BTreeMap, sync::LazyLock};

use super::lexicon::{Lexicon, Words};
use crate::model::{
    gap::{ClaimStatus, Intent, Priority},
    vocabulary::Additions,
};

/// What a label, a column or a heading within a gap says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Its number or id.
    Number,
    /// Its title.
    Title,
    /// How far it is filled.
    Status,
    /// How urgent it is.
    Priority,
    /// What stands in for a priority where there is none.
    Severity,
    /// What it costs not to fill it.
    Impact,
    /// Its dimension.
    Category,
    /// When it is to be filled.
    Phase,
    /// What it costs to fill it.
    Effort,
    /// What shows it.
    Evidence,
    /// What would fill it.
    Target,
    /// What was written to fill it.
    Created,
    /// Gaps to fill first.
    DependsOn,
    /// Steps.
    Tasks,
    /// What is not there: tells that this is a gap.
    Missing,
    /// What is wrong: tells that this is a gap.
    Problem,
    /// What there is.
    Current,
    /// What there should be.
    Expected,
    /// How far it is, as a percentage.
    Percent,
    /// A remark.
    Note,
    /// A head that only plans, counts and scores have.
    Plan,
}

/// What a part of a document lists, by the words of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What is not there.
    Lacking,
    /// What was found wrong.
    Finding,
    /// The same again, in short.
    Summary,
    /// Plans, advice, risks, questions, proofs.
    Other,
    /// What is there.
    Present,
    /// The meaning of signs and levels.
    Legend,
}

/// All words, by what they are used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Words for a gap.
    pub gap: Lexicon<()>,
    /// Words that make a plan of gaps.
    pub closing: Lexicon<()>,
    /// Words for several gaps.
    pub gaps: Lexicon<()>,
    /// Words for a document about gaps.
    pub analysis: Lexicon<()>,
    /// Words for a comparison.
    pub parity: Lexicon<()>,
    /// Words of denial.
    pub negation: Lexicon<()>,
    /// Words for risks and questions.
    pub risk: Lexicon<()>,
    /// Words that tell no title from another.
    pub stop: Lexicon<()>,
    /// Words that leave a heading of absence what it is.
    pub filler: Lexicon<()>,
    /// Words of headings.
    pub parts: Lexicon<Part>,
    /// Words before a number that count something else.
    pub ordinal: Lexicon<()>,
    /// Beginnings of ids that name something else.
    pub ids_of_others: Vec<String>,
    /// Words for nothing.
    pub none: Lexicon<()>,
    /// Units of effort.
    pub unit: Lexicon<()>,
    /// Words of priorities.
    pub priority: Lexicon<Priority>,
    /// Signs of priorities.
    pub priority_signs: Vec<(String, Priority)>,
    /// Signs of statuses.
    pub signs: Vec<(String, ClaimStatus)>,
    /// Coloured signs, statuses where a status is asked for.
    pub status_signs: Vec<(String, ClaimStatus)>,
    /// Words that close the question at the start of a status.
    pub closed: Lexicon<ClaimStatus>,
    /// Free words that limit, deny, affirm: tried in this order.
    pub free: [(ClaimStatus, Lexicon<()>); 3],
    /// Labels.
    pub labels: Lexicon<Meaning>,
    /// Heads of columns.
    pub columns: Lexicon<Meaning>,
    /// Verbs of a recommendation.
    pub verbs: Lexicon<Intent>,
}

/// The words as they ship.
pub static SHIPPED: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::with(&Additions::default()));

static FILE: LazyLock<Additions> = LazyLock::new(|| {
    Additions::parse(include_str!("vocabulary.toml")).expect("the shipped vocabulary is tested")
});

impl Default for Vocabulary {
    fn default() -> Self {
        SHIPPED.clone()
    }
}

impl Vocabulary {
    /// The shipped words and those a project adds; of two meanings of one phrase the added counts.
    pub fn with(additions: &Additions) -> Self {
        let words = Source { additions, shipped: &FILE };
        Self {
            gap: words.set("gap"),
            closing: words.set("closing"),
            gaps: words.set("gaps"),
            analysis: words.set("analysis"),
            parity: words.set("parity"),
            negation: words.set("negation"),
            risk: words.set("risk"),
            stop: words.set("stop"),
            filler: words.set("filler"),
            parts: words.lexicon(PARTS),
            ordinal: words.set("ordinal"),
            ids_of_others: words.list("ids_of_others").map(str::to_lowercase).collect(),
            none: words.set("none"),
            unit: words.set("unit"),
            priority: words.lexicon(&levels("priority")),
            priority_signs: words.signs(&levels("priority_sign")),
            signs: words.signs(&statuses("sign")),
            status_signs: words.signs(&statuses("status_sign")),
            closed: words.lexicon(&statuses("closed")),
            free: [ClaimStatus::Partial, ClaimStatus::Open, ClaimStatus::Done]
                .map(|status| (status, words.set(&format!("free.{}", status.name())))),
            labels: words.lexicon(LABELS),
            columns: words.lexicon(COLUMNS),
            verbs: words.lexicon(VERBS),
        }
    }

    /// The same words, with further signs of statuses.
    pub fn and_signs(mut self, signs: Vec<(String, ClaimStatus)>) -> Self {
        self.signs.extend(signs);
        self
    }

    /// What a label means: the longest phrase it begins with.
    pub fn label(&self, name: &str) -> Option<Meaning> {
        self.labels.start(&Words::of(name))
    }

    /// What the head of a column means: the phrase it consists of, else the one it begins with.
    pub fn column(&self, head: &str) -> Option<Meaning> {
        let words = Words::of(head);
        let last = words.list().len().saturating_sub(1);
        let whole = self.columns.whole(&words);
        whole
            .or_else(|| self.columns.start(&words))
            .or_else(|| self.columns.at(&words, last).map(|found| found.0))
    }

    /// Whether a text has a word for a gap.
    pub fn says_gap(&self, text: &str) -> bool {
        self.gap.any(&Words::of(text))
    }

    /// Whether a cell or a value stands for nothing.
    pub fn is_nothing(&self, text: &str) -> bool {
        let words = Words::of(text);
        words.is_empty() || self.none.whole(&words).is_some()
    }
}

/// The groups of the vocabulary, as keys of its tables, with what they mean.
type Groups<T> = [(&'static str, T)];

const PARTS: &Groups<Part> = &[
    ("lacking", Part::Lacking),
    ("finding", Part::Finding),
    ("legend", Part::Legend),
    ("summary", Part::Summary),
    ("present", Part::Present),
    ("other", Part::Other),
];

const LABELS: &Groups<Meaning> = &[
    ("label.missing", Meaning::Missing),
    ("label.status", Meaning::Status),
    ("label.priority", Meaning::Priority),
    ("label.severity", Meaning::Severity),
    ("label.impact", Meaning::Impact),
    ("label.current", Meaning::Current),
    ("label.category", Meaning::Category),
    ("label.phase", Meaning::Phase),
    ("label.effort", Meaning::Effort),
    ("label.evidence", Meaning::Evidence),
    ("label.target", Meaning::Target),
    ("label.created", Meaning::Created),
    ("label.depends", Meaning::DependsOn),
    ("label.tasks", Meaning::Tasks),
    ("label.expected", Meaning::Expected),
    ("label.problem", Meaning::Problem),
    ("label.percent", Meaning::Percent),
    ("label.note", Meaning::Note),
];

const COLUMNS: &Groups<Meaning> = &[
    ("label.number", Meaning::Number),
    ("label.missing", Meaning::Missing),
    ("label.status", Meaning::Status),
    ("label.priority", Meaning::Priority),
    ("label.severity", Meaning::Severity),
    ("label.title", Meaning::Title),
    ("label.impact", Meaning::Impact),
    ("label.category", Meaning::Category),
    ("label.percent", Meaning::Percent),
    ("label.phase", Meaning::Phase),
    ("label.effort", Meaning::Effort),
    ("label.evidence", Meaning::Evidence),
    ("label.depends", Meaning::DependsOn),
    ("label.current", Meaning::Current),
    ("label.expected", Meaning::Expected),
    ("label.target", Meaning::Target),
    ("label.created", Meaning::Created),
    ("label.tasks", Meaning::Tasks),
    ("label.note", Meaning::Note),
    ("label.plan", Meaning::Plan),
    ("label.problem", Meaning::Title),
];

const VERBS: &Groups<Intent> = &[
    ("verb.created", Intent::Created),
    ("verb.create", Intent::Create),
    ("verb.expand", Intent::Expand),
];

fn levels(group: &'static str) -> Vec<(String, Priority)> {
    Priority::ALL.iter().map(|level| (format!("{group}.{}", level.name()), *level)).collect()
}

fn statuses(group: &'static str) -> Vec<(String, ClaimStatus)> {
    let all = [ClaimStatus::Unknown, ClaimStatus::Partial, ClaimStatus::Open, ClaimStatus::Done];
    all.map(|status| (format!("{group}.{}", status.name()), status)).into()
}

/// The added words before the shipped.
struct Source<'a> {
    additions: &'a Additions,
    shipped: &'a Additions,
}

impl<'a> Source<'a> {
    fn list(&self, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.additions.list(key).iter().chain(self.shipped.list(key)).map(String::as_str)
    }

    fn lexicon<K: AsRef<str>, T: Copy>(&self, groups: &[(K, T)]) -> Lexicon<T> {
        let mut lexicon = Lexicon::default();
        for words in [self.additions, self.shipped] {
            for (key, meaning) in groups {
                words.list(key.as_ref()).iter().for_each(|phrase| lexicon.add(phrase, *meaning));
            }
        }
        lexicon
    }

    fn set(&self, key: &str) -> Lexicon<()> {
        self.lexicon(&[(key, ())])
    }

    fn signs<T: Copy>(&self, groups: &[(String, T)]) -> Vec<(String, T)> {
        let of = |(key, value): &(String, T)| {
            let value = *value;
            self.list(key).map(move |sign| (sign.to_owned(), value)).collect::<Vec<_>>()
        };
        groups.iter().flat_map(of).collect()
    }
}

/// Every key of the vocabulary, in order, for advice on a misspelt one.
pub fn keys() -> Vec<&'static str> {
    FILE.keys()
}

/// A map from a group's key to its phrases, as tests and guides list it.
pub fn shipped() -> &'static BTreeMap<String, Vec<String>> {
    FILE.all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETS: &[&str] = &[
        "gap",
        "closing",
        "gaps",
        "analysis",
        "parity",
        "filler",
        "ordinal",
        "ids_of_others",
        "none",
        "unit",
        "negation",
        "risk",
        "stop",
    ];

    #[test]
    fn every_group_of_the_file_is_used_and_every_use_has_its_group() {
        let mut used: Vec<String> = SETS.iter().map(|key| (*key).to_owned()).collect();
        used.extend(["partial", "open", "done"].map(|status| format!("free.{status}")));
        used.extend(PARTS.iter().map(|(key, _)| (*key).to_owned()));
        used.extend(LABELS.iter().chain(COLUMNS).map(|(key, _)| (*key).to_owned()));
        used.extend(VERBS.iter().map(|(key, _)| (*key).to_owned()));
        used.extend(
            ["priority", "priority_sign"]
                .iter()
                .flat_map(|group| levels(group))
                .map(|(key, _)| key),
        );
        used.extend(
            ["sign", "status_sign", "closed"]
                .iter()
                .flat_map(|group| statuses(group))
                .map(|(key, _)| key),
        );
        for key in shipped().keys() {
            assert!(used.contains(key), "no rule reads `{key}`");
        }
        for key in ["gap", "label.status", "sign.done", "priority.P0", "closed.unknown"] {
            assert!(!FILE.list(key).is_empty(), "`{key}` is empty");
        }
    }

    #[test]
    fn labels_and_columns_in_ten_languages() {
        for (label, wanted) in [
            ("Status", Meaning::Status),
            ("What was found in research", Meaning::Evidence),
            ("Schweregrad", Meaning::Severity),
            ("Priorité", Meaning::Priority),
            ("Estado actual", Meaning::Current),
            ("O que falta", Meaning::Missing),
            ("Impatto", Meaning::Impact),
            ("Aanbeveling", Meaning::Target),
            ("Приоритет", Meaning::Priority),
            ("优先级", Meaning::Priority),
            ("工数", Meaning::Effort),
        ] {
            assert_eq!(SHIPPED.label(label), Some(wanted), "{label}");
        }
        for (head, wanted) in [
            ("#", Meaning::Number),
            ("Gap ID", Meaning::Number),
            ("Finding", Meaning::Title),
            ("Fonctionnalité", Meaning::Title),
            ("Manquant / À faire", Meaning::Missing),
            ("機能", Meaning::Title),
            ("Our Status", Meaning::Status),
        ] {
            assert_eq!(SHIPPED.column(head), Some(wanted), "{head}");
        }
    }

    #[test]
    fn a_project_adds_words() {
        let additions = Additions::parse("priority.P1 = ['asap']\ngap = ['chasm']").expect("fine");
        let words = Vocabulary::with(&additions);
        assert!(words.says_gap("A chasm"));
        assert_eq!(words.priority.start(&Words::of("ASAP please")), Some(Priority::P1));
    }
}
