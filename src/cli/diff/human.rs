//! The comparison as text for a terminal: the verdict nearest to the prompt.

use std::fmt::Write;

use annotate_snippets::renderer::{AnsiColor, Style};

use super::Report;
use crate::{
    cli::{
        args::Verbosity,
        layout::{WIDTH, fit, left, percent, right, wrap},
        report::{number, paint, plural},
    },
    compare::{DecisionChange, Finding, GapChange, SchemaChange, Worse},
    diag::{Severity, human::Color},
    engine::changes::pairs,
    graph::metrics::Tally,
};

/// So many entries of a list are printed unless all are asked for.
const MOST: usize = 50;

/// The whole comparison; only its last line when it has to be quiet.
pub(super) fn render(report: &Report<'_>, verbosity: Verbosity, color: Color) -> String {
    let last = verdict(report, color);
    if verbosity == Verbosity::Quiet {
        return last;
    }
    let most = if verbosity == Verbosity::Verbose { usize::MAX } else { MOST };
    let mut sheet = Sheet { out: String::new(), color, most };
    let changes = report.changes;
    sheet.coverage(report);
    let gaps = &changes.gaps;
    sheet.gaps("Gaps opened", &gaps.opened, AnsiColor::Red);
    sheet.gaps("Gaps weakened", &gaps.weakened, AnsiColor::Yellow);
    sheet.gaps("Gaps taken away", &gaps.removed, AnsiColor::Yellow);
    sheet.gaps("Claims too high", &changes.overclaimed, AnsiColor::Yellow);
    sheet.gaps("Gaps advanced", &gaps.advanced, AnsiColor::Green);
    sheet.gaps("Gaps recorded and filled", &gaps.recorded, AnsiColor::Green);
    sheet.gaps("Gaps closed", &gaps.closed, AnsiColor::Green);
    sheet.list("Decisions", &changes.decisions, Sheet::decision);
    let (breaking, added): (Vec<&SchemaChange>, Vec<&SchemaChange>) =
        changes.schemas.iter().partition(|change| change.is_breaking());
    sheet.list("Schemas, breaking", &breaking, |sheet, change| sheet.schema(change));
    sheet.list("Schemas, added", &added, |sheet, change| sheet.schema(change));
    sheet.list("Citations broken", &changes.citations, Sheet::finding);
    sheet.list("New diagnostics", &changes.found, Sheet::finding);
    if changes.mended > 0 {
        let gone = plural(changes.mended, "diagnostic is", "diagnostics are");
        let _ = writeln!(sheet.out, "{gone} gone\n");
    }
    sheet.out + &last
}

/// `main → working tree: worse by 1 gap opened`.
fn verdict(report: &Report<'_>, color: Color) -> String {
    let sides = format!("{} → {}", report.base.name, report.head.name);
    let worse: Vec<String> = report.changes.worse().into_iter().map(Worse::words).collect();
    let (text, style) = if report.changes.is_empty() {
        (format!("{sides}: no difference"), Style::new().bold())
    } else if worse.is_empty() {
        (format!("{sides}: nothing got worse"), AnsiColor::Green.on_default().bold())
    } else {
        (format!("{sides}: worse by {}", worse.join(", ")), AnsiColor::Red.on_default().bold())
    };
    wrap(&text, WIDTH).iter().map(|line| paint(line, style, color) + "\n").collect()
}

/// The report while it is written. A String takes every write.
struct Sheet {
    out: String,
    color: Color,
    most: usize,
}

impl Sheet {
    fn coverage(&mut self, report: &Report<'_>) {
        let (before, after) = (&report.changes.before, &report.changes.after);
        if before.overall.total() + after.overall.total() == 0 {
            return;
        }
        let label = WIDTH - 40;
        let head =
            format!("{}{}{}", left("Coverage", label), right("before", 20), right("now", 20));
        let head = paint(&head, Style::new().dimmed(), self.color);
        let _ = writeln!(self.out, "{head}");
        let groups = |of: fn(&crate::compare::Figures) -> &Vec<(String, Tally)>| {
            pairs(of(before), of(after)).into_iter().filter(|(_, was, is)| was != is)
        };
        let all = ("All gaps".to_owned(), Some(before.overall), Some(after.overall));
        let rows = std::iter::once(all)
            .chain(groups(|figures| &figures.by_priority))
            .chain(groups(|figures| &figures.by_ledger));
        for (name, was, is) in rows {
            let (was, is) = (right(&share(was), 20), right(&share(is), 20));
            let _ = writeln!(self.out, "{}{was}{is}", left(&name, label));
        }
        self.out.push('\n');
    }

    fn title(&mut self, title: &str, count: usize, style: Style) {
        let text = format!("{title} ({})", number(count));
        let _ = writeln!(self.out, "{}", paint(&text, style, self.color));
    }

    fn gaps(&mut self, title: &str, gaps: &[GapChange], color: AnsiColor) {
        if gaps.is_empty() {
            return;
        }
        self.title(title, gaps.len(), color.on_default().bold());
        for gap in gaps.iter().take(self.most) {
            let priority = gap.priority.map_or("--", |priority| priority.name());
            let step = [gap.before, gap.after].map(|c| c.map_or("–", |c| c.name()));
            let step = format!("{} → {}", step[0], step[1]);
            let room = WIDTH - 6 - gap.id.chars().count().min(16) - 2 - step.chars().count() - 2;
            let (id, title) = (fit(&gap.id, 16), left(&gap.title, room));
            let _ = writeln!(self.out, "  {priority}  {id}  {title}  {step}");
            if gap.losses.is_empty() {
                self.detail(&gap.reason);
            }
            gap.losses.iter().for_each(|loss| self.detail(loss));
            self.place(&gap.place.path, gap.place.line);
        }
        self.more(gaps.len());
    }

    fn list<T>(&mut self, title: &str, all: &[T], mut one: impl FnMut(&mut Self, &T)) {
        if all.is_empty() {
            return;
        }
        self.title(title, all.len(), Style::new().bold());
        for entry in all.iter().take(self.most) {
            one(self, entry);
        }
        self.more(all.len());
    }

    fn decision(&mut self, decision: &DecisionChange) {
        let line = format!("{}  {}: {}", decision.step.name(), decision.id, decision.title);
        let _ = writeln!(self.out, "  {}", fit(&line, WIDTH - 2));
        self.detail(&decision.note);
        self.place(&decision.place.path, decision.place.line);
    }

    fn schema(&mut self, change: &SchemaChange) {
        let _ = writeln!(self.out, "  {}", fit(&change.subject, WIDTH - 2));
        self.detail(&change.what);
        if change.is_breaking() {
            let rules: Vec<&str> = change.rules.iter().map(|rule| rule.name).collect();
            let categories: Vec<&str> = change.categories().iter().map(|c| c.name()).collect();
            self.detail(&format!("{} ({})", rules.join(", "), categories.join(", ")));
        }
        self.place(&change.place.path, change.place.line);
    }

    fn finding(&mut self, finding: &Finding) {
        let (word, style) = match finding.severity {
            Severity::Error => ("error", AnsiColor::Red.on_default()),
            Severity::Warning => ("warning", AnsiColor::Yellow.on_default()),
            Severity::Info => ("info", Style::new().dimmed()),
        };
        let head = paint(&format!("{word}[{}]", finding.code), style, self.color);
        let _ = writeln!(self.out, "  {head}");
        self.detail(&finding.message);
        self.place(&finding.place.path, finding.place.line);
    }

    fn detail(&mut self, text: &str) {
        for line in wrap(text, WIDTH - 6) {
            let _ = writeln!(self.out, "      {line}");
        }
    }

    fn place(&mut self, path: &crate::path::RelPath, line: u32) {
        let place = fit(&format!("{path}:{line}"), WIDTH - 6);
        let place = paint(&place, Style::new().dimmed(), self.color);
        let _ = writeln!(self.out, "      {place}");
    }

    fn more(&mut self, count: usize) {
        if count > self.most {
            let _ = writeln!(self.out, "  … and {} more: `--verbose`", number(count - self.most));
        }
        self.out.push('\n');
    }
}

/// `2 of 3 (67 %)`.
pub(super) fn share(tally: Option<Tally>) -> String {
    match tally {
        None => "–".to_owned(),
        Some(tally) => {
            let (covered, counted) = (number(tally.covered), number(tally.counted()));
            format!("{covered} of {counted} ({})", percent(tally.percent()))
        }
    }
}
