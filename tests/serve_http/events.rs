//! The streams of announcements.

use std::time::Duration;

use lacuna::serve::http::{EVENTS_PATH, Limits};

use crate::client::{Client, Site, eventually};

fn listen(site: &Site) -> Client {
    let mut client = site.connect();
    client.request("GET", EVENTS_PATH, &[("Accept", "text/event-stream")]);
    let head = client.read_until("\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(head.contains("content-type: text/event-stream\r\n"), "{head}");
    assert!(head.contains("cache-control: no-cache\r\n"), "{head}");
    client.read_until("retry: 1000\n\n");
    client
}

#[test]
fn every_stream_hears_every_announcement() {
    let site = Site::start();
    let mut clients: Vec<_> = (0..10).map(|_| listen(&site)).collect();
    assert_eq!(site.events.open(), 10);
    for generation in 1..=3 {
        site.events.announce("built", generation, format!("{{\"pages\":{generation}}}"));
        for client in &mut clients {
            let frame =
                format!("event: built\nid: {generation}\ndata: {{\"pages\":{generation}}}\n\n");
            client.read_until(&frame);
        }
    }
    drop(clients);
    eventually("every stream is closed", || site.events.open() == 0);
}

#[test]
fn who_comes_later_is_told_the_latest_of_each_name() {
    let site = Site::start();
    site.events.announce("built", 1, "old".to_owned());
    site.events.announce("failed", 2, "line one\nline two".to_owned());
    site.events.announce("built", 3, "new".to_owned());
    let mut client = listen(&site);
    let text = client.read_until("data: new\n\n");
    assert!(text.contains("event: failed\nid: 2\ndata: line one\ndata: line two\n\n"), "{text}");
    assert!(!text.contains("old"), "{text}");
}

#[test]
fn one_stream_too_many_is_refused_until_one_goes() {
    let site = Site::with(Limits { streams: 2, ..Limits::default() });
    let first = listen(&site);
    let _second = listen(&site);
    let refused = site.get(EVENTS_PATH);
    assert_eq!(refused.status, 503);
    refused.assert_shares_nothing("503");
    site.assert_alive("a refusal");
    drop(first);
    eventually("a place is free", || site.events.open() == 1);
    listen(&site);
}

#[test]
fn a_quiet_stream_is_kept_alive() {
    let site = Site::with(Limits { heartbeat: Duration::from_millis(20), ..Limits::default() });
    let mut client = listen(&site);
    for _ in 0..3 {
        client.read_until(":\n\n");
    }
}

#[test]
fn who_does_not_listen_is_dropped_and_delays_nobody() {
    let site = Site::with(Limits {
        queue: 4,
        stall_time: Duration::from_millis(200),
        ..Limits::default()
    });
    let mut deaf = listen(&site);
    let mut listening = listen(&site);
    // More than the buffers of the system take, so that writing comes to a halt.
    let data = "x".repeat(1024 * 1024);
    for generation in 1..=64 {
        site.events.announce("built", generation, data.clone());
        listening.read_until(&format!("id: {generation}\ndata: "));
        listening.read_until("\n\n");
    }
    eventually("the deaf one is dropped", || site.events.open() == 1);
    site.events.announce("built", 65, "still here".to_owned());
    listening.read_until("still here\n\n");
    deaf.read_to_close();
}
