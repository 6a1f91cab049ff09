//! `lacuna check --external`: links to others are asked for politely, and never those that only
//! this machine can reach. The others are a server of the test: no network is used.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and answer it"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Output},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use lacuna::external::{Answer, Manners, ask};
use tempfile::TempDir;

/// A server of this machine that answers by the path, and remembers what it was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (asked, most) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
        let now = Arc::new(AtomicUsize::new(0));
        let server = Self { port, asked: asked.clone(), most_at_once: most.clone() };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, most, now) = (asked.clone(), most.clone(), now.clone());
                thread::spawn(move || {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    // The one who asked may be gone.
                    let _ = answer(stream, &asked, &now);
                });
            }
        });
        server
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no test failed in it").clone()
    }
}

fn answer(
    mut stream: TcpStream,
    asked: &Mutex<Vec<String>>,
    now: &AtomicUsize,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines.by_ref() {
        if line?.is_empty() {
            break;
        }
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    asked.lock().expect("no test failed in it").push(format!("{method} {path}"));
    let is_head = method == "HEAD";
    let (status, location) = match path {
        "/gone" => (404, ""),
        "/410" => (410, ""),
        "/no-head" if is_head => (405, ""),
        "/shy" if is_head => (404, ""),
        "/moved" => (301, "/again"),
        "/again" => (302, "ok#part"),
        "/to-gone" => (308, "/gone"),
        "/loop" => (302, "/loop"),
        "/inside" => (302, "http://10.1.2.3/secret"),
        "/metadata" => (302, "http://169.254.169.254/latest"),
        "/file" => (302, "file:///etc/passwd"),
        "/busy" => (429, ""),
        "/broken" => (503, ""),
        "/forbidden" => (403, ""),
        "/unhurried" => {
            thread::sleep(Duration::from_secs(3));
            (200, "")
        }
        _ => (200, ""),
    };
    let location = match location {
        "" => String::new(),
        location => format!("Location: {location}\r\n"),
    };
    // Counted as over before the answer is out: who has it may ask again at once.
    now.fetch_sub(1, Ordering::SeqCst);
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n{location}\r\n"
    )?;
    stream.flush()
}

fn manners(allow: &[&str]) -> Manners {
    Manners {
        allow: allow.iter().map(|host| (*host).to_owned()).collect(),
        at_once: 4,
        pause: Duration::from_millis(10),
        patience: Duration::from_secs(1),
        limit: Duration::from_secs(60),
    }
}

fn answers(addresses: &[&str], manners: &Manners) -> BTreeMap<String, Answer> {
    let addresses: BTreeSet<String> = addresses.iter().map(|one| (*one).to_owned()).collect();
    ask(&addresses, manners)
}

/// One word for an answer, with what it says.
fn word(answer: &Answer) -> String {
    match answer {
        Answer::Answers { redirects } => format!("answers {redirects}"),
        Answer::Gone(why) => format!("gone: {why}"),
        Answer::Unsure(why) => format!("unsure: {why}"),
    }
}

#[test]
fn each_answer_is_judged_by_what_is_certain() {
    let server = Server::start();
    let expected = [
        ("/ok", "answers 0"),
        ("/ok?x=1#part", "answers 0"),
        ("/no-head", "answers 0"),
        ("/shy", "answers 0"),
        ("/moved", "answers 2"),
        ("/gone", "gone: answers 404"),
        ("/410", "gone: answers 410"),
        ("/to-gone", "gone: answers 404"),
        ("/loop", "unsure: leads on more than 10 times"),
        ("/inside", "unsure: was not asked: 10.1.2.3 is in a private network"),
        ("/metadata", "unsure: was not asked: 169.254.169.254 is in a private network"),
        ("/file", "unsure: leads to an address that is none of the web"),
        ("/broken", "unsure: answers 503"),
        ("/forbidden", "unsure: answers 403"),
        ("/unhurried", "unsure: did not answer in time"),
    ];
    let addresses: Vec<String> = expected.iter().map(|(path, _)| server.url(path)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let found = answers(&addresses, &manners(&["127.0.0.1"]));
    for ((_, expected), address) in expected.iter().zip(&addresses) {
        let found = word(&found[*address]);
        assert!(found.starts_with(expected), "{address}: {found}");
    }
    let asked = server.asked();
    let count = |what: &str| asked.iter().filter(|own| *own == what).count();
    // The head alone, where that is enough; a fragment is no matter of the host.
    assert_eq!((count("HEAD /no-head"), count("GET /no-head"), count("GET /broken")), (1, 1, 0));
    assert_eq!((count("HEAD /ok?x=1"), count("HEAD /loop")), (1, 11));
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1, "one host, one thing at a time");
}

#[test]
fn what_only_this_machine_can_reach_is_never_asked() {
    let server = Server::start();
    let port = server.port;
    let all = [
        format!("http://127.0.0.1:{port}/a"),
        format!("http://localhost:{port}/b"),
        format!("http://[::1]:{port}/c"),
        format!("http://[::ffff:127.0.0.1]:{port}/d"),
        // The same host in other spellings: WHATWG URL, section 3.5.
        format!("http://2130706433:{port}/e"),
        format!("http://0x7f.1:{port}/f"),
        format!("http://0.0.0.0:{port}/g"),
        "http://192.168.0.1/".to_owned(),
    ];
    let addresses: Vec<&str> = all.iter().map(String::as_str).collect();
    for (address, answer) in answers(&addresses, &manners(&["example.org"])) {
        let Answer::Unsure(why) = &answer else { panic!("{address}: {answer:?}") };
        // A machine without version 6 has no way to `::1` at all.
        let is_refused = why.contains("private network") || address.contains('[');
        assert!(is_refused, "{address}: {why}");
    }
    assert_eq!(server.asked(), Vec::<String>::new());
}

#[test]
fn a_host_that_does_not_exist_is_gone_and_odd_addresses_are_not_asked() {
    let found = answers(
        &["https://nobody.invalid/x", "http://a:b@127.0.0.1/", "https://", "http://x y/"],
        &manners(&[]),
    );
    let said: Vec<String> = found.values().map(word).collect();
    assert_eq!(found["https://nobody.invalid/x"], {
        Answer::Gone("names no host: nobody.invalid is not known".to_owned())
    });
    assert!(word(&found["http://a:b@127.0.0.1/"]).contains("a name or a password"), "{said:?}");
    assert!(said.iter().filter(|word| word.contains("cannot be read")).count() == 2, "{said:?}");
}

#[test]
fn a_host_that_wants_fewer_requests_is_left_alone_and_a_limit_ends_all() {
    let server = Server::start();
    let (busy, later) = (server.url("/busy"), server.url("/later"));
    let found = answers(&[&busy, &later], &manners(&["127.0.0.1"]));
    assert!(word(&found[&busy]).contains("answers 429"), "{found:?}");
    assert!(word(&found[&later]).contains("wants fewer requests"), "{found:?}");
    assert_eq!(server.asked(), ["HEAD /busy"]);

    let server = Server::start();
    let (one, two) = (server.url("/1"), server.url("/2"));
    let paused = Manners { pause: Duration::from_millis(300), ..manners(&["127.0.0.1"]) };
    let begun = Instant::now();
    answers(&[&one, &two], &paused);
    assert!(begun.elapsed() >= Duration::from_millis(300), "{:?}", begun.elapsed());
    let none = Manners { limit: Duration::ZERO, ..paused };
    let found = answers(&[&one], &none);
    assert!(word(&found[&one]).contains("the time for all was over"), "{found:?}");
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("check").args(arguments).current_dir(folder).env("NO_COLOR", "1");
    // What the environment says of proxies is not listened to.
    command.env("http_proxy", "http://127.0.0.1:9").env("ALL_PROXY", "http://127.0.0.1:9");
    command.output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_finding_has_its_place_and_answers_are_kept() {
    let server = Server::start();
    let folder = TempDir::new().expect("a folder");
    let put =
        |path: &str, text: String| std::fs::write(folder.path().join(path), text).expect("a file");
    put(
        "a.md",
        format!(
            "# A\n\nA [link]({}) and [one that is gone]({}).\n\n[skipped]({}) <{}>\n",
            server.url("/ok"),
            server.url("/gone"),
            server.url("/private/x"),
            server.url("/broken"),
        ),
    );
    let settings = |allow: &str| {
        put("lacuna.toml", format!("[external]\nskip = ['http://*/private/**']\n{allow}"));
    };
    settings("");

    // Nothing is asked unless that is asked for, and nothing here without leave.
    let run = check(folder.path(), &["--format", "concise"]);
    assert_eq!((run.status.code(), text(&run.stdout).as_str()), (Some(0), ""));
    let run = check(folder.path(), &["--external", "--strict"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stderr).contains("3 not sure; 1 links left out"), "{}", text(&run.stderr));
    assert!(text(&run.stderr).contains("is in a private network"), "{}", text(&run.stderr));
    assert_eq!(server.asked(), Vec::<String>::new());

    settings("allow = ['127.0.0.1']\n");
    let concise = ["--external", "--format", "concise"];
    let run = check(folder.path(), &concise);
    let (out, said) = (text(&run.stdout), text(&run.stderr));
    let expected = format!(
        "a.md:3:{}: warning[external-link-gone]: {} answers 404, not found",
        "A [link]() and ".len() + server.url("/ok").len() + 1,
        server.url("/gone")
    );
    assert!(out.starts_with(&expected), "{expected}\n{out}\n{said}");
    assert_eq!(run.status.code(), Some(0), "a warning: {said}");
    assert!(said.contains("3 links to 3 addresses, 3 asked now: 1 answer"), "{said}");
    assert!(said.contains("/broken answers 503 (a.md:5)"), "{said}");
    assert!(!server.asked().iter().any(|asked| asked.contains("private")), "{:?}", server.asked());

    // What is certain is kept; what is not is asked again.
    let before = server.asked().len();
    let run = check(folder.path(), &[&concise[..], &["--strict"]].concat());
    assert_eq!((run.status.code(), text(&run.stdout)), (Some(1), out));
    assert_eq!(server.asked()[before..], ["HEAD /broken"]);
    let kept = std::fs::read_to_string(folder.path().join(".lacuna/external.json"));
    assert!(kept.expect("it is kept").contains("/gone"));
}
