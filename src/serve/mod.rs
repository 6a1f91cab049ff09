//! Floor 7: the site while its sources are being written. One file a part:
//!
//! * [`http`]: requests, answered from memory
//! * [`live`]: what runs in the browser
//! * [`watch`]: when the files may have changed
//! * [`terminal`]: how things stand, and keys

pub mod http;
pub mod live;
pub mod terminal;
pub mod watch;
