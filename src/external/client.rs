//! One request, and the lookup of its host. The one file that names ureq.

use std::{fmt, io, net::IpAddr};

use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::Url;

use super::{Manners, address::is_public};

/// Asks one address at a time.
pub(super) struct Client {
    agent: Agent,
}

/// How to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// For the head of the answer.
    Head,
    /// For all of it, of which no more is read than the head.
    Get,
}

/// The head of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The status code (RFC 9110, section 15).
    pub(super) status: u16,
    /// Where it is instead, as written.
    pub(super) location: Option<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// No host has this name.
    UnknownHost,
    /// The host is in a network of its own, and was not asked.
    NotPublic,
    /// Something else, in words after "it".
    Other(String),
}

impl Client {
    pub(super) fn new(manners: &Manners) -> Self {
        let config = Config::builder()
            .timeout_global(Some(manners.patience))
            // Each step of a redirect is judged by itself.
            .max_redirects(0)
            .http_status_as_error(false)
            // A proxy would look names up out of our sight, and the environment is not asked.
            .proxy(None)
            .max_idle_connections(0)
            .user_agent(concat!("lacuna/", env!("CARGO_PKG_VERSION"), " (checks links)"))
            .accept("*/*")
            .build();
        let lookup = Lookup { inner: DefaultResolver::default(), allow: manners.allow.clone() };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), lookup) }
    }

    pub(super) fn head_of(&self, method: Method, url: &Url) -> Result<Head, Silence> {
        let answer = match method {
            Method::Head => self.agent.head(url.as_str()).call(),
            Method::Get => self.agent.get(url.as_str()).call(),
        };
        let answer = answer.map_err(silence)?;
        let location = answer.headers().get("location").and_then(|value| value.to_str().ok());
        Ok(Head { status: answer.status().as_u16(), location: location.map(str::to_owned) })
    }
}

fn silence(error: Error) -> Silence {
    let other = |words: &str| Silence::Other(words.to_owned());
    match error {
        Error::Other(inner) if inner.is::<NotPublic>() => Silence::NotPublic,
        Error::HostNotFound => Silence::UnknownHost,
        Error::Timeout(_) => other("did not answer in time"),
        Error::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => other("refused the connection"),
            io::ErrorKind::TimedOut => other("did not answer in time"),
            _ => Silence::Other(format!("could not be reached: {error}")),
        },
        error => Silence::Other(format!("could not be reached: {error}")),
    }
}

/// Looks hosts up, and refuses those that are not public: after the lookup, so that no name can
/// pass for another, and right before the connection, so that none can change in between.
#[derive(Debug)]
struct Lookup {
    inner: DefaultResolver,
    allow: Vec<String>,
}

/// Marks an error as the refusal of [`Lookup`].
#[derive(Debug)]
struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host is not public")
    }
}

impl std::error::Error for NotPublic {}

impl Lookup {
    fn may_ask(&self, host: &str, address: IpAddr) -> bool {
        let is_allowed = |allowed: &String| {
            allowed.eq_ignore_ascii_case(host)
                || allowed.parse::<IpAddr>().is_ok_and(|allowed| allowed == address)
        };
        is_public(address) || self.allow.iter().any(is_allowed)
    }
}

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        // No lookup has to be made to know that it finds nothing (RFC 6761, section 6.4).
        let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        if last.eq_ignore_ascii_case("invalid") {
            return Err(Error::HostNotFound);
        }
        let found = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            Error::Io(error) if is_unknown(&error.to_string()) => Error::HostNotFound,
            error => error,
        })?;
        // One address that is not public is enough to refuse the name: which one is connected to
        // is not ours to choose.
        match found.iter().all(|found| self.may_ask(host, found.ip())) {
            true => Ok(found),
            false => Err(Error::Other(Box::new(NotPublic))),
        }
    }
}

/// Whether a failed lookup means that there is no such host, by the words of the systems' libraries
/// (glibc, musl, macOS, Windows). A lookup that failed for another reason proves nothing.
fn is_unknown(words: &str) -> bool {
    [
        "not known",
        "No address associated",
        "Name does not resolve",
        "No such host",
        "os error 11001",
    ]
    .iter()
    .any(|own| words.contains(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_failures_mean_that_there_is_no_host() {
        let words = "failed to lookup address information:";
        assert!(is_unknown(&format!("{words} Name or service not known")));
        assert!(is_unknown(&format!("{words} nodename nor servname provided, or not known")));
        assert!(!is_unknown(&format!("{words} Temporary failure in name resolution")));
    }

    #[test]
    fn what_is_allowed_is_a_host_or_an_address() {
        let allow = ["wiki.Intern".to_owned(), "127.0.0.1".to_owned()];
        let lookup = Lookup { inner: DefaultResolver::default(), allow: allow.to_vec() };
        let may =
            |host: &str, address: &str| lookup.may_ask(host, address.parse().expect("an address"));
        assert!(may("wiki.intern", "10.0.0.1") && may("localhost", "127.0.0.1"));
        assert!(may("example.org", "1.1.1.1"));
        assert!(!may("example.org", "10.0.0.1") && !may("x", "127.0.0.2") && !may("x", "::1"));
    }
}
