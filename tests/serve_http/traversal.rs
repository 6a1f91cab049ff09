//! P53: no spelling of an address reaches anything but the pages.

use crate::{
    client::{HOME, MISSING, Site},
    spellings::SPELLINGS,
};

#[test]
fn no_spelling_reaches_a_file() {
    assert!(SPELLINGS.len() > 90);
    let site = Site::start();
    for (target, status) in SPELLINGS {
        for query in ["", "?", "?x", "?/../../etc/passwd", "?%00"] {
            let target = format!("{target}{query}");
            let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", site.port);
            let reply = site.raw(request.as_bytes()).expect("a reply");
            assert_eq!(reply.status, *status, "{target}");
            match *status {
                200 => assert_eq!(reply.body, HOME, "{target}"),
                404 => assert_eq!(reply.body, MISSING, "{target}"),
                _ => assert!(!reply.text().contains("etc"), "{target}: {}", reply.text()),
            }
            assert_eq!(reply.header("x-injected"), None, "{target}");
        }
        site.assert_alive(target);
    }
    let asked = site.pages.asked.lock().unwrap().clone();
    assert!(!asked.is_empty());
    for path in asked {
        assert!(path.starts_with('/'), "{path:?}");
        assert!(!path.contains(['\\', '?', '\0', '\r', '\n']), "{path:?}");
        assert!(path.split('/').all(|segment| segment != "." && segment != ".."), "{path:?}");
    }
}

#[test]
fn a_path_that_needs_escapes_is_found() {
    let site = Site::start();
    assert_eq!(site.get("/%C3%BCber.html?reload=1").text(), "above");
    assert_eq!(site.get("/%c3%bcber.html").text(), "above");
}
