//! The lock of a snapshot, and the comparison of every citation with it.

use std::sync::Arc;

use super::{Options, Reading};
use crate::{
    diag::{Diagnostic, codes},
    graph::{
        anchor::{self, Anchors, LockState, Subject},
        link::Reach,
    },
    model::{config::Config, lock::Lock},
    read,
    world::{Content, Snapshot},
};

/// The lock as it was found.
#[derive(Clone, Debug, Default)]
pub struct LockFile {
    /// Whether it can be used.
    pub state: LockState,
    /// What it remembers; nothing when it cannot be used.
    pub lock: Lock,
    /// Its text, for messages.
    pub text: Option<Arc<str>>,
    /// Why it cannot be used.
    pub fault: Option<Box<Diagnostic>>,
}

/// Reads the lock of a snapshot.
pub fn lock(snapshot: &Snapshot) -> LockFile {
    let path = read::lock::path();
    let Some(file) = snapshot.files.get(&path) else { return LockFile::default() };
    let unreadable = |why: &str| {
        let diagnostic = Diagnostic::new(&codes::LOCK_INVALID, &path, why)
            .help("take the file from version control, or remove it and accept the citations anew");
        LockFile {
            state: LockState::Invalid,
            fault: Some(Box::new(diagnostic)),
            ..LockFile::default()
        }
    };
    match &file.content {
        Content::Text { text, .. } => match read::lock::read(text) {
            Ok(lock) => {
                LockFile { state: LockState::Read, lock, text: Some(text.clone()), fault: None }
            }
            Err(fault) => LockFile {
                state: LockState::Invalid,
                text: Some(text.clone()),
                fault: Some(fault),
                ..LockFile::default()
            },
        },
        Content::TooLarge => unreadable("the lock is over the size limit and was not read"),
        Content::Unreadable(why) => unreadable(&format!("the lock cannot be read: {why}")),
        Content::Bytes(_) | Content::Asset => unreadable("the lock is no text"),
    }
}

/// Compares the citations of what was read with the lock.
pub fn anchors(reading: &Reading) -> Anchors {
    // No setting and no day has a say in what became of a text.
    let config = Config::default();
    let options = Options { config: &config, folder_name: "", today: None };
    let counts_lines = |file: &usize| reading.digests[*file].reach == Some(Reach::Lines);
    let citing: Vec<usize> = (0..reading.outlines.len()).filter(counts_lines).collect();
    let subject = Subject {
        citing: &citing,
        corpus: reading.corpus(options),
        bodies: &reading.bodies,
        records: &reading.records,
        files: &reading.files,
    };
    anchor::compare(subject, &reading.lock.lock, reading.lock.state)
}
