//! Addresses: every page is a flat `.html` file, so that the site opens from disk and under any
//! base path.

mod lists;
mod twin;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lists::beside_lists;
pub use twin::{page_of_twin, twin};

use crate::{
    diag::{Code, Diagnostic, codes},
    graph::{
        Corpus, Graph,
        navigation::Navigation,
        record::{Part, Record, RecordIx, RecordKind},
    },
    model::source::{Facts, Outline},
    path::RelPath,
    read::markdown::is_markdown,
    world::Hash,
};

/// Where every record's page is.
#[derive(Debug, Default)]
pub struct Routes {
    of_record: Vec<RelPath>,
    of_lines: BTreeMap<usize, RelPath>,
    /// The pages of sections that no document introduces.
    of_section: BTreeMap<usize, RelPath>,
    /// What each page is made from, where that is a record, the lines of a file or a section.
    owners: HashMap<RelPath, Owner>,
    /// Files whose page would have taken the address of another, with that address.
    pub moved: Vec<(RelPath, RelPath)>,
}

/// What a page is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A record.
    Record(RecordIx),
    /// The lines of a file, by the index of its outline.
    Lines(usize),
    /// A section of documents, by its index.
    Section(usize),
}

impl Routes {
    /// What the page at a route is made from.
    pub fn owner(&self, route: &RelPath) -> Option<Owner> {
        self.owners.get(route).copied()
    }

    /// Gives every record an address, unique also where letter case does not count.
    pub fn assign(corpus: Corpus<'_>, graph: &Graph) -> Self {
        let records = &graph.records;
        let fixed = [
            "index.html",
            "documents.html",
            "decisions/index.html",
            "research/index.html",
            "schemas/index.html",
            "schemas/well-known.html",
            "gaps/index.html",
            "diagnostics.html",
            "drift.html",
            "plan.html",
            "badges.html",
            "search.html",
            "404.html",
        ];
        let mut taken: BTreeSet<String> = fixed.iter().map(|route| (*route).to_owned()).collect();
        taken.extend(codes::ALL.iter().map(|code| code_route(code).to_string()));
        let mut moved = Vec::new();
        for outline in corpus.outlines {
            if let Facts::Schema(schema) = &outline.facts {
                taken.insert(package_route(&schema.package).folded());
            }
        }
        let mut symbols: BTreeMap<&str, RelPath> = BTreeMap::new();
        let mut of_record: Vec<RelPath> = Vec::new();
        for (_, record) in records.iter() {
            let outline = &corpus.outlines[record.file];
            let wanted = beside_lists(wanted(outline, record));
            let shared = record.kind == RecordKind::Schema;
            if matches!(record.part, Part::Entry(_)) {
                // A place on the page of its ledger, wherever that is.
                let page = of_record[records.of_file(record.file).0].clone();
                of_record.push(page);
                continue;
            }
            if let Some(first) = symbols.get(record.title.as_str())
                && record.kind == RecordKind::Symbol
            {
                // Declared twice: the first declaration has the page.
                of_record.push(first.clone());
                continue;
            }
            let mut route = wanted.clone();
            let mut n = 2;
            while !shared && !taken.insert(route.folded()) {
                let base = wanted.as_str().trim_end_matches(".html");
                route = to_path(&format!("{base}-{n}.html"));
                n += 1;
            }
            if n > 2 && record.part == Part::Whole && wanted.as_str() != "index.html" {
                moved.push((record.path.clone(), wanted));
            }
            if record.kind == RecordKind::Symbol {
                symbols.insert(&record.title, route.clone());
            }
            of_record.push(route);
        }
        let of_lines = corpus
            .outlines
            .iter()
            .enumerate()
            .filter_map(|(file, outline)| match &outline.facts {
                Facts::Schema(_) => Some((file, beside_lists(file_route(&outline.path)))),
                // A gap analysis may be plain text by its name.
                facts if is_markdown(&outline.path) || matches!(facts, Facts::Ledger(_)) => {
                    let route = to_path(&format!("{}.lines.html", outline.path));
                    Some((file, beside_lists(route)))
                }
                _ => None,
            })
            .collect();
        let of_section = sections(&graph.navigation, &mut taken);
        let mut owners = HashMap::new();
        for (ix, record) in records.iter() {
            // Schemas share the page of their package, entries that of their ledger.
            if !matches!(record.kind, RecordKind::Schema | RecordKind::Entry(_)) {
                owners.entry(of_record[ix.0].clone()).or_insert(Owner::Record(ix));
            }
        }
        let lines: &BTreeMap<usize, RelPath> = &of_lines;
        owners.extend(lines.iter().map(|(file, route)| (route.clone(), Owner::Lines(*file))));
        let sections: &BTreeMap<usize, RelPath> = &of_section;
        owners.extend(sections.iter().map(|(n, route)| (route.clone(), Owner::Section(*n))));
        Self { of_record, of_lines, of_section, owners, moved }
    }

    /// The page of a section that no document introduces.
    pub fn section(&self, n: usize) -> Option<&RelPath> {
        self.of_section.get(&n)
    }

    /// The sections that have a page of their own.
    pub fn sections(&self) -> impl Iterator<Item = usize> + '_ {
        self.of_section.keys().copied()
    }

    /// The page that shows a file that is no record.
    pub fn file(&self, path: &RelPath) -> RelPath {
        to_path(&format!("files/{path}.html"))
    }

    /// The page that lists a folder without documents.
    pub fn folder(&self, path: &RelPath) -> RelPath {
        to_path(&format!("files/{path}/index.html"))
    }

    /// The short address of an id, which stays when a file is moved: `r/GAP-2/`.
    pub fn short(&self, id: &str) -> RelPath {
        to_path(&format!("r/{}/index.html", safe_case(id)))
    }

    /// Files that could not have the address they would have.
    pub fn collisions(&self) -> Vec<Diagnostic> {
        let report = |(path, wanted): &(RelPath, RelPath)| {
            let message = format!("another page already has the address {wanted}");
            Diagnostic::new(&codes::DUPLICATE_ROUTE, path, message)
                .help("rename the file; until then its page has a number in its address")
        };
        self.moved.iter().map(report).collect()
    }

    /// The page of a record.
    pub fn of(&self, ix: RecordIx) -> &RelPath {
        &self.of_record[ix.0]
    }

    /// The page of the lines of a Markdown file or a schema.
    pub fn lines(&self, file: usize) -> Option<&RelPath> {
        self.of_lines.get(&file)
    }

    /// The front page.
    pub fn home(&self) -> RelPath {
        to_path("index.html")
    }

    /// The page for addresses that do not exist; hosts look for this name.
    pub fn not_found(&self) -> RelPath {
        to_path("404.html")
    }

    /// The list of all records of a kind.
    pub fn index(&self, kind: RecordKind) -> RelPath {
        to_path(match kind {
            RecordKind::Document
            | RecordKind::Diagram
            | RecordKind::Ledger
            | RecordKind::Entry(_) => "documents.html",
            RecordKind::Decision => "decisions/index.html",
            RecordKind::Research => "research/index.html",
            RecordKind::Schema | RecordKind::Symbol => "schemas/index.html",
            RecordKind::Gap => "gaps/index.html",
        })
    }

    /// The page of a diagnostic code.
    pub fn code(&self, code: &Code) -> RelPath {
        code_route(code)
    }

    /// The code whose page has this address.
    pub fn code_at(&self, route: &RelPath) -> Option<&'static Code> {
        codes::find(route.as_str().strip_prefix("codes/")?.strip_suffix(".html")?)
    }

    /// The page of badges.
    pub fn badges(&self) -> RelPath {
        to_path("badges.html")
    }

    /// The page of the types that need no file.
    pub fn well_known(&self) -> RelPath {
        to_path("schemas/well-known.html")
    }

    /// The page of a package.
    pub fn package(&self, package: &str) -> RelPath {
        package_route(package)
    }
}

/// `docs/index.html` for a folder, `docs/user-guide.html` for a heading of a table of contents.
fn sections(navigation: &Navigation, taken: &mut BTreeSet<String>) -> BTreeMap<usize, RelPath> {
    let mut found = BTreeMap::new();
    for (n, section) in navigation.sections.iter().enumerate().skip(1) {
        if section.index.is_some() {
            continue;
        }
        let is_folder = navigation.of_folder(&section.folder) == Some(n);
        let name = if is_folder { "index".to_owned() } else { safe(&section.title) };
        let folder = &section.folder;
        let slash = if folder.is_empty() { "" } else { "/" };
        let mut route = beside_lists(to_path(&format!("{folder}{slash}{name}.html")));
        let mut count = 2;
        while !taken.insert(route.folded()) {
            route = to_path(&format!("{folder}{slash}{name}-{count}.html"));
            count += 1;
        }
        found.insert(n, route);
    }
    found
}

fn wanted(outline: &Outline, record: &Record) -> RelPath {
    match record.part {
        Part::Decision(_) => to_path(&format!("decisions/{}.html", safe(&record.id))),
        Part::Gap(_) => to_path(&format!("gaps/{}.html", safe(&record.id))),
        Part::Symbol(n) => {
            let Facts::Schema(schema) = &outline.facts else { return file_route(&outline.path) };
            let full = schema.symbols.get(n).map_or(record.title.as_str(), |s| s.name.as_str());
            let inner = full.strip_prefix(schema.package.as_str()).unwrap_or(full);
            let folder = package_folder(&schema.package);
            to_path(&format!("schemas/{folder}/{}.html", safe_case(inner.trim_start_matches('.'))))
        }
        Part::Whole | Part::Entry(_) => match &outline.facts {
            Facts::Schema(schema) => package_route(&schema.package),
            _ => file_route(&outline.path),
        },
    }
}

/// `codes/broken-link.html`.
fn code_route(code: &Code) -> RelPath {
    to_path(&format!("codes/{}.html", code.name))
}

fn package_folder(package: &str) -> String {
    if package.is_empty() { "no-package".to_owned() } else { safe(package) }
}

fn package_route(package: &str) -> RelPath {
    to_path(&format!("schemas/{}/index.html", package_folder(package)))
}

/// `docs/X.md` is `docs/X.html`; other extensions are kept: `c.txt` is `c.txt.html`.
fn file_route(path: &RelPath) -> RelPath {
    let folder = path.parent();
    let slash = if folder.is_empty() { "" } else { "/" };
    let name = if is_markdown(path) { path.stem() } else { path.name() };
    to_path(&format!("{folder}{slash}{name}.html"))
}

/// Letters, digits, `.`, `_` and `-`, lower case.
fn safe(id: &str) -> String {
    safe_case(id).to_lowercase()
}

/// As [`safe`]; capitals keep apart what differs only by them (`Foo`, `foo`) on hosts that care.
fn safe_case(id: &str) -> String {
    let mapped: String = id
        .chars()
        .map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' })
        .collect();
    let trimmed = mapped.trim_matches(['-', '.']);
    if trimmed.is_empty() { "x".to_owned() } else { trimmed.to_owned() }
}

/// The longest name that common file systems take, in bytes.
const LONGEST_NAME: usize = 255;

/// A route. A name that is too long for a file keeps its beginning, and its end is the hash of it.
fn to_path(route: &str) -> RelPath {
    let fits = route.split('/').all(|name| name.len() <= LONGEST_NAME);
    let route = if fits { RelPath::new(route) } else { RelPath::new(&shortened(route)) };
    route.expect("routes are made of safe parts")
}

fn shortened(route: &str) -> String {
    let short = |name: &str| {
        if name.len() <= LONGEST_NAME {
            return name.to_owned();
        }
        let hash = Hash::of(name.as_bytes()).to_string();
        let (end, ending) = (&hash[..16], if name.ends_with(".html") { ".html" } else { "" });
        let room = LONGEST_NAME - end.len() - ending.len() - 1;
        format!("{}-{end}{ending}", &name[..name.floor_char_boundary(room)])
    };
    route.split('/').map(short).collect::<Vec<_>>().join("/")
}
