//! Reads the files that are no records and that documents link to, to be shown by their lines.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    page::site::FileText,
    path::RelPath,
    world::{World, WorldErrorKind, decode},
};

/// The longest file that is shown, in bytes: 512 KiB.
const LONGEST: u64 = 512 << 10;

/// The files by path. Those in `before` are taken from there.
pub fn renewed(
    paths: &BTreeSet<RelPath>,
    world: &dyn World,
    before: &mut BTreeMap<RelPath, FileText>,
) -> BTreeMap<RelPath, FileText> {
    let (known, new): (Vec<&RelPath>, Vec<&RelPath>) =
        paths.iter().partition(|path| before.contains_key(*path));
    let mut files: BTreeMap<RelPath, FileText> =
        new.par_iter().map(|path| ((*path).clone(), one(world, path))).collect();
    files.extend(known.into_iter().filter_map(|path| before.remove_entry(path)));
    files
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
