//! Floor 2, one file a format: a file goes in, its records and diagnostics come out. A reader
//! never fails and never looks at another file.

pub mod chunk;
pub mod citation;
pub mod claims;
pub mod classify;
pub mod contents;
pub mod covers;
pub mod decision;
pub mod dialect;
pub mod front_matter;
pub mod gap;
pub mod git;
pub mod grid;
pub mod ledger;
pub mod lines;
pub mod lock;
pub mod markdown;
pub mod order;
pub mod print;
pub mod proto;
pub mod records;
pub mod repair;
pub mod slug;
pub mod sought;
pub mod view;

use std::sync::Arc;

use self::ledger::vocabulary::Vocabulary;
use crate::{
    model::{
        source::{Body, Classified, Facts, FrontMatter, Kind, Order, Outline, Source},
        substance::Amount,
    },
    path::RelPath,
    text::{count_lines, parts, words as prose},
};

/// Reads one file as the kind it was taken for.
pub fn read(path: &RelPath, classified: Classified, text: &Arc<str>, words: &Vocabulary) -> Source {
    let mut source = of_kind(path, classified, text, words);
    // Research is read in one piece, however long it is.
    if source.outline.classified.kind != Kind::Research {
        source.outline.divisions = parts::of_lines(text);
    }
    source.outline.order = order::of(&source.outline);
    source
}

fn of_kind(path: &RelPath, classified: Classified, text: &Arc<str>, words: &Vocabulary) -> Source {
    match classified.kind {
        Kind::Schema => proto::read(path, classified, text),
        Kind::Diagram => plain(path, classified, Body::Mermaid(text.clone())),
        Kind::Research if !markdown::is_markdown(path) => chunk::read(path, classified, text),
        Kind::Document | Kind::Decision | Kind::Research | Kind::Ledger | Kind::Gap => {
            let mut source = markdown::read(path, classified, text);
            match source.outline.classified.kind {
                Kind::Decision => decision::read(&mut source),
                Kind::Ledger => {
                    ledger::read(&mut source, words);
                    records::read(&mut source);
                    claims::read(&mut source);
                }
                Kind::Gap => gap::read(&mut source, words),
                _ => {}
            }
            source
        }
    }
}

/// A file with nothing to know of but its name.
fn plain(path: &RelPath, classified: Classified, body: Body) -> Source {
    let lines = count_lines(body.text());
    let amount = Amount::of_words(prose::count(body.text()));
    let outline = Outline {
        path: path.clone(),
        classified,
        title: title_from_name(path),
        front: FrontMatter::default(),
        headings: Vec::new(),
        places: Vec::new(),
        references: Vec::new(),
        mentions: Vec::new(),
        covers: Vec::new(),
        views: Vec::new(),
        amount,
        lines,
        divisions: Vec::new(),
        order: Order::default(),
        facts: Facts::Plain,
    };
    Source { outline, body, diagnostics: Vec::new() }
}

/// A title made of a file name: `C1-SYSTEM-CONTEXT.mmd` gives `C1 SYSTEM CONTEXT`.
pub fn title_from_name(path: &RelPath) -> String {
    path.stem().replace(['-', '_'], " ").trim().to_owned()
}
