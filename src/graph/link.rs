//! Links and citations, resolved: what each reference of the corpus leads to.

use std::sync::Arc;

use super::{
    Corpus,
    address::{Places, Titles},
    citation::{self, Cited, CitedState},
    files::{Entry, Files, Lookup},
    fragment::Fragments,
    record::{Part, RecordIx, Records},
};
use crate::{
    model::{
        reference::{Pointer, Reference},
        repository::is_page,
        source::{Facts, Outline},
    },
    path::RelPath,
    text::Span,
};

/// A reference with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The record it stands in.
    pub from: RecordIx,
    /// The file it stands in.
    pub path: RelPath,
    /// Its characters.
    pub span: Span,
    /// Its line.
    pub line: u32,
    /// The words that were looked up.
    pub raw: String,
    /// How it was written.
    pub form: Form,
    /// What it leads to.
    pub to: Dest,
}

/// How a reference is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// `[text](href)`.
    Link,
    /// `![alt](href)`.
    Image,
    /// `[[id]]`.
    Wiki,
    /// A citation in prose.
    Citation,
    /// A citation that a gap gives as its evidence.
    Evidence,
}

impl Form {
    /// The stable word for exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Image => "image",
            Self::Wiki => "wiki",
            Self::Citation => "citation",
            Self::Evidence => "evidence",
        }
    }
}

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dest {
    /// A record, and an anchor in its page.
    Record(RecordIx, Option<String>),
    /// A file that is no record, and lines of it.
    Asset(RelPath, Option<(u32, u32)>),
    /// A page elsewhere: of the repository that holds the sources.
    Web(String),
    /// A hidden file or folder, which is not read: `.github/workflows/ci.yml`.
    Hidden(RelPath),
    /// A citation, with the record of the cited file.
    Cited(Option<RecordIx>, Cited),
    /// A folder of the project, which has no page of its own.
    Folder(RelPath),
    /// Nothing has this id.
    UnknownId,
    /// Several records have this id.
    AmbiguousId(Vec<RecordIx>),
    /// No file is there.
    NoFile(Option<RelPath>),
    /// The file is there, the heading is not.
    NoAnchor(RecordIx, String),
}

impl Dest {
    /// The record it leads to, if any.
    pub fn record(&self, _records: &Records) -> Option<RecordIx> {
        match self {
            Self::Record(ix, _) | Self::NoAnchor(ix, _) => Some(*ix),
            Self::Cited(ix, cited) if cited.state.holds() => *ix,
            _ => None,
        }
    }

    /// Whether it leads where it says.
    pub fn holds(&self) -> bool {
        match self {
            Self::Record(..)
            | Self::Asset(..)
            | Self::Web(_)
            | Self::Hidden(_)
            | Self::Folder(_) => true,
            Self::Cited(_, cited) => cited.state.holds(),
            _ => false,
        }
    }
}

/// All links of the corpus, kept by the file they stand in.
#[derive(Debug, Default)]
pub struct Links {
    /// The links of each file, by the index of its outline, and last the evidence of all gaps.
    lists: Vec<Arc<Vec<ResolvedLink>>>,
}

/// The place of a link in [`Links`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkIx {
    list: usize,
    at: usize,
}

impl Links {
    /// The links of each file, in the order of the outlines, and the evidence of gaps.
    pub fn new(mut of_files: Vec<Arc<Vec<ResolvedLink>>>, evidence: Vec<ResolvedLink>) -> Self {
        of_files.push(Arc::new(evidence));
        Self { lists: of_files }
    }

    /// Every link with its place: in the order of file and place, then the evidence of gaps.
    pub fn placed(&self) -> impl Iterator<Item = (LinkIx, &ResolvedLink)> {
        let lists = self.lists.iter().enumerate();
        lists.flat_map(|(list, links)| {
            links.iter().enumerate().map(move |(at, link)| (LinkIx { list, at }, link))
        })
    }

    /// Every link, in the same order.
    pub fn iter(&self) -> impl Iterator<Item = &ResolvedLink> {
        self.lists.iter().flat_map(|links| links.iter())
    }

    /// The links that stand in a file, without evidence, by the index of its outline.
    pub fn of_file(&self, file: usize) -> &[ResolvedLink] {
        &self.lists[file]
    }

    /// The link at a place.
    pub fn get(&self, ix: LinkIx) -> &ResolvedLink {
        &self.lists[ix.list][ix.at]
    }
}

/// Resolves the references of one file, by the index of its outline.
pub fn resolve(lookups: &Lookups<'_>, file: usize) -> Vec<ResolvedLink> {
    let outline = &lookups.corpus.outlines[file];
    let mut links = Vec::new();
    for reference in &outline.references {
        let (form, raw, to) = lookups.destination(outline, reference);
        // Prose names many files that were never meant as citations of this corpus.
        if form == Form::Citation && matches!(&to, Dest::Cited(_, c) if unmeant(c.state)) {
            continue;
        }
        let from = lookups.records.at(file, reference.line);
        let (path, span, line) = (outline.path.clone(), reference.span, reference.line);
        links.push(ResolvedLink { from, path, span, line, raw, form, to });
    }
    links
}

/// What of other files decides where a reference leads; each is more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Which files and ids there are.
    Paths,
    /// Their titles and headings, too.
    Names,
    /// And their lines.
    Lines,
}

/// How far a reference reaches.
pub fn reach(reference: &Reference) -> Reach {
    match &reference.to {
        Pointer::Link { href } | Pointer::Image { href } => match href.split_once('#') {
            None => Reach::Paths,
            Some((_, fragment)) if line_fragment(&decode(fragment)).is_some() => Reach::Lines,
            Some(_) => Reach::Names,
        },
        Pointer::Wiki { .. } => Reach::Names,
        Pointer::Citation(_) => Reach::Lines,
    }
}

fn unmeant(state: CitedState) -> bool {
    matches!(state, CitedState::Missing | CitedState::Ambiguous | CitedState::SectionMissing)
}

/// Everything an address is looked up in.
#[derive(Clone, Copy, Debug)]
pub struct Lookups<'a> {
    /// The corpus.
    pub corpus: Corpus<'a>,
    /// Its records.
    pub records: &'a Records,
    /// Its files by every name.
    pub files: &'a Files,
    /// Its documents by the addresses that they have on a site.
    pub places: &'a Places,
    /// Its documents by title.
    pub titles: &'a Titles<'a>,
    /// The places of its files.
    pub fragments: &'a Fragments<'a>,
}

impl Lookups<'_> {
    fn destination(&self, outline: &Outline, reference: &Reference) -> (Form, String, Dest) {
        match &reference.to {
            Pointer::Link { href } => (Form::Link, href.clone(), self.address(outline, href)),
            Pointer::Image { href } => (Form::Image, href.clone(), self.address(outline, href)),
            Pointer::Wiki { id } => (Form::Wiki, id.clone(), self.wiki(outline, id)),
            Pointer::Citation(citation) => {
                let section = |file: usize, section: &str| {
                    self.fragments.section(file, section).map(str::to_owned)
                };
                let from = &outline.path;
                let cited = citation::resolve_by(self.corpus, self.files, from, citation, section);
                let raw = citation.target.clone();
                let dest = match cited_dest(self.records, self.files, cited) {
                    // Lines of a file that is no record are not counted, but can be shown.
                    Dest::Cited(None, mut cited) => {
                        cited.lines = cited.lines.or(citation.lines);
                        Dest::Cited(None, cited)
                    }
                    dest => dest,
                };
                (Form::Citation, raw, dest)
            }
        }
    }

    /// A relative address, as on GitHub: from the file's folder, or from the root with a leading
    /// `/`. Where nothing is there, the address is read as one of the site that the authors built.
    fn address(&self, outline: &Outline, href: &str) -> Dest {
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, Some(decode(fragment))),
            None => (href, None),
        };
        let path = decode(path.split('?').next().unwrap_or(path));
        // Docusaurus: the root of the site.
        let path =
            path.strip_prefix("@site").filter(|p| p.starts_with('/')).unwrap_or(&path).trim();
        let (at, entry) = if path.is_empty() {
            match self.files.at(&outline.path) {
                Some(entry) => (outline.path.clone(), entry),
                None => return Dest::NoFile(None),
            }
        } else {
            match self.target(outline, path, href) {
                Ok(found) => found,
                Err(dest) => return dest,
            }
        };
        let fragment = fragment.filter(|fragment| !fragment.is_empty());
        match (file_dest(self.records, &at, entry), fragment) {
            (Dest::Record(ix, _), Some(fragment)) => self.anchored(ix, &fragment),
            (Dest::Asset(path, _), Some(fragment)) => Dest::Asset(path, line_fragment(&fragment)),
            (dest, _) => dest,
        }
    }

    /// A place or lines of a file that is a record.
    fn anchored(&self, ix: RecordIx, fragment: &str) -> Dest {
        let file = self.records.get(ix).file;
        if let Some(lines) = line_fragment(fragment) {
            let outline = &self.corpus.outlines[file];
            let end = lines.1.min(outline.lines);
            let state =
                if lines.1 <= outline.lines { CitedState::Exact } else { CitedState::PastEnd };
            let cited = Cited {
                state,
                path: Some(outline.path.clone()),
                lines: Some((lines.0, end)),
                anchor: None,
            };
            return Dest::Cited(Some(ix), cited);
        }
        match self.fragments.place(file, fragment) {
            Some(anchor) => Dest::Record(ix, Some(anchor.to_owned())),
            // The top of any page.
            None if fragment.eq_ignore_ascii_case("top") => Dest::Record(ix, None),
            None => Dest::NoAnchor(ix, fragment.to_owned()),
        }
    }

    /// The file at an address that is not empty, or what else it leads to.
    fn target(&self, outline: &Outline, path: &str, href: &str) -> Result<(RelPath, Entry), Dest> {
        let from = &outline.path;
        let Some(at) = from.join(path) else {
            return Err(self.at_the_root_or_above(outline, path, href));
        };
        let found = self.files.at(&at).map(|entry| (at.clone(), entry));
        let found = found.or_else(|| self.files.folder_index(&at));
        // Sites link to `page` or `page.html` for `page.md`.
        let found = found.or_else(|| {
            let base = at.as_str().strip_suffix(".html").unwrap_or(at.as_str());
            let mut names = ["md", "mdx", "markdown"].into_iter();
            names.find_map(|extension| {
                let markdown = RelPath::new(&format!("{base}.{extension}"))?;
                self.files.at(&markdown).map(|entry| (markdown, entry))
            })
        });
        if let Some(found) = found {
            return Ok(found);
        }
        if self.files.is_folder(at.as_str()) && !path.starts_with('/') {
            return Err(Dest::Folder(at));
        }
        if let Some(file) = self.places.find(from, path) {
            return Ok((self.corpus.outlines[file].path.clone(), Entry::Record(file)));
        }
        if let Some(found) = self.files.of_site(from, path) {
            return Ok(found);
        }
        if self.files.is_folder(at.as_str()) {
            return Err(Dest::Folder(at));
        }
        if at.as_str().split('/').any(|part| part.starts_with('.')) {
            let web = self.corpus.repository.and_then(|r| r.file(&at, None));
            return Err(web.map_or(Dest::Hidden(at), Dest::Web));
        }
        Err(Dest::NoFile(Some(at)))
    }

    /// The root itself is its README; above it are the pages of the repository.
    fn at_the_root_or_above(&self, outline: &Outline, path: &str, href: &str) -> Dest {
        let depth = outline.path.folders().count();
        let up = path.split('/').filter(|part| *part == "..").count();
        if path.trim_matches(['.', '/']).is_empty() && depth >= up {
            let readme = ["README.md", "readme.md", "Readme.md", "index.md"].into_iter();
            let readme = readme.filter_map(RelPath::new);
            let found = readme.filter_map(|path| Some((self.files.at(&path)?, path))).next();
            return found
                .map_or(Dest::NoFile(None), |(entry, path)| file_dest(self.records, &path, entry));
        }
        // `blob/BRANCH/` stands before the path of a file.
        let climbs = "../".repeat(depth + 2);
        let rest = href.strip_prefix("./").unwrap_or(href).strip_prefix(climbs.as_str());
        let Some(rest) = rest.filter(|rest| is_page(rest)) else { return Dest::NoFile(None) };
        let web = self.corpus.repository.and_then(|repository| repository.beside(rest));
        // Nobody knows where, but it is a page of the host.
        web.map(Dest::Web)
            .or_else(|| RelPath::new(rest).map(Dest::Hidden))
            .unwrap_or(Dest::NoFile(None))
    }

    /// `[[id]]`, `[[id#anchor]]`, `[[path]]`, `[[file name]]`, `[[Title of a page]]`.
    fn wiki(&self, outline: &Outline, id: &str) -> Dest {
        let (name, fragment) = match id.split_once('#') {
            Some((name, fragment)) => (name, Some(fragment)),
            None => (id, None),
        };
        let mut holders = self.records.named(name);
        let symbol = format!("proto:{name}");
        if holders.is_empty() && name.contains('.') {
            // A member of a symbol is known by its full address only.
            holders = self.records.named(&symbol);
        }
        let ix = match holders {
            // `[[#Heading]]`
            [] if name.is_empty() && fragment.is_some() => match self.files.at(&outline.path) {
                Some(Entry::Record(file)) => self.records.of_file(file),
                _ => return Dest::UnknownId,
            },
            [ix] => *ix,
            [] => match self.files.find(&outline.path, name) {
                Lookup::Found(_, Entry::Record(file)) => self.records.of_file(file),
                Lookup::Found(path, Entry::Asset) => return Dest::Asset(path, None),
                _ => match self.titles.titled(name) {
                    Some(file) => self.records.of_file(file),
                    None => return Dest::UnknownId,
                },
            },
            several => return Dest::AmbiguousId(several.to_vec()),
        };
        let record = self.records.get(ix);
        match fragment {
            Some(fragment) if !fragment.is_empty() => {
                match self.fragments.section(record.file, fragment) {
                    Some(anchor) => Dest::Record(ix, Some(anchor.to_owned())),
                    None => Dest::NoAnchor(ix, fragment.to_owned()),
                }
            }
            _ => Dest::Record(ix, member_anchor(self.corpus, record, name)),
        }
    }
}

/// The destination of a citation that was looked up.
pub fn cited_dest(records: &Records, files: &Files, cited: Cited) -> Dest {
    match cited.path.as_ref().and_then(|path| files.at(path)) {
        Some(Entry::Record(file)) => Dest::Cited(Some(records.of_file(file)), cited),
        Some(Entry::Asset) | None => Dest::Cited(None, cited),
    }
}

fn file_dest(records: &Records, path: &RelPath, entry: Entry) -> Dest {
    match entry {
        Entry::Record(file) => Dest::Record(records.of_file(file), None),
        Entry::Asset => Dest::Asset(path.clone(), None),
    }
}

/// The lines that a fragment names: `L10`, `L10-L20`.
pub fn line_fragment(fragment: &str) -> Option<(u32, u32)> {
    let rest = fragment.strip_prefix('L')?;
    let (start, end) = rest.split_once('-').unwrap_or((rest, rest));
    let start = start.parse().ok()?;
    let end = end.trim_start_matches('L').parse().ok()?;
    (start >= 1 && start <= end).then_some((start, end))
}

/// `pkg.Message.field` leads to the field on the message's page.
fn member_anchor(corpus: Corpus<'_>, record: &super::record::Record, name: &str) -> Option<String> {
    let (Part::Symbol(n), Facts::Schema(schema)) =
        (record.part, &corpus.outlines[record.file].facts)
    else {
        return None;
    };
    let symbol = schema.symbols.get(n)?;
    let name = name.trim().strip_prefix("proto:").unwrap_or(name.trim());
    let member = name.get(symbol.name.len()..)?.strip_prefix('.')?;
    let own = |wanted: &&str| *wanted == member;
    let found = symbol.members().find(own);
    let found = found.or_else(|| symbol.members().find(|m| m.eq_ignore_ascii_case(member)));
    found.map(str::to_owned)
}

/// Decodes `%20` and the like; anything that is not UTF-8 stays as written.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: u8| (b as char).to_digit(16);
        match (*first, tail) {
            (b'%', [a, b, after @ ..]) if hex(*a).is_some() && hex(*b).is_some() => {
                let value = hex(*a).zip(hex(*b)).map_or(0, |(a, b)| a * 16 + b);
                bytes.push(value as u8);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
