//! The one door to the network: asks whether addresses of others answer. Nothing but
//! `lacuna check --external` opens it.
//!
//! The content is not trusted, and an address in it may name a host that only this machine can
//! reach. So every address is judged after its name was looked up, by the place that the connection
//! goes to, and each step of a redirect anew: see [`address`].

pub mod address;
mod ask;
mod client;
mod kept;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use ask::ask;
pub use kept::Kept;

/// How to ask.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Hosts and addresses that may be asked though they are not public.
    pub allow: Vec<String>,
    /// Requests at the same time, each to another host.
    pub at_once: usize,
    /// The rest between two requests to one host.
    pub pause: Duration,
    /// How long one request may take.
    pub patience: Duration,
    /// How long all of it may take.
    pub limit: Duration,
}

impl Manners {
    /// Those of a guest: four at once, a second between two requests to one host, 20 seconds for
    /// one, ten minutes for all.
    pub fn of_a_guest(allow: &[String]) -> Self {
        Self {
            allow: allow.to_vec(),
            at_once: 4,
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(20),
            limit: Duration::from_secs(600),
        }
    }
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It answers, after so many redirects.
    Answers {
        /// How many.
        redirects: u32,
    },
    /// There is nothing, for certain: what was said, after "it".
    Gone(String),
    /// Nobody can tell now: why, after "it".
    Unsure(String),
}
