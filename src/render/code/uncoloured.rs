//! What of a block of code is not highlighted, so that no block takes long.

use super::{Grammar, resolve};
use crate::model::limits::{Limits, exceeds, size};

/// The part of a source that is not highlighted although its language is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncoloured {
    /// Its first line, from 1; the rest follows.
    pub from: usize,
    /// Why, in words for people.
    pub why: String,
    /// The limit that it is about; none where no limit can be set.
    pub key: Option<&'static str>,
}

/// Finds what is not highlighted of a source: by its lengths alone, so that nobody has to try.
#[must_use]
pub fn uncoloured(source: &str, language: &str, limits: &Limits) -> Option<Uncoloured> {
    let grammar = resolve(language)?;
    if matches!(grammar, Grammar::Plain) {
        return None;
    }
    if exceeds(source.len(), limits.code_block_bytes) {
        let why = format!("the block is longer than {}", size(limits.code_block_bytes.into()));
        return Some(Uncoloured { from: 1, why, key: Some("code_block_bytes") });
    }
    if source.split('\n').any(|line| exceeds(line.len(), limits.code_line_bytes)) {
        let why = format!("a line is longer than {}", size(limits.code_line_bytes.into()));
        return Some(Uncoloured { from: 1, why, key: Some("code_line_bytes") });
    }
    let mut left = 2 * square(u64::from(limits.code_line_bytes).max(4 << 10));
    let mut depth = 0;
    for (line, from) in source.split_inclusive('\n').zip(1..) {
        // What is open makes every line after it dearer.
        let why = match left.checked_sub(grammar.work(line.len() as u64)) {
            Some(_) if depth > MOST_OPEN => format!("more than {MOST_OPEN} brackets are open"),
            Some(enough) => {
                left = enough;
                depth = depth_after(depth, line);
                continue;
            }
            None => "lines as long as these take long to colour".to_owned(),
        };
        return Some(Uncoloured { from, why, key: None });
    }
    None
}

/// Brackets that may be open at the beginning of a line.
const MOST_OPEN: usize = 2_000;

fn depth_after(depth: usize, line: &str) -> usize {
    line.bytes().fold(depth, |depth, byte| match byte {
        b'(' | b'[' | b'{' => depth + 1,
        b')' | b']' | b'}' => depth.saturating_sub(1),
        _ => depth,
    })
}

fn square(bytes: u64) -> u64 {
    bytes.saturating_mul(bytes)
}

/// Grammars with rules that look at the rest of a line, and back, from each of its places.
const SLOW: [&str; 9] = [
    "CoffeeScript",
    "INI",
    "Less",
    "Markdown",
    "MultiMarkdown",
    "SystemVerilog",
    "Typst",
    "Typst Build Results",
    "Typst Code",
];

impl Grammar {
    /// The most work that a line of so many bytes can ask for, in steps of about a tenth of a
    /// microsecond. The library can neither be stopped nor count its steps, so this is what was
    /// measured of hostile lines: nearly all grammars take time with the square of the length, some
    /// with its cube.
    fn work(self, bytes: u64) -> u64 {
        match self {
            Self::Plain => 0,
            Self::Syntax(syntax) if SLOW.contains(&syntax.name.as_str()) => {
                square(bytes).saturating_mul(bytes) / 64
            }
            Self::Syntax(_) | Self::Session => square(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::super::{SYNTAXES, highlight};
    use super::*;

    /// What grammars were seen to take long for, repeated to fill a line.
    const REPEATED: [&str; 46] = [
        "(", "[", "{", "\"", "a", "a ", "<", "<a ", "/*", "\\", "'", "`", "$(", "#", "-", "= ",
        "a.", "a(", "a<", "0", "<!--", "*", "_", "**a", "a=\"", "a,", "a::", "@", "%", "!", "{{",
        "[[", "](", "a:", "&", "|", "~", " ", "\t", "/", "<<", "=>", "->", "e", "f(a, b)", "${",
    ];

    /// Seconds that a block of lines of so many bytes takes.
    fn seconds(language: &str, pattern: &str, bytes: usize, lines: usize) -> f64 {
        let block = (pattern.repeat(bytes / pattern.len()) + "\n").repeat(lines);
        #[expect(clippy::disallowed_methods, reason = "the time is what is measured")]
        let begun = Instant::now();
        let html = highlight(&block, language, &Limits::default());
        assert!(html.len() >= block.len());
        begun.elapsed().as_secs_f64()
    }

    /// A block of the greatest length, in long lines and in short ones.
    fn slowest_block(language: &str, pattern: &str) -> f64 {
        let of = |bytes: usize| seconds(language, pattern, bytes - 1, (256 << 10) / bytes);
        [4096, 1024, 256].map(of).into_iter().fold(0.0, f64::max)
    }

    /// Generous, for the library has few optimisations here: a release takes a tenth of it.
    const MOST_SECONDS: f64 = 30.0;

    #[test]
    fn slow_grammars_end_in_time() {
        for (language, pattern) in [("ini", " "), ("md", "`"), ("js", "a"), ("d", "[")] {
            let seconds = slowest_block(language, pattern);
            assert!(seconds < MOST_SECONDS, "{language} {pattern:?}: {seconds} s");
        }
    }

    /// `LACUNA_GRAMMARS=1 cargo test --lib grammar -- --nocapture` prints what each takes.
    #[test]
    fn every_grammar_ends_in_time() {
        if std::env::var_os("LACUNA_GRAMMARS").is_none() {
            println!("skipped: LACUNA_GRAMMARS is not set, and it takes long");
            return;
        }
        // No name leads to the syntax that loops: see `ALIASES`.
        for syntax in SYNTAXES.syntaxes().iter().filter(|syntax| syntax.name != "JavaScript") {
            let name = &syntax.name;
            let line = |pattern: &&'static str| (seconds(name, pattern, 511, 1), *pattern);
            let worst = REPEATED.iter().map(line).max_by(|one, other| one.0.total_cmp(&other.0));
            let pattern = worst.expect("there are patterns").1;
            let seconds = slowest_block(name, pattern);
            println!("{seconds:.2} s {name} {pattern:?}");
            assert!(seconds < MOST_SECONDS, "{name} {pattern:?}: {seconds} s");
        }
    }

    #[test]
    fn work_is_counted_by_line() {
        let limits = Limits::default();
        let uncoloured = |source: &str, language: &str| uncoloured(source, language, &limits);
        assert_eq!(uncoloured(&"let a = 1;\n".repeat(20_000), "rust"), None);
        assert_eq!(uncoloured(&format!("{}\n", "(".repeat(4_095)), "rust"), None);
        assert_eq!(uncoloured(&format!("{}\n", "x".repeat(79)).repeat(3_270), "md"), None);
        let rest = uncoloured(&format!("{}\n", "x".repeat(4_095)).repeat(9), "rust");
        let rest = rest.expect("it is too much");
        assert_eq!((rest.from, rest.key), (3, None));
        let rest = uncoloured(&format!("{}\n", "[".repeat(255)).repeat(99), "d");
        assert_eq!(rest.expect("it is too deep").from, 9);
        assert_eq!(uncoloured(&"[(a)]\n".repeat(9_999), "d"), None);
        let rest = uncoloured(&format!("{}\n", "x".repeat(4_095)), "ini").expect("it is too much");
        assert_eq!((rest.from, rest.key), (1, None));
        assert_eq!(uncoloured(&"x".repeat(500_000), "text"), None);
        assert_eq!(uncoloured(&"x".repeat(500_000), "no-such-language"), None);
    }

    #[test]
    fn what_comes_before_is_coloured() {
        let line = format!("let a = \"{}\";\n", "x".repeat(4_000));
        let html = highlight(&line.repeat(4), "rust", &Limits::default());
        let lines: Vec<&str> = html.lines().collect();
        assert!(lines[..2].iter().all(|line| line.contains("hl-k")), "{html}");
        assert!(lines[2..].iter().all(|line| !line.contains("<span")), "{html}");
        assert_eq!(lines.len(), 4);
    }
}
