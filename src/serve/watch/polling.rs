//! Watching without the help of the system: the tree is looked at again and again.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};

use super::Wake;
use super::ground::Ground;
use super::notices::Notices;
use crate::world::Survey;
use crate::world::survey::Detail;

/// The shortest pause between two looks.
const SHORTEST: Duration = Duration::from_millis(10);

/// The tree as it was last looked at.
#[derive(Debug)]
pub(super) struct Polling {
    pub(super) every: Duration,
    last: Survey,
    /// When to look next.
    pub(super) due: Instant,
    /// What the last look found, to be told once more: on a disk with coarse times, a file that
    /// changed twice in one tick looks the same after the second time.
    again: Option<Wake>,
}

impl Polling {
    pub(super) fn new(ground: &Ground, every: Duration) -> Self {
        let every = every.max(SHORTEST);
        Self { every, last: ground.survey(Detail::Marks), due: super::now() + every, again: None }
    }

    /// Looks once, and tells what is different.
    pub(super) fn look(&mut self, ground: &Ground, notices: &mut Notices) -> Option<Wake> {
        let found = ground.survey(Detail::Marks);
        // A large tree takes long to look at: the pause is between two looks.
        self.due = super::now() + self.every;
        if (&found.folders, &found.odd) != (&self.last.folders, &self.last.odd) {
            notices.changed();
        }
        let changed = EventKind::Modify(ModifyKind::Any);
        let known = std::mem::replace(&mut self.last, found);
        for path in differences(&known, &self.last) {
            notices.path(&path, changed, ground, &known);
        }
        let wake = notices.take(ground);
        let again = std::mem::replace(&mut self.again, wake.clone());
        match (wake, again) {
            (Some(Wake::Files(mut files)), Some(Wake::Files(more))) => {
                files.extend(more);
                Some(Wake::Files(files))
            }
            (None, wake) | (wake, None) => wake,
            (Some(_), Some(_)) => Some(Wake::Everything),
        }
    }
}

fn differences(before: &Survey, after: &Survey) -> Vec<PathBuf> {
    let changed = after.marks.iter().filter(|(path, mark)| before.marks.get(*path) != Some(mark));
    let gone = before.marks.keys().filter(|path| !after.marks.contains_key(*path));
    changed.map(|(path, _)| path).chain(gone).cloned().collect()
}
