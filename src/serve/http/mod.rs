//! The HTTP half of `lacuna serve`: one site from memory, to the browsers of one machine.
//!
//! ```text
//! bind    the port is open           Server::bind
//! accept  one task a connection      accept, over a bounded number of them (waiting)
//! guard   host, origin, method, path guard and target: whoever may not ask gets no answer
//! answer  on a worker thread         desk: Answers::answer, or a stream of Events
//! reply   headers, 304, ranges       reply, body, and stall for readers that do not read
//! ```
//!
//! What it promises:
//!
//! * Every byte of a reply comes from [`Answers`] or is a text of this module: nothing here opens
//!   a file, so no spelling of an address reaches one.
//! * Only pages that this server sent can read it: the `Host` is compared by its exact name, a
//!   foreign `Origin` is refused, and no reply carries a header that shares it.
//! * Whatever a client does (sends slowly, never reads, opens thousands of connections, breaks the
//!   protocol) costs a bounded amount, see [`Limits`], and delays nobody else's page.

mod accept;
mod body;
mod desk;
mod events;
mod guard;
mod limits;
mod listen;
mod reply;
mod stall;
mod target;
mod waiting;

use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

pub use self::{
    accept::{Exchange, Running},
    events::{EVENTS_PATH, Events},
    limits::Limits,
    listen::{BindError, Server},
};

/// What answers requests: the site, from memory. Called on worker threads, many at once.
pub trait Answers: Send + Sync + 'static {
    /// The answer to a request for `path`, which is decoded, begins with `/`, has no query and no
    /// segment `.` or `..`. May take its time; a panic becomes a reply of status 500.
    fn answer(&self, path: &str) -> Answer;
}

/// One answer, ready to be sent.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status, such as 200 or 404. Parts and "not modified" are made of a 200 only.
    pub status: u16,
    /// The value of `Content-Type`, with the character set for texts.
    pub content_type: &'static str,
    /// The bytes, shared with whoever keeps them.
    pub body: Arc<[u8]>,
}

/// Where to listen, and by which names to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address to bind. Anything but a loopback address is reachable by the whole network.
    pub host: IpAddr,
    /// The port, or where to begin looking for one.
    pub port: PortChoice,
    /// Names of the server besides its own (`localhost`, `127.0.0.1`, `[::1]` and the address that
    /// is bound), for a proxy or another machine. `name` stands for the name with the port that is
    /// bound and without a port; `name:8080` for exactly that.
    pub allow_hosts: Vec<String>,
}

/// A port that somebody asked for, or any from one on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortChoice {
    /// This one or none; 0 lets the system choose.
    Fixed(u16),
    /// The first free one from here on, of twenty. See [`Server::taken_port`].
    From(u16),
}

/// The port that is tried first when nobody asks for another.
pub const DEFAULT_PORT: u16 = 4000;

impl Default for Address {
    /// `127.0.0.1`, the first free port from [`DEFAULT_PORT`] on, no other names.
    fn default() -> Self {
        Self {
            host: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: PortChoice::From(DEFAULT_PORT),
            allow_hosts: Vec::new(),
        }
    }
}
