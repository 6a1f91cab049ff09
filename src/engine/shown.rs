//! Reads the files that are no records and that documents link to, to be shown by their lines.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    page::site::{FileText, Site},
    path::RelPath,
    world::{World, WorldErrorKind, decode},
};

/// The longest file that is shown, in bytes: 512 KiB.
const LONGEST: u64 = 512 << 10;

/// The files by path.
pub fn read(site: &Site<'_>, world: &dyn World) -> BTreeMap<RelPath, FileText> {
    let files: Vec<&RelPath> = site.files_to_show().into_iter().collect();
    files.par_iter().map(|path| ((*path).clone(), one(world, path))).collect()
}

fn one(world: &dyn World, path: &RelPath) -> FileText {
    match world.read_within(path, LONGEST) {
        Ok(bytes) => match decode::decode(&bytes) {
            Some((_, decode::Decoding::Lossy { .. })) | None => FileText::Binary,
            Some((text, _)) => FileText::Text(text),
        },
        Err(error) if error.kind == WorldErrorKind::TooLarge => FileText::TooLong,
        Err(_) => FileText::Unreadable,
    }
}
