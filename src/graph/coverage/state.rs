//! The one state of a link from a gap to a target, and the reason for it.

use super::{
    super::record::{Part, Record, RecordIx},
    Context, TargetState,
    declared::{self, Declaration},
    lookup::{Place, Sought},
    substance::{self, Verdict},
};
use crate::{
    model::{gap::Intent, schema::Shape, source::Facts},
    path::RelPath,
};

/// A link that is judged.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    /// The gap.
    pub(super) gap: RecordIx,
    /// Its record.
    pub(super) record: &'a Record,
    /// What the gap says of the target.
    pub(super) intent: Intent,
}

/// `it`, or `its section "limits"`.
pub(super) fn part_words(section: Option<&str>) -> String {
    section.map_or_else(|| "it".to_owned(), |section| format!("its section `{section}`"))
}

impl Context<'_> {
    /// The state of a link and the reason, a sentence without a full stop.
    ///
    /// In this order: what does not exist is `missing`, what has several meanings `ambiguous`.
    /// The file that states the gap is `missing` too, for nothing else has its name.
    /// What a document declares of itself comes before what can be seen of it; a section that is
    /// not there is `missing`, or `named` when the document names the gap; text without substance
    /// is a `stub`; what the gap calls made for it, and what names the gap, `covers`; all else is
    /// `named`.
    pub(super) fn judge(&self, link: Link<'_>, place: &Place) -> (TargetState, String) {
        match place {
            Place::Nowhere => (TargetState::Missing, "nothing has this name".to_owned()),
            Place::Several(_, count) => {
                (TargetState::Ambiguous, format!("{count} files or records have this name"))
            }
            Place::File(path) => self.file(link, path),
            Place::Folder(_) => made_or_named(link, "the folder exists"),
            Place::Record(found, sought) => self.record_state(link, *found, sought),
        }
    }

    fn record_state(
        &self,
        link: Link<'_>,
        found: RecordIx,
        sought: &Sought,
    ) -> (TargetState, String) {
        let file = self.records.get(found).file;
        if file == link.record.file {
            let why = "it is the file that states the gap, which cannot fill it";
            return (TargetState::Missing, why.to_owned());
        }
        let declared = self.declared.of(link.gap).iter();
        let fitting = declared.filter(|d| self.records.get(d.document).file == file);
        let best = fitting
            .filter(|declaration| self.speaks_of(**declaration, sought))
            .map(|declaration| self.declared_state(*declaration, sought))
            .min();
        if let Some(best) = best {
            return best;
        }
        let naming = self.names_gap(link, file);
        let outline = &self.corpus.outlines[file];
        let verdict = match sought {
            Sought::Lost(section) => {
                return match naming {
                    Some(how) => {
                        (TargetState::Named, format!("{how}, but has no section `{section}`"))
                    }
                    None => {
                        let why = format!("the document exists, but has no section `{section}`");
                        (TargetState::Missing, why)
                    }
                };
            }
            Sought::Section(at, _) => substance::of_section(outline, *at, self.corpus.substance),
            Sought::Whole => match self.symbol(found) {
                Some(verdict) => verdict,
                None => substance::of_document(outline, self.corpus.substance),
            },
        };
        let size = match verdict {
            Verdict::Stub(why) => return (TargetState::Stub, why),
            Verdict::Enough(size) => size,
        };
        if link.intent == Intent::Created {
            let why = format!("the gap names it as what was made for it ({size})");
            return (TargetState::Covers, why);
        }
        match (naming, sought) {
            (Some(how), _) => (TargetState::Covers, format!("{how} ({size})")),
            (None, Sought::Section(..)) => {
                let why = format!(
                    "the section exists ({size}), but neither it nor its document names the gap"
                );
                (TargetState::Named, why)
            }
            (None, _) => {
                (TargetState::Named, format!("it exists ({size}), but does not name the gap"))
            }
        }
    }

    /// Whether a declaration bears on the part asked for: always, but for one of another section.
    fn speaks_of(&self, declaration: Declaration<'_>, sought: &Sought) -> bool {
        match (&declaration.cover.section, sought) {
            (None, _) | (Some(_), Sought::Whole) => true,
            (Some(section), Sought::Section(at, _)) => {
                let outline = &self.corpus.outlines[self.records.get(declaration.document).file];
                let Some(own) = super::lookup::heading(outline, section) else { return false };
                // A subsection may speak for the section it stands in.
                let end = outline.headings[at + 1..]
                    .iter()
                    .position(|h| h.level <= outline.headings[*at].level)
                    .map_or(outline.headings.len(), |len| at + 1 + len);
                (*at..end).contains(&own)
            }
            (Some(_), Sought::Lost(_)) => false,
        }
    }

    /// The state of a target whose document declares itself: the section asked for must have
    /// substance too.
    fn declared_state(
        &self,
        declaration: Declaration<'_>,
        sought: &Sought,
    ) -> (TargetState, String) {
        if let (None, Sought::Section(at, anchor)) = (&declaration.cover.section, sought) {
            let outline = &self.corpus.outlines[self.records.get(declaration.document).file];
            let says = declared::words(declaration.cover);
            return match substance::of_section(outline, *at, self.corpus.substance) {
                Verdict::Enough(size) => {
                    let why = format!("{says} says that it fills the gap; `{anchor}` has {size}");
                    (TargetState::Covers, why)
                }
                Verdict::Stub(why) => {
                    (TargetState::Stub, format!("{why}, though {says} says it fills the gap"))
                }
            };
        }
        self.state_of_declaration(declaration)
    }

    /// How a file names a gap, if it does.
    fn names_gap(&self, link: Link<'_>, file: usize) -> Option<String> {
        if let Some(line) = self.naming.get(&link.gap).and_then(|files| files.get(&file)) {
            return Some(format!("its line {line} links to the gap"));
        }
        let id = link.record.id.to_uppercase();
        let mentions = &self.corpus.outlines[file].mentions;
        mentions.binary_search(&id).is_ok().then(|| format!("it names {id}"))
    }

    /// The substance of a symbol; `None` when the record is none.
    fn symbol(&self, found: RecordIx) -> Option<Verdict> {
        let record = self.records.get(found);
        let (Part::Symbol(n), Facts::Schema(schema)) =
            (record.part, &self.corpus.outlines[record.file].facts)
        else {
            return None;
        };
        let symbol = schema.symbols.get(n)?;
        let (members, one, many) = match &symbol.shape {
            Shape::Message { fields, .. } => (fields.len(), "field", "fields"),
            Shape::Enum { values, .. } => (values.len(), "value", "values"),
            Shape::Service { methods } => (methods.len(), "method", "methods"),
            Shape::Extension { .. } => (1, "extension field", "fields"),
        };
        Some(match members {
            0 => Verdict::Stub(format!("it is declared without {many}")),
            1 => Verdict::Enough(format!("1 {one}")),
            members => Verdict::Enough(format!("{members} {many}")),
        })
    }

    /// A file that is no record is never read: it exists, or it is empty.
    fn file(&self, link: Link<'_>, path: &RelPath) -> (TargetState, String) {
        if self.corpus.empty.contains(path) {
            return (TargetState::Stub, "the file is empty".to_owned());
        }
        made_or_named(link, "the file exists")
    }
}

/// What is not read cannot name the gap, so only the gap's own word ties the two.
fn made_or_named(link: Link<'_>, exists: &str) -> (TargetState, String) {
    match link.intent {
        Intent::Created => {
            (TargetState::Covers, format!("{exists}, and the gap names it as what was made for it"))
        }
        Intent::Create | Intent::Expand => {
            let why =
                format!("{exists}, but is not read, and the gap does not call it made for it");
            (TargetState::Named, why)
        }
    }
}
