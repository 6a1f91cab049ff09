//! Opening a regular file and nothing else.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens `path` for reading if its last part is a regular file; a symbolic link is refused.
///
/// # Errors
/// `InvalidInput` when it is anything but a regular file, else the refusal of the system.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let refused = |what| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    // Asked before opening: to open a pipe waits for its writer.
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_symlink() {
        return refused("it is a symbolic link, which is not followed");
    }
    if !kind.is_file() {
        return refused("it is not a regular file");
    }
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // The file may have been replaced by a link or a pipe since it was asked about.
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return refused("it is not a regular file");
    }
    Ok(file)
}
