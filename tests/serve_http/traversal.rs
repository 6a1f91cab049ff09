//! P53: no spelling of an address reaches anything but the pages.

use crate::client::{HOME, MISSING, Site};

/// Every spelling and the status that it must get.
const SPELLINGS: &[(&str, u16)] = &[
    ("/..", 400),
    ("/../", 400),
    ("/../../../../etc/passwd", 400),
    ("/a/../../etc/passwd", 400),
    ("/a/..", 400),
    ("/./etc/passwd", 400),
    ("/.", 400),
    ("/a/./b", 400),
    ("/%2e%2e/%2e%2e/etc/passwd", 400),
    ("/%2E%2E/etc/passwd", 400),
    ("/.%2e/etc/passwd", 400),
    ("/%2e./etc/passwd", 400),
    ("/%2e/etc/passwd", 400),
    ("/..%2f..%2fetc%2fpasswd", 400),
    ("/..%2Fetc/passwd", 400),
    ("/%2e%2e%2fetc%2fpasswd", 400),
    ("/a%2f..%2f..%2fetc/passwd", 400),
    ("/%2f..%2f", 400),
    ("/%252e%252e/etc/passwd", 404),
    ("/%252e%252e%252fetc%252fpasswd", 404),
    ("/%25252e%25252e/etc/passwd", 404),
    ("/..%252f..%252fetc/passwd", 404),
    ("/%c0%ae%c0%ae/etc/passwd", 400),
    ("/%c0%af..%c0%afetc/passwd", 400),
    ("/%e0%80%ae/etc/passwd", 400),
    ("/%f0%80%80%ae/etc/passwd", 400),
    ("/%u002e%u002e/etc/passwd", 400),
    ("/%ed%a0%80", 400),
    ("/%ff%fe", 400),
    ("/..\\..\\etc\\passwd", 400),
    ("/a\\..\\b", 400),
    ("/..%5c..%5cetc%5cpasswd", 400),
    ("/%5c%5chost%5cshare", 400),
    ("\\etc\\passwd", 400),
    ("/C:\\Windows\\win.ini", 400),
    ("/C:/Windows/win.ini", 404),
    ("/c:windows", 404),
    ("//etc/passwd", 404),
    ("///etc/passwd", 404),
    ("//evil.example/", 404),
    ("/etc/passwd", 404),
    ("/etc/passwd%00.html", 400),
    ("/%00", 400),
    ("/index.html%00/../../etc/passwd", 400),
    ("/..;/etc/passwd", 404),
    ("/..;x=1/etc/passwd", 404),
    ("/;/../etc/passwd", 400),
    ("/.../etc/passwd", 404),
    ("/....//....//etc/passwd", 404),
    ("/~root/.ssh/id_rsa", 404),
    ("/.git/config", 404),
    ("/.env", 404),
    ("/lacuna.toml", 404),
    ("/site.toml", 404),
    ("/Cargo.toml", 404),
    ("/proc/self/environ", 404),
    ("/dev/zero", 404),
    ("/@fs/etc/passwd", 404),
    ("/index.html::$DATA", 404),
    ("/index.html.", 404),
    ("/a%0d%0aX-Injected:%20yes", 400),
    ("/%", 400),
    ("/%2", 400),
    ("/%zz", 400),
    ("/%%32%65", 400),
    ("etc/passwd", 400),
    ("../etc/passwd", 400),
    ("*", 400),
    ("localhost:80", 400),
    ("http://localhost/", 400),
    ("http://localhost/etc/passwd", 400),
    ("http://evil.example/etc/passwd", 400),
    ("file:///etc/passwd", 400),
    ("?/../etc/passwd", 400),
    // A fragment is no part of a request; what stands before it is a page, or not.
    ("/#/../../etc/passwd", 200),
    ("/x#/../../etc/passwd", 404),
    ("/../#", 400),
];

#[test]
fn no_spelling_reaches_a_file() {
    assert!(SPELLINGS.len() >= 50);
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
    }
    let asked = site.pages.asked.lock().unwrap().clone();
    assert!(!asked.is_empty());
    for path in asked {
        assert!(path.starts_with('/'), "{path:?}");
        assert!(!path.contains(['\\', '?', '\0', '\r', '\n']), "{path:?}");
        assert!(path.split('/').all(|segment| segment != "." && segment != ".."), "{path:?}");
    }
    site.assert_alive("every spelling");
}

#[test]
fn a_path_that_needs_escapes_is_found() {
    let site = Site::start();
    assert_eq!(site.get("/%C3%BCber.html?reload=1").text(), "above");
    assert_eq!(site.get("/%c3%bcber.html").text(), "above");
}
