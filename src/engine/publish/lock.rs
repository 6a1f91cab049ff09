//! One publisher at a time for a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::error::{PublishError, PublishErrorKind, at};

/// Held while a folder is changed. The system releases it when the process ends, however it
/// ends: a file that is left behind locks nothing.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    // Kept for what it does when closed.
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(super) fn take(path: PathBuf) -> Result<Lock, PublishError> {
        Self::get(path, File::try_lock)
    }

    /// Takes the lock when whoever has it is done: for work that is over in a moment.
    pub(super) fn wait(path: PathBuf) -> Result<Lock, PublishError> {
        Self::get(path, |file| file.lock().map_err(TryLockError::Error))
    }

    fn get(
        path: PathBuf,
        lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Lock, PublishError> {
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            #[cfg(unix)]
            {
                use std::os::unix::fs::OpenOptionsExt;
                options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
            }
            let mut file = options.open(&path).map_err(at(&path))?;
            match lock(&file) {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut owner = String::new();
                    // Only for the message, so that an owner who cannot be read is unknown.
                    if file.read_to_string(&mut owner).is_err() || owner.is_empty() {
                        "unknown".clone_into(&mut owner);
                    }
                    let message =
                        format!("another process ({owner}) publishes here; wait until it ends");
                    return Err(PublishError::new(&path, PublishErrorKind::Busy, message));
                }
                Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
            }
            // The owner before may have removed the file between our opening and locking it.
            if !same_file(&file, &path) {
                continue;
            }
            file.set_len(0).map_err(at(&path))?;
            file.write_all(std::process::id().to_string().as_bytes()).map_err(at(&path))?;
            return Ok(Lock { path, _file: file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.path) {
            // Harmless: without its lock the file stops no one.
            drop(error);
        }
    }
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => held.dev() == named.dev() && held.ino() == named.ino(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_file(_file: &File, path: &Path) -> bool {
    path.exists()
}
