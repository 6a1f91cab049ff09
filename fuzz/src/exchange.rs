//! A conversation with the server of `lacuna serve`, without a socket: bytes in, bytes out, and the
//! paths that it looked up for them.

use std::{
    collections::VecDeque,
    future::Future,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::Duration,
};

use lacuna::serve::http::{Answer, Answers, Exchange, Limits};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    runtime::{Builder, Runtime},
};

/// The names by which the server may be called: its own, and one that was allowed.
pub const HOSTS: &[&str] =
    &["127.0.0.1:4000", "[::1]:4000", "localhost:4000", "wiki.example", "wiki.example:4000"];

/// The body of every page.
pub const PAGE: &[u8] = b"a page";

/// What came of a conversation.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// Everything that the server wrote.
    pub replies: Vec<u8>,
    /// The paths that it looked up, in order.
    pub asked: Vec<String>,
}

/// A runtime for the clock of connections and for the threads on which answers are made.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = Builder::new_current_thread();
    runtime.enable_time().max_blocking_threads(1).build().expect("a runtime")
});

/// What the server says to these bytes, until it waits for more.
///
/// # Panics
/// When the server does.
pub fn converse(bytes: &[u8]) -> Said {
    let site = Arc::new(Site::default());
    let answers: Arc<dyn Answers> = site.clone();
    let replies = Arc::new(Replies::default());
    let stream = Wire { bytes: bytes.iter().copied().collect(), replies: Arc::clone(&replies) };
    let exchange = Exchange {
        address: SocketAddr::from(([127, 0, 0, 1], 4000)),
        allow_hosts: vec!["wiki.example".to_owned()],
        answers: Arc::clone(&answers),
        limits: Limits { workers: 1, ..Limits::default() },
    };
    let _inside = RUNTIME.enter();
    let mut connection = pin!(exchange.over(stream));
    let bell = Arc::new(Bell { rung: AtomicBool::new(false), thread: thread::current() });
    let waker = Waker::from(Arc::clone(&bell));
    // One here, one there, and one in each answer that is being made.
    let idle = Arc::strong_count(&answers);
    let mut answered = 0;
    loop {
        let before = replies.writes.load(Ordering::SeqCst);
        if connection.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            break;
        }
        if replies.writes.load(Ordering::SeqCst) != before {
            answered = site.asked().len();
        }
        if bell.rung.swap(false, Ordering::SeqCst) {
            continue;
        }
        // An answer that is made, or was made and is not written: the thread that made it rings.
        let is_busy = Arc::strong_count(&answers) > idle || site.asked().len() > answered;
        if !is_busy {
            break;
        }
        thread::park_timeout(Duration::from_millis(1));
    }
    let replies = std::mem::take(&mut *lock(&replies.bytes));
    let asked = site.asked();
    Said { replies, asked }
}

/// Wakes the thread of the conversation.
struct Bell {
    rung: AtomicBool,
    thread: Thread,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// A site with a page at every path.
#[derive(Default)]
struct Site(Mutex<Vec<String>>);

impl Site {
    fn asked(&self) -> Vec<String> {
        lock(&self.0).clone()
    }
}

impl Answers for Site {
    fn answer(&self, path: &str) -> Answer {
        lock(&self.0).push(path.to_owned());
        Answer { status: 200, content_type: "text/html; charset=utf-8", body: PAGE.into() }
    }
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[derive(Default)]
struct Replies {
    bytes: Mutex<Vec<u8>>,
    writes: AtomicUsize,
}

/// The bytes of a client that then stays silent.
struct Wire {
    bytes: VecDeque<u8>,
    replies: Arc<Replies>,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.bytes.is_empty() {
            return Poll::Pending;
        }
        let most = buffer.remaining().min(self.bytes.len());
        let bytes: Vec<u8> = self.bytes.drain(..most).collect();
        buffer.put_slice(&bytes);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        lock(&self.replies.bytes).extend_from_slice(bytes);
        self.replies.writes.fetch_add(1, Ordering::SeqCst);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// Every way in which replies are not those of a server that keeps to itself.
pub fn faults(said: &Said) -> Vec<String> {
    let mut faults = Vec::new();
    for path in &said.asked {
        let is_plain = path.starts_with('/')
            && !path.chars().any(|c| c.is_control() || c == '\\')
            && !path.split('/').any(|part| part == "." || part == "..");
        if !is_plain {
            faults.push(format!("it looks up {path:?}"));
        }
    }
    let text = String::from_utf8_lossy(&said.replies);
    if text.to_ascii_lowercase().contains("access-control-") {
        faults.push("it shares a reply with another origin".to_owned());
    }
    if text.is_empty() {
        return faults;
    }
    let mut heads = 0;
    for head in text.split("HTTP/1.1 ").skip(1) {
        heads += 1;
        let head = head.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
        let status: u16 = head.get(..3).and_then(|code| code.parse().ok()).unwrap_or_default();
        if !matches!(status, 200 | 206 | 304 | 400 | 403 | 405 | 413 | 414 | 416 | 431) {
            faults.push(format!("a reply of status {status}"));
        }
        // What is no HTTP is refused by the library, without a body.
        let is_bare = matches!(status, 400 | 414 | 431) && head.contains("content-length: 0");
        for wanted in
            ["x-content-type-options: nosniff", "cross-origin-resource-policy: same-origin"]
        {
            if !is_bare && !head.contains(wanted) {
                faults.push(format!("a reply of status {status} without {wanted}"));
            }
        }
    }
    // HTTP/1.0 is answered as such.
    if heads == 0 && !text.starts_with("HTTP/1.0 ") {
        faults.push("what it says is no HTTP".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_comes_to_its_end() {
        let page = "GET /a%20b HTTP/1.1\r\nHost: localhost:4000\r\n\r\n";
        let said = converse(page.repeat(2).as_bytes());
        assert_eq!(said.asked, ["/a b", "/a b"]);
        assert_eq!(faults(&said), Vec::<String>::new(), "{}", show(&said));
        assert_eq!(show(&said).matches("200 OK").count(), 2);
        for (bytes, status) in [
            ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "403"),
            ("GET /../x HTTP/1.1\r\nHost: localhost:4000\r\n\r\n", "400"),
            ("POST / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n", "405"),
            ("\0", "400"),
        ] {
            let said = converse(bytes.as_bytes());
            assert_eq!((said.asked.len(), faults(&said)), (0, vec![]), "{bytes}");
            assert!(show(&said).starts_with(&format!("HTTP/1.1 {status}")), "{}", show(&said));
        }
        let silent = converse(b"GET / HTT");
        assert_eq!((silent.asked.len(), silent.replies.len()), (0, 0));
        let events = converse(b"GET /_lacuna/events HTTP/1.1\r\nHost: [::1]:4000\r\n\r\n");
        assert!(show(&events).contains("text/event-stream"), "{}", show(&events));
    }

    fn show(said: &Said) -> String {
        String::from_utf8_lossy(&said.replies).into_owned()
    }
}
