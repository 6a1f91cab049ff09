//! What a heading, an item or a cell calls a gap: its id or number, its title, and the marks,
//! priorities and statuses written beside them.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    lexicon::{self, Words},
    status,
    vocabulary::Vocabulary,
};
use crate::read::lines::{self, regex};

/// A name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// The id: `GAP-003`, `FE-01`, `G3`.
    pub id: Option<String>,
    /// The words before a number that count gaps: `Lacuna` of `Lacuna #3`.
    pub series: Option<String>,
    /// The number or the id, as written.
    pub number: Option<String>,
    /// The title, without any of these and without emphasis.
    pub title: String,
    /// What follows the title on the same line.
    pub rest: String,
    /// Texts beside the title that may give a status or a priority: `✅ DONE`, `HIGH`, `20% complete`.
    pub beside: Vec<String>,
    /// Whether the title is bold or has a mark of its own: a title, and not only a sentence.
    pub titled: bool,
    /// Whether all of it is struck through.
    pub struck: bool,
    /// Whether the title says that it holds several gaps: `Security gaps`.
    pub collective: bool,
    /// Whether a heading or a label in its block opens a list of gaps.
    pub holds_list: bool,
}

static ID: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\[?((?:[\p{Lu}][\p{Lu}\p{N}]*[-_–])+\p{Lu}{0,3}\d+[a-z]?(?:\.\d+)*|[\p{Lu}]{1,4}\d{1,4}[a-z]?(?:\.\d+)*)\]?(?:\([^)]*\))?(\s*[:：)|–—]+\s*|\.\s+|\s+-+\s+|\s+|$)(.*)$",
    )
});
static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(\p{L}[\p{L}'’]*(?:[ -]\p{L}[\p{L}'’]*){0,3})(?:\s*[#№-]?\s?(\d+(?:\.\d+)*[a-z]?)|\s([A-Z](?:\.\d+)*))\s*(?:[:：.)、|–—-]+\s*)(.*)$",
    )
});
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[#§]?\s?(\d{1,4}(?:\.\d+)*[a-z]?|[A-Z]\.\d+(?:\.\d+)*)(?:\s*[.):：、|–—]+\s*|\s*-+\s+|\s+)(.*)$",
    )
});
static BARE_SERIES: LazyLock<Regex> = LazyLock::new(|| regex(r"^(\p{L}+)\s*[:：–—]\s+(.+)$"));
static TAIL: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(.+?)\s*[\[(（【]([^\[\]()（）【】]{1,60})[\])）】]\s*$"));
static DASHED: LazyLock<Regex> = LazyLock::new(|| regex(r"^(.+?)\s+[–—|-]{1,2}\s+([^–—|]{1,40})$"));
static BOLD: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:\*\*|__)(.+?)(?:\*\*|__)"));
static LINK: LazyLock<Regex> = LazyLock::new(|| regex(r"!?\[([^\]]*)\]\([^)\s]*\)"));
static TAG: LazyLock<Regex> = LazyLock::new(|| regex(r"</?[a-zA-Z][a-zA-Z0-9]*\s*/?>"));

/// The name in a heading: all of it is title.
pub fn of_heading(text: &str, words: &Vocabulary) -> Name {
    let mut name = Name { struck: is_struck(text), ..Name::default() };
    let text = clean(text);
    let rest = name.take_number(&text, words);
    name.take_title(&rest, words);
    name.titled = true;
    name.collective = words.gaps.any(&Words::of(&name.title));
    name
}

/// The name an item or a cell begins with: bold text, or the words before a dash or a full stop.
pub fn of_item(text: &str, words: &Vocabulary) -> Name {
    let mut name = Name { struck: is_struck(text), ..Name::default() };
    let text = LINK.replace_all(text, "$1").replace("~~", "");
    let text = text.replace("<br>", " ").replace("<br/>", " ");
    let mut rest = text.trim().to_owned();
    let lead = lead_len(&rest, words);
    if lead > 0 {
        name.beside.push(rest[..lead].trim().to_owned());
        rest = rest[lead..].to_owned();
    }
    // The id alone may be bold: `**GAP-1** — **Title** words`.
    let unbold =
        BOLD.captures(&rest).map(|found| (found[1].to_owned(), rest[found[0].len()..].to_owned()));
    if let Some((inside, after)) = &unbold {
        let left = name.take_number(&clean(inside), words);
        if left.trim_matches([':', '：', ' ']).is_empty() {
            rest = after.trim_start_matches([' ', ':', '：', '-', '–', '—', '.']).to_owned();
            return name.split(&rest, words);
        }
        let ends_name = left.trim_end().ends_with([':', '：', '.', '。']);
        name.take_title(left.trim_end_matches([':', '：', ' ']), words);
        name.titled = true;
        let after = after.trim_start();
        let open =
            !ends_name && !after.is_empty() && after.starts_with(|c: char| c.is_alphanumeric());
        if open {
            // `**Release** has no definition.`: the sentence is the title.
            let (sentence, more) = sentence(after);
            name.title = format!("{} {}", name.title, plain(sentence));
            name.rest = more.to_owned();
        } else {
            name.take_rest(after, words);
        }
        return name;
    }
    let left = name.take_number(&lines::plain(&rest), words);
    if name.number.is_some() {
        rest = left;
    }
    name.split(&rest, words)
}

/// The title in a cell whose row has its number in another.
pub fn of_title(text: &str, words: &Vocabulary) -> Name {
    let mut name = Name { struck: is_struck(text), ..Name::default() };
    let text = LINK.replace_all(text, "$1").replace("~~", "").replace("<br>", " ");
    let lead = lead_len(&text, words);
    if lead > 0 {
        name.beside.push(text[..lead].trim().to_owned());
    }
    name.split(&text[lead..], words)
}

/// A heading's text without marks, numbers and emphasis.
pub fn bare(text: &str) -> String {
    let text = clean(text);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = NUMBER.captures(text).map_or(text.to_owned(), |found| found[2].to_owned());
    text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）' | '%' | '\''))
        .trim()
        .to_owned()
}

impl Name {
    /// Splits a text without bold beginning into title and rest.
    fn split(mut self, text: &str, words: &Vocabulary) -> Self {
        if let Some(found) = BOLD.captures(text) {
            let (inside, after) =
                (found[1].to_owned(), text[found[0].len()..].trim_start().to_owned());
            let ends = inside.trim_end().ends_with([':', '：', '.', '。'])
                || !after.starts_with(char::is_alphanumeric);
            self.take_title(inside.trim_end_matches([':', '：', ' ']), words);
            self.titled = true;
            if ends {
                self.take_rest(&after, words);
            } else {
                let (sentence, more) = sentence(&after);
                self.title = format!("{} {}", self.title, plain(sentence));
                self.rest = more.to_owned();
            }
            return self;
        }
        let (title, rest) = sentence(text);
        self.take_title(&lines::plain(title), words);
        self.take_rest(rest, words);
        self
    }

    /// Takes a number, an id or `Gap 3:` off the beginning; gives what is left.
    fn take_number(&mut self, text: &str, words: &Vocabulary) -> String {
        let lead = lead_len(text, words);
        if lead > 0 {
            self.beside.push(text[..lead].trim().to_owned());
        }
        let text = text[lead..].trim_start_matches(['*', '_', ' ']);
        if let Some(found) = ID.captures(text).filter(|found| is_id(found, words)) {
            let id = found[1].replace('–', "-");
            if !is_level(&id) {
                self.number = Some(id.clone());
                self.id = Some(id);
                return found[3].to_owned();
            }
            self.beside.push(id);
            return found[3].to_owned();
        }
        if let Some(found) = SERIES.captures(text).filter(|found| stands_apart(text, found)) {
            let series = found[1].trim().to_owned();
            let says_gap = words.says_gap(&series);
            let letter = found.get(3);
            let counts = letter.is_none() && !words.ordinal.any(&Words::of(&series));
            if says_gap || counts {
                self.series = Some(series);
                self.number = found.get(2).or(letter).map(|own| own.as_str().to_owned());
                return found[4].to_owned();
            }
            return text.to_owned();
        }
        if let Some(found) =
            NUMBER.captures(text).filter(|found| found[2].chars().any(char::is_alphabetic))
        {
            self.number = Some(found[1].to_owned());
            return self.take_number_after(found[2].to_owned(), words);
        }
        if let Some(found) = BARE_SERIES.captures(text)
            && words.gap.whole(&Words::of(&found[1])).is_some()
        {
            self.series = Some(found[1].to_owned());
            return found[2].to_owned();
        }
        text.to_owned()
    }

    /// An id may stand after a number: `1. GAP-001: Title`; then it is the number.
    fn take_number_after(&mut self, text: String, words: &Vocabulary) -> String {
        let trimmed = text.trim_start_matches(['*', '_', ' ']);
        match ID.captures(trimmed) {
            Some(found)
                if is_id(&found, words)
                    && !is_level(&found[1])
                    && found[1].contains(['-', '_']) =>
            {
                self.id = Some(found[1].to_owned());
                self.number = self.id.clone();
                found[3].to_owned()
            }
            _ => {
                let lead = lead_len(trimmed, words);
                if lead > 0 {
                    self.beside.push(trimmed[..lead].trim().to_owned());
                }
                trimmed[lead..].to_owned()
            }
        }
    }

    /// Takes marks, priorities and statuses off the end; what is left is the title.
    fn take_title(&mut self, text: &str, words: &Vocabulary) {
        let mut text = plain(text);
        if let Some(at) = status::sign_at(&text, words).filter(|at| *at > 0) {
            let own = text[at..].trim().to_owned();
            self.beside.push(own);
            text.truncate(at);
        }
        for _ in 0..4 {
            let trimmed = text
                .trim_end_matches([' ', '-', '–', '—', ':', '：', '|', '\u{fe0f}', ',', '.'])
                .to_owned();
            // `### 2.1 Safety mode (GAP-003)`: the id stands last.
            if let Some(found) = TAIL.captures(&trimmed).filter(|_| self.id.is_none())
                && let Some(id) = ID.captures(&found[2]).filter(|id| id[3].is_empty())
                && !is_level(&id[1])
                && id[1].contains('-')
            {
                self.id = Some(id[1].to_owned());
                text = found[1].to_owned();
                continue;
            }
            let bracket =
                TAIL.captures(&trimmed).filter(|found| status::is_beside(&found[2], words));
            let dashed = || {
                DASHED.captures(&trimmed).filter(|found| status::is_beside_dash(&found[2], words))
            };
            let Some(found) = bracket.or_else(dashed) else {
                text = trimmed;
                break;
            };
            self.beside.push(found[2].trim().to_owned());
            text = found[1].to_owned();
        }
        self.title = text.trim().to_owned();
    }

    /// Keeps what follows, and takes marks and brackets off its beginning.
    fn take_rest(&mut self, text: &str, words: &Vocabulary) {
        let text = text.trim_start_matches([' ', ':', '：', '-', '–', '—', '.', ',', '|']).trim();
        let mut rest = text;
        if let Some(open) = rest.strip_prefix(['(', '['])
            && let Some((inside, more)) = open.split_once([')', ']'])
            && status::is_beside(inside, words)
        {
            self.beside.push(inside.to_owned());
            rest = more.trim_start();
        }
        if let Some(at) = status::sign_at(rest, words).filter(|at| *at < 4) {
            self.beside.push(rest[at..].chars().take(60).collect());
        }
        self.rest = rest.trim_start_matches([' ', ':', '-', '–', '—']).to_owned();
    }
}

/// The first sentence or clause of a text, and what follows.
fn sentence(text: &str) -> (&str, &str) {
    let ends = [" — ", " – ", " - ", ": ", "：", ". ", "。", "; ", " → ", " -- "];
    let in_code = |at: usize| text[..at].matches('`').count() % 2 == 1;
    let in_bracket = |at: usize| {
        text[..at].matches(['(', '（']).count() > text[..at].matches([')', '）']).count()
    };
    let end = ends
        .iter()
        .filter_map(|sign| {
            text.match_indices(sign)
                .map(|(at, _)| at)
                .take(8)
                .find(|at| *at > 1 && !in_code(*at) && !in_bracket(*at))
        })
        .min();
    match end {
        Some(at) => (&text[..at], &text[at..]),
        None => (text, ""),
    }
}

/// The bytes of the signs that stand before the words: emoji, arrows, bullets; brackets and
/// quotation marks belong to the words.
fn lead_len(text: &str, words: &Vocabulary) -> usize {
    let end = text
        .char_indices()
        .find(|(_, c)| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    '[' | '`'
                        | '"'
                        | '“'
                        | '#'
                        | '§'
                        | '*'
                        | '_'
                        | '('
                        | '.'
                        | '~'
                        | '$'
                        | '<'
                        | '«'
                        | '「'
                        | '『'
                        | '【'
                        | '/'
                        | '@'
                        | ':'
                        | '\''
                        | '{'
                )
        })
        .map_or(text.len(), |(at, _)| at);
    let boxed = words
        .signs
        .iter()
        .find(|(sign, _)| sign.starts_with('[') && text[end..].starts_with(sign.as_str()));
    match boxed {
        Some((sign, _)) => {
            end + sign.len() + text[end + sign.len()..].len()
                - text[end + sign.len()..].trim_start().len()
        }
        None => end,
    }
}

/// Whether the number of a series stands apart from its word: `Gap 1`, `Gap #1`, `差距1`; not `P1`.
fn stands_apart(text: &str, found: &regex::Captures) -> bool {
    let Some(number) = found.get(2) else { return true };
    let before = text[..number.start()].chars().next_back();
    before.is_none_or(|letter| !letter.is_alphabetic() || lexicon::is_ideograph(letter))
}

/// `AES-256 keys` and `S3 buckets` begin with no id: one is followed by a sign, has a leading
/// zero, or says that it is a gap's.
fn is_id(found: &regex::Captures, words: &Vocabulary) -> bool {
    let id = &found[1];
    let sign = !found[2].is_empty() && !found[2].trim().is_empty() || found[3].is_empty();
    let zero = id.contains("-0") || id.contains("_0");
    sign || zero || id.split(['-', '_']).any(|part| words.says_gap(part))
}

/// Whether an id is a priority: `P0`.
fn is_level(id: &str) -> bool {
    matches!(id.as_bytes(), [b'P' | b'S' | b'H', b'0'..=b'4'])
}

/// Text without emphasis, links and tags; code signs stay for [`plain`].
fn clean(text: &str) -> String {
    let text = LINK.replace_all(text, "$1");
    let text = TAG.replace_all(&text, " ");
    text.replace("**", "").replace("~~", "").trim().to_owned()
}

fn plain(text: &str) -> String {
    let text = clean(text).replace(['`', '\\'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches('*').to_owned()
}

fn is_struck(text: &str) -> bool {
    let text = text.trim();
    text.strip_prefix("~~").is_some_and(|rest| {
        rest.split_once("~~")
            .is_some_and(|(inside, after)| inside.chars().count() * 2 >= after.chars().count())
    })
}
