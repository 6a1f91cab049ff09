//! Whether every place that a reader tells lies in the text that it was told of.

use lacuna::{
    diag::Diagnostic,
    model::{
        Fact,
        gap::Gap,
        ledger::Ledger,
        source::{Facts, Source},
    },
    text::{Span, count_lines},
};

/// Every place of what was read of a text that is not in the text.
pub fn faults(source: &Source, text: &str) -> Vec<String> {
    let mut places = Places::of(text);
    let outline = &source.outline;
    for heading in &outline.headings {
        places.line("a heading", heading.line);
        places.span("a heading", heading.span);
        if !(1..=6).contains(&heading.level) {
            places.faults.push(format!("a heading of level {}", heading.level));
        }
    }
    for reference in &outline.references {
        places.line("a reference", reference.line);
        places.span("a reference", reference.span);
    }
    for cover in &outline.covers {
        places.line("a cover", cover.line);
        places.span("a cover", cover.span);
    }
    for view in &outline.views {
        places.span("a view", view.span);
        view.problems.iter().for_each(|problem| places.span("a problem of a view", problem.span));
    }
    places.facts(&outline.facts);
    places.diagnostics(&source.diagnostics);
    if outline.lines != count_lines(text) {
        places.faults.push(format!("{} lines are told of {}", outline.lines, count_lines(text)));
    }
    let mut anchors: Vec<&str> = outline.headings.iter().map(|h| h.anchor.as_str()).collect();
    anchors.sort_unstable();
    if let Some(twice) = anchors.windows(2).find(|pair| pair[0] == pair[1]) {
        places.faults.push(format!("two headings have the anchor {:?}", twice[0]));
    }
    places.faults
}

/// Every place of diagnostics that is not in the text.
pub fn faults_of(diagnostics: &[Diagnostic], text: &str) -> Vec<String> {
    let mut places = Places::of(text);
    places.diagnostics(diagnostics);
    places.faults
}

struct Places<'t> {
    text: &'t str,
    lines: u32,
    faults: Vec<String>,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, lines: count_lines(text).max(1), faults: Vec::new() }
    }

    fn span(&mut self, what: &str, span: Span) {
        if span.start > span.end || self.text.get(span.start..span.end).is_none() {
            self.faults.push(format!("{what} at {}..{}", span.start, span.end));
        }
    }

    fn line(&mut self, what: &str, line: u32) {
        if line == 0 || line > self.lines {
            self.faults.push(format!("{what} on line {line} of {}", self.lines));
        }
    }

    fn lines(&mut self, what: &str, (first, last): (u32, u32)) {
        self.line(what, first);
        self.line(what, last);
        if first > last {
            self.faults.push(format!("{what} on lines {first} to {last}"));
        }
    }

    fn fact<T>(&mut self, what: &str, fact: &Fact<T>) {
        self.line(what, fact.line);
    }

    fn diagnostics(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let what = format!("the diagnostic {:?}", diagnostic.message);
            diagnostic.span.into_iter().for_each(|span| self.span(&what, span));
            if diagnostic.message.is_empty() || diagnostic.message.contains('\n') {
                self.faults.push(format!("{what} is not one line"));
            }
        }
    }

    fn facts(&mut self, facts: &Facts) {
        match facts {
            Facts::Plain | Facts::ChunkIndex(_) => {}
            Facts::Chunk(chunk) => {
                // A text that ends with its heading has its body behind the last line.
                if chunk.body_line == 0 || chunk.body_line > self.lines + 1 {
                    self.faults.push(format!("a body on line {}", chunk.body_line));
                }
            }
            Facts::Decisions(decisions) => {
                for decision in decisions {
                    self.lines("a decision", decision.lines);
                    decision.status.iter().for_each(|fact| self.fact("a status", fact));
                    decision.implementation.iter().for_each(|fact| self.fact("progress", fact));
                    decision.date.iter().for_each(|fact| self.fact("a date", fact));
                    decision.deciders.iter().for_each(|fact| self.fact("deciders", fact));
                    for relation in &decision.relations {
                        self.line("a relation", relation.line);
                        self.span("a relation", relation.span);
                    }
                }
            }
            Facts::Schema(schema) => {
                schema.imports.iter().for_each(|import| self.span("an import", import.span));
                for symbol in &schema.symbols {
                    self.line("a symbol", symbol.line);
                    self.span("a symbol", symbol.span);
                }
            }
            Facts::Ledger(ledger) => self.ledger(ledger),
            Facts::Gap(gap) => self.gap(gap),
        }
    }

    fn ledger(&mut self, ledger: &Ledger) {
        ledger.gaps.iter().for_each(|gap| self.gap(gap));
        for entry in &ledger.entries {
            self.lines("an entry", entry.lines);
            self.fact("the title of an entry", &entry.title);
            entry.section.iter().for_each(|fact| self.fact("a section", fact));
            entry.status.iter().for_each(|fact| self.fact("a status", fact));
            entry.percent.iter().for_each(|fact| self.fact("a percentage", fact));
            entry.said.iter().for_each(|(_, fact)| self.fact("a saying", fact));
            entry.items.iter().for_each(|fact| self.fact("an item", fact));
            entry.effort.iter().for_each(|fact| self.fact("an effort", fact));
            entry.stretch.iter().for_each(|fact| self.fact("a stretch", fact));
            entry.depends_on.iter().for_each(|fact| self.fact("a dependency", fact));
            entry.more.iter().for_each(|field| self.line("a field", field.line));
            if entry.gap.is_some_and(|gap| gap >= ledger.gaps.len()) {
                self.faults.push("an entry of a gap that is not there".to_owned());
            }
        }
        for statement in &ledger.statements {
            self.line("a statement", statement.line);
            self.span("a statement", statement.span);
        }
        ledger.tables.iter().for_each(|lines| self.lines("a table", *lines));
    }

    fn gap(&mut self, gap: &Gap) {
        self.lines("a gap", gap.lines);
        gap.defined_at.iter().for_each(|line| self.line("a definition", *line));
        gap.read_by.iter().for_each(|rule| self.line("a rule", rule.line));
        gap.priority.iter().chain(&gap.priorities).for_each(|fact| self.fact("a priority", fact));
        gap.claim.mentions.iter().for_each(|fact| self.fact("a claim", fact));
        gap.claim.percent.iter().for_each(|fact| self.fact("a percentage", fact));
        for (what, fact) in
            [("an impact", &gap.impact), ("a category", &gap.category), ("a phase", &gap.phase)]
        {
            fact.iter().for_each(|fact| self.fact(what, fact));
        }
        gap.effort.iter().for_each(|fact| self.fact("an effort", fact));
        gap.depends_on.iter().for_each(|fact| self.fact("a dependency", fact));
        for evidence in &gap.evidence {
            self.line("evidence", evidence.line);
            self.span("evidence", evidence.span);
        }
        for target in &gap.targets {
            self.line("a target", target.line);
            self.span("a target", target.span);
        }
        gap.tasks.iter().for_each(|task| self.line("a task", task.line));
        gap.fields.iter().for_each(|field| self.line("a field", field.line));
        if let Some(waiver) = &gap.waiver {
            self.line("a waiver", waiver.line);
            self.span("a waiver", waiver.span);
        }
    }
}
