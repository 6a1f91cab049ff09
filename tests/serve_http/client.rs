//! A small site on a real port, and a client that can say anything.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use lacuna::serve::http::{Address, Answer, Answers, Events, Limits, PortChoice, Running, Server};

/// After this a test has hung.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub const HOME: &[u8] = b"<title>home</title>";
pub const MISSING: &[u8] = b"no such page";

/// Some tests count what the whole process has open; they run alone.
static PROCESS: RwLock<()> = RwLock::new(());

#[expect(dead_code, reason = "each holds the lock as long as it lives")]
enum Turn {
    Shared(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

/// The pages of the test.
#[derive(Default)]
pub struct Pages {
    /// The paths that were asked for.
    pub asked: Mutex<Vec<String>>,
    /// How many answers to `/held` are being made.
    pub held: AtomicUsize,
    released: Mutex<bool>,
    release: Condvar,
}

impl Pages {
    /// Lets every answer to `/held` come to its end.
    pub fn release(&self) {
        *self.released.lock().unwrap() = true;
        self.release.notify_all();
    }
}

impl Answers for Pages {
    fn answer(&self, path: &str) -> Answer {
        self.asked.lock().unwrap().push(path.to_owned());
        let page = |status, body: &[u8]| Answer {
            status,
            content_type: "text/html; charset=utf-8",
            body: body.into(),
        };
        match path {
            "/" => page(200, HOME),
            "/über.html" => page(200, b"above"),
            "/digits.bin" => Answer {
                status: 200,
                content_type: "application/octet-stream",
                body: b"0123456789".as_slice().into(),
            },
            "/large.bin" => Answer {
                status: 200,
                content_type: "application/octet-stream",
                body: vec![b'x'; 64 * 1024 * 1024].into(),
            },
            "/empty" => page(200, b""),
            "/panic" => panic!("this page panics, as the test wants it"),
            "/odd" => page(7, b"odd"),
            "/held" => {
                self.held.fetch_add(1, Ordering::SeqCst);
                let released = self.released.lock().unwrap();
                drop(self.release.wait_while(released, |released| !*released).unwrap());
                self.held.fetch_sub(1, Ordering::SeqCst);
                page(200, b"held")
            }
            _ => page(404, MISSING),
        }
    }
}

/// A server with [`Pages`], stopped at the end.
pub struct Site {
    pub port: u16,
    pub events: Events,
    pub pages: Arc<Pages>,
    running: Option<Running>,
    _turn: Turn,
}

impl Site {
    pub fn start() -> Self {
        Self::with(Limits::default())
    }

    pub fn with(limits: Limits) -> Self {
        Self::run(limits, Turn::Shared(PROCESS.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// A server while no other test runs.
    pub fn alone(limits: Limits) -> Self {
        Self::run(limits, Turn::Alone(PROCESS.write().unwrap_or_else(PoisonError::into_inner)))
    }

    fn run(limits: Limits, turn: Turn) -> Self {
        let address = Address { port: PortChoice::Fixed(0), ..Address::default() };
        let server = Server::bind_with(&address, limits).unwrap();
        let (port, events, pages) = (server.port(), Events::new(), Arc::new(Pages::default()));
        let running = Some(server.run(pages.clone(), events.clone()));
        Self { port, events, pages, running, _turn: turn }
    }

    pub fn stop(&mut self) {
        self.running.take().expect("it is stopped once").stop();
    }

    pub fn connect(&self) -> Client {
        Client::connect(self.port)
    }

    /// The reply to `GET path`, on a connection of its own.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[])
    }

    /// The reply to a request with our own `Host`, on a connection of its own.
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Reply {
        let mut client = self.connect();
        client.request(method, target, headers);
        client.reply(method)
    }

    /// What comes back for `bytes` and nothing else, until the server closes; `None` for nothing.
    pub fn raw(&self, bytes: &[u8]) -> Option<Reply> {
        let mut client = self.connect();
        // The server may close while we still write.
        let _ = client.stream().write_all(bytes);
        client.try_reply("GET")
    }

    pub fn assert_alive(&self, after: &str) {
        let reply = self.get("/");
        assert_eq!((reply.status, reply.body.as_slice()), (200, HOME), "after {after}");
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.pages.release();
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

/// One connection.
pub struct Client {
    port: u16,
    reader: BufReader<TcpStream>,
}

impl Client {
    pub fn connect(port: u16) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let stream = TcpStream::connect_timeout(&address, DEADLINE).expect("the port is open");
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream.set_write_timeout(Some(DEADLINE)).unwrap();
        Self { port, reader: BufReader::new(stream) }
    }

    pub fn stream(&mut self) -> &mut TcpStream {
        self.reader.get_mut()
    }

    pub fn request(&mut self, method: &str, target: &str, headers: &[(&str, &str)]) {
        let mut text = format!("{method} {target} HTTP/1.1\r\nHost: localhost:{}\r\n", self.port);
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += "\r\n";
        self.stream().write_all(text.as_bytes()).unwrap();
    }

    pub fn reply(&mut self, method: &str) -> Reply {
        self.try_reply(method).expect("the server replies")
    }

    /// The next reply; `None` when the server closed instead.
    pub fn try_reply(&mut self, method: &str) -> Option<Reply> {
        let head = self.head()?;
        let mut reply = Reply::of_head(&head);
        let has_body = method != "HEAD" && reply.status != 304;
        if let Some(length) = reply.header("content-length").filter(|_| has_body) {
            reply.body = vec![0; length.parse().unwrap()];
            self.reader.read_exact(&mut reply.body).expect("the body is whole");
        }
        Some(reply)
    }

    /// Status line and headers.
    fn head(&mut self) -> Option<String> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            match self.reader.read_line(&mut head) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    assert_closed(&error);
                    return None;
                }
            }
        }
        Some(head)
    }

    /// Reads on until `text` was there; everything read so far. Panics at the end of the stream.
    pub fn read_until(&mut self, text: &str) -> String {
        let mut all = String::new();
        loop {
            let bytes = self.reader.fill_buf().expect("the stream goes on");
            assert!(!bytes.is_empty(), "no `{text}` in {all:?}");
            let (known, read) = (all.len(), bytes.len());
            all.push_str(std::str::from_utf8(bytes).expect("streams here are ASCII"));
            if let Some(found) = all[known.saturating_sub(text.len())..].find(text) {
                all.truncate(known.saturating_sub(text.len()) + found + text.len());
                self.reader.consume(all.len() - known);
                return all;
            }
            self.reader.consume(read);
        }
    }

    /// Waits for the server to close; how many bytes came before.
    pub fn read_to_close(&mut self) -> usize {
        let mut count = 0;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match self.reader.read(&mut buffer) {
                Ok(0) => return count,
                Ok(read) => count += read,
                Err(error) => {
                    assert_closed(&error);
                    return count;
                }
            }
        }
    }
}

fn assert_closed(error: &std::io::Error) {
    use std::io::ErrorKind::{TimedOut, WouldBlock};
    let hung = matches!(error.kind(), TimedOut | WouldBlock);
    assert!(!hung, "the server neither replied nor closed in {DEADLINE:?}");
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    fn of_head(head: &str) -> Self {
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { status: status.parse().expect("a status"), headers, body: Vec::new() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn assert_shares_nothing(&self, what: &str) {
        for (name, _) in &self.headers {
            assert!(!name.starts_with("access-control-"), "{what}: {name}");
        }
        let expected = [
            ("cross-origin-resource-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-cache"),
        ];
        for (name, value) in expected {
            assert_eq!(self.header(name), Some(value), "{what}: {name}");
        }
    }
}

/// Waits until `holds`; panics with `what` when it never does.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if holds() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("never: {what}");
}
