//! The options of a benchmark: each has a value, `--rounds 5` or `--rounds=5`.

use std::path::PathBuf;

use crate::Failure;

/// Calls `take` with every option and its value.
pub fn each<'a>(
    words: &[&'a str],
    mut take: impl FnMut(&'a str, &'a str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut rest = words.iter();
    while let Some(&word) = rest.next() {
        let (option, inline) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None => (word, None),
        };
        let value = inline.or_else(|| rest.next().copied());
        let value = value.ok_or_else(|| Failure::Usage(format!("`{option}` needs a value")))?;
        take(option, value)?;
    }
    Ok(())
}

/// A whole number above 0, its digits grouped or not.
pub fn number(option: &str, value: &str) -> Result<u32, Failure> {
    match value.replace(['_', ','], "").parse::<u32>() {
        Ok(count) if count > 0 => Ok(count),
        _ => Err(Failure::Usage(format!("`{option}` needs a whole number above 0, not `{value}`"))),
    }
}

/// A program, found from any folder.
pub fn program(option: &str, value: &str) -> Result<PathBuf, Failure> {
    PathBuf::from(value)
        .canonicalize()
        .map_err(|error| Failure::Usage(format!("`{option}` names no program: {value}: {error}")))
}

/// Sizes in ascending order, 1,000 and 10,000 when none was asked for.
pub fn sizes(mut pages: Vec<u32>) -> Vec<u32> {
    if pages.is_empty() {
        pages = vec![1_000, 10_000];
    }
    pages.sort_unstable();
    pages.dedup();
    pages
}
