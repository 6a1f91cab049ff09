//! What each target begins with: documents of the project, the examples in its tests, and a few inputs
//! written for it, in `fuzz/seeds`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::literals;
use crate::bench::site;

/// Where seeds come from.
enum From {
    /// The files with this ending below a folder, or one file.
    Files(&'static str, &'static str),
    /// The fenced blocks of the Markdown files below a folder; in this language, or in any.
    Blocks(&'static str, Option<&'static str>),
    /// The strings of a Rust source that hold one of these texts.
    Strings(&'static str, &'static [&'static str]),
    /// The seeds of another target, each behind this letter.
    Other(&'static str, char),
}
use From::{Blocks, Files, Other, Strings};

/// The seeds of a target besides those in `fuzz/seeds`.
fn sources(target: &str) -> &'static [From] {
    match target {
        "front_matter" => &[
            Files("content", "md"),
            Blocks("content/guide", Some("markdown")),
            Strings("src/read/front_matter/tests.rs", &["---\n", "+++\n"]),
        ],
        "page" => &[
            Files("content/guide", "md"),
            Blocks("content/guide", Some("markdown")),
            Strings("tests/hostile/payloads.rs", &[""]),
            Strings("tests/hostile/growth.rs", &[""]),
            Strings("src/read/markdown/tests.rs", &["\n"]),
            Strings("src/render/body/tabs.rs", &["\n"]),
        ],
        "site" => &[
            Other("page", 'd'),
            Other("ledger", 'l'),
            Other("decision", 'a'),
            Files("content/gaps", "md"),
            Other("schema", 's'),
            Other("mermaid", 'm'),
            Strings("tests/hostile/payloads.rs", &[""]),
            Other("drawing", 'v'),
            Other("lock", 'k'),
        ],
        "ledger" => &[
            Blocks("tests/ledgers", None),
            Blocks("tests/records", None),
            Blocks("tests/claims", None),
            Blocks("tests/coverage", None),
        ],
        "decision" => &[Files("content/adr", "md"), Blocks("tests/decisions", None)],
        "schema" => &[
            Files("schemas", "proto"),
            Blocks("content", Some("proto")),
            Strings("src/read/proto/tests.rs", &["message", "enum", "syntax", "edition"]),
        ],
        "citation" => &[
            Files("content/gaps", "md"),
            Strings("src/read/citation/tests.rs", &[""]),
            Strings("src/read/citation/place.rs", &["section", "line"]),
        ],
        "mermaid" => &[
            Blocks("content", Some("mermaid")),
            Strings("src/render/diagram.rs", &["\n  "]),
            Strings("tests/hostile/payloads.rs", &["flowchart", "graph", "click", "style "]),
        ],
        "drawing" => &[
            Strings("src/render/svg.rs", &["<svg"]),
            Strings("tests/hostile/payloads.rs", &["<svg"]),
            Files("themes", "svg"),
        ],
        "raw_html" => &[
            Strings("src/render/html.rs", &["<", ":"]),
            Strings("src/render/raw.rs", &["<"]),
            Strings("tests/hostile/payloads.rs", &[""]),
        ],
        "configuration" => &[
            Files("lacuna.toml", "toml"),
            Blocks("content/guide", Some("toml")),
            Strings("src/cli/config/mod.rs", &[" = ", "[["]),
        ],
        "lock" => &[Strings("src/read/lock/tests.rs", &["version"])],
        _ => &[],
    }
}

/// Every seed of a target, without repetitions.
pub fn of(root: &Path, target: &str) -> Vec<Vec<u8>> {
    let own = root.join("fuzz/seeds").join(target);
    let mut seeds = read_all(&own, None);
    for source in sources(target) {
        match source {
            Files(place, ending) => {
                let letter: &[u8] = if target == "site" { b"g" } else { b"" };
                let files = read_all(&root.join(place), Some(ending));
                seeds.extend(files.into_iter().map(|file| [letter, &file].concat()));
            }
            Blocks(place, language) => {
                for file in read_all(&root.join(place), Some("md")) {
                    seeds.extend(blocks(&String::from_utf8_lossy(&file), *language));
                }
            }
            Strings(place, texts) => {
                let letter: &[u8] = if target == "site" { b"r" } else { b"" };
                let source = fs::read_to_string(root.join(place)).unwrap_or_default();
                let holds = |string: &Vec<u8>| {
                    let string = String::from_utf8_lossy(string);
                    texts.iter().any(|text| string.contains(text))
                };
                let strings = literals::of(&source).into_iter().filter(holds);
                seeds.extend(strings.map(|string| [letter, &string].concat()));
            }
            Other(target, letter) => {
                let others = of(root, target).into_iter();
                seeds.extend(others.map(|seed| [&[*letter as u8], &*seed].concat()));
            }
        }
    }
    seeds.sort();
    seeds.dedup();
    seeds
}

/// Writes the seeds of a target to its corpus, none longer than `longest`: documents are cut there.
pub fn gather(root: &Path, target: &str, longest: usize) -> io::Result<()> {
    let corpus = root.join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    for (n, seed) in of(root, target).iter().enumerate() {
        let place = corpus.join(format!("seed-{n:04}"));
        fs::write(place, &seed[..seed.len().min(longest)])?;
    }
    Ok(())
}

/// The files at a place, a folder or one file, in order; with this ending, or all.
fn read_all(place: &Path, ending: Option<&str>) -> Vec<Vec<u8>> {
    let paths = match place.is_file() {
        true => vec![place.to_path_buf()],
        false => site::files(place).unwrap_or_default(),
    };
    let fits = |path: &PathBuf| {
        ending.is_none_or(|ending| path.extension().is_some_and(|found| found == ending))
    };
    paths.into_iter().filter(fits).filter_map(|path| fs::read(path).ok()).collect()
}

/// The fenced blocks of a Markdown text.
fn blocks(text: &str, language: Option<&str>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut open: Option<(&str, bool, String)> = None;
    for line in text.lines() {
        let shown = line.trim_start();
        match &mut open {
            None => {
                let words = shown.trim_start_matches('`');
                let fence = &shown[..shown.len() - words.len()];
                if fence.len() >= 3 {
                    let named = words.split_whitespace().next().unwrap_or_default();
                    let is_wanted = language.is_none_or(|language| language == named);
                    open = Some((fence, is_wanted, String::new()));
                }
            }
            Some((fence, is_wanted, block)) => {
                let closes = shown.starts_with(*fence) && shown.trim_matches('`').trim().is_empty();
                if closes {
                    if *is_wanted {
                        found.push(std::mem::take(block).into_bytes());
                    }
                    open = None;
                } else {
                    block.push_str(line);
                    block.push('\n');
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_cut_out_by_language() {
        let text = "a\n````md\n```toml\nx = 1\n```\n````\n\n```toml\ny = 2\n```\n```\nz\n```\n";
        assert_eq!(blocks(text, Some("toml")), [b"y = 2\n".to_vec()]);
        assert_eq!(blocks(text, None).len(), 3);
    }
}
