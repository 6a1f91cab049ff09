//! Tells a gap analysis from other documents: by its name, else by its title and its parts.

use std::sync::LazyLock;

use regex::Regex;

use super::{lexicon::Words, name, vocabulary::Vocabulary};
use crate::{
    path::RelPath,
    read::lines::{self, LineKind, regex},
};

static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^(#{1,6})\s+(.*?)\s*#*$"));
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^[\s>|#*_~+-]*(?:\d+[.)]\s+)?(?:\[.\]\s+)?[^\p{L}\p{N}]*(?:\d+[.)]\s+)?")
});
static ID: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(\p{L}+(?:[-_]\p{L}+)*)[-_ ]?#?\s?(\d+(?:\.\d+)*)\b"));

/// Why the name is that of a gap analysis: it speaks of gaps and of an analysis, or of nothing but
/// gaps; or of parity, over tables.
pub fn by_name(path: &RelPath, text: &str, words: &Vocabulary) -> Option<String> {
    let stem = path.stem();
    let tokens = Words::of(&stem.replace(['_', '-', '.'], " "));
    let all = tokens.list().len();
    let gap = words.gap.find(&tokens);
    let why = || Some(format!("the name `{}` is that of a gap analysis", path.name()));
    if let Some((_, at, len)) = gap {
        let analysis = words.analysis.any(&tokens);
        let plural = stem.to_lowercase().contains("gaps") || tokens.list()[at].ends_with('s');
        let at_edge = at == 0 || at + len == all;
        if analysis || all == len || plural && at_edge && all <= 4 && has_parts(text) {
            return why();
        }
        return None;
    }
    (words.parity.any(&tokens) && has_table(text))
        .then(|| format!("the name `{}` is that of a comparison, and it has tables", path.name()))
}

/// Why the content is that of a gap analysis: its title speaks of gaps and so do its parts, or its
/// lines begin with the ids of gaps.
pub fn by_content(text: &str, words: &Vocabulary) -> Option<String> {
    let mut content = Content::default();
    for line in lines::scan(text, 0).iter().filter(|line| line.kind == LineKind::Prose) {
        content.see(line.text, words);
    }
    if content.title_says_gap && content.parts + content.labels / 3 >= 3 {
        return Some("its title and its sections are those of a gap analysis".to_owned());
    }
    (content.ids.len() >= 3).then(|| {
        format!(
            "{} of its lines begin with the ids of gaps, such as `{}`",
            content.ids.len(),
            content.ids[0]
        )
    })
}

/// What the lines of a document show.
#[derive(Default)]
struct Content {
    headings: usize,
    title_says_gap: bool,
    parts: usize,
    labels: usize,
    ids: Vec<String>,
}

impl Content {
    fn see(&mut self, line: &str, words: &Vocabulary) {
        // This sees every line of every file: where one letter decides, no expression is asked.
        let heading = if line.starts_with('#') { HEADING.captures(line) } else { None };
        if let Some(found) = heading {
            self.headings += 1;
            let text = &found[2];
            let counted = || name::of_heading(text, words).number.is_some();
            if self.headings == 1 {
                self.title_says_gap = words.says_gap(text);
            } else if self.may_have_parts() && (words.says_gap(text) || counted()) {
                self.parts += 1;
            }
        } else if self.may_have_parts()
            && let Some(label) = lines::label(line)
        {
            self.labels += usize::from(words.label(label.name).is_some());
        }
        if line.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return;
        }
        let lead = LEAD.find(line).map_or(0, |found| found.end());
        if lead > 0
            && let Some(found) = ID.captures(&line[lead..])
            && words.says_gap(&found[1])
        {
            // `Gap 1` counts the gaps of a part of any report; an id is made to be cited.
            let cited = found[0][found[1].len()..].starts_with(['-', '_']);
            let id = found[0].to_owned();
            if !cited && !self.title_says_gap {
                return;
            }
            if self.ids.len() < 1000 && !self.ids.contains(&id) {
                self.ids.push(id);
            }
        }
    }
}

impl Content {
    /// Whether parts and labels still count: under another title they say nothing.
    fn may_have_parts(&self) -> bool {
        self.headings == 0 || self.title_says_gap
    }
}

/// Whether a document has headings, items or tables: more than a page of prose.
fn has_parts(text: &str) -> bool {
    let lines = lines::scan(text, 0);
    let mut prose = lines.iter().filter(|line| line.kind == LineKind::Prose);
    prose.any(|line| HEADING.is_match(line.text))
}

fn has_table(text: &str) -> bool {
    !crate::read::grid::tables(&lines::scan(text, 0)).is_empty()
}
