//! How a project stands, taken from what was read and joined: what a comparison looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::{Options, Reading};
use crate::{
    compare::{
        figures,
        findings::Finding,
        schema::{
            FieldStanding, FileStanding, MethodStanding, Reserved, Schemas, ShapeStanding,
            SymbolStanding,
        },
        standing::{
            DecisionStanding, Figures, GapStanding, Place, Standing, TargetStanding, insert,
        },
    },
    diag::{Diagnostic, codes},
    graph::{
        Corpus, Graph,
        citation::Cited,
        coverage::{GapFinding, TargetFinding, gap_of},
        decisions::decision_of,
        link::Dest,
        record::{RecordIx, RecordKind},
        symbols::symbol_of,
        verdict,
    },
    model::{
        schema::{Field, Schema, Shape, Symbol},
        source::{Body, Facts},
    },
    page::route::Routes,
    path::RelPath,
    text::LineIndex,
};

/// How a project stands. `found` is everything that is wrong with it.
pub fn standing(
    reading: &Reading,
    graph: &Graph,
    found: &[Diagnostic],
    options: Options<'_>,
) -> Standing {
    let corpus = reading.corpus(options);
    let routes = Routes::assign(corpus, graph);
    let view = View { reading, corpus, graph, routes: &routes };
    let mut standing = Standing {
        figures: Figures::of(&graph.metrics),
        findings: view.findings(found),
        schemas: view.schemas(found),
        ..Standing::default()
    };
    for (outline, digest) in reading.outlines.iter().zip(&reading.digests) {
        standing.texts.insert(outline.path.clone(), digest.text);
    }
    for (ix, finding) in &graph.gaps {
        let Some(gap) = view.gap(*ix, finding) else { continue };
        insert(&mut standing.gaps, &gap.id.clone(), &gap.place.clone(), gap);
    }
    for (ix, record) in graph.records.iter() {
        let Some(decision) = decision_of(corpus, record) else { continue };
        let by = |by: &BTreeSet<RecordIx>| {
            by.iter().map(|ix| graph.records.get(*ix).id.clone()).collect()
        };
        let decision = DecisionStanding {
            id: record.id.clone(),
            title: record.title.clone(),
            place: view.place(ix),
            status: decision.status.as_ref().map(|status| status.value),
            superseded: graph.decisions.superseded(ix).map(by),
        };
        insert(&mut standing.decisions, &record.id, &decision.place.clone(), decision);
    }
    standing
}

/// Everything a standing is taken from.
#[derive(Clone, Copy)]
struct View<'a> {
    reading: &'a Reading,
    corpus: Corpus<'a>,
    graph: &'a Graph,
    routes: &'a Routes,
}

impl View<'_> {
    fn place(&self, ix: RecordIx) -> Place {
        let record = self.graph.records.get(ix);
        let url = Some(self.routes.of(ix).to_string());
        Place { path: record.path.clone(), line: record.lines.0, url }
    }

    fn gap(&self, ix: RecordIx, finding: &GapFinding) -> Option<GapStanding> {
        let record = self.graph.records.get(ix);
        let gap = gap_of(self.corpus, record)?;
        let evidence = finding.evidence.iter().filter_map(|(_, cited)| cited_words(cited));
        Some(GapStanding {
            id: record.id.clone(),
            title: record.title.clone(),
            place: self.place(ix),
            priority: gap.priority.as_ref().map(|priority| priority.value),
            coverage: finding.coverage,
            drift: finding.drift,
            reason: verdict::reason(finding),
            targets: finding.targets.iter().map(|target| self.target(target)).collect(),
            evidence: evidence.collect(),
        })
    }

    fn target(&self, target: &TargetFinding) -> TargetStanding {
        let mut standing = TargetStanding {
            name: target.name.clone(),
            section: target.section.clone(),
            state: target.state,
            why: target.why.clone(),
            path: target.path.clone(),
            has_section: target.anchor.is_some(),
            figures: BTreeSet::new(),
            citations: BTreeSet::new(),
        };
        let file = target.path.as_ref().and_then(|path| self.file(path));
        let Some(file) = file else { return standing };
        let lines = self.lines(file, target.anchor.as_deref());
        if let Body::Markdown { .. } = &self.reading.bodies[file] {
            let text = self.reading.bodies[file].text();
            let (skip, most) = (lines.0 as usize - 1, (lines.1 - lines.0 + 1) as usize);
            let part: Vec<&str> = text.lines().skip(skip).take(most).collect();
            standing.figures = figures::of(&part.join("\n"));
        }
        for link in self.graph.links.of_file(file) {
            if (lines.0..=lines.1).contains(&link.line)
                && let Dest::Cited(_, cited) = &link.to
            {
                standing.citations.extend(cited_words(cited));
            }
        }
        standing
    }

    /// The index of a file's outline.
    fn file(&self, path: &RelPath) -> Option<usize> {
        self.corpus.outlines.binary_search_by(|outline| outline.path.cmp(path)).ok()
    }

    /// First and last line of a section, up to the next heading that is no deeper; of the whole
    /// file without an anchor.
    fn lines(&self, file: usize, anchor: Option<&str>) -> (u32, u32) {
        let outline = &self.corpus.outlines[file];
        let whole = (1, outline.lines.max(1));
        let at = outline.headings.iter().position(|h| Some(h.anchor.as_str()) == anchor);
        let Some(at) = at else { return whole };
        let own = &outline.headings[at];
        let next = outline.headings[at + 1..].iter().find(|h| h.level <= own.level);
        (own.line, next.map_or(whole.1, |next| next.line.saturating_sub(1)).max(own.line))
    }

    fn findings(&self, found: &[Diagnostic]) -> Vec<Finding> {
        let mut indexes: BTreeMap<&RelPath, LineIndex> = BTreeMap::new();
        let mut finding = |diagnostic| self.finding(diagnostic, &mut indexes);
        found.iter().map(&mut finding).collect()
    }

    fn finding<'d>(
        &self,
        diagnostic: &'d Diagnostic,
        indexes: &mut BTreeMap<&'d RelPath, LineIndex>,
    ) -> Finding {
        let path = &diagnostic.path;
        let text = self.reading.text(path);
        let line = diagnostic.span.zip(text).map_or(1, |(span, text)| {
            indexes.entry(path).or_insert_with(|| LineIndex::new(text)).line(span.start)
        });
        let page = self.file(path).map(|file| self.graph.records.of_file(file));
        let url = page.map(|ix| self.routes.of(ix).to_string());
        Finding {
            code: diagnostic.code.name,
            severity: diagnostic.severity,
            place: Place { path: path.clone(), line, url },
            message: diagnostic.message.clone(),
        }
    }

    fn schemas(&self, found: &[Diagnostic]) -> Schemas {
        let is_unread = |path: &RelPath| {
            let unread = |found: &Diagnostic| {
                found.path == *path && found.code.name == codes::PROTO_PARSE.name
            };
            self.reading.diagnostics.iter().chain(found).any(unread)
        };
        let mut schemas = Schemas::default();
        for (file, outline) in self.corpus.outlines.iter().enumerate() {
            let Facts::Schema(schema) = &outline.facts else { continue };
            let standing = FileStanding {
                place: self.place(self.graph.records.of_file(file)),
                package: schema.package.clone(),
                syntax: schema.syntax.clone(),
                options: schema.options.iter().cloned().collect(),
                is_read: !is_unread(&outline.path),
            };
            schemas.files.insert(outline.path.to_string(), standing);
        }
        for (ix, record) in self.graph.records.iter() {
            if record.kind != RecordKind::Symbol {
                continue;
            }
            if let Some((schema, symbol)) = symbol_of(self.corpus, &self.graph.records, ix) {
                let standing = self.symbol(ix, schema, symbol);
                schemas.symbols.entry(symbol.name.clone()).or_insert(standing);
            }
        }
        schemas
    }

    fn symbol(&self, ix: RecordIx, schema: &Schema, symbol: &Symbol) -> SymbolStanding {
        let outer = symbol.name.rsplit_once('.').map(|(outer, _)| outer);
        let shape = match &symbol.shape {
            Shape::Message { fields, oneofs, reserved, .. } => ShapeStanding::Message {
                fields: fields.iter().map(|f| (f.number, self.field(symbol, f))).collect(),
                oneofs: oneofs.iter().map(|oneof| oneof.name.clone()).collect(),
                reserved: Reserved::read(reserved),
            },
            Shape::Enum { values, reserved } => {
                ShapeStanding::Enum { values: values.clone(), reserved: Reserved::read(reserved) }
            }
            Shape::Service { methods } => {
                let method = |method: &crate::model::schema::Method| {
                    let level = |(name, _): &&(String, String)| name == "idempotency_level";
                    let standing = MethodStanding {
                        input: self.full(&symbol.name, &method.input),
                        output: self.full(&symbol.name, &method.output),
                        streaming: method.streaming,
                        idempotency: method.options.iter().find(level).map(|(_, v)| v.clone()),
                        line: method.line,
                    };
                    (method.name.clone(), standing)
                };
                ShapeStanding::Service { methods: methods.iter().map(method).collect() }
            }
            Shape::Extension { .. } => ShapeStanding::Extension,
        };
        SymbolStanding {
            place: self.place(ix),
            package: schema.package.clone(),
            outer: outer.filter(|outer| *outer != schema.package).map(str::to_owned),
            shape,
        }
    }

    fn field(&self, symbol: &Symbol, field: &Field) -> FieldStanding {
        let mut ty = field.ty.to_string();
        if let Some(name) = field.ty.named() {
            ty = ty.replace(name, &self.full(&symbol.name, name));
        }
        let label = match field.label.as_str() {
            "required" => "required",
            "repeated" => "repeated",
            "optional" => "optional",
            _ => "implicit",
        };
        FieldStanding { field: field.clone(), ty, label }
    }

    /// The full name of a type; the name as written, when no file declares it.
    fn full(&self, scope: &str, name: &str) -> String {
        match self.graph.symbols.resolve(scope, name) {
            Some(ix) => self.graph.records.get(ix).title.clone(),
            None => name.trim_start_matches('.').to_owned(),
        }
    }
}

/// A citation that leads where it says: the file and the lines, as one would write it.
fn cited_words(cited: &Cited) -> Option<String> {
    let path = cited.path.as_ref().filter(|_| cited.state.holds())?;
    Some(match (cited.lines, &cited.anchor) {
        (Some((start, end)), _) if start == end => format!("{path} (line {start})"),
        (Some((start, end)), _) => format!("{path} (lines {start}-{end})"),
        (None, Some(anchor)) => format!("{path} (#{anchor})"),
        (None, None) => path.to_string(),
    })
}
