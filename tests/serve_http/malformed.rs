//! P54: what is no HTTP is refused or closed, and costs little.

use std::io::Write;

use lacuna::serve::http::Limits;

use crate::client::Site;

#[test]
fn what_is_no_request_is_refused_or_closed() {
    let site = Site::start();
    let host = format!("Host: localhost:{}\r\n", site.port);
    let line = |text: &str| format!("{text}\r\n{host}\r\n").into_bytes();
    let with = |headers: &str| format!("GET / HTTP/1.1\r\n{host}{headers}\r\n").into_bytes();
    let many = |count: usize| with(&"a: b\r\n".repeat(count));

    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a header line of 10 MB", with(&format!("x: {}\r\n", "a".repeat(10_000_000)))),
        ("no line end at all", b"GET / HTTP/1.1".repeat(2_000)),
        ("a newer protocol", line("GET / HTTP/9.9")),
        ("HTTP/2 with prior knowledge", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04".to_vec()),
        ("no protocol", line("GET /")),
        ("no method", line(" / HTTP/1.1")),
        ("a method with a NUL", b"G\0T / HTTP/1.1\r\n\r\n".to_vec()),
        ("NULs", vec![0; 9000]),
        ("a NUL in the path", b"GET /\0 HTTP/1.1\r\n\r\n".to_vec()),
        ("a NUL in a header", with("x: a\0b\r\n")),
        ("raw bytes in the path", b"GET /\xff\xfe HTTP/1.1\r\n\r\n".to_vec()),
        ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(20)),
        ("a header without a name", with(": x\r\n")),
        ("a header without a colon", with("just words\r\n")),
        ("a space before the colon", with("x : y\r\n")),
        ("a folded header", with("x: y\r\n z\r\n")),
        ("a bare carriage return", with("x: y\rz: 1\r\n")),
        ("100 headers and one", many(100)),
        ("10,000 headers", many(10_000)),
        ("a target of 20,000 bytes", line(&format!("GET /{} HTTP/1.1", "a".repeat(20_000)))),
        ("a negative length", with("Content-Length: -1\r\n")),
        ("a length that is no number", with("Content-Length: 0x10\r\n")),
        ("a length beyond numbers", with("Content-Length: 99999999999999999999999\r\n")),
        ("two lengths", with("Content-Length: 1\r\nContent-Length: 2\r\n")),
        ("a body", with("Content-Length: 3\r\n")),
        ("a length and chunks", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n")),
        ("chunks and a length", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n")),
        ("a bad chunk", [with("Transfer-Encoding: chunked\r\n"), b"zz\r\n".to_vec()].concat()),
        ("an unknown encoding", with("Transfer-Encoding: chunked, gzip\r\n")),
    ];
    for (name, bytes) in cases {
        if let Some(reply) = site.raw(&bytes) {
            assert!((400..500).contains(&reply.status), "{name}: {reply:?}");
        }
        site.assert_alive(name);
    }
}

#[test]
fn only_get_and_head_are_understood() {
    let site = Site::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "PROPFIND"] {
        for path in ["/", "/_lacuna/events"] {
            let reply = site.ask(method, path, &[]);
            assert_eq!(reply.status, 405, "{method} {path}");
            assert_eq!(reply.header("allow"), Some("GET, HEAD"), "{method} {path}");
            reply.assert_shares_nothing(method);
        }
    }
    let port = site.port;
    let connect = format!("CONNECT localhost:{port} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    assert_eq!(site.raw(connect.as_bytes()).map(|reply| reply.status), Some(405));
    site.assert_alive("other methods");
}

#[test]
fn a_header_without_end_is_not_read_to_its_end() {
    const CHUNK: usize = 64 * 1024;
    const CHUNKS: usize = 1024;
    const MOST: u64 = 16 * 1024;
    let site = Site::alone(Limits::default());
    let before = resident();
    let starts: [&[u8]; 3] = [b"GET /", b"GET / HTTP/1.1\r\nx: ", b""];
    for start in starts {
        let mut client = site.connect();
        client.stream().write_all(start).unwrap();
        let chunk = vec![b'a'; CHUNK];
        let refused = (0..CHUNKS).any(|_| client.stream().write_all(&chunk).is_err());
        assert!(refused, "64 MiB after {start:?} were taken");
        site.assert_alive("an endless header");
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < MOST, "{grown} KiB are kept of it");
}

/// The most memory that the process had since the last question, in KiB; 0 where nobody tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    // Where the mark cannot be set back it is that of all tests so far, which proves less.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

#[test]
fn a_lone_line_feed_ends_a_line() {
    // RFC 9112 2.2 allows it; what matters is that it begins no second request.
    let site = Site::start();
    let request = format!("GET / HTTP/1.1\nHost: localhost:{}\nConnection: close\n\n", site.port);
    let mut client = site.connect();
    client.stream().write_all(request.as_bytes()).unwrap();
    assert_eq!(client.reply("GET").status, 200);
    assert_eq!(client.read_to_close(), 0);
}
