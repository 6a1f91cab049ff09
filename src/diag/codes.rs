//! Every diagnostic code, declared once with its default level.

use serde::Serializer;

use super::Severity;

/// A rule of the tool. The text of `lacuna explain CODE` stands in `docs/` under the same name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable name, as printed and as used in `lacuna.toml`.
    pub name: &'static str,
    /// The level when the configuration says nothing.
    pub level: Severity,
    /// The rule in a few words.
    pub summary: &'static str,
    /// The long text, Markdown.
    pub text: &'static str,
}

/// Writes a code by its name.
pub fn as_name<S: Serializer>(code: &&'static Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.name)
}

/// The code of this name.
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

/// A file could not be read.
pub static READ_ERROR: Code = Code {
    name: "read-error",
    level: Severity::Error,
    summary: "A file could not be read",
    text: include_str!("docs/read-error.md"),
};

/// A file is over the size limit and was not read.
pub static FILE_TOO_LARGE: Code = Code {
    name: "file-too-large",
    level: Severity::Warning,
    summary: "A file is over the size limit and was not read",
    text: include_str!("docs/file-too-large.md"),
};

/// A text file is not valid UTF-8.
pub static INVALID_UTF8: Code = Code {
    name: "invalid-utf8",
    level: Severity::Warning,
    summary: "A text file is not valid UTF-8",
    text: include_str!("docs/invalid-utf8.md"),
};

/// Text that was read in a wrong encoding was repaired.
pub static TEXT_REPAIRED: Code = Code {
    name: "text-repaired",
    level: Severity::Warning,
    summary: "Text that was read in a wrong encoding was repaired",
    text: include_str!("docs/text-repaired.md"),
};

/// A code fence that is never closed.
pub static FENCE_UNCLOSED: Code = Code {
    name: "fence-unclosed",
    level: Severity::Warning,
    summary: "A code fence that is never closed",
    text: include_str!("docs/fence-unclosed.md"),
};

/// A view in a document cannot be shown.
pub static INVALID_VIEW: Code = Code {
    name: "invalid-view",
    level: Severity::Error,
    summary: "A view in a document cannot be shown",
    text: include_str!("docs/invalid-view.md"),
};

/// A symbolic link was not followed.
pub static SYMLINK_SKIPPED: Code = Code {
    name: "symlink-skipped",
    level: Severity::Info,
    summary: "A symbolic link was not followed",
    text: include_str!("docs/symlink-skipped.md"),
};

/// A document has no content.
pub static EMPTY_FILE: Code = Code {
    name: "empty-file",
    level: Severity::Info,
    summary: "A document has no content",
    text: include_str!("docs/empty-file.md"),
};

/// Front matter that cannot be read.
pub static FRONT_MATTER_INVALID: Code = Code {
    name: "front-matter-invalid",
    level: Severity::Error,
    summary: "Front matter that cannot be read",
    text: include_str!("docs/front-matter-invalid.md"),
};

/// Two records with one id.
pub static DUPLICATE_ID: Code = Code {
    name: "duplicate-id",
    level: Severity::Error,
    summary: "Two records with one id",
    text: include_str!("docs/duplicate-id.md"),
};

/// Two files that want one page address.
pub static DUPLICATE_ROUTE: Code = Code {
    name: "duplicate-route",
    level: Severity::Error,
    summary: "Two files that want one page address",
    text: include_str!("docs/duplicate-route.md"),
};

/// A link to a file that does not exist.
pub static BROKEN_LINK: Code = Code {
    name: "broken-link",
    level: Severity::Error,
    summary: "A link to a file that does not exist",
    text: include_str!("docs/broken-link.md"),
};

/// A document that says it is a draft was left out.
pub static DRAFT_LEFT_OUT: Code = Code {
    name: "draft-left-out",
    level: Severity::Info,
    summary: "A document that says it is a draft was left out",
    text: include_str!("docs/draft-left-out.md"),
};

/// An alias that is the address of something else.
pub static ALIAS_TAKEN: Code = Code {
    name: "alias-taken",
    level: Severity::Warning,
    summary: "An alias that is the address of something else",
    text: include_str!("docs/alias-taken.md"),
};

/// Code between Markdown that is not shown.
pub static MDX_SKIPPED: Code = Code {
    name: "mdx-skipped",
    level: Severity::Info,
    summary: "Code of an MDX file that is not run and not shown",
    text: include_str!("docs/mdx-skipped.md"),
};

/// A link to a heading that does not exist.
pub static BROKEN_ANCHOR: Code = Code {
    name: "broken-anchor",
    level: Severity::Warning,
    summary: "A link to a heading that does not exist",
    text: include_str!("docs/broken-anchor.md"),
};

/// A [[link]] to a record that does not exist.
pub static UNKNOWN_ID: Code = Code {
    name: "unknown-id",
    level: Severity::Error,
    summary: "A [[link]] to a record that does not exist",
    text: include_str!("docs/unknown-id.md"),
};

/// An image or file that does not exist.
pub static ASSET_MISSING: Code = Code {
    name: "asset-missing",
    level: Severity::Error,
    summary: "An image or file that does not exist",
    text: include_str!("docs/asset-missing.md"),
};

/// A link address with a scheme that is not allowed.
pub static UNSAFE_URL: Code = Code {
    name: "unsafe-url",
    level: Severity::Warning,
    summary: "A link address with a scheme that is not allowed",
    text: include_str!("docs/unsafe-url.md"),
};

/// Raw HTML that is not allowed was removed.
pub static RAW_HTML_REMOVED: Code = Code {
    name: "raw-html-removed",
    level: Severity::Info,
    summary: "Raw HTML that is not allowed was removed",
    text: include_str!("docs/raw-html-removed.md"),
};

/// A citation of a file that does not exist.
pub static CITATION_FILE_MISSING: Code = Code {
    name: "citation-file-missing",
    level: Severity::Warning,
    summary: "A citation of a file that does not exist",
    text: include_str!("docs/citation-file-missing.md"),
};

/// A citation of lines past the end of the file.
pub static CITATION_PAST_END: Code = Code {
    name: "citation-past-end",
    level: Severity::Warning,
    summary: "A citation of lines past the end of the file",
    text: include_str!("docs/citation-past-end.md"),
};

/// The cited lines no longer hold the text they were accepted with.
pub static CITATION_EDITED: Code = Code {
    name: "citation-edited",
    level: Severity::Warning,
    summary: "A cited text was edited since it was accepted",
    text: include_str!("docs/citation-edited.md"),
};

/// A cited text is nowhere to be found.
pub static CITATION_LOST: Code = Code {
    name: "citation-lost",
    level: Severity::Error,
    summary: "A cited text is gone",
    text: include_str!("docs/citation-lost.md"),
};

/// A cited text stands in other lines now.
pub static CITATION_MOVED: Code = Code {
    name: "citation-moved",
    level: Severity::Warning,
    summary: "A cited text stands in other lines now",
    text: include_str!("docs/citation-moved.md"),
};

/// A lock that cannot be used.
pub static LOCK_INVALID: Code = Code {
    name: "lock-invalid",
    level: Severity::Error,
    summary: "A lacuna.lock that cannot be used",
    text: include_str!("docs/lock-invalid.md"),
};

/// A citation of lines that do not speak of the gap.
pub static CITATION_UNSUPPORTED: Code = Code {
    name: "citation-unsupported",
    level: Severity::Warning,
    summary: "A citation of lines that do not speak of the gap",
    text: include_str!("docs/citation-unsupported.md"),
};

/// A citation that fits several files.
pub static CITATION_AMBIGUOUS: Code = Code {
    name: "citation-ambiguous",
    level: Severity::Warning,
    summary: "A citation that fits several files or places",
    text: include_str!("docs/citation-ambiguous.md"),
};

/// A decision supersedes or amends one that does not exist, or the other way round.
pub static SUPERSEDES_UNKNOWN: Code = Code {
    name: "supersedes-unknown",
    level: Severity::Warning,
    summary: "A decision supersedes or amends one that does not exist",
    text: include_str!("docs/supersedes-unknown.md"),
};

/// Decisions that supersede each other in a circle.
pub static SUPERSESSION_CYCLE: Code = Code {
    name: "supersession-cycle",
    level: Severity::Warning,
    summary: "Decisions that supersede each other in a circle",
    text: include_str!("docs/supersession-cycle.md"),
};

/// A superseded decision that is cited as if it held.
pub static DECISION_SUPERSEDED_CITED: Code = Code {
    name: "decision-superseded-cited",
    level: Severity::Warning,
    summary: "A superseded decision that is cited as if it held",
    text: include_str!("docs/decision-superseded-cited.md"),
};

/// A decision that another supersedes, with a status from before.
pub static SUPERSESSION_ONE_SIDED: Code = Code {
    name: "supersession-one-sided",
    level: Severity::Warning,
    summary: "A decision that another supersedes, with a status from before",
    text: include_str!("docs/supersession-one-sided.md"),
};

/// Two decisions of one log with one number.
pub static DECISION_NUMBER_TAKEN: Code = Code {
    name: "decision-number-taken",
    level: Severity::Warning,
    summary: "Two decisions of one log with one number",
    text: include_str!("docs/decision-number-taken.md"),
};

/// The id of a decision that does not exist.
pub static DECISION_UNKNOWN: Code = Code {
    name: "decision-unknown",
    level: Severity::Info,
    summary: "The id of a decision that does not exist",
    text: include_str!("docs/decision-unknown.md"),
};

/// A gap that names no document to fill it.
pub static GAP_WITHOUT_TARGET: Code = Code {
    name: "gap-without-target",
    level: Severity::Info,
    summary: "A gap that names no document to fill it",
    text: include_str!("docs/gap-without-target.md"),
};

/// A gap claimed done that the files do not bear out.
pub static GAP_OVERCLAIMED: Code = Code {
    name: "gap-overclaimed",
    level: Severity::Warning,
    summary: "A gap claimed done that the files do not bear out",
    text: include_str!("docs/gap-overclaimed.md"),
};

/// A document covers a gap that does not exist.
pub static GAP_UNKNOWN_COVERS: Code = Code {
    name: "gap-unknown-covers",
    level: Severity::Error,
    summary: "A document covers a gap that does not exist",
    text: include_str!("docs/gap-unknown-covers.md"),
};

/// A rule of the gate was not met.
pub static GATE_FAILED: Code = Code {
    name: "gate-failed",
    level: Severity::Error,
    summary: "A rule of the gate was not met",
    text: include_str!("docs/gate-failed.md"),
};

/// An address elsewhere leads nowhere.
pub static EXTERNAL_LINK_GONE: Code = Code {
    name: "external-link-gone",
    level: Severity::Warning,
    summary: "An address elsewhere leads nowhere",
    text: include_str!("docs/external-link-gone.md"),
};

/// A change alters what changes are judged by.
pub static POLICY_CHANGED: Code = Code {
    name: "policy-changed",
    level: Severity::Warning,
    summary: "A change alters what changes are judged by",
    text: include_str!("docs/policy-changed.md"),
};

/// A gap has less behind it than in the base.
pub static GAP_WEAKENED: Code = Code {
    name: "gap-weakened",
    level: Severity::Error,
    summary: "A gap has less behind it than in the base",
    text: include_str!("docs/gap-weakened.md"),
};

/// A gap that gives its own file as evidence.
pub static GAP_CITES_ITSELF: Code = Code {
    name: "gap-cites-itself",
    level: Severity::Warning,
    summary: "A gap that gives its own file as evidence",
    text: include_str!("docs/gap-cites-itself.md"),
};

/// Gaps that wait for each other in a circle.
pub static DEPENDENCY_CYCLE: Code = Code {
    name: "dependency-cycle",
    level: Severity::Warning,
    summary: "Gaps that wait for each other in a circle",
    text: include_str!("docs/dependency-cycle.md"),
};

/// A gap depends on one that does not exist.
pub static DEPENDS_ON_UNKNOWN: Code = Code {
    name: "depends-on-unknown",
    level: Severity::Warning,
    summary: "A gap depends on one that does not exist",
    text: include_str!("docs/depends-on-unknown.md"),
};

/// Rows of effort that wait for each other.
pub static EFFORT_CYCLE: Code = Code {
    name: "effort-cycle",
    level: Severity::Warning,
    summary: "Rows of effort wait for each other",
    text: include_str!("docs/effort-cycle.md"),
};

/// A waiver without a reason or an owner.
pub static WAIVER_INCOMPLETE: Code = Code {
    name: "waiver-incomplete",
    level: Severity::Warning,
    summary: "A waiver without a reason or an owner",
    text: include_str!("docs/waiver-incomplete.md"),
};

/// A waiver whose last day is over.
pub static WAIVER_EXPIRED: Code = Code {
    name: "waiver-expired",
    level: Severity::Warning,
    summary: "A waiver whose last day is over",
    text: include_str!("docs/waiver-expired.md"),
};

/// A waiver of the configuration for a gap that does not exist.
pub static WAIVER_UNKNOWN: Code = Code {
    name: "waiver-unknown",
    level: Severity::Warning,
    summary: "A waiver for a gap that does not exist",
    text: include_str!("docs/waiver-unknown.md"),
};

/// A target whose name fits several files.
pub static TARGET_AMBIGUOUS: Code = Code {
    name: "target-ambiguous",
    level: Severity::Warning,
    summary: "A target whose name fits several files",
    text: include_str!("docs/target-ambiguous.md"),
};

/// A target that a gap names twice.
pub static TARGET_DUPLICATE: Code = Code {
    name: "target-duplicate",
    level: Severity::Info,
    summary: "A target that a gap names twice",
    text: include_str!("docs/target-duplicate.md"),
};

/// A gap analysis in which no gap was found.
pub static LEDGER_EMPTY: Code = Code {
    name: "ledger-empty",
    level: Severity::Info,
    summary: "A gap analysis in which no gap was found",
    text: include_str!("docs/ledger-empty.md"),
};

/// A schema that does not parse.
pub static PROTO_PARSE: Code = Code {
    name: "proto-parse",
    level: Severity::Error,
    summary: "A schema that does not parse",
    text: include_str!("docs/proto-parse.md"),
};

/// A schema imports a file that is not here.
pub static PROTO_IMPORT_MISSING: Code = Code {
    name: "proto-import-missing",
    level: Severity::Info,
    summary: "A schema imports a file that is not here",
    text: include_str!("docs/proto-import-missing.md"),
};

/// Schemas that import each other in a circle.
pub static PROTO_IMPORT_CYCLE: Code = Code {
    name: "proto-import-cycle",
    level: Severity::Warning,
    summary: "Schemas that import each other in a circle",
    text: include_str!("docs/proto-import-cycle.md"),
};

/// A symbol declared in two schema files.
pub static PROTO_SYMBOL_DUPLICATE: Code = Code {
    name: "proto-symbol-duplicate",
    level: Severity::Warning,
    summary: "A symbol declared in two schema files",
    text: include_str!("docs/proto-symbol-duplicate.md"),
};

/// A diagram that cannot be drawn.
pub static DIAGRAM_FAILED: Code = Code {
    name: "diagram-failed",
    level: Severity::Warning,
    summary: "A diagram that cannot be drawn",
    text: include_str!("docs/diagram-failed.md"),
};

/// A formula that cannot be set.
pub static MATH_FAILED: Code = Code {
    name: "math-failed",
    level: Severity::Warning,
    summary: "A formula that cannot be set",
    text: include_str!("docs/math-failed.md"),
};

/// A template of the theme fails.
pub static TEMPLATE_ERROR: Code = Code {
    name: "template-error",
    level: Severity::Error,
    summary: "A template of the theme fails",
    text: include_str!("docs/template-error.md"),
};

/// A page that the program failed to make.
pub static PAGE_FAILED: Code = Code {
    name: "page-failed",
    level: Severity::Error,
    summary: "A page that the program failed to make",
    text: include_str!("docs/page-failed.md"),
};

/// A limit was reached and something was left out.
pub static LIMIT_REACHED: Code = Code {
    name: "limit-reached",
    level: Severity::Warning,
    summary: "A limit was reached and something was left out",
    text: include_str!("docs/limit-reached.md"),
};

/// A figure of a ledger that is not what can be counted.
pub static CLAIM_DIFFERS: Code = Code {
    name: "claim-differs",
    level: Severity::Warning,
    summary: "A figure of a ledger that is not what can be counted",
    text: include_str!("docs/claim-differs.md"),
};

/// A ledger says two things of one.
pub static LEDGER_CONTRADICTION: Code = Code {
    name: "ledger-contradiction",
    level: Severity::Warning,
    summary: "A ledger says two things of one",
    text: include_str!("docs/ledger-contradiction.md"),
};

/// All codes, sorted by name.
pub static ALL: &[&Code] = &[
    &ALIAS_TAKEN,
    &ASSET_MISSING,
    &BROKEN_ANCHOR,
    &BROKEN_LINK,
    &CITATION_UNSUPPORTED,
    &CITATION_AMBIGUOUS,
    &CITATION_EDITED,
    &CITATION_FILE_MISSING,
    &CITATION_LOST,
    &CITATION_MOVED,
    &CITATION_PAST_END,
    &CLAIM_DIFFERS,
    &DEPENDENCY_CYCLE,
    &DEPENDS_ON_UNKNOWN,
    &DIAGRAM_FAILED,
    &DRAFT_LEFT_OUT,
    &DUPLICATE_ID,
    &DUPLICATE_ROUTE,
    &EFFORT_CYCLE,
    &EMPTY_FILE,
    &FENCE_UNCLOSED,
    &FILE_TOO_LARGE,
    &FRONT_MATTER_INVALID,
    &GAP_CITES_ITSELF,
    &EXTERNAL_LINK_GONE,
    &GAP_OVERCLAIMED,
    &GAP_UNKNOWN_COVERS,
    &GAP_WEAKENED,
    &GAP_WITHOUT_TARGET,
    &GATE_FAILED,
    &INVALID_UTF8,
    &INVALID_VIEW,
    &LEDGER_CONTRADICTION,
    &LEDGER_EMPTY,
    &LIMIT_REACHED,
    &PAGE_FAILED,
    &LOCK_INVALID,
    &MATH_FAILED,
    &MDX_SKIPPED,
    &POLICY_CHANGED,
    &PROTO_IMPORT_CYCLE,
    &PROTO_IMPORT_MISSING,
    &PROTO_PARSE,
    &PROTO_SYMBOL_DUPLICATE,
    &RAW_HTML_REMOVED,
    &READ_ERROR,
    &SUPERSEDES_UNKNOWN,
    &SUPERSESSION_CYCLE,
    &DECISION_SUPERSEDED_CITED,
    &SUPERSESSION_ONE_SIDED,
    &DECISION_NUMBER_TAKEN,
    &DECISION_UNKNOWN,
    &SYMLINK_SKIPPED,
    &TARGET_AMBIGUOUS,
    &TARGET_DUPLICATE,
    &TEMPLATE_ERROR,
    &TEXT_REPAIRED,
    &UNKNOWN_ID,
    &UNSAFE_URL,
    &WAIVER_EXPIRED,
    &WAIVER_INCOMPLETE,
    &WAIVER_UNKNOWN,
];
