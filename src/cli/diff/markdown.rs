//! The comparison as a comment on a pull request, or the summary of a workflow: bounded in length,
//! with every text of others escaped.

use std::fmt::Write;

use super::{Report, human::share, with_slash};
use crate::{
    cli::{
        layout::{cell, fit},
        report::{number, plural},
    },
    compare::{DecisionChange, Finding, GapChange, Place, SchemaChange, Worse},
    engine::changes::pairs,
};

/// So many rows of a table are shown.
const ROWS: usize = 25;
/// So many columns of one text are shown.
const TEXT: usize = 160;
/// GitHub takes comments of 65,536 characters; escaping can make several of one.
const LONGEST: usize = 60_000;

/// The comment.
pub(super) fn render(report: &Report<'_>) -> String {
    let preview = report.preview.map(with_slash);
    let mut page = Page { out: String::new(), preview: preview.as_deref() };
    page.head(report);
    page.coverage(report);
    let changes = report.changes;
    let gaps = &changes.gaps;
    page.gaps("Gaps opened", &gaps.opened);
    page.gaps("Gaps weakened", &gaps.weakened);
    page.gaps("Gaps taken away", &gaps.removed);
    page.gaps("Claims too high", &report.changes.overclaimed);
    let (breaking, added): (Vec<&SchemaChange>, Vec<&SchemaChange>) =
        changes.schemas.iter().partition(|change| change.is_breaking());
    page.schemas("Breaking schema changes", &breaking);
    page.findings("Citations broken", &changes.citations);
    page.findings("New diagnostics", &changes.found);
    page.gaps("Gaps closed", &gaps.closed);
    page.gaps("Gaps advanced", &gaps.advanced);
    page.gaps("Gaps recorded and filled", &gaps.recorded);
    page.decisions(&changes.decisions);
    page.schemas("Schema additions", &added);
    if changes.mended > 0 {
        let gone = plural(changes.mended, "diagnostic is", "diagnostics are");
        page.block(&format!("{gone} gone.\n\n"));
    }
    for note in report.notes.iter().take(ROWS) {
        page.block(&format!("Note: {}.\n\n", text(note)));
    }
    page.out.truncate(page.out.trim_end().len());
    page.out + "\n"
}

/// The comment while it is written. A String takes every write.
struct Page<'a> {
    out: String,
    preview: Option<&'a str>,
}

impl Page<'_> {
    /// Adds a block, unless the comment would be too long with it.
    fn block(&mut self, block: &str) {
        const CUT: &str = "The rest is left out here: `lacuna diff` prints all of it.\n\n";
        if self.out.len() + block.len() <= LONGEST {
            self.out.push_str(block);
        } else if !self.out.ends_with(CUT) {
            self.out.push_str(CUT);
        }
    }

    fn head(&mut self, report: &Report<'_>) {
        let worse: Vec<String> = report.changes.worse().into_iter().map(Worse::words).collect();
        let verdict = if report.changes.is_empty() {
            "no difference".to_owned()
        } else if worse.is_empty() {
            "nothing got worse".to_owned()
        } else {
            format!("worse by {}", worse.join(", "))
        };
        let sides = [report.base, report.head].map(|side| {
            let commit = side.commit.as_deref().map(|id| id.chars().take(9).collect::<String>());
            match commit.filter(|short| !side.name.starts_with(short.as_str())) {
                Some(short) => format!("{} ({short})", text(&side.name)),
                None => text(&side.name),
            }
        });
        let _ =
            write!(self.out, "### Coverage of gaps: {verdict}\n\n{} → {}\n\n", sides[0], sides[1]);
    }

    fn coverage(&mut self, report: &Report<'_>) {
        let (before, after) = (&report.changes.before, &report.changes.after);
        if before.overall.total() + after.overall.total() == 0 {
            return;
        }
        let mut block = String::from("| | Before | Now |\n|---|--:|--:|\n");
        let mut row = |name: &str, was, is| {
            let _ = writeln!(block, "| {} | {} | {} |", text(name), share(was), share(is));
        };
        row("All gaps", Some(before.overall), Some(after.overall));
        for (name, was, is) in pairs(&before.by_priority, &after.by_priority) {
            row(&name, was, is);
        }
        let ledgers = pairs(&before.by_ledger, &after.by_ledger).into_iter();
        for (name, was, is) in ledgers.filter(|(_, was, is)| was != is).take(ROWS) {
            row(&name, was, is);
        }
        block.push('\n');
        self.block(&block);
    }

    fn gaps(&mut self, title: &str, gaps: &[GapChange]) {
        let rows = gaps.iter().map(|gap| {
            let step = [gap.before, gap.after].map(|c| c.map_or("–", |c| c.name()));
            let why = match gap.losses.is_empty() {
                true => text(&gap.reason),
                false => gap
                    .losses
                    .iter()
                    .take(5)
                    .map(|loss| text(loss))
                    .collect::<Vec<_>>()
                    .join("<br>"),
            };
            let name = text(&format!("{} {}", gap.id, gap.title));
            let name = match gap.after {
                Some(_) => self.linked(&name, &gap.place),
                None => name,
            };
            let priority = gap.priority.map_or("", |priority| priority.name());
            format!("| {name} | {priority} | {} → {} | {why} |", step[0], step[1])
        });
        let head = "| Gap | Priority | Coverage | Why |\n|---|---|---|---|\n";
        let block = table(title, head, rows.collect());
        self.block(&block);
    }

    fn decisions(&mut self, decisions: &[DecisionChange]) {
        let rows = decisions.iter().map(|decision| {
            let name = text(&format!("{}: {}", decision.id, decision.title));
            let name = match decision.step.is_present() {
                true => self.linked(&name, &decision.place),
                false => name,
            };
            format!("| {name} | {} | {} |", decision.step.name(), text(&decision.note))
        });
        let head = "| Decision | Change | |\n|---|---|---|\n";
        let block = table("Decisions", head, rows.collect());
        self.block(&block);
    }

    fn schemas(&mut self, title: &str, changes: &[&SchemaChange]) {
        let rows = changes.iter().map(|change| {
            let rules: Vec<&str> = change.rules.iter().map(|rule| rule.name).collect();
            let categories: Vec<&str> = change.categories().iter().map(|c| c.name()).collect();
            let rules = match rules.is_empty() {
                true => String::new(),
                false => format!("{} ({})", text(&rules.join(", ")), text(&categories.join(", "))),
            };
            let name = self.linked(&text(&change.subject), &change.place);
            format!("| {name} | {} | {rules} |", text(&change.what))
        });
        let head = "| Schema | Change | Rules |\n|---|---|---|\n";
        let block = table(title, head, rows.collect());
        self.block(&block);
    }

    fn findings(&mut self, title: &str, findings: &[Finding]) {
        let rows = findings.iter().map(|finding| {
            let place = text(&format!("{}:{}", finding.place.path, finding.place.line));
            let place = self.linked(&place, &finding.place);
            format!("| {place} | {} | {} |", text(finding.code), text(&finding.message))
        });
        let head = "| Place | Code | |\n|---|---|---|\n";
        let block = table(title, head, rows.collect());
        self.block(&block);
    }

    /// The text as a link to the preview, when there is one and the place has a page there.
    fn linked(&self, text: &str, place: &Place) -> String {
        match (self.preview, &place.url) {
            (Some(preview), Some(url)) => format!("[{text}](<{preview}{}>)", address(url)),
            _ => text.to_owned(),
        }
    }
}

/// A table under its title, folded when it is long.
fn table(title: &str, head: &str, rows: Vec<String>) -> String {
    const FOLDED: usize = 8;
    if rows.is_empty() {
        return String::new();
    }
    let count = rows.len();
    let body = rows.into_iter().take(ROWS).map(|row| row + "\n").collect::<String>();
    let more = match count.saturating_sub(ROWS) {
        0 => String::new(),
        more => format!("\nAnd {} more: `lacuna diff` prints all of them.\n", number(more)),
    };
    let title = format!("{title} ({})", number(count));
    if count > FOLDED {
        return format!(
            "<details><summary>{title}</summary>\n\n{head}{body}{more}\n</details>\n\n"
        );
    }
    format!("#### {title}\n\n{head}{body}{more}\n")
}

/// Text of others in a cell, cut to a length.
fn text(text: &str) -> String {
    cell(&fit(text, TEXT))
}

/// An address of the site in an address of Markdown.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' | b'#' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
