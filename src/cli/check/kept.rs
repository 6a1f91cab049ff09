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
        Diagnostic,
        baseline::{Baseline, Gone},
        codes,
        finding::Finding,
        human::visible,
    },
    engine::replace::replace,
    model::config::FILE_NAME,
    path::RelPath,
};

use super::base::Base;

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

/// The baseline as it was opened.
#[derive(Default)]
pub(super) struct Opened {
    /// What it sets aside; none when none is asked for, or when it is to be made.
    pub(super) baseline: Option<Baseline>,
    /// What the change does to it.
    pub(super) changed: Option<Diagnostic>,
}

/// Reads the baseline. Of a change it is that of its base, where it is a file of the repository.
///
/// # Errors
/// It cannot be read, is damaged, or is of another version.
pub(super) fn open(wish: &Check, base: Option<&Base>) -> Result<Opened, Failure> {
    let (Some(path), Some(base)) = (&wish.baseline, base) else {
        return Ok(Opened { baseline: on_disk(wish)?, changed: None });
    };
    let before = match base.file(path)? {
        // No part of the repository, and so no part of the change.
        None => return Ok(Opened { baseline: on_disk(wish)?, changed: None }),
        Some(Some(bytes)) => parse(path, &String::from_utf8_lossy(&bytes))?,
        // A name that nobody has is a mistake; a baseline that is new sets nothing aside yet.
        Some(None) => {
            on_disk(wish)?;
            Baseline::default()
        }
    };
    // That of the change is only looked at to tell of it, and may be gone or damaged.
    let now = fs::read_to_string(path).ok().and_then(|text| Baseline::parse(&text).ok());
    let more = now.map_or(0, |now| now.beyond(&before));
    let changed = RelPath::new(FILE_NAME).filter(|_| more > 0).map(|file| {
        let (name, _) = base.names();
        let findings = if more == 1 { "finding" } else { "findings" };
        let message = format!(
            "the baseline {} sets {more} {findings} more aside than in {name}",
            shown(path)
        );
        Diagnostic::new(&codes::POLICY_CHANGED, &file, message)
            .help(format!("they count until they are set aside in {name}"))
    });
    Ok(Opened { baseline: Some(before), changed })
}

/// Reads the file as it lies there.
fn on_disk(wish: &Check) -> Result<Option<Baseline>, Failure> {
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
    parse(path, &text).map(Some)
}

fn parse(path: &Path, text: &str) -> Result<Baseline, Failure> {
    let shown = shown(path);
    Baseline::parse(text).map_err(|why| {
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
