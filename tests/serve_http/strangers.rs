//! P52: only pages of this server get anything from it.

use crate::client::{HOME, Site};

fn get_as(site: &Site, path: &str, headers: &str) -> crate::client::Reply {
    let headers = headers.replace("PORT", &site.port.to_string());
    site.raw(format!("GET {path} HTTP/1.1\r\n{headers}\r\n").as_bytes()).expect("a reply")
}

#[test]
fn a_name_of_somebody_else_gets_no_page() {
    let site = Site::start();
    let cases = [
        ("", 400),
        ("Host: localhost:PORT\r\nHost: localhost:PORT\r\n", 400),
        ("Host: localhost:PORT\r\nHost: evil.example\r\n", 400),
        ("Host: \u{fc}\r\n", 400),
        ("Host:\r\n", 403),
        ("Host: evil.example\r\n", 403),
        ("Host: evil.example:PORT\r\n", 403),
        ("Host: localhost.evil.example:PORT\r\n", 403),
        ("Host: 127.0.0.1.evil.example:PORT\r\n", 403),
        ("Host: localhost:PORT.evil.example\r\n", 403),
        ("Host: localhost:PORT@evil.example\r\n", 403),
        ("Host: localhost:1\r\n", 403),
        ("Host: localhost\r\n", 403),
        ("Host: [::1\r\n", 403),
        ("hOsT: localhost:PORT\r\nHOST: localhost:PORT\r\n", 400),
        ("Host: localhost:PORT, evil.example\r\n", 403),
        ("Host: localhost:PORT evil.example\r\n", 403),
        ("Host: http://localhost:PORT\r\n", 403),
        ("Host: localhost:PORT/\r\n", 403),
        ("Host: :PORT\r\n", 403),
        ("Host: localhost:\r\n", 403),
        ("Host: localhost:0PORT\r\n", 403),
        ("Host: localhost.:PORT\r\n", 403),
        ("Host: 127.0.0.1.:PORT\r\n", 403),
        ("Host: evil.example.:PORT\r\n", 403),
        ("Host: EVIL.EXAMPLE:PORT\r\n", 403),
        ("Host: evil@localhost:PORT\r\n", 403),
        ("Host: localhost:PORT@127.0.0.1:PORT\r\n", 403),
        ("Host: evil.localhost:PORT\r\n", 403),
        ("Host: 127.1:PORT\r\n", 403),
        ("Host: 2130706433:PORT\r\n", 403),
        ("Host: 0x7f.0.0.1:PORT\r\n", 403),
        ("Host: 0.0.0.0:PORT\r\n", 403),
        ("Host: 192.0.2.1:PORT\r\n", 403),
        ("Host: ::1:PORT\r\n", 403),
        ("Host: [::1]\r\n", 403),
        ("Host: [::1]:1\r\n", 403),
        ("Host: [::]:PORT\r\n", 403),
        ("Host: [::1%25lo]:PORT\r\n", 403),
        ("Host: [::1].evil.example:PORT\r\n", 403),
        ("Host: [::ffff:127.0.0.1]:PORT\r\n", 403),
        ("Host: [2001:db8::1]:PORT\r\n", 403),
        // What a proxy says the name was is not the name.
        ("Host: evil.example\r\nX-Forwarded-Host: localhost:PORT\r\n", 403),
    ];
    for (headers, status) in cases {
        for path in ["/", "/nowhere", "/..", "/_lacuna/events"] {
            let reply = get_as(&site, path, headers);
            assert_eq!(reply.status, status, "{path} {headers:?}");
            assert_ne!(reply.body, HOME);
            reply.assert_shares_nothing(headers);
        }
    }
    assert_eq!(*site.pages.asked.lock().unwrap(), Vec::<String>::new(), "nobody was asked");

    for name in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
        let reply = get_as(&site, "/", &format!("Host: {name}:PORT\r\n"));
        assert_eq!((reply.status, reply.body.as_slice()), (200, HOME), "{name}");
        reply.assert_shares_nothing(name);
    }
}

#[test]
fn a_script_of_another_site_gets_nothing_and_opens_no_stream() {
    let site = Site::start();
    for headers in [
        "Origin: http://evil.example\r\n",
        "Origin: http://localhost:1\r\n",
        "Origin: http://127.0.0.1:PORT\r\n", // another origin than `localhost`
        "Origin: null\r\n",
        "Origin: http://localhost:PORT\r\nOrigin: http://evil.example\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
    ] {
        for path in ["/", "/nowhere", "/..", "/_lacuna/events"] {
            let reply = get_as(&site, path, &format!("Host: localhost:PORT\r\n{headers}"));
            assert_eq!(reply.status, 403, "{path} {headers:?}");
            reply.assert_shares_nothing(headers);
        }
    }
    assert_eq!(site.events.open(), 0);

    // The question that a browser asks before it lets a script read.
    let asking = [
        ("Origin", "http://evil.example"),
        ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Private-Network", "true"),
    ];
    for path in ["/", "/nowhere", "/_lacuna/events"] {
        let reply = site.ask("OPTIONS", path, &asking);
        assert_eq!(reply.status, 403, "{path}");
        reply.assert_shares_nothing(path);
    }
}

#[test]
fn own_pages_and_links_from_elsewhere_work() {
    let site = Site::start();
    for headers in [
        "Origin: http://localhost:PORT\r\n",
        "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
        "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
    ] {
        let reply = get_as(&site, "/", &format!("Host: localhost:PORT\r\n{headers}"));
        assert_eq!((reply.status, reply.body.as_slice()), (200, HOME), "{headers:?}");
        reply.assert_shares_nothing(headers);
    }
}
