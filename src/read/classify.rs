//! What a file is taken for, and why: the configuration, its extension, its folder, its shape.

use std::sync::LazyLock;

use globset::{Glob, GlobMatcher};
use regex::Regex;

use super::{
    chunk,
    ledger::{recognise, vocabulary::Vocabulary},
    lines::{self, LineKind, regex},
    markdown::is_markdown,
};
use crate::{
    model::{
        config::Config,
        source::{Classified, Kind},
    },
    path::RelPath,
};

/// What decides about kinds: the `[[collection]]` tables of the configuration, of which the first
/// that fits wins, and the words of gap analyses.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    collections: Vec<(GlobMatcher, Kind, String)>,
    words: Vocabulary,
}

impl Rules {
    /// Compiles the globs. One that is no glob fits nothing: the configuration's reader reports it.
    pub fn new(config: &Config) -> Self {
        let compiled = config.collection.iter().filter_map(|collection| {
            let glob = Glob::new(&collection.path).ok()?;
            Some((glob.compile_matcher(), collection.kind, collection.path.clone()))
        });
        Self { collections: compiled.collect(), words: Vocabulary::with(&config.vocabulary) }
    }

    /// The words that gap analyses are recognised and read by.
    pub fn words(&self) -> &Vocabulary {
        &self.words
    }
}

const DECISIONS: &[&str] = &[
    "adl",
    "adr",
    "adrs",
    "architectural-decisions",
    "architectural-decision-records",
    "architecture-decisions",
    "architecture-decision-records",
    "decision-log",
    "decision-records",
    "decisions",
    "madr",
];
const GAPS: &[&str] = &["gaps", "lacunas", "lacunae"];
/// Keys of front matter that gap records have and other files do not.
const OF_A_GAP: &[&str] = &[
    "depends_on",
    "effort",
    "evidence",
    "imported_from",
    "priority",
    "targets",
    "tasks",
    "waived",
];

static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^(#{1,6})\s+(.*?)\s*#*$"));
static RECORD: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^(?:adr[\s_-]*)+\d+\b\s*[:.–—-]\s*\S"));

static UNWRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x) ^(?:ADR[\s_-]*)? (?: \{[^}]*\} | <[^>]*> | \[(?:short|title|name|number|n)\b[^\]]*\]
          | (?:NUMBER|N{1,4}|X{2,4}) ) (?:[\s.:–—-] .*)? $
          | \{(?:title|short\ title)[^}]*\}",
    )
});

/// What the file is; `None` when it is no record.
pub fn classify(rules: &Rules, path: &RelPath, text: &str) -> Option<Classified> {
    let found = |kind, why: String| Some(Classified { kind, why });
    if let Some((_, kind, glob)) =
        rules.collections.iter().find(|(glob, ..)| glob.is_match(path.as_str()))
    {
        return found(*kind, format!("the configuration gives `{glob}` to this kind"));
    }
    for (extensions, kind) in
        [(&["proto"][..], Kind::Schema), (&["mmd", "mermaid"][..], Kind::Diagram)]
    {
        if path.has_extension(extensions) {
            let extension = path.extension().unwrap_or_default();
            return found(kind, format!("the extension `.{extension}` names a {}", kind.label()));
        }
    }
    let markdown = is_markdown(path);
    if !markdown && !path.has_extension(&["txt"]) {
        return None;
    }
    let front_page = is_front_page(path);
    if chunk::has_header(text) {
        return found(Kind::Research, "its first lines are the metadata of a chunk".into());
    }
    // Before its shape, for the prose of one gap may have the shape of a list of them.
    let native = markdown.then(|| native(path, text)).flatten();
    if let Some((why, Native::Full)) = &native {
        return found(Kind::Gap, why.clone());
    }
    if !front_page && let Some(why) = recognise::by_name(path, text, &rules.words) {
        return found(Kind::Ledger, why);
    }
    if let Some((why, Native::Named)) = native {
        return found(Kind::Gap, why);
    }
    if markdown && !front_page {
        let shape = Shape::of(text);
        if let Some(folder) = path.folders().rfind(|folder| is_one_of(folder, DECISIONS)) {
            if shape.is_template() {
                return found(Kind::Document, "its title is that of a template".into());
            }
            return found(Kind::Decision, format!("the folder `{folder}` holds decisions"));
        }
        if let Some(why) = of_front(text).or_else(|| shape.decision()) {
            return found(Kind::Decision, why.into());
        }
    }
    if !front_page && let Some(why) = recognise::by_content(text, &rules.words) {
        return found(Kind::Ledger, why);
    }
    if let Some(folder) = path.folders().rfind(|folder| holds_research(folder))
        && !(markdown && front_page)
    {
        return found(Kind::Research, format!("the folder `{folder}` holds research"));
    }
    let stem = path.stem().to_lowercase();
    if !markdown && (stem.starts_with("chunk-") || stem.starts_with("chunk_")) {
        return found(Kind::Research, "its name is that of a chunk".into());
    }
    let why = "it is Markdown, and nothing in its folder or shape says more";
    if markdown { found(Kind::Document, why.into()) } else { None }
}

/// Why front matter makes a file a decision: `type: adr`, or an id such as `ADR-7` with a status.
fn of_front(text: &str) -> Option<&'static str> {
    let front = front_lines(text);
    let value = |key: &str| {
        let own = front.iter().find_map(|(name, value)| (*name == key).then_some(*value))?;
        Some(own.trim().trim_matches(['"', '\'']).to_lowercase())
    };
    let is_record = |word: String| {
        matches!(word.as_str(), "adr" | "madr" | "decision" | "decision-record" | "decision record")
    };
    if ["type", "kind", "doctype", "category"].into_iter().filter_map(value).any(is_record) {
        return Some("its front matter says that it is a decision");
    }
    let numbered = |id: String| {
        let digits = id.strip_prefix("adr").map(|rest| rest.trim_start_matches(['-', '_', ' ']));
        digits.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    (value("status").is_some() && value("id").is_some_and(numbered))
        .then_some("its front matter has the id and the status of a decision")
}

/// How much the front matter of a file in a folder of gaps says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Native {
    /// An id and a title, as many documents have.
    Named,
    /// What only a gap has beside them.
    Full,
}

/// Whether the file is a native record, and why.
fn native(path: &RelPath, text: &str) -> Option<(String, Native)> {
    let folder = path.folders().rfind(|folder| is_one_of(folder, GAPS))?;
    let keys = front_keys(text);
    if !keys.contains(&"id") || !keys.contains(&"title") {
        return None;
    }
    let full = keys.iter().any(|key| OF_A_GAP.contains(key));
    let why = format!("the folder `{folder}` holds gaps and its front matter names one");
    Some((why, if full { Native::Full } else { Native::Named }))
}

/// Pages that lead through a folder, or show how its records are written, are documents.
fn is_front_page(path: &RelPath) -> bool {
    let stem = path.stem().to_lowercase();
    let words: Vec<&str> = stem.split(|letter: char| !letter.is_alphanumeric()).collect();
    let plain =
        stem.trim_start_matches(|letter: char| letter.is_ascii_digit() || "-_".contains(letter));
    matches!(plain, "readme" | "index" | "process" | "contributing" | "toc" | "summary")
        || words.contains(&"template")
        || path.folders().any(|folder| matches!(folder, "templates" | "template"))
}

fn is_one_of(folder: &str, names: &[&str]) -> bool {
    let folder = folder.to_lowercase().replace(['_', ' '], "-");
    names.contains(&folder.as_str())
}

fn holds_research(folder: &str) -> bool {
    let folder = folder.to_lowercase();
    let last = folder.rsplit(['-', '_', ' ']).next().unwrap_or_default();
    folder == "notes" || matches!(last, "research" | "chunks")
}

/// The headings of a text.
struct Shape {
    headings: Vec<(usize, String)>,
}

impl Shape {
    fn of(text: &str) -> Self {
        let lines = lines::scan(text, 0);
        let prose = lines.iter().filter(|line| line.kind == LineKind::Prose);
        // Looking at the first letter is cheaper than the expression, for all lines of all files.
        let marked = prose.filter(|line| line.text.starts_with('#'));
        let headings = marked.filter_map(|line| {
            let found = HEADING.captures(line.text)?;
            Some((found[1].len(), lines::plain(&found[2])))
        });
        Shape { headings: headings.collect() }
    }

    /// Whether the title was never written: `ADR {NUMBER}: {TITLE}`, `[short title]`, `ADR-XXX`.
    fn is_template(&self) -> bool {
        self.headings.first().is_some_and(|(_, title)| UNWRITTEN.is_match(title))
    }

    /// Why this is a decision, or several.
    fn decision(&self) -> Option<&'static str> {
        let has = |name: &str| {
            self.headings.iter().any(|(_, heading)| heading.eq_ignore_ascii_case(name))
        };
        let numbered = |(_, heading): &&(usize, String)| RECORD.is_match(heading);
        if self.is_template() {
            return None;
        }
        if self.headings.first().filter(numbered).is_some() {
            return Some("its title is that of a decision record");
        }
        if has("status") && has("context") && has("decision") {
            return Some("it has the sections Status, Context and Decision");
        }
        let below = self.headings.iter().filter(|(level, _)| *level > 1).filter(numbered);
        (below.count() >= 2 && has("context") && has("decision"))
            .then_some("several of its headings are titles of decision records")
    }
}

/// The keys of the front matter, those of the outermost level.
fn front_keys(text: &str) -> Vec<&str> {
    front_lines(text).into_iter().map(|(key, _)| key).collect()
}

/// The keys of the front matter with what stands after them on their line.
fn front_lines(text: &str) -> Vec<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines();
    let Some(fence) = lines.next().map(str::trim_end).filter(|l| matches!(*l, "---" | "+++"))
    else {
        return Vec::new();
    };
    let inside = lines.take_while(|line| line.trim_end() != fence);
    let pair = |line| str::split_once(line, [':', '=']);
    inside.filter_map(pair).map(|(key, value)| (key.trim_end(), value)).collect()
}

#[cfg(test)]
mod tests;
