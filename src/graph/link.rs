//! Links and citations, resolved: what each reference of the corpus leads to.

use super::{
    Corpus,
    citation::{self, Cited, CitedState},
    files::{Entry, Files, Lookup},
    record::{Part, RecordIx, Records},
};
use crate::{
    model::{
        reference::{Pointer, Reference},
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
    /// A file that is only copied.
    Asset(RelPath),
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
            Self::Record(..) | Self::Asset(_) | Self::Folder(_) => true,
            Self::Cited(_, cited) => cited.state.holds(),
            _ => false,
        }
    }
}

/// Resolves every reference of every file.
pub fn resolve(corpus: Corpus<'_>, records: &Records, files: &Files) -> Vec<ResolvedLink> {
    let mut links = Vec::new();
    for (file, outline) in corpus.outlines.iter().enumerate() {
        for reference in &outline.references {
            let (form, raw, to) = destination(corpus, records, files, outline, reference);
            // Prose names many files that were never meant as citations of this corpus.
            if form == Form::Citation && matches!(&to, Dest::Cited(_, c) if unmeant(c.state)) {
                continue;
            }
            let from = records.at(file, reference.line);
            let (path, span, line) = (outline.path.clone(), reference.span, reference.line);
            links.push(ResolvedLink { from, path, span, line, raw, form, to });
        }
    }
    links
}

fn unmeant(state: CitedState) -> bool {
    matches!(state, CitedState::Missing | CitedState::Ambiguous | CitedState::SectionMissing)
}

fn destination(
    corpus: Corpus<'_>,
    records: &Records,
    files: &Files,
    outline: &Outline,
    reference: &Reference,
) -> (Form, String, Dest) {
    match &reference.to {
        Pointer::Link { href } => {
            (Form::Link, href.clone(), address(corpus, records, files, outline, href))
        }
        Pointer::Image { href } => {
            (Form::Image, href.clone(), address(corpus, records, files, outline, href))
        }
        Pointer::Wiki { id } => (Form::Wiki, id.clone(), wiki(corpus, records, files, outline, id)),
        Pointer::Citation(citation) => {
            let cited = citation::resolve(corpus, files, &outline.path, citation);
            let raw = citation.target.clone();
            (Form::Citation, raw, cited_dest(records, files, cited))
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

/// A relative address, as on GitHub: from the file's folder, or from the root with a leading `/`.
fn address(
    corpus: Corpus<'_>,
    records: &Records,
    files: &Files,
    outline: &Outline,
    href: &str,
) -> Dest {
    let (path, fragment) = match href.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (href, None),
    };
    let path = decode(path.split('?').next().unwrap_or(path));
    let (at, entry) = if path.is_empty() {
        match files.at(&outline.path) {
            Some(entry) => (outline.path.clone(), entry),
            None => return Dest::NoFile(None),
        }
    } else {
        let Some(at) = outline.path.join(&path) else {
            // The root itself, or above it.
            return if path.trim_matches(['.', '/']).is_empty()
                && outline.path.folders().count() >= path.matches("..").count()
            {
                RelPath::new("README.md")
                    .and_then(|readme| {
                        files.at(&readme).map(|entry| file_dest(records, &readme, entry))
                    })
                    .unwrap_or(Dest::NoFile(None))
            } else {
                Dest::NoFile(None)
            };
        };
        let found = files.at(&at).map(|entry| (at.clone(), entry));
        let found = found.or_else(|| files.folder_index(&at));
        // Sites link to `page` or `page.html` for `page.md`.
        let found = found.or_else(|| {
            let base = at.as_str().strip_suffix(".html").unwrap_or(at.as_str());
            let markdown = RelPath::new(&format!("{base}.md"))?;
            files.at(&markdown).map(|entry| (markdown, entry))
        });
        match found {
            Some(found) => found,
            None if files.is_folder(at.as_str()) => return Dest::Folder(at),
            None => return Dest::NoFile(Some(at)),
        }
    };
    let dest = file_dest(records, &at, entry);
    match (dest, fragment) {
        (Dest::Record(ix, _), Some(fragment)) if !fragment.is_empty() => {
            anchored(&corpus.outlines[records.get(ix).file], ix, &fragment)
        }
        (dest, _) => dest,
    }
}

fn file_dest(records: &Records, path: &RelPath, entry: Entry) -> Dest {
    match entry {
        Entry::Record(file) => Dest::Record(records.of_file(file), None),
        Entry::Asset => Dest::Asset(path.clone()),
    }
}

/// A fragment: a heading's anchor, or lines of text (`L10`, `L10-L20`).
fn anchored(outline: &Outline, ix: RecordIx, fragment: &str) -> Dest {
    if let Some(lines) = line_fragment(fragment) {
        let end = lines.1.min(outline.lines);
        let state = if lines.1 <= outline.lines { CitedState::Exact } else { CitedState::PastEnd };
        let cited = Cited {
            state,
            path: Some(outline.path.clone()),
            lines: Some((lines.0, end)),
            anchor: None,
        };
        return Dest::Cited(Some(ix), cited);
    }
    match outline.headings.iter().find(|h| h.anchor.eq_ignore_ascii_case(fragment)) {
        Some(heading) => Dest::Record(ix, Some(heading.anchor.clone())),
        None => Dest::NoAnchor(ix, fragment.to_owned()),
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

/// `[[id]]`, `[[id#anchor]]`, `[[path]]`, `[[file name]]`.
fn wiki(corpus: Corpus<'_>, records: &Records, files: &Files, outline: &Outline, id: &str) -> Dest {
    let (name, fragment) = match id.split_once('#') {
        Some((name, fragment)) => (name, Some(fragment)),
        None => (id, None),
    };
    let mut holders = records.named(name);
    let symbol = format!("proto:{name}");
    if holders.is_empty() && name.contains('.') {
        // A member of a symbol is known by its full address only.
        holders = records.named(&symbol);
    }
    let ix = match holders {
        [ix] => *ix,
        [] => match files.find(&outline.path, name) {
            Lookup::Found(_, Entry::Record(file)) => records.of_file(file),
            Lookup::Found(path, Entry::Asset) => return Dest::Asset(path),
            _ => return Dest::UnknownId,
        },
        several => return Dest::AmbiguousId(several.to_vec()),
    };
    let record = records.get(ix);
    match fragment {
        Some(fragment) if !fragment.is_empty() => {
            match citation::section_anchor(&corpus.outlines[record.file], fragment) {
                Some(anchor) => Dest::Record(ix, Some(anchor)),
                None => Dest::NoAnchor(ix, fragment.to_owned()),
            }
        }
        _ => Dest::Record(ix, member_anchor(corpus, record, name)),
    }
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
