//! Who may ask, and for what: the checks that come before any answer.
//!
//! A page of another site cannot be kept from sending requests to this machine, but it can be kept
//! from getting anything out of them. DNS rebinding (its own name, pointed at 127.0.0.1) shows in
//! `Host`; scripts and images across sites show in `Origin` and `Sec-Fetch-Site`.

use std::net::SocketAddr;

use hyper::{
    HeaderMap, Method, Request, StatusCode,
    header::{CONTENT_LENGTH, HOST, HeaderName, ORIGIN, TRANSFER_ENCODING},
};

use super::target;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// A request that gets no answer: the status, and one sentence that says why and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }
}

/// Knows the names of the server.
#[derive(Debug)]
pub(super) struct Guard {
    /// Every `Host` that is ours, in lower case.
    names: Vec<String>,
    /// How the server calls itself in messages.
    own: String,
}

impl Guard {
    /// A guard for a server that is bound to `bound` and may also be called `allow_hosts`.
    pub(super) fn new(bound: SocketAddr, allow_hosts: &[String]) -> Self {
        let port = bound.port();
        let mut hosts = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        if !bound.ip().is_unspecified() {
            hosts.push(match bound {
                SocketAddr::V4(address) => address.ip().to_string(),
                SocketAddr::V6(address) => format!("[{}]", address.ip()),
            });
        }
        let mut names: Vec<String> = hosts.iter().map(|host| format!("{host}:{port}")).collect();
        if port == 80 {
            // Browsers leave out the port that goes without saying.
            names.append(&mut hosts);
        }
        for host in allow_hosts {
            let host = host.to_ascii_lowercase();
            if !has_port(&host) {
                names.push(format!("{host}:{port}"));
            }
            names.push(host);
        }
        Self { names, own: format!("localhost:{port}") }
    }

    /// The decoded path that `request` may have an answer for.
    pub(super) fn admit<B>(&self, request: &Request<B>) -> Result<String, Refusal> {
        let headers = request.headers();
        let host = self.check_host(headers)?;
        check_origin(headers, &host)?;
        check_site(headers)?;
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Err(Refusal::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "This server only shows pages: it answers GET and HEAD.",
            ));
        }
        check_no_body(headers)?;
        target::path(request.uri())
            .map_err(|why| Refusal::new(StatusCode::BAD_REQUEST, why.message()))
    }

    fn check_host(&self, headers: &HeaderMap) -> Result<String, Refusal> {
        let Ok(Some(host)) = only(headers, &HOST) else {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                "A request must have exactly one `Host` header.",
            ));
        };
        let host = host.to_ascii_lowercase();
        if self.names.contains(&host) {
            return Ok(host);
        }
        Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!(
                "This server is called `{}`. To reach it by another name, allow that name with \
                 `--allow-host`.",
                self.own
            ),
        ))
    }
}

/// A request that a browser sends for a page of another origin says so.
fn check_origin(headers: &HeaderMap, host: &str) -> Result<(), Refusal> {
    match only(headers, &ORIGIN) {
        Ok(None) => Ok(()),
        Ok(Some(origin))
            if origin.split_once("://").is_some_and(|(scheme, name)| {
                matches!(scheme, "http" | "https") && name.eq_ignore_ascii_case(host)
            }) =>
        {
            Ok(())
        }
        _ => Err(foreign()),
    }
}

/// Another site may link here, and embed nothing.
fn check_site(headers: &HeaderMap) -> Result<(), Refusal> {
    let is = |name: &HeaderName, value: &str| only(headers, name) == Ok(Some(value));
    let own = match only(headers, &SEC_FETCH_SITE) {
        Ok(None) => true,
        Ok(Some(site)) => matches!(site, "same-origin" | "none"),
        Err(NotOne) => false,
    };
    if own || (is(&SEC_FETCH_MODE, "navigate") && is(&SEC_FETCH_DEST, "document")) {
        return Ok(());
    }
    Err(foreign())
}

/// No request here has a use for a body, and two ways to tell its length are how one request is
/// smuggled in another.
fn check_no_body(headers: &HeaderMap) -> Result<(), Refusal> {
    let empty = headers.get_all(CONTENT_LENGTH).iter().all(|length| length == "0");
    if empty && !headers.contains_key(TRANSFER_ENCODING) {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::BAD_REQUEST, "A request for a page must have no body."))
}

fn foreign() -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, "This server answers only its own pages.")
}

/// A header that is there more than once, or with bytes that are no text.
#[derive(Debug, PartialEq, Eq)]
struct NotOne;

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, NotOne> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| NotOne),
        (Some(_), Some(_)) => Err(NotOne),
    }
}

/// Whether `host` ends in a port; the colons of an IPv6 address are within brackets.
fn has_port(host: &str) -> bool {
    host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(guard: &Guard, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::get("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        guard.admit(&request.body(()).unwrap()).map_or_else(|no| no.status.as_u16(), |_| 200)
    }

    fn guard(bound: &str, allow: &[&str]) -> Guard {
        let allow: Vec<String> = allow.iter().map(|&name| name.to_owned()).collect();
        Guard::new(bound.parse().unwrap(), &allow)
    }

    #[test]
    fn a_name_is_ours_only_as_a_whole() {
        let ours = guard("127.0.0.1:4000", &[]);
        for host in ["localhost:4000", "LOCALHOST:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert_eq!(status(&ours, &[("host", host)]), 200, "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:4001",
            "localhost:4000.evil.example",
            "localhost.evil.example:4000",
            "evil@localhost:4000",
            "localhost.:4000",
            "127.1:4000",
            "0.0.0.0:4000",
        ] {
            assert_eq!(status(&ours, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status(&ours, &[]), 400);
        assert_eq!(status(&ours, &[("host", "localhost:4000"), ("host", "localhost:4000")]), 400);
    }

    #[test]
    fn names_that_are_allowed_are_ours_too() {
        let ours = guard("0.0.0.0:4000", &["Desk.example", "tunnel.example:8080"]);
        for host in ["desk.example", "desk.example:4000", "tunnel.example:8080"] {
            assert_eq!(status(&ours, &[("host", host)]), 200, "{host}");
        }
        for host in ["desk.example:81", "tunnel.example", "tunnel.example:4000", "0.0.0.0:4000"] {
            assert_eq!(status(&ours, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status(&guard("192.0.2.7:80", &[]), &[("host", "192.0.2.7")]), 200);
        assert_eq!(status(&guard("127.0.0.1:80", &[]), &[("host", "localhost")]), 200);
    }

    #[test]
    fn a_foreign_page_gets_nothing() {
        let ours = guard("127.0.0.1:4000", &[]);
        let with = |name, value| status(&ours, &[("host", "localhost:4000"), (name, value)]);
        assert_eq!(with("origin", "http://localhost:4000"), 200);
        assert_eq!(with("origin", "http://127.0.0.1:4000"), 403);
        assert_eq!(with("origin", "http://localhost:4001"), 403);
        assert_eq!(with("origin", "file://localhost:4000"), 403);
        assert_eq!(with("origin", "null"), 403);
        assert_eq!(with("sec-fetch-site", "same-origin"), 200);
        assert_eq!(with("sec-fetch-site", "none"), 200);
        assert_eq!(with("sec-fetch-site", "same-site"), 403);
        assert_eq!(with("sec-fetch-site", "cross-site"), 403);

        let visit = |dest| {
            let headers = [
                ("host", "localhost:4000"),
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", dest),
            ];
            status(&ours, &headers)
        };
        assert_eq!(visit("document"), 200);
        assert_eq!(visit("iframe"), 403);
    }
}
