//! Asks many addresses with good manners: few hosts at once, each for one thing at a time, with a
//! pause in between.

#![expect(clippy::disallowed_methods, reason = "a pause is measured with a clock")]

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Instant,
};

use url::Url;

use super::{
    Answer, Manners,
    client::{Client, Head, Method, Silence},
};

/// More steps than these lead nowhere.
const MOST_REDIRECTS: u32 = 10;

/// Asks each address once. The answers come by address.
pub fn ask(addresses: &BTreeSet<String>, manners: &Manners) -> BTreeMap<String, Answer> {
    let mut by_host: BTreeMap<String, Vec<(String, Url)>> = BTreeMap::new();
    let mut answers = BTreeMap::new();
    for address in addresses {
        match parse(address) {
            Ok(url) => {
                let host = url.host_str().unwrap_or_default().to_owned();
                by_host.entry(host).or_default().push((address.clone(), url));
            }
            Err(answer) => drop(answers.insert(address.clone(), answer)),
        }
    }
    let queue: Mutex<VecDeque<Vec<(String, Url)>>> = Mutex::new(by_host.into_values().collect());
    let answers = Mutex::new(answers);
    let guest = Guest {
        client: Client::new(manners),
        manners,
        begun: Instant::now(),
        hosts: Mutex::default(),
    };
    thread::scope(|scope| {
        for _ in 0..manners.at_once.max(1) {
            scope.spawn(|| {
                loop {
                    // The queue is not held while its front is worked on.
                    let next = lock(&queue).pop_front();
                    let Some(addresses) = next else { break };
                    for (address, url) in addresses {
                        let answer = guest.follow(url);
                        lock(&answers).insert(address, answer);
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A lock whose holder failed protects values that are whole all the same.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The address without its fragment, which is no matter of the host.
fn parse(address: &str) -> Result<Url, Answer> {
    let mut url = Url::parse(address)
        .map_err(|error| Answer::Unsure(format!("cannot be read as an address: {error}")))?;
    url.set_fragment(None);
    check(&url)?;
    Ok(url)
}

fn check(url: &Url) -> Result<(), Answer> {
    let refused = |why: &str| Err(Answer::Unsure(why.to_owned()));
    match url.scheme() {
        "http" | "https" if !url.username().is_empty() || url.password().is_some() => {
            refused("was not asked: it holds a name or a password")
        }
        "http" | "https" => Ok(()),
        _ => refused("leads to an address that is none of the web"),
    }
}

struct Guest<'a> {
    client: Client,
    manners: &'a Manners,
    begun: Instant,
    hosts: Mutex<BTreeMap<String, Arc<Mutex<Host>>>>,
}

/// What is known of a host.
#[derive(Default)]
struct Host {
    /// When it was asked last.
    asked: Option<Instant>,
    /// Whether it asked to be left alone.
    is_tired: bool,
}

impl Guest<'_> {
    fn follow(&self, mut url: Url) -> Answer {
        for redirects in 0..=MOST_REDIRECTS {
            let head = match self.head(&url) {
                Ok(head) => head,
                Err(answer) => return answer,
            };
            let next = match (head.status, &head.location) {
                (301..=303 | 307 | 308, Some(location)) => url.join(location),
                (status, _) => return judge(status, redirects),
            };
            url = match next {
                Ok(next) => next,
                Err(_) => return Answer::Unsure("leads to an address nobody can read".to_owned()),
            };
            url.set_fragment(None);
            if let Err(answer) = check(&url) {
                return answer;
            }
        }
        Answer::Unsure(format!("leads on more than {MOST_REDIRECTS} times"))
    }

    /// The head of the answer. A host that refuses to say only that much is asked for the whole.
    fn head(&self, url: &Url) -> Result<Head, Answer> {
        let head = self.request(Method::Head, url)?;
        match head.status {
            429 => Ok(head),
            400..=499 | 501 => self.request(Method::Get, url),
            _ => Ok(head),
        }
    }

    fn request(&self, method: Method, url: &Url) -> Result<Head, Answer> {
        let name = url.host_str().unwrap_or_default();
        let host = lock(&self.hosts).entry(name.to_owned()).or_default().clone();
        let mut host = lock(&host);
        if host.is_tired {
            return Err(Answer::Unsure("was not asked: its host wants fewer requests".to_owned()));
        }
        if let Some(asked) = host.asked {
            thread::sleep(self.manners.pause.saturating_sub(asked.elapsed()));
        }
        if self.begun.elapsed() >= self.manners.limit {
            return Err(Answer::Unsure("was not asked: the time for all was over".to_owned()));
        }
        let head = self.client.head_of(method, url);
        host.asked = Some(Instant::now());
        host.is_tired = head.as_ref().is_ok_and(|head| head.status == 429);
        head.map_err(|silence| match silence {
            Silence::UnknownHost => Answer::Gone(format!("names no host: {name} is not known")),
            Silence::NotPublic => Answer::Unsure(format!(
                "was not asked: {name} is in a private network, and not in `allow` of `[external]`"
            )),
            Silence::Other(why) => Answer::Unsure(why),
        })
    }
}

/// What a status says in the end (RFC 9110, section 15).
fn judge(status: u16, redirects: u32) -> Answer {
    match status {
        200..=299 => Answer::Answers { redirects },
        404 => Answer::Gone("answers 404, not found".to_owned()),
        410 => Answer::Gone("answers 410, gone".to_owned()),
        status => Answer::Unsure(format!("answers {status}")),
    }
}
