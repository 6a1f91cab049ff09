//! What one client, and all of them together, may cost.

use std::{num::NonZero, thread, time::Duration};

/// The limits of a server. The defaults are for a person at a browser; tests use shorter times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections that are open at once. A new one beyond it ends the one that has waited longest
    /// without a whole request.
    pub connections: usize,
    /// Event streams that are open at once, a part of `connections`. One more is refused with 503.
    pub streams: usize,
    /// Announcements that a stream may lag behind before it is dropped.
    pub queue: usize,
    /// Answers that are made at once, each on its thread.
    pub workers: usize,
    /// Bytes of request line and headers together; more is refused with 431. At least 8,192.
    pub header_bytes: usize,
    /// Header lines of a request; more are refused with 431.
    pub headers: usize,
    /// Time for the whole header of a request, from the opening of the connection or the end of the
    /// last reply on: it also ends a connection that stays idle.
    pub header_time: Duration,
    /// Time in which a client must take at least one byte of what is being sent.
    pub stall_time: Duration,
    /// Time between the comments that keep an event stream alive, and show that it still is.
    pub heartbeat: Duration,
    /// Time for replies that are under way when the server stops.
    pub drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(2, NonZero::get);
        Self {
            connections: 256,
            streams: 64,
            queue: 16,
            workers: cores.clamp(2, 8),
            header_bytes: 16 * 1024,
            headers: 100,
            header_time: Duration::from_secs(10),
            stall_time: Duration::from_secs(10),
            heartbeat: Duration::from_secs(15),
            drain_time: Duration::from_secs(2),
        }
    }
}
