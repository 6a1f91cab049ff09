//! Efforts: rows that wait for each other.

use super::Subject;
use crate::{
    diag::{Diagnostic, codes},
    graph::schedule::{Step, StepOf},
};

/// Every plan that goes round in a circle, with one of its circles.
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let plans = subject.graph.schedules.iter();
    plans
        .filter_map(|(file, plan)| {
            let row = |step: &Step| format!("`{}` (line {})", step.title, step.line);
            let rows: Vec<String> = plan.round().into_iter().map(row).collect();
            // Gaps that wait for each other are named where their dependencies are checked.
            let first = &plan.steps[*plan.circle.first()?];
            matches!(first.of, StepOf::Entry(_)).then_some(())?;
            let message = format!("these rows of effort wait for each other: {}", rows.join(", "));
            let path = &subject.corpus.outlines.get(*file)?.path;
            Some(
                Diagnostic::new(&codes::EFFORT_CYCLE, path, message)
                    .help("take one of the dependencies out"),
            )
        })
        .collect()
}
