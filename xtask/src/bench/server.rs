//! A server of one corpus: started, asked, watched and stopped.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two questions for the same page.
const PAUSE: Duration = Duration::from_millis(2);

/// Until a question counts as not answered.
const ANSWER: Duration = Duration::from_secs(30);

/// Until a server that was asked to stop is stopped.
const STOP: Duration = Duration::from_secs(8);

/// A running server; dropping it stops it.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts a program on a free port of this machine. What it prints goes to `log`.
    pub fn start(arguments: impl Fn(u16) -> Vec<OsString>, log: &Path) -> io::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let arguments = arguments(address.port());
        let (program, rest) = arguments.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        let log = File::create(log)?;
        let child = Command::new(program)
            .args(rest)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        Ok(Self { child, address })
    }

    /// The answer to a question for a path, its head included.
    pub fn get(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect_timeout(&self.address, ANSWER)?;
        stream.set_read_timeout(Some(ANSWER))?;
        stream.set_nodelay(true)?;
        // Version 1.0 ends with the connection: nothing to take apart.
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    /// Asks for a path until the answer holds `text`; the time that took since `start`, or none
    /// when it took longer than `longest` or the server ended.
    pub fn until(
        &mut self,
        path: &str,
        text: &str,
        start: Instant,
        longest: Duration,
    ) -> Option<Duration> {
        let text = text.as_bytes();
        loop {
            let answer = self.get(path).unwrap_or_default();
            let took = start.elapsed();
            if answer.windows(text.len()).any(|part| part == text) {
                return Some(took);
            }
            if took > longest || !matches!(self.child.try_wait(), Ok(None)) {
                return None;
            }
            sleep(PAUSE);
        }
    }

    /// Waits until the server has next to nothing to do, ten seconds at most. Where the system does
    /// not tell its CPU time, a moment must do.
    pub fn rest(&self) {
        let mut before = self.ticks();
        for _ in 0..100 {
            sleep(Duration::from_millis(100));
            let now = self.ticks();
            if now.zip(before).is_none_or(|(now, before)| now <= before + 1) {
                return;
            }
            before = now;
        }
    }

    /// Opens the stream of events and, once it is there, listens for a while; how many bytes came.
    pub fn listen(&self, length: Duration) -> io::Result<usize> {
        let mut stream = TcpStream::connect_timeout(&self.address, ANSWER)?;
        stream.set_read_timeout(Some(ANSWER))?;
        write!(stream, "GET /_lacuna/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address)?;
        let mut piece = [0; 4096];
        let mut heard = stream.read(&mut piece)?;
        let begun = Instant::now();
        while let Some(left) = length.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) {
            stream.set_read_timeout(Some(left))?;
            match stream.read(&mut piece) {
                Ok(0) => break,
                Ok(bytes) => heard += bytes,
                Err(error) if is_silence(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(heard)
    }

    /// The resident memory in MiB, where the system tells it.
    pub fn resident_mib(&self) -> Option<f64> {
        Some(self.status("VmRSS:")? / 1024.0)
    }

    /// The number of threads, where the system tells it.
    pub fn threads(&self) -> Option<f64> {
        self.status("Threads:")
    }

    /// The number of open descriptors, where the system tells it.
    pub fn descriptors(&self) -> Option<f64> {
        let open = fs::read_dir(format!("/proc/{}/fd", self.child.id())).ok()?;
        Some(open.count() as f64)
    }

    /// A figure of the process, memory in KiB.
    fn status(&self, name: &str) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim().parse().ok()
    }

    /// The CPU time in ticks, where the system tells it.
    fn ticks(&self) -> Option<u64> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // The name of the program may hold anything, so the fields are counted from its end.
        let (_, fields) = stat.rsplit_once(')')?;
        let mut fields = fields.split_whitespace().skip(11);
        Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
    }
}

/// Nothing came in the time that was given.
fn is_silence(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), Interrupted | TimedOut | WouldBlock)
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(process) = libc::pid_t::try_from(self.child.id())
            && matches!(self.child.try_wait(), Ok(None))
        {
            // SAFETY: a plain call; the process is our child and has not been reaped.
            unsafe { libc::kill(process, libc::SIGINT) };
        }
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if asked.elapsed() > STOP {
                // It did not listen; should this fail too, there is nothing left to do.
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            sleep(Duration::from_millis(20));
        }
    }
}
