//! The lock as text: one fact a line, everything sorted, so that a version control shows what was
//! accepted anew and nothing else.

use std::{collections::BTreeSet, fmt::Write as _};

use super::places;
use crate::{
    diag::human::visible,
    model::lock::{Extent, HASH, KeptLine, LinePrint, Lock, VERSION},
};

const HEAD: &str = "\
# The lines that this project cites, as they were accepted. Written by `lacuna cite --accept`.
# Commit this file. After a merge conflict keep one side, then run `lacuna cite --check`.
";

/// Writes a lock. Equal locks give equal bytes.
pub fn write(lock: &Lock) -> String {
    let mut out = format!("{HEAD}version = {VERSION}\nhash = \"{HASH}\"\n");
    for (key, accepted) in &lock.citations {
        out.push_str("\n[[citation]]\n");
        field(&mut out, "in", key.file.as_str());
        field(&mut out, "of", &key.owner);
        field(&mut out, "cites", &key.target);
        field(&mut out, "lines", &range(key.lines));
        field(&mut out, "path", accepted.path.as_str());
        field(&mut out, "found", &range(accepted.lines));
        field(&mut out, "counted", accepted.counted.name());
        field(&mut out, "print", &accepted.print.to_string());
        field(&mut out, "words", &accepted.words);
        field(&mut out, "before", &prints(&accepted.before));
        field(&mut out, "after", &prints(&accepted.after));
    }
    // In the order of place, so that what replaces a passage stands where it stood.
    let mut written = BTreeSet::new();
    for ((path, lines, print), ()) in places(lock) {
        let Some(passage) = lock.passages.get(&print).filter(|_| written.insert(print)) else {
            continue;
        };
        // A String takes every write.
        let path = visible(path.as_str());
        let _ = write!(out, "\n# {path}, lines {}\n[[passage]]\n", range(lines));
        field(&mut out, "print", &print.to_string());
        out.push_str("lines = [\n");
        for line in &passage.0 {
            let _ = writeln!(out, "  {},", quoted(&kept(line)));
        }
        out.push_str("]\n");
    }
    out
}

fn field(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name} = {}", quoted(value));
}

fn range((first, last): (u32, u32)) -> String {
    format!("{first}-{last}")
}

fn prints(prints: &[LinePrint]) -> String {
    prints.iter().map(LinePrint::to_string).collect::<Vec<_>>().join(" ")
}

fn kept(line: &KeptLine) -> String {
    let sign = match line.extent {
        Extent::Whole => '=',
        Extent::Cut => '~',
    };
    let space = if line.text.is_empty() { "" } else { " " };
    format!("{} {sign}{space}{}", line.print, line.text)
}

/// A basic string of TOML 1.0: quotation marks, backslashes and control characters escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // Hidden characters and those that turn the reading direction would mislead a reader
            // of the file.
            _ if letter.is_control()
                || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                let _ = write!(out, "\\u{:04X}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
