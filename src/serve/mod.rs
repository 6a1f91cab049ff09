//! Floor 7: the site while its sources are being written. One file a part:
//!
//! ```text
//! watch      when the files may have changed
//!   | follow     one build at a time: snapshot, edition, and who has to be told
//! session    the newest edition, file by file, from memory
//!   | http       requests and streams of events
//! live       what runs in the browser: pages change in place, problems lie over them
//! ```
//!
//! [`terminal`] shows how things stand, and reads keys; [`problems`] says what the overlay shows.

pub mod follow;
pub mod http;
pub mod live;
pub mod problems;
pub mod session;
pub mod terminal;
pub mod watch;
