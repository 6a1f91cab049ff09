//! What is in a reply.

use std::sync::atomic::Ordering;

use lacuna::serve::http::Limits;

use crate::client::{HOME, MISSING, Site, eventually};

#[test]
fn a_page_comes_with_its_type_length_and_tag() {
    let site = Site::start();
    let reply = site.get("/");
    assert_eq!((reply.status, reply.body.as_slice()), (200, HOME));
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(reply.header("content-length"), Some("19"));
    let tag = format!("\"{}\"", blake3::hash(HOME).to_hex());
    assert_eq!(reply.header("etag"), Some(tag.as_str()));
    reply.assert_shares_nothing("/");

    let missing = site.get("/nowhere.html");
    assert_eq!((missing.status, missing.body.as_slice()), (404, MISSING));
    missing.assert_shares_nothing("/nowhere.html");
    assert_eq!(site.get("/empty").status, 200);
    assert_eq!(site.get("/odd").status, 500, "a status that is none is a mistake");
}

#[test]
fn many_requests_share_a_connection() {
    let site = Site::start();
    let mut client = site.connect();
    for (method, path, status) in [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/..", 400),
        ("GET", "/panic", 500),
        ("HEAD", "/_lacuna/events", 200),
        ("GET", "/digits.bin", 200),
    ] {
        client.request(method, path, &[]);
        assert_eq!(client.reply(method).status, status, "{method} {path}");
    }
}

#[test]
fn head_has_the_headers_and_no_body() {
    let site = Site::start();
    let (get, head) = (site.get("/digits.bin"), site.ask("HEAD", "/digits.bin", &[]));
    let without_date = |reply: crate::client::Reply| {
        reply.headers.into_iter().filter(|(name, _)| name != "date").collect::<Vec<_>>()
    };
    assert_eq!(without_date(head), without_date(get));
    assert_eq!(site.ask("HEAD", "/digits.bin", &[("Range", "bytes=0-1")]).status, 200);
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let site = Site::start();
    let tag = site.get("/").header("etag").unwrap().to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let mut client = site.connect();
        client.request("GET", "/", &[("If-None-Match", &known)]);
        let reply = client.reply("GET");
        assert_eq!(reply.status, 304, "{known}");
        assert_eq!(reply.header("etag"), Some(tag.as_str()));
        reply.assert_shares_nothing("304");
        client.request("GET", "/", &[("If-None-Match", "\"other\"")]);
        assert_eq!(client.reply("GET").body, HOME, "the connection goes on after a 304");
    }
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let site = Site::start();
    let part = |range: &str| site.ask("GET", "/digits.bin", &[("Range", range)]);
    for (range, body, place) in [
        ("bytes=2-4", "234", "bytes 2-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"),
    ] {
        let reply = part(range);
        assert_eq!((reply.status, reply.text()), (206, body), "{range}");
        assert_eq!(reply.header("content-range"), Some(place), "{range}");
        reply.assert_shares_nothing(range);
    }
    let beyond = part("bytes=10-");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
    let several = part("bytes=0-1,4-5");
    assert_eq!((several.status, several.text()), (200, "0123456789"));

    let tag = site.get("/digits.bin").header("etag").unwrap().to_owned();
    let since = |tag: &str| {
        site.ask("GET", "/digits.bin", &[("Range", "bytes=0-0"), ("If-Range", tag)]).status
    };
    assert_eq!(since(&tag), 206);
    assert_eq!(since("\"older\""), 200);
}

#[test]
fn a_panic_costs_one_page() {
    let site = Site::start();
    for _ in 0..20 {
        let reply = site.get("/panic");
        assert_eq!(reply.status, 500);
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(reply.text().contains("mistake in Lacuna"), "{}", reply.text());
        reply.assert_shares_nothing("/panic");
    }
    site.assert_alive("panics");
}

#[test]
fn answers_are_made_at_once_but_not_without_bound() {
    let site = Site::with(Limits { workers: 3, ..Limits::default() });
    let mut clients: Vec<_> = (0..8).map(|_| site.connect()).collect();
    for client in &mut clients {
        client.request("GET", "/held", &[]);
    }
    eventually("three answers at once", || site.pages.held.load(Ordering::SeqCst) == 3);
    site.ask("HEAD", "/_lacuna/events", &[]);
    assert_eq!(site.pages.held.load(Ordering::SeqCst), 3, "the others queue");
    // Who goes away while queueing is never answered for.
    clients.truncate(5);
    site.pages.release();
    for client in &mut clients {
        assert_eq!(client.reply("GET").text(), "held");
    }
    site.assert_alive("a queue");
}
