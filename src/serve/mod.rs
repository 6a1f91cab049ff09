//! The site beside the editor: a preview that follows the files.

pub mod terminal;
pub mod watch;
