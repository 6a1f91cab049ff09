//! The words of gap analyses: labels, columns, priorities, statuses, sections. Data, to be
//! widened: one line a phrase, lower case, with one space between words.

pub use super::lookup::{column, has_word, label, normal};
use crate::model::gap::{ClaimStatus, Intent, Priority};

/// What a label or a column says about a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// Labels of a gap's block. A label means what the longest phrase it begins with means.
pub const LABELS: &[(&str, Meaning)] = &[
    ("status", Meaning::Status),
    ("estado", Meaning::Status),
    ("state", Meaning::Status),
    ("stato", Meaning::Status),
    ("priority", Meaning::Priority),
    ("prioridade", Meaning::Priority),
    ("prioridad", Meaning::Priority),
    ("prioriteit", Meaning::Priority),
    ("priorität", Meaning::Priority),
    ("severity", Meaning::Severity),
    ("severidade", Meaning::Severity),
    ("risk level", Meaning::Severity),
    ("impact level", Meaning::Severity),
    ("impact", Meaning::Impact),
    ("impacto", Meaning::Impact),
    ("why it matters", Meaning::Impact),
    ("category", Meaning::Category),
    ("categoria", Meaning::Category),
    ("dimension", Meaning::Category),
    ("effort", Meaning::Effort),
    ("estimated effort", Meaning::Effort),
    ("estimate", Meaning::Effort),
    ("estimation", Meaning::Effort),
    ("size", Meaning::Effort),
    ("esforço", Meaning::Effort),
    ("esfuerzo", Meaning::Effort),
    ("aufwand", Meaning::Effort),
    ("evidence", Meaning::Evidence),
    ("source", Meaning::Evidence),
    ("location", Meaning::Evidence),
    ("reference", Meaning::Evidence),
    ("references", Meaning::Evidence),
    ("what was found", Meaning::Evidence),
    ("what was in", Meaning::Evidence),
    ("found in", Meaning::Evidence),
    ("evidência", Meaning::Evidence),
    ("recommendation", Meaning::Target),
    ("recommended action", Meaning::Target),
    ("action", Meaning::Target),
    ("action required", Meaning::Target),
    ("action needed", Meaning::Target),
    ("remediation", Meaning::Target),
    ("solution", Meaning::Target),
    ("target", Meaning::Target),
    ("targets", Meaning::Target),
    ("target document", Meaning::Target),
    ("document to create", Meaning::Target),
    ("deliverable", Meaning::Target),
    ("recomendação", Meaning::Target),
    ("empfehlung", Meaning::Target),
    ("document created", Meaning::Created),
    ("documents created", Meaning::Created),
    ("documented in", Meaning::Created),
    ("dependencies", Meaning::DependsOn),
    ("depends on", Meaning::DependsOn),
    ("blocked by", Meaning::DependsOn),
    ("prerequisites", Meaning::DependsOn),
    ("tasks", Meaning::Tasks),
    ("action items", Meaning::Tasks),
    ("steps", Meaning::Tasks),
    ("what was missing", Meaning::Missing),
    ("what's missing", Meaning::Missing),
    ("what is missing", Meaning::Missing),
    ("missing", Meaning::Missing),
    ("gap", Meaning::Missing),
    ("current state", Meaning::Missing),
    ("required state", Meaning::Missing),
    ("expected", Meaning::Missing),
    ("o que falta", Meaning::Missing),
];

/// Heads of the columns of a table of gaps. A head is one of the phrases, whole.
pub const COLUMNS: &[(&str, Meaning)] = &[
    ("#", Meaning::Number),
    ("no", Meaning::Number),
    ("nr", Meaning::Number),
    ("id", Meaning::Number),
    ("gap id", Meaning::Number),
    ("gap #", Meaning::Number),
    ("gap no", Meaning::Number),
    ("gap", Meaning::Title),
    ("gap title", Meaning::Title),
    ("gap name", Meaning::Title),
    ("gap description", Meaning::Title),
    ("title", Meaning::Title),
    ("description", Meaning::Title),
    ("lacuna", Meaning::Title),
    ("brecha", Meaning::Title),
    ("priority", Meaning::Priority),
    ("prioridade", Meaning::Priority),
    ("prioridad", Meaning::Priority),
    ("severity", Meaning::Severity),
    ("status", Meaning::Status),
    ("estado", Meaning::Status),
    ("impact", Meaning::Impact),
    ("impacto", Meaning::Impact),
    ("category", Meaning::Category),
    ("dimension", Meaning::Category),
    ("effort", Meaning::Effort),
    ("estimate", Meaning::Effort),
    ("size", Meaning::Effort),
    ("doc size", Meaning::Effort),
    ("document size", Meaning::Effort),
    ("evidence", Meaning::Evidence),
    ("source", Meaning::Evidence),
    ("target", Meaning::Target),
    ("target document", Meaning::Target),
    ("recommendation", Meaning::Target),
    ("depends on", Meaning::DependsOn),
    ("dependencies", Meaning::DependsOn),
];

/// Words of priorities. `P0` to `P4` need none.
pub const PRIORITIES: &[(&str, Priority)] = &[
    ("critical", Priority::P0),
    ("blocker", Priority::P0),
    ("extreme", Priority::P0),
    ("crítico", Priority::P0),
    ("crítica", Priority::P0),
    ("kritisch", Priority::P0),
    ("kritiek", Priority::P0),
    ("critico", Priority::P0),
    ("high", Priority::P1),
    ("alto", Priority::P1),
    ("alta", Priority::P1),
    ("hoch", Priority::P1),
    ("hoog", Priority::P1),
    ("medium", Priority::P2),
    ("moderate", Priority::P2),
    ("médio", Priority::P2),
    ("média", Priority::P2),
    ("mittel", Priority::P2),
    ("low", Priority::P3),
    ("minor", Priority::P3),
    ("baixo", Priority::P3),
    ("baixa", Priority::P3),
    ("laag", Priority::P3),
    ("niedrig", Priority::P3),
    ("🔴", Priority::P0),
    ("🟠", Priority::P1),
    ("🟡", Priority::P2),
    ("🟢", Priority::P3),
];

/// Signs that say a status whatever the words around them.
pub const MARKS: &[(&str, ClaimStatus)] = &[
    ("✅", ClaimStatus::Done),
    ("☑", ClaimStatus::Done),
    ("✔", ClaimStatus::Done),
    ("❌", ClaimStatus::Open),
    ("✗", ClaimStatus::Open),
    ("⏳", ClaimStatus::Open),
    ("⚠", ClaimStatus::Partial),
    ("🚧", ClaimStatus::Partial),
    ("🔄", ClaimStatus::Partial),
    ("[x]", ClaimStatus::Done),
    ("[ ]", ClaimStatus::Open),
    ("[~]", ClaimStatus::Partial),
];

/// Words that close the question, when the text begins with them.
pub const CLOSED: &[(&str, ClaimStatus)] = &[
    ("done", ClaimStatus::Done),
    ("completed", ClaimStatus::Done),
    ("complete", ClaimStatus::Done),
    ("fixed", ClaimStatus::Done),
    ("resolved", ClaimStatus::Done),
    ("closed", ClaimStatus::Done),
    ("todo", ClaimStatus::Open),
    ("open", ClaimStatus::Open),
    ("missing", ClaimStatus::Open),
    ("not started", ClaimStatus::Open),
    ("partial", ClaimStatus::Partial),
    ("in progress", ClaimStatus::Partial),
];

/// Free words, the first that is found decides: what limits comes before what denies, and that
/// before what affirms.
pub const FREE: &[(&str, ClaimStatus)] = &[
    ("partially", ClaimStatus::Partial),
    ("partial", ClaimStatus::Partial),
    ("not fully", ClaimStatus::Partial),
    ("but", ClaimStatus::Partial),
    ("only", ClaimStatus::Partial),
    ("incomplete", ClaimStatus::Partial),
    ("in progress", ClaimStatus::Partial),
    ("parcial", ClaimStatus::Partial),
    ("not", ClaimStatus::Open),
    ("no", ClaimStatus::Open),
    ("missing", ClaimStatus::Open),
    ("absent", ClaimStatus::Open),
    ("todo", ClaimStatus::Open),
    ("open", ClaimStatus::Open),
    ("pending", ClaimStatus::Open),
    ("fehlt", ClaimStatus::Open),
    ("ontbreekt", ClaimStatus::Open),
    ("assente", ClaimStatus::Open),
    ("отсутствует", ClaimStatus::Open),
    ("未见", ClaimStatus::Open),
    ("done", ClaimStatus::Done),
    ("completed", ClaimStatus::Done),
    ("complete", ClaimStatus::Done),
    ("fixed", ClaimStatus::Done),
    ("resolved", ClaimStatus::Done),
    ("closed", ClaimStatus::Done),
    ("implemented", ClaimStatus::Done),
    ("documented", ClaimStatus::Done),
];

/// Words for a gap, as they stand in titles and headings.
pub const GAP: &[&str] = &[
    "gap",
    "gaps",
    "lacuna",
    "lacunas",
    "lacunae",
    "brecha",
    "brechas",
    "lücke",
    "lücken",
    "lacune",
    "lacunes",
    "hiaten",
    "пробелы",
    "差距",
];

/// Words of headings that count or plan gaps and do not list them.
#[rustfmt::skip]
pub const NOT_SECTIONS: &[&str] = &[
    "summary", "table", "plan", "roadmap", "steps", "week", "sprint", "phase", "conclusion", "strategy",
    "timeline", "methodology", "recommendations", "fill", "filling", "closing", "overview", "references", "criteria", "metrics",
];

/// Verbs of a recommendation, the longer before the shorter they begin with.
pub const VERBS: &[(&str, Intent)] = &[
    ("document created", Intent::Created),
    ("created", Intent::Created),
    ("create", Intent::Create),
    ("write", Intent::Create),
    ("document in", Intent::Create),
    ("expand", Intent::Expand),
    ("extend", Intent::Expand),
    ("update", Intent::Expand),
    ("enhance", Intent::Expand),
    ("amend", Intent::Expand),
    ("add", Intent::Expand),
];

/// Units of sizes and efforts in parentheses.
pub const UNITS: &str = "pages?|lines|hours?|hrs?|days?|weeks?|months?|sprints?|points?|pp";
