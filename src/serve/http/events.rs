//! What the server tells the browsers on its own: named, numbered announcements.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use hyper::body::Bytes;
use tokio::{
    sync::mpsc,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

/// Where the streams are: `text/event-stream`, HTML Living Standard 9.2.
pub const EVENTS_PATH: &str = "/_lacuna/events";

/// Milliseconds after which a browser opens a lost stream again.
const RETRY: u32 = 1000;

/// A comment: no event, but a write that shows whether somebody is still there.
const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");

/// Event streams at [`EVENTS_PATH`]. Clones are one and the same.
///
/// A stream that opens gets the latest announcement of each name at once, in the order in which
/// they were made, so nothing is missed between a page and its stream. `Last-Event-ID` is not
/// looked at: generations begin anew with each start of the server, and the browser can compare
/// the number itself.
///
/// A stream that lags too far behind is dropped; the browser opens it again and gets the latest.
#[derive(Clone, Debug, Default)]
pub struct Events(Arc<Mutex<Board>>);

#[derive(Debug, Default)]
struct Board {
    /// The latest announcement of each name, oldest first.
    latest: Vec<(&'static str, Bytes)>,
    streams: BTreeMap<u64, mpsc::Sender<Bytes>>,
    next: u64,
}

impl Events {
    /// No streams and nothing announced.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells every open stream, and keeps it for those that open later.
    ///
    /// The browser sees an event of type `name` with `generation` as its id and `data`, which may
    /// have several lines. Never waits for a client.
    pub fn announce(&self, name: &'static str, generation: u64, data: String) {
        let frame = frame(name, generation, &data);
        let mut board = self.board();
        board.latest.retain(|(known, _)| *known != name);
        board.latest.push((name, frame.clone()));
        board.streams.retain(|_, queue| queue.try_send(frame.clone()).is_ok());
    }

    /// How many streams are open.
    pub fn open(&self) -> usize {
        self.board().streams.len()
    }

    /// A new stream, unless `most` are open.
    pub(super) fn subscribe(&self, most: usize, lag: usize, pulse: Duration) -> Option<Stream> {
        let mut board = self.board();
        if board.streams.len() >= most {
            return None;
        }
        let (sender, queue) = mpsc::channel(lag.max(1));
        let key = board.next;
        board.next += 1;
        board.streams.insert(key, sender);

        let mut first = format!("retry: {RETRY}\n\n").into_bytes();
        for (_, frame) in &board.latest {
            first.extend_from_slice(frame);
        }
        let mut pulse = interval_at(Instant::now() + pulse, pulse);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Some(Stream { first: Some(first.into()), queue, pulse, key, events: self.clone() })
    }

    /// Ends every stream.
    pub(super) fn end(&self) {
        self.board().streams.clear();
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One stream, as bytes to send.
#[derive(Debug)]
pub(super) struct Stream {
    first: Option<Bytes>,
    queue: mpsc::Receiver<Bytes>,
    pulse: Interval,
    key: u64,
    events: Events,
}

impl Stream {
    /// The next bytes; `None` when the stream was dropped or the server stops.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(first));
        }
        if let Poll::Ready(frame) = self.queue.poll_recv(context) {
            return Poll::Ready(frame);
        }
        self.pulse.poll_tick(context).map(|_| Some(HEARTBEAT))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.events.board().streams.remove(&self.key);
    }
}

fn frame(name: &str, generation: u64, data: &str) -> Bytes {
    let mut text = format!("event: {name}\nid: {generation}\n");
    // A carriage return alone ends a line too, so that data with one would begin a new field.
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        let _ = writeln!(text, "data: {line}");
    }
    text.push('\n');
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_field() {
        let text = |data| String::from_utf8(frame("built", 7, data).to_vec()).unwrap();
        assert_eq!(text("a"), "event: built\nid: 7\ndata: a\n\n");
        assert_eq!(text(""), "event: built\nid: 7\ndata: \n\n");
        assert_eq!(
            text("a\r\nb\rid: 9\n\nevent: x"),
            "event: built\nid: 7\ndata: a\ndata: b\ndata: id: 9\ndata: \ndata: event: x\n\n"
        );
    }

    #[tokio::test(flavor = "current_thread")]
    async fn a_late_stream_gets_the_latest_of_each_name() {
        let events = Events::new();
        events.announce("built", 1, "one".to_owned());
        events.announce("failed", 2, "two".to_owned());
        events.announce("built", 3, "three".to_owned());

        let mut stream = events.subscribe(1, 4, Duration::from_secs(60)).unwrap();
        assert!(events.subscribe(1, 4, Duration::from_secs(60)).is_none(), "only one is allowed");
        events.announce("built", 4, "four".to_owned());

        let next = async |stream: &mut Stream| {
            let bytes = std::future::poll_fn(|context| stream.poll(context)).await.unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        assert_eq!(
            next(&mut stream).await,
            "retry: 1000\n\nevent: failed\nid: 2\ndata: two\n\nevent: built\nid: 3\ndata: three\n\n"
        );
        assert_eq!(next(&mut stream).await, "event: built\nid: 4\ndata: four\n\n");

        drop(stream);
        assert_eq!(events.open(), 0);
    }

    #[tokio::test(flavor = "current_thread")]
    async fn who_lags_too_far_behind_is_dropped() {
        let events = Events::new();
        let mut stream = events.subscribe(8, 2, Duration::from_secs(60)).unwrap();
        for generation in 0..2 {
            events.announce("built", generation, String::new());
        }
        assert_eq!(events.open(), 1);
        events.announce("built", 2, String::new());
        assert_eq!(events.open(), 0);

        let mut frames = 0;
        while std::future::poll_fn(|context| stream.poll(context)).await.is_some() {
            frames += 1;
        }
        assert_eq!(frames, 3, "the greeting and what was in the queue, then the end");
    }
}
