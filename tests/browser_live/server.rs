//! A server that speaks the protocol of `lacuna serve`, with files that a test sets: what the browser
//! half does can then be seen without the other half.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};

use lacuna::serve::live;
use serde_json::{Value, json};

/// One run of the server; it ends when it is dropped, and another can follow at the same port.
pub struct Server {
    port: u16,
    site: Arc<Mutex<Site>>,
    ended: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

struct Site {
    session: String,
    generation: u64,
    problems: Value,
    files: BTreeMap<String, Vec<u8>>,
    // The streams that are open, by a number of their own.
    streams: BTreeMap<u64, TcpStream>,
    // Every connection that was taken, so that the end of the server is the end of them all.
    taken: Vec<TcpStream>,
    most_streams: usize,
    requests: Vec<(String, u16)>,
}

impl Server {
    /// Listens at a free port, with no files yet.
    pub fn start(session: &str) -> Self {
        Self::start_at(0, session, BTreeMap::new())
    }

    /// Listens at a port, for example that of a server that has ended, and serves these files.
    pub fn start_at(port: u16, session: &str, files: BTreeMap<String, Vec<u8>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
        let port = listener.local_addr().expect("a bound port").port();
        let site = Arc::new(Mutex::new(Site {
            session: session.to_owned(),
            generation: 1,
            problems: json!([]),
            files,
            streams: BTreeMap::new(),
            taken: Vec::new(),
            most_streams: 0,
            requests: Vec::new(),
        }));
        let ended = Arc::new(AtomicBool::new(false));
        let accepting = thread::spawn({
            let (site, ended) = (Arc::clone(&site), Arc::clone(&ended));
            move || {
                for (number, stream) in (0..).zip(listener.incoming()) {
                    if ended.load(Ordering::SeqCst) {
                        break;
                    }
                    let Ok(stream) = stream else { continue };
                    let site = Arc::clone(&site);
                    // A browser that hangs up in the middle is no fault of the server.
                    thread::spawn(move || {
                        answer(&site, &stream, number);
                        let _ = stream.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        Self { port, site, ended, accepting: Some(accepting) }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Changes a file without telling anybody.
    pub fn set(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.site().files.insert(path.to_owned(), bytes.into());
    }

    /// The bytes of a file, as they are before anything is injected.
    pub fn get(&self, path: &str) -> Vec<u8> {
        self.site().files[path].clone()
    }

    /// All files, as they are before anything is injected.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.site().files.clone()
    }

    /// Removes a file without telling anybody.
    pub fn remove(&self, path: &str) {
        self.site().files.remove(path).expect("a file that was there");
    }

    /// Serves the files below a folder instead of those before.
    pub fn load(&self, folder: &Path) {
        let mut files = BTreeMap::new();
        collect(folder, folder, &mut files);
        self.site().files = files;
    }

    /// Begins the next generation, which has these problems.
    pub fn publish(&self, problems: Value) {
        let mut site = self.site();
        site.generation += 1;
        site.problems = problems;
        let events = site.events();
        // A browser that has gone is noticed by the thread that reads from it.
        for stream in site.streams.values_mut() {
            let _ = stream.write_all(events.as_bytes());
        }
    }

    /// The number of event streams that are open now.
    pub fn streams(&self) -> usize {
        self.site().streams.len()
    }

    /// The greatest number of event streams that were ever open at once.
    pub fn most_streams(&self) -> usize {
        self.site().most_streams
    }

    /// Status of the answers to requests for a path, in order.
    pub fn answers(&self, path: &str) -> Vec<u16> {
        let site = self.site();
        site.requests.iter().filter(|(asked, _)| asked == path).map(|(_, status)| *status).collect()
    }

    fn site(&self) -> MutexGuard<'_, Site> {
        self.site.lock().expect("no thread of the server panics")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts, which then lets go of the port.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
        for stream in self.site().taken.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Site {
    /// The newest of each event; the generation first, which is the harder order.
    fn events(&self) -> String {
        let generation = json!({"generation": self.generation, "session": self.session});
        let count = |severity: &str| {
            let list = self.problems.as_array().into_iter().flatten();
            list.filter(|problem| problem["severity"] == severity).count()
        };
        let problems = json!({
            "generation": self.generation,
            "problems": self.problems,
            "total": {"errors": count("error"), "warnings": count("warning")},
        });
        format!(
            "id: {}\nevent: generation\ndata: {generation}\n\nevent: problems\ndata: {problems}\n\n",
            self.generation
        )
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the site") {
        let path = entry.expect("a file of the site").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy();
            files
                .insert(name.replace('\\', "/"), std::fs::read(&path).expect("a file of the site"));
        }
    }
}

fn answer(site: &Mutex<Site>, stream: &TcpStream, number: u64) {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if line.trim_end().is_empty() => break,
            Ok(_) => lines.push(line.trim_end().to_owned()),
        }
    }
    let Some(first) = lines.first() else { return };
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path =
        target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').to_owned();
    let known = lines
        .iter()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("if-none-match"))
        .map(|(_, tag)| tag.to_owned());
    let mut writer = stream;
    let mut state = site.lock().expect("no thread of the server panics");
    state.taken.extend(stream.try_clone());
    if path == "_lacuna/events" {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n";
        let events = head.to_owned() + &state.events();
        state.streams.extend(stream.try_clone().map(|stream| (number, stream)));
        state.most_streams = state.most_streams.max(state.streams.len());
        drop(state);
        // Nothing more comes from the browser: this ends when the browser hangs up.
        let _ = writer.write_all(events.as_bytes()).map(|()| reader.read(&mut [0]));
        site.lock().expect("no thread of the server panics").streams.remove(&number);
        return;
    }
    let found = match path.as_str() {
        "_lacuna/live.js" => Some(live::SCRIPT.as_bytes().to_vec()),
        "_lacuna/live.css" => Some(live::STYLE.as_bytes().to_vec()),
        _ => state.files.get(&path).cloned(),
    };
    let mut status = if found.is_some() { 200 } else { 404 };
    let mut body = found.or_else(|| state.files.get("404.html").cloned()).unwrap_or_default();
    let kind = kind(&path);
    if kind.starts_with("text/html") {
        body = live::inject(&body);
    }
    let tag = format!("\"{}\"", blake3::hash(&body).to_hex());
    if status == 200 && known.as_deref() == Some(tag.as_str()) {
        status = 304;
        body.clear();
    }
    state.requests.push((path, status));
    drop(state);
    let mut head = format!("HTTP/1.1 {status} X\r\nETag: {tag}\r\nCache-Control: no-cache\r\n");
    write!(head, "Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len())
        .expect("a string grows");
    head += "Connection: close\r\n\r\n";
    let body = if method == "HEAD" { Vec::new() } else { body };
    let _ = writer.write_all(&[head.into_bytes(), body].concat());
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    }
}
