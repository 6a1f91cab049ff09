//! Who may ask the real program, and for what: the sockets it opens, the files it gives away.

use std::{
    collections::BTreeSet,
    fs,
    net::{Ipv4Addr, TcpListener},
    process::{Command, Output},
};

use crate::{
    ISLAND, built, encoded,
    serving::{Project, Served, spellings::SPELLINGS},
};

/// The addresses that a process listens on, as the system has them: `0100007F:0FA0`.
fn listening(pid: u32) -> BTreeSet<String> {
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd")).expect("it runs");
    let sockets: BTreeSet<String> = descriptors
        .filter_map(|entry| {
            fs::read_link(entry.ok()?.path()).ok()?.into_os_string().into_string().ok()
        })
        .filter_map(|link| Some(link.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
        .collect();
    // proc_pid_net(5): local address in the second column, state (0A listens), inode in the tenth.
    let tables = ["tcp", "tcp6"]
        .map(|table| fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default());
    let rows = tables.iter().flat_map(|table| table.lines().skip(1));
    rows.map(|row| row.split_whitespace().collect::<Vec<_>>())
        .filter(|row| row[3] == "0A" && sockets.contains(row[9]))
        .map(|row| row[1].to_owned())
        .collect()
}

/// The table has the bytes of the network as a number of the machine.
fn listens_on(host: [u8; 4], port: u16) -> BTreeSet<String> {
    BTreeSet::from([format!("{:08X}:{port:04X}", u32::from_ne_bytes(host))])
}

#[test]
fn only_this_machine_is_listened_to_and_anything_else_is_warned_of() {
    let project = Project::new(&[("README.md", "# The island\n")]);
    for arguments in [&[][..], &["--host", "127.0.0.1"], &["--host", "::ffff:127.0.0.1"]] {
        let served = Served::start(&project, arguments);
        assert_eq!(listening(served.pid()), listens_on([127, 0, 0, 1], served.port()));
        served.shows("", "The island");
        assert!(!served.said().contains("warning"), "{arguments:?}: {}", served.said());
    }

    let warning = "warning: everybody on the network can read the site (`--host 0.0.0.0`)\n";
    let by_name = "browsers elsewhere need a name that `--allow-host` gives\n";
    let served = Served::start(&project, &["--host", "0.0.0.0"]);
    assert_eq!(listening(served.pid()), listens_on([0; 4], served.port()));
    served.says(warning);
    served.says(by_name);
    let named = |served: &Served| served.ask("/", "Host: desk.example\r\n").status;
    assert_eq!(named(&served), 403);
    drop(served);

    let arguments = ["--host", "0.0.0.0", "--allow-host", "desk.example"];
    let served = Served::start(&project, &arguments);
    served.says(warning);
    assert_eq!(named(&served), 200);
    assert!(!served.said().contains(by_name), "{}", served.said());
}

#[test]
fn a_port_in_use_is_one_line_or_the_next_port() {
    let project = Project::new(&[("README.md", "# The island\n")]);
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let port = taken.local_addr().expect("it is bound").port();
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["serve", "--port", &port.to_string()])
        .arg(project.root())
        .output()
        .expect("the program starts");
    let line = format!("error: port {port} is in use; choose another with `--port`\n");
    assert_eq!((String::from_utf8_lossy(&stderr).as_ref(), status.code()), (&*line, Some(2)));
    assert_eq!(stdout, b"");

    let Ok(_held) = TcpListener::bind((Ipv4Addr::LOCALHOST, 4000)) else {
        println!("skipped: port 4000 belongs to somebody else, who may give it up meanwhile");
        return;
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
    command.arg("serve").arg(project.root());
    let served = Served::run(command);
    assert!((4001..4020).contains(&served.port()), "{}", served.said());
    served.says("port 4000 is in use\n");
    served.shows("", "The island");
}

#[test]
fn nothing_of_a_site_is_shared_with_another_one() {
    let project = Project::new(ISLAND);
    let served = Served::start(&project, &[]);
    let host = format!("Host: localhost:{}\r\n", served.port());
    let built = built(&project);
    assert!(built.keys().any(|route| route.starts_with("assets/search/")), "data of the search");
    // A drawing is there as soon as its page was.
    drop(served.text("docs/timetable.html"));
    let files = built.keys().map(|route| (format!("/{}", encoded(route)), 200));
    let others = [
        ("/", 200),
        ("/_lacuna/live.js", 200),
        ("/_lacuna/live.css", 200),
        ("/nowhere.html", 404),
        ("/_lacuna/nowhere", 404),
        ("/..", 400),
    ];
    for (path, status) in files.chain(others.map(|(path, status)| (path.to_owned(), status))) {
        let own = served.ask(&path, &host);
        assert_eq!(own.status, status, "{path}");
        own.assert_shares_nothing(&path);
        let foreign = served.ask(&path, &format!("{host}Origin: http://evil.example\r\n"));
        assert_eq!(foreign.status, 403, "{path}");
        assert_ne!(foreign.body, own.body, "{path}");
        foreign.assert_shares_nothing(&path);
    }
    for (origin, status) in [("", 200), ("Origin: http://evil.example\r\n", 403)] {
        let head = served.head("/_lacuna/events", &format!("{host}{origin}"));
        assert_eq!(head.status, status);
        head.assert_shares_nothing("the stream of events");
    }
}

#[test]
fn no_spelling_reaches_a_file_of_the_project() {
    // Stands in every file that no address may reach.
    const MARK: &str = "4f0e-of-the-cellar";
    let project = Project::new(ISLAND);
    for path in [".git/config", ".env", "lacuna.toml", "site.toml", "Cargo.toml"] {
        project.write(path, format!("# {MARK}\n"));
    }
    project.write("docs/secret.md", format!("# Secret {MARK}\n"));
    project.write("docs/.gitignore", format!("secret.md\n# {MARK}\n"));
    let served = Served::start(&project, &["--no-reload"]);
    let host = format!("Host: localhost:{}\r\n", served.port());
    let manifest: BTreeSet<Vec<u8>> = built(&project).into_values().collect();
    let (home, missing) = (served.get("").body, served.get("nowhere.html").body);
    assert!(manifest.contains(&home));

    for (target, status) in SPELLINGS {
        for query in ["", "?x"] {
            let target = format!("{target}{query}");
            let reply = served.ask(&target, &host);
            assert_eq!(reply.status, *status, "{target}");
            let text = reply.text();
            assert!(!text.contains(MARK) && !text.contains("root:"), "{target}: {text}");
            match *status {
                200 => assert!(manifest.contains(&reply.body), "{target}: {text}"),
                404 => assert_eq!(reply.body, missing, "{target}"),
                // One sentence of the server, or nothing.
                _ => {
                    assert!(text.lines().count() <= 1 && !text.contains("etc"), "{target}: {text}")
                }
            }
            assert_eq!(served.get("").body, home, "after {target}");
        }
    }
}
