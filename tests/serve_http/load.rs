//! P55: many clients that want nothing do not keep out the one that wants a page.

use std::{
    fs::{self, File},
    io::Write,
    sync::atomic::Ordering,
    thread,
    time::{Duration, Instant},
};

use lacuna::serve::http::{EVENTS_PATH, Limits};

use crate::client::{Client, Site, eventually};

/// How many slow and silent clients there are, and how slow.
struct Crowd {
    drips: usize,
    idle: usize,
    /// Time between two bytes of a client that drips.
    drip_time: Duration,
    streams: usize,
}

#[test]
fn a_crowd_of_idle_clients_keeps_nobody_out() {
    let limits = Limits { header_time: Duration::from_secs(1), ..Limits::default() };
    crowd(
        limits,
        &Crowd { drips: 40, idle: 200, drip_time: Duration::from_millis(50), streams: 500 },
    );
}

/// The full size, with the limits of everyday use: most of the half minute it takes is waiting.
#[cfg(unix)]
#[test]
fn the_full_crowd_keeps_nobody_out() {
    if !may_open(3_000) {
        return eprintln!("skipped: `ulimit -Hn` allows fewer than 3,000 descriptors");
    }
    crowd(
        Limits::default(),
        &Crowd { drips: 200, idle: 1000, drip_time: Duration::from_secs(9), streams: 10_000 },
    );
}

/// Whether so many descriptors may be open, now that the soft limit was raised as far as needed.
#[cfg(unix)]
fn may_open(count: u64) -> bool {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: Some(count), ..now };
    now.current.is_none_or(|most| most >= count)
        || now.maximum.is_none_or(|most| most >= count)
            && setrlimit(Resource::Nofile, raised).is_ok()
}

fn crowd(limits: Limits, crowd: &Crowd) {
    let site = Site::alone(limits);
    // Starts the workers, which stay.
    warm_up(&site);
    let before = Usage::now();

    let mut idle: Vec<Client> = (0..crowd.idle).map(|_| site.connect()).collect();
    let mut drips: Vec<Client> = (0..crowd.drips).map(|_| site.connect()).collect();
    let request = format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\nX: ", site.port);
    for client in &mut drips {
        let _ = client.stream().write_all(request.as_bytes());
    }
    let mut pages = Vec::new();
    let mut open = drips;
    let mut next_drip = Instant::now();
    let started = Instant::now();
    while !open.is_empty() {
        assert!(started.elapsed() < Duration::from_secs(120), "{} still drip", open.len());
        if Instant::now() >= next_drip {
            // A client that the server has closed fails at its second byte at the latest.
            open.retain_mut(|client| client.stream().write_all(b"x").is_ok());
            next_drip += crowd.drip_time;
        }
        let asked = Instant::now();
        site.assert_alive("a crowd");
        pages.push(asked.elapsed());
        thread::sleep(Duration::from_millis(5));
    }
    for client in &mut idle {
        assert_eq!(client.read_to_close(), 0, "a connection without a request has no reply");
    }
    drop(idle);
    pages.sort();
    println!(
        "{} pages in a crowd: median {:?}, 99 of 100 within {:?}, longest {:?}",
        pages.len(),
        pages[pages.len() / 2],
        pages[pages.len() * 99 / 100],
        pages[pages.len() - 1],
    );
    // One page of a hundred may have met a busy machine.
    let within = pages[pages.len() * 99 / 100];
    assert!(within < Duration::from_millis(200), "one page of a hundred took {within:?}");

    for round in 0..crowd.streams {
        let mut client = site.connect();
        client.request("GET", EVENTS_PATH, &[]);
        if round % 2 == 0 {
            client.read_until("retry: 1000\n\n");
        }
        drop(client);
        if round % 50 == 49 {
            // Faster than the server sees them go, the rest would be refused and prove nothing.
            eventually("the streams are closed", || site.events.open() == 0);
        }
    }
    eventually("every stream is closed", || site.events.open() == 0);
    before.assert_reached_again();
    site.assert_alive("many streams");
}

fn warm_up(site: &Site) {
    let workers = Limits::default().workers;
    let mut clients: Vec<Client> = (0..workers).map(|_| site.connect()).collect();
    for client in &mut clients {
        client.request("GET", "/held", &[]);
    }
    eventually("every worker works", || site.pages.held.load(Ordering::SeqCst) == workers);
    site.pages.release();
    for client in &mut clients {
        client.reply("GET");
    }
}

/// What the process has open.
#[derive(Debug)]
struct Usage {
    descriptors: usize,
    threads: usize,
}

impl Usage {
    fn now() -> Self {
        let count = |path| fs::read_dir(path).map_or(0, Iterator::count);
        Self { descriptors: count("/proc/self/fd"), threads: count("/proc/self/task") }
    }

    /// Elsewhere than on Linux nothing can be counted, and 0 is not more than 0.
    fn assert_reached_again(&self) {
        eventually("descriptors and threads are back", || {
            let now = Self::now();
            now.descriptors <= self.descriptors && now.threads <= self.threads
        });
    }
}

#[test]
fn the_longest_idle_makes_room_for_a_newcomer() {
    let site = Site::with(Limits { connections: 4, ..Limits::default() });
    let mut first = site.connect();
    first.request("GET", "/", &[]);
    first.reply("GET");
    let mut crowd: Vec<Client> = (0..30).map(|_| site.connect()).collect();
    site.assert_alive("more connections than places");
    assert_eq!(first.read_to_close(), 0);
    assert_eq!(crowd[0].read_to_close(), 0);
}

#[test]
fn who_is_being_answered_keeps_the_place() {
    let site = Site::with(Limits { connections: 3, workers: 4, ..Limits::default() });
    let mut held: Vec<Client> = (0..3).map(|_| site.connect()).collect();
    for client in &mut held {
        client.request("GET", "/held", &[]);
    }
    eventually("every place is taken", || site.pages.held.load(Ordering::SeqCst) == 3);
    let mut newcomer = site.connect();
    newcomer.request("GET", "/", &[]);
    site.pages.release();
    for client in &mut held {
        assert_eq!(client.reply("GET").text(), "held");
    }
    assert_eq!(newcomer.reply("GET").status, 200);
}

#[test]
fn silence_and_drips_end_at_the_deadline() {
    let site = Site::with(Limits { header_time: Duration::from_millis(300), ..Limits::default() });
    assert_eq!(site.connect().read_to_close(), 0, "from the beginning");

    let mut later = site.connect();
    later.request("GET", "/", &[]);
    later.reply("GET");
    assert_eq!(later.read_to_close(), 0, "after a reply");

    let mut drip = site.connect();
    drip.stream().write_all(b"GET / HTTP/1.1\r\n").unwrap();
    eventually("a header in small pieces is cut off", || drip.stream().write_all(b"x").is_err());
    site.assert_alive("drips");
}

#[test]
fn who_does_not_read_loses_the_connection() {
    let site = Site::with(Limits { stall_time: Duration::from_millis(300), ..Limits::default() });
    let mut client = site.connect();
    client.request("GET", "/large.bin", &[]);
    let head = client.read_until("\r\n\r\n");
    assert!(head.contains("content-length: 67108864\r\n"), "{head}");
    thread::sleep(Duration::from_secs(1));
    assert!(client.read_to_close() < 64 * 1024 * 1024, "the rest was never sent");

    // Whoever reads gets all of it, however much it is.
    assert_eq!(site.get("/large.bin").body.len(), 64 * 1024 * 1024);
}

#[cfg(target_os = "linux")]
#[test]
fn without_descriptors_the_server_makes_room_and_lives_on() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let site = Site::alone(Limits::default());
    warm_up(&site);
    let usual = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: Some(200), ..usual }).unwrap();
    let mut taken = Vec::new();
    while let Ok(file) = File::open("/dev/null") {
        taken.push(file);
    }
    // Both ends of two connections, and one end of the third.
    taken.truncate(taken.len() - 5);

    let mut first = site.connect();
    first.request("GET", "/", &[]);
    first.reply("GET");
    let mut second = site.connect();
    second.request("GET", "/", &[]);
    second.reply("GET");
    let mut third = site.connect();
    third.request("GET", "/", &[]);
    assert_eq!(third.reply("GET").status, 200);
    assert_eq!(first.read_to_close(), 0, "it made room");

    drop(taken);
    setrlimit(Resource::Nofile, usual).unwrap();
    site.assert_alive("a shortage of descriptors");
}
