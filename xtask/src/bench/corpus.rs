//! The pages that are built: made once per size, the same for every program.
//!
//! A page has 400 to 600 words, a table, a task list, two code blocks in two languages and five
//! links to other pages. `plain` is what lacuna reads; `hugo` holds the same pages as Hugo wants
//! them, with layouts that show as much of the site on a page as ours do. Beside a checkout of the
//! shared generator, or where it has been used before, its pages are taken, so that figures compare
//! with earlier ones; otherwise ours here.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, failed};

const PAGES_PER_SECTION: u32 = 50;
const GENERATOR: &str = "../shared/bench/gen_corpus.py";

/// A made corpus.
pub struct Corpus {
    /// Its folder, with one folder a dialect inside: `plain` and `hugo`.
    pub folder: PathBuf,
    pages: u32,
    names: Names,
}

/// How the files of a corpus are called.
#[derive(Clone, Copy)]
enum Names {
    /// As the shared generator calls them.
    Shared,
    /// As they are called here.
    Own,
}

impl Corpus {
    /// A page as a path below the documents, without its extension.
    pub fn page(&self, page: u32) -> String {
        match self.names {
            Names::Shared => format!("s{:04}/p{page:06}", page / PAGES_PER_SECTION),
            Names::Own => page_path(page).trim_end_matches(".md").to_owned(),
        }
    }

    /// The other pages of a section.
    pub fn siblings(&self, page: u32) -> impl Iterator<Item = u32> {
        let first = page - page % PAGES_PER_SECTION;
        (first..self.pages.min(first + PAGES_PER_SECTION)).filter(move |other| *other != page)
    }
}

/// The line of a page's body that edits change: `PROBE-12: 0`.
pub fn probe(page: u32, value: &str) -> String {
    format!("PROBE-{page}: {value}")
}

/// Makes the corpus of `pages` pages under `home` unless it is there.
pub fn make(root: &Path, home: &Path, pages: u32) -> Result<Corpus, Failure> {
    let script = root.join(GENERATOR);
    // A corpus of an earlier shape has another name.
    let place = |origin: &str| home.join("corpora").join(format!("{origin}-{pages}"));
    let is_shared = script.is_file() || place("shared").is_dir();
    let (names, origin) =
        if is_shared { (Names::Shared, "shared") } else { (Names::Own, "own-probed") };
    let finished = place(origin);
    let corpus = |folder| Corpus { folder, pages, names };
    if finished.is_dir() {
        return Ok(corpus(finished));
    }
    eprintln!("making a corpus of {pages} pages in {}", finished.display());
    let unfinished = finished.with_extension("part");
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(failed("cannot remove a half-made corpus"))?;
    }
    std::fs::create_dir_all(&unfinished).map_err(failed("cannot make the corpus"))?;
    if script.is_file() {
        let made = Command::new("python3")
            .arg(&script)
            .arg("--out")
            .arg(&unfinished)
            .args(["--pages", &pages.to_string(), "--dialect", "plain,hugo"])
            .status()
            .map_err(failed("cannot start python3"))?;
        if !made.success() {
            return Err(Failure::Chore(format!("{GENERATOR} failed")));
        }
    } else {
        write_all(&unfinished, pages).map_err(failed("cannot write the corpus"))?;
    }
    std::fs::rename(&unfinished, &finished).map_err(failed("cannot finish the corpus"))?;
    Ok(corpus(finished))
}

fn write_all(folder: &Path, pages: u32) -> io::Result<()> {
    let plain = folder.join("plain");
    let hugo = folder.join("hugo");
    for page in 0..pages {
        let title = title(page);
        let body = body(page, pages);
        let path = page_path(page);
        put(
            &plain.join("docs").join(&path),
            &format!("---\ntitle: {title}\n---\n\n# {title}\n\n{body}"),
        )?;
        let weight = page % PAGES_PER_SECTION + 1;
        let head = format!("---\ntitle: {title}\nweight: {weight}\n---\n\n");
        put(&hugo.join("content").join(&path), &format!("{head}{body}"))?;
    }
    for section in 0..pages.div_ceil(PAGES_PER_SECTION) {
        let text = format!("Pages of part {section}.\n");
        let (name, title) = (section_name(section), format!("Part {section}"));
        put(&plain.join("docs").join(&name).join("index.md"), &format!("# {title}\n\n{text}"))?;
        let head = format!("---\ntitle: {title}\nweight: {}\n---\n\n", section + 1);
        put(&hugo.join("content").join(&name).join("_index.md"), &format!("{head}{text}"))?;
    }
    put(&plain.join("docs/index.md"), "# Made pages\n\nNothing here means anything.\n")?;
    put(&hugo.join("content/_index.md"), "---\ntitle: Made pages\n---\n")?;
    for (path, text) in HUGO_FILES {
        put(&hugo.join(path), text)?;
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, text)
}

fn section_name(section: u32) -> String {
    format!("part-{section:04}")
}

fn page_path(page: u32) -> String {
    format!("{}/page-{page:06}.md", section_name(page / PAGES_PER_SECTION))
}

fn title(page: u32) -> String {
    let mut dice = Dice::new(page, 1);
    let (first, second) = (dice.pick(NOUNS), dice.pick(NOUNS));
    format!("The {first} of the {second} {page}")
}

fn link(from: u32, to: u32) -> String {
    let path = page_path(to);
    let here = section_name(from / PAGES_PER_SECTION);
    let target = match path.strip_prefix(&here) {
        Some(sibling) => sibling.trim_start_matches('/').to_owned(),
        None => format!("../{path}"),
    };
    format!("[{}]({target})", title(to))
}

/// The Markdown of a page below its title.
fn body(page: u32, pages: u32) -> String {
    let mut dice = Dice::new(page, 2);
    let links: Vec<String> = (0..5).map(|_| link(page, dice.below(pages))).collect();
    let first_language = dice.below(4);
    let second_language = (first_language + 1 + dice.below(3)) % 4;
    let mut text = String::new();
    let mut add = |piece: String| text.push_str(&piece);

    add(paragraph(&mut dice, 4));
    add(format!("{}\n\n", probe(page, "0")));
    add(format!("## Context\n\n{}", paragraph(&mut dice, 4)));
    add(format!("It rests on {} and narrows {}.\n\n", links[0], links[1]));
    add(format!("### {}\n\n{}", heading(&mut dice), paragraph(&mut dice, 4)));
    add(code(&mut dice, first_language));
    add(format!("## Choice\n\n{}", paragraph(&mut dice, 4)));
    add("| Way | Days | Risk | Remark |\n|---|---:|:---:|---|\n".to_owned());
    for _ in 0..5 {
        let (way, days) = (heading(&mut dice), dice.below(400));
        let risk = ["low", "middling", "high"][dice.below(3) as usize];
        add(format!("| {way} | {days} | {risk} | {} |\n", words(&mut dice, 5)));
    }
    add(format!("\n### {}\n\n{}", heading(&mut dice), paragraph(&mut dice, 4)));
    for step in 1..=4 {
        add(format!("{step}. {}\n", sentence(&mut dice)));
    }
    add("\n".to_owned());
    add(code(&mut dice, second_language));
    add(format!("## What follows\n\n{}", paragraph(&mut dice, 4)));
    for _ in 0..6 {
        let mark = if dice.below(2) == 0 { ' ' } else { 'x' };
        add(format!("- [{mark}] {}\n", words(&mut dice, 6)));
    }
    add(format!("\n> {}\n\n## See also\n\n", sentence(&mut dice)));
    for other in &links[2..] {
        add(format!("- {other}: {}\n", words(&mut dice, 5)));
    }
    add(format!("\n{}", paragraph(&mut dice, 2)));
    text
}

fn words(dice: &mut Dice, count: u32) -> String {
    let chosen: Vec<String> = (0..count).map(|_| dice.word()).collect();
    chosen.join(" ")
}

fn heading(dice: &mut Dice) -> String {
    let mut text = words(dice, 3);
    text[..1].make_ascii_uppercase();
    text
}

fn sentence(dice: &mut Dice) -> String {
    let count = 7 + dice.below(11);
    let mut chosen: Vec<String> = (0..count).map(|_| dice.word()).collect();
    chosen[0][..1].make_ascii_uppercase();
    let place = 1 + dice.below(count - 1) as usize;
    let word = &chosen[place];
    match dice.below(12) {
        0 => chosen[place] = format!("`{word}`"),
        1 => chosen[place] = format!("**{word}**"),
        2 => chosen[place] = format!("*{word}*"),
        _ => {}
    }
    format!("{}.", chosen.join(" "))
}

fn paragraph(dice: &mut Dice, sentences: u32) -> String {
    let said: Vec<String> = (0..sentences).map(|_| sentence(dice)).collect();
    format!("{}\n\n", said.join(" "))
}

/// A fenced block of 12 to 20 lines, every time with other names and numbers.
fn code(dice: &mut Dice, language: u32) -> String {
    let [a, b, c, d] = [(); 4].map(|()| dice.pick(NOUNS));
    let [x, y] = [(); 2].map(|()| 2 + dice.below(900));
    let mut block = String::new();
    let written = match language {
        0 => write!(
            block,
            "```rust\n/// Counts every {a} once.\n#[derive(Debug, Clone)]\npub struct Tally {{\n    \
             {b}: BTreeMap<String, u64>, // never above {x}\n}}\n\nimpl Tally {{\n    pub fn \
             add(&mut self, {c}: &str) -> Option<u64> {{\n        let seen = \
             self.{b}.entry({c}.to_owned()).or_default();\n        *seen += {y};\n        if *seen \
             > {x} {{\n            return None;\n        }}\n        Some(*seen)\n    }}\n}}\n```\n\n"
        ),
        1 => write!(
            block,
            "```python\nimport collections\n\n\ndef {a}_by_{b}(rows, limit={x}):\n    \"\"\"Groups \
             each {c} under its {b}.\"\"\"\n    found = collections.defaultdict(list)\n    for \
             number, row in enumerate(rows):\n        if number >= limit:  # the rest is {d}\n            \
             break\n        found[row[\"{b}\"]].append(row.get(\"{c}\", {y}))\n    return \
             {{key: sorted(value) for key, value in found.items()}}\n```\n\n"
        ),
        2 => write!(
            block,
            "```yaml\n{a}:\n  name: {b}-{x}\n  # agreed with the {c}\n  limits:\n    memory: {y}Mi\n    \
             cpu: \"{x}m\"\n  labels: {{ tier: {d}, kept: true }}\n  steps:\n    - run: make {c}\n      \
             after: [{d}, {b}]\n    - run: |\n        echo \"{a} done\"\n        exit 0\n```\n\n"
        ),
        _ => write!(
            block,
            "```proto\nsyntax = \"proto3\";\n\npackage made.{a}.v1;\n\n// One {b}, with its {c}.\nmessage \
             Entry {{\n  string id = 1;\n  repeated string {c} = 2;\n  map<string, int64> counts = 3;\n  oneof body {{\n    string text = 4;\n    bytes raw = 5;\n  }}\n  enum State {{ \
             STATE_UNSPECIFIED = 0; STATE_OPEN = {y}; }}\n  reserved \"{d}_old\";\n}}\n```\n\n"
        ),
    };
    written.expect("a String takes whatever is written to it");
    block
}

/// Xorshift: the same page always throws the same numbers.
pub struct Dice(u64);

impl Dice {
    /// The dice of a page, others for each purpose.
    pub fn new(page: u32, purpose: u64) -> Self {
        let mut dice =
            Self((u64::from(page) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (purpose << 17) | 1);
        for _ in 0..4 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0, below the limit.
    pub fn below(&mut self, limit: u32) -> u32 {
        let high = ((self.next() >> 32) * u64::from(limit)) >> 32;
        u32::try_from(high).expect("a product of two 32-bit numbers, shifted by 32 bits")
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len() as u32) as usize]
    }

    /// A small word, a noun, or one time in four a made-up word, so that the vocabulary grows with
    /// the corpus as that of real text does.
    fn word(&mut self) -> String {
        match self.below(8) {
            0..3 => self.pick(SMALL).to_owned(),
            3..6 => self.pick(NOUNS).to_owned(),
            _ => (0..2 + self.below(2)).map(|_| self.pick(SYLLABLES)).collect(),
        }
    }
}

const SMALL: &[&str] = &[
    "a", "after", "and", "as", "at", "before", "by", "each", "for", "from", "has", "if", "in",
    "is", "its", "keeps", "may", "must", "no", "of", "on", "or", "over", "takes", "than", "that",
    "the", "this", "to", "under", "when", "with",
];

const NOUNS: &[&str] = &[
    "anchor", "archive", "batch", "bridge", "buffer", "canal", "cargo", "chart", "claim", "clock",
    "column", "compass", "copy", "course", "crane", "crew", "deck", "draft", "engine", "entry",
    "ferry", "field", "freight", "harbour", "horizon", "index", "journal", "kernel", "ladder",
    "lantern", "ledger", "lever", "light", "map", "margin", "mast", "message", "mooring", "note",
    "packet", "parcel", "passage", "pilot", "port", "proof", "pulley", "quay", "queue", "record",
    "reply", "ribbon", "river", "route", "rudder", "sample", "schedule", "signal", "slip",
    "sluice", "sounding", "stamp", "store", "strait", "table", "ticket", "tide", "token", "tower",
    "trace", "valve", "vessel", "voyage", "watch", "weather", "wharf", "winch",
];

const SYLLABLES: &[&str] = &[
    "bal", "cor", "den", "dor", "el", "fen", "gal", "hul", "is", "jor", "kel", "lun", "mar", "nor",
    "ost", "pel", "quil", "ras", "sel", "tam", "ul", "ver", "wen", "yar",
];

const HUGO_FILES: &[(&str, &str)] = &[
    (
        "hugo.toml",
        "baseURL = \"/\"\ntitle = \"Made pages\"\ndisableKinds = [\"taxonomy\", \"term\", \"rss\"]\n\
         [markup.goldmark.renderHooks.link]\nuseEmbedded = \"always\"\n\
         [markup.highlight]\nnoClasses = false\n",
    ),
    (
        "layouts/_default/baseof.html",
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title>\
         </head><body><header><a href=\"/\">{{ site.Title }}</a></header>\
         {{ block \"main\" . }}{{ end }}</body></html>\n",
    ),
    (
        "layouts/_default/single.html",
        "{{ define \"main\" }}<nav><a href=\"{{ .Parent.RelPermalink }}\">{{ .Parent.Title }}</a><ul>\
         {{ range .Parent.RegularPages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>\n\
         {{ end }}</ul></nav><main><h1>{{ .Title }}</h1>{{ .Content }}</main>\
         <aside>{{ .TableOfContents }}</aside>{{ end }}\n",
    ),
    (
        "layouts/_default/list.html",
        "{{ define \"main\" }}<main><h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}\
         <li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>\n{{ end }}</ul></main>{{ end }}\n",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_shape_it_promises_and_is_always_the_same() {
        for page in [0, 49, 50, 199] {
            let text = body(page, 200);
            assert_eq!(text, body(page, 200));
            assert_eq!(text.matches("```").count(), 4);
            assert_eq!(text.matches("](").count(), 5);
            assert_eq!(text.matches(&format!("\n{}\n", probe(page, "0"))).count(), 1);
            assert_eq!(text.matches("- [").count() - 3, 6);
            let count = text.split_whitespace().count();
            assert!((400..=750).contains(&count), "{count} words with the code");
        }
    }

    #[test]
    fn siblings_are_the_other_pages_of_the_section() {
        let corpus = Corpus { folder: PathBuf::new(), pages: 53, names: Names::Own };
        assert_eq!(corpus.siblings(51).collect::<Vec<_>>(), [50, 52]);
        assert_eq!(corpus.siblings(0).count(), 49);
        assert!(corpus.page(1).ends_with("/page-000001"));
    }

    #[test]
    fn links_are_relative_to_the_page_that_holds_them() {
        assert!(link(0, 1).ends_with("(page-000001.md)"));
        assert!(link(0, 50).ends_with("(../part-0001/page-000050.md)"));
    }
}
