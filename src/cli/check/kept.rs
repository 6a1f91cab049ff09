//! The baseline on the disk: read before the work, written after it when that is asked for.

#![expect(clippy::disallowed_methods, reason = "the baseline is an argument of the command line")]

use std::{fs, io::ErrorKind, path::Path};

use crate::{
    cli::{
        Failure,
        args::{BaselineWork, Check},
        config::display,
    },
    diag::{
        baseline::{Baseline, Gone},
        finding::Finding,
        human::visible,
    },
    engine::replace::replace,
};

/// What the baseline says of the findings.
#[derive(Default)]
pub(super) struct Kept {
    /// For each finding, whether it is known.
    pub(super) known: Vec<bool>,
    /// Entries that were not found and are still in the file.
    pub(super) gone: Vec<Gone>,
    /// What was written, a line.
    pub(super) said: String,
}

/// Reads the baseline; none when none is asked for, or when it is to be made.
///
/// # Errors
/// It cannot be read, is damaged, or is of another version.
pub(super) fn open(wish: &Check) -> Result<Option<Baseline>, Failure> {
    let Some(path) = &wish.baseline else { return Ok(None) };
    let shown = shown(path);
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return match wish.baseline_work() {
                BaselineWork::Compare => Err(Failure(format!(
                    "error: the baseline {shown} does not exist\n  \
                     help: make it with `--write-baseline`"
                ))),
                BaselineWork::Shrink | BaselineWork::Renew => Ok(None),
            };
        }
        Err(error) => {
            return Err(Failure(format!("error: cannot read the baseline {shown}: {error}")));
        }
    };
    let parsed = Baseline::parse(&text);
    parsed.map(Some).map_err(|why| {
        Failure(format!(
            "error: the baseline {shown} cannot be used: {}\n  \
             help: restore it from the repository, or remove it and make it anew with \
             `--write-baseline`",
            visible(&why)
        ))
    })
}

/// Compares, and writes when that is asked for.
///
/// # Errors
/// The file cannot be written.
pub(super) fn keep(
    wish: &Check,
    before: Option<Baseline>,
    findings: &[Finding<'_>],
) -> Result<Kept, Failure> {
    let Some(path) = &wish.baseline else { return Ok(Kept::default()) };
    let (after, said) = match (wish.baseline_work(), before) {
        (BaselineWork::Compare, before) => (before.unwrap_or_default(), None),
        (BaselineWork::Shrink, Some(before)) => {
            let after = before.shrunk(findings);
            let removed = before.len() - after.len();
            let left_out = Baseline::of(findings).len() - after.len();
            let hint = match left_out {
                0 => String::new(),
                more => format!("; {more} new not added, for which there is `--accept-new`"),
            };
            let said = format!("{} kept, {removed} removed{hint}", after.len());
            (after, Some(said))
        }
        (BaselineWork::Shrink | BaselineWork::Renew, _) => {
            let after = Baseline::of(findings);
            let said = format!("{} set aside", after.len());
            (after, Some(said))
        }
    };
    let mut kept = Kept::default();
    if let Some(said) = said {
        let failure = |error: String| {
            Failure(format!("error: cannot write the baseline {}: {error}", shown(path)))
        };
        let text = after.to_json().map_err(|error| failure(error.to_string()))?;
        replace(path, text.as_bytes()).map_err(|error| failure(error.to_string()))?;
        kept.said = format!("Wrote {}: {said}\n", shown(path));
    }
    let compared = after.compare(findings);
    (kept.known, kept.gone) = (compared.known, compared.gone);
    Ok(kept)
}

fn shown(path: &Path) -> String {
    visible(&display(path))
}
