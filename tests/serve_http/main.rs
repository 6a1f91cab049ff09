//! The server of `lacuna serve`, over real sockets: who gets an answer, what is in it, and that no
//! client can spoil it for the others.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests look at the descriptors and threads of their own process"
)]
#![expect(clippy::unwrap_used, reason = "a step that fails is a test that fails")]

mod client;
mod events;
mod load;
mod malformed;
mod ports;
mod replies;
#[path = "../serving/spellings.rs"]
mod spellings;
mod strangers;
mod traversal;
