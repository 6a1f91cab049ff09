//! Rules of the gate that are not met, as findings about `lacuna.toml`.

use crate::{
    diag::{Diagnostic, codes},
    graph::gate::{Outcome, Verdict},
    model::config::FILE_NAME,
    path::RelPath,
};

/// One finding for each rule that is not met.
pub fn findings(verdicts: &[Verdict]) -> Vec<Diagnostic> {
    let Some(path) = RelPath::new(FILE_NAME) else { return Vec::new() };
    let failed = verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Failed);
    let finding = |verdict: &Verdict| {
        let Verdict { name, figure, wanted, span, .. } = verdict;
        let message = format!("the gate is not passed by {name}: {figure}; {wanted} is wanted");
        let finding = Diagnostic::new(&codes::GATE_FAILED, &path, message);
        match span {
            Some(span) => finding.at(*span),
            None => finding,
        }
    };
    failed.map(finding).collect()
}
