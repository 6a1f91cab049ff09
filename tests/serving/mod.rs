//! A project in a folder of its own, and the real program serving it.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

pub mod spellings;

/// The end of a wait for something that must happen: far more than it needs on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A project on the disk.
pub struct Project {
    folder: TempDir,
}

impl Project {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: TempDir::new().expect("a folder for the project") };
        fs::create_dir(project.root()).expect("a folder");
        files.iter().for_each(|(path, text)| project.write(path, text));
        project
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().join("island")
    }

    /// A place beside the project.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
        fs::write(path, text).expect("the project is writable");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("the file is there")
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("the file is there");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).expect("renamed");
    }

    /// Everything in the project: files with their bytes, folders with none.
    pub fn listing(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut found = BTreeMap::new();
        list(&self.root(), &mut found);
        found
    }
}

pub fn list(folder: &Path, found: &mut BTreeMap<PathBuf, Option<Vec<u8>>>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => {
                found.insert(path.clone(), None);
                list(&path, found);
            }
            false => {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path, Some(bytes));
            }
        }
    }
}

/// The program, serving; ended when it is dropped.
pub struct Served {
    child: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

impl Served {
    pub fn start(project: &Project, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        command.args(["serve", "--port", "0"]).args(arguments).arg(project.root());
        Self::run(command)
    }

    /// Starts a command that becomes the program.
    pub fn run(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = child.stderr.take().expect("it is piped");
        let said = Arc::new(Mutex::new(String::new()));
        let heard = said.clone();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut said = heard.lock().unwrap_or_else(PoisonError::into_inner);
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut served = Self { child, port: 0, said };
        served.port = eventually("the address is told", || {
            let said = served.said();
            let rest = said.split_once("http://127.0.0.1:")?.1;
            rest.split_once('/').and_then(|(port, _)| port.parse().ok())
        });
        served
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the program has written so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits for words in the terminal.
    #[track_caller]
    pub fn says(&self, words: &str) {
        let found = soon(|| self.said().contains(words).then_some(()));
        assert!(found.is_some(), "it never said `{words}`:\n{}", self.said());
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.ask(&format!("/{path}"), &format!("Host: 127.0.0.1:{}\r\n", self.port))
    }

    /// The reply to `GET target` with these header lines.
    #[track_caller]
    pub fn ask(&self, target: &str, headers: &str) -> Reply {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE).expect("the port is open");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        write!(stream, "GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")
            .expect("the server reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("the server answers");
        Reply::of(&bytes)
    }

    /// The head of the reply, for a body that may never end.
    #[track_caller]
    pub fn head(&self, target: &str, headers: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the port is open");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        write!(stream, "GET {target} HTTP/1.1\r\n{headers}\r\n").expect("the server reads");
        let mut head = String::new();
        let mut lines = BufReader::new(stream);
        while !head.ends_with("\r\n\r\n") {
            let read = lines.read_line(&mut head).expect("the server answers");
            assert!(read > 0, "no head: {head}");
        }
        Reply::of(head.as_bytes())
    }

    /// The page or file at a path, which must be there.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}");
        reply.text()
    }

    /// Waits until the page at `path` is there and has these words.
    #[track_caller]
    pub fn shows(&self, path: &str, words: &str) {
        let mut last = None;
        let found = soon(|| {
            let reply = self.get(path);
            let is_there = reply.status == 200 && reply.text().contains(words);
            last = Some(reply);
            is_there.then_some(())
        });
        let last =
            last.map_or_else(String::new, |reply| format!("{} {}", reply.status, main_of(&reply)));
        assert!(found.is_some(), "{path} never shows `{words}`:\n{last}\n{}", self.said());
    }

    /// Waits until the page at `path` is there without these words.
    #[track_caller]
    pub fn hides(&self, path: &str, words: &str) {
        let found = soon(|| {
            let reply = self.get(path);
            (reply.status == 200 && !reply.text().contains(words)).then_some(())
        });
        assert!(found.is_some(), "{path} always shows `{words}`\n{}", self.said());
    }

    /// Waits until there is no page at `path`.
    #[track_caller]
    pub fn misses(&self, path: &str) {
        let found = soon(|| (self.get(path).status == 404).then_some(()));
        assert!(found.is_some(), "{path} is still there\n{}", self.said());
    }

    /// A stream of events.
    #[track_caller]
    pub fn events(&self) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the port is open");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET /_lacuna/events HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("it reads");
        Events { lines: BufReader::new(stream), name: String::new() }
    }

    /// Asks for the end as the system does, and waits for it.
    #[cfg(target_os = "linux")]
    pub fn terminate(&mut self) -> ExitStatus {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
        eventually("the program ends", || self.child.try_wait().expect("it is ours"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One answer.
pub struct Reply {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Reply {
    #[track_caller]
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|text| text.parse().ok());
        Self { status: status.expect("a status"), head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> &str {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    /// Whether another origin can use nothing of it.
    #[track_caller]
    pub fn assert_shares_nothing(&self, what: &str) {
        let head = self.head.to_ascii_lowercase();
        assert!(!head.contains("access-control-"), "{what}: {head}");
        assert_eq!(self.header("cross-origin-resource-policy"), "same-origin", "{what}");
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{what}");
    }

    /// The body, with slashes as they are in addresses: templates write them as references.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace("&#x2f;", "/")
    }
}

/// What the server tells its pages.
pub struct Events {
    lines: BufReader<TcpStream>,
    name: String,
}

impl Events {
    /// The next event: its name and data.
    #[track_caller]
    pub fn next(&mut self) -> (String, Value) {
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("the stream goes on");
            assert!(read > 0, "the stream ended");
            if let Some(name) = line.strip_prefix("event: ") {
                self.name = name.trim_end().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                let data = serde_json::from_str(data).expect("data is JSON");
                return (self.name.clone(), data);
            }
        }
    }

    /// The next list of problems that `is_it` accepts, with the sums beside it.
    #[track_caller]
    pub fn problems(&mut self, what: &str, is_it: impl Fn(&[Value]) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (name, data) = self.next();
            if name == "problems" && data["problems"].as_array().is_some_and(|list| is_it(list)) {
                return data;
            }
            assert!(Instant::now() < deadline, "never told: {what}; the last was {name} {data}");
        }
    }

    /// Whether the stream ends without anything more than what is under way.
    pub fn ends(&mut self) -> bool {
        let mut rest = Vec::new();
        self.lines.read_to_end(&mut rest).is_ok()
    }
}

/// What is particular to a page.
fn main_of(reply: &Reply) -> String {
    let text = reply.text();
    text.split_once("<main").map_or(text.clone(), |(_, main)| main.to_owned())
}

/// What `look` gives, as soon as it gives anything.
pub fn soon<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() > deadline {
            return None;
        }
        thread::sleep(Duration::from_millis(15));
    }
}

#[track_caller]
pub fn eventually<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    soon(look).unwrap_or_else(|| panic!("never: {what}"))
}
