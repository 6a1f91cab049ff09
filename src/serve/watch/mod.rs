//! Follows the files of a project: something happened, look again.
//!
//! An event only wakes; what changed is found by comparing content. So a wake in vain is cheap,
//! and a change that wakes nobody is the one fault there is. Whenever the watcher cannot vouch
//! for every path it says [`Wake::Everything`].
//!
//! A change is told when it has been quiet for a moment, or half a second after the first sign
//! of a storm that does not end: the rest of it wakes again.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::path::RelPath;
use armed::{Armed, Cover, Open};
use ground::Ground;
use notices::{Notices, Tree};
use polling::Polling;

mod armed;
mod ground;
mod notices;
mod polling;

/// How long it must be quiet after what looks like one save.
const QUIET: Duration = Duration::from_millis(20);
/// How long it must be quiet after anything larger, as a checkout of another branch.
const QUIET_STORM: Duration = Duration::from_millis(100);
/// The longest time from the first sign to the wake, while signs keep coming.
const LONGEST: Duration = Duration::from_millis(500);
/// How often the root is asked whether it is still the folder that is watched: when a folder
/// above it goes or comes, no event tells.
const ROOT_CHECK: Duration = Duration::from_secs(1);
/// The pause between two looks when the system refuses to watch.
const FALLBACK: Duration = Duration::from_secs(1);

/// Why the site may be out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// These files may have changed: written, made, removed or renamed, under their old and new
    /// names. Nothing happened to folders, ignore files or the branch of the checkout. Whether
    /// the world lists a file is not said: it may be ignored, or gone again.
    Files(BTreeSet<RelPath>),
    /// Anything may have changed: a folder was made, renamed or removed, a file appeared that is
    /// no regular one, an ignore file or the branch changed, or events were lost.
    Everything,
}

/// How the files are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// The system tells.
    Events,
    /// Names, sizes and times of all files are compared.
    Polling {
        /// The pause between two looks.
        every: Duration,
    },
}

/// What waiting came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waited {
    /// Something happened.
    Woken(Wake),
    /// The time ran out.
    Nothing,
    /// A [`Stopper`] was used.
    Stopped,
}

/// A watcher that has begun, and how.
#[derive(Debug)]
pub struct Started {
    /// The watcher.
    pub watcher: Watcher,
    /// How the files are followed.
    pub means: Means,
    /// Why they are polled although nobody asked for it: a clause without a full stop.
    pub fallback_reason: Option<String>,
}

/// Follows a folder. See the [module](self).
pub struct Watcher {
    state: Mutex<State>,
    signals: Sender<Signal>,
}

/// Stops a [`Watcher`] from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Signal>);

/// What reaches the thread that waits.
#[derive(Debug)]
enum Signal {
    Event(notify::Result<notify::Event>),
    Stop,
}

struct State {
    ground: Ground,
    cover: Cover,
    open: Open,
    eyes: Eyes,
    notices: Notices,
    fallback_reason: Option<String>,
    stopped: bool,
    /// When to ask for the root next.
    root_check: Instant,
    incoming: Receiver<Signal>,
    signals: Sender<Signal>,
}

enum Eyes {
    Armed(Armed),
    Polling(Polling),
}

/// What the channel gave.
enum Heard {
    Event(notify::Result<notify::Event>),
    Silence,
    Stop,
}

impl Watcher {
    /// Watches the folder `root` and what is below, but for `output`, hidden folders, folders of
    /// tools, and folders that an ignore file names. Symbolic links are not followed.
    ///
    /// `poll` asks for polling. When the system refuses to watch, now or later, the files are
    /// polled every second. A root that is missing is waited for. Start it before the first
    /// build: then no change falls between the two.
    pub fn start(root: &Path, output: Option<&Path>, poll: Option<Duration>) -> Started {
        let ground = Ground::new(root, output);
        Self::open(ground, poll, Cover::NATIVE, Box::new(armed::open_native))
    }

    fn open(ground: Ground, poll: Option<Duration>, cover: Cover, open: Open) -> Started {
        let (signals, incoming) = mpsc::channel();
        let (eyes, fallback_reason) = match poll {
            Some(every) => (Eyes::Polling(Polling::new(&ground, every)), None),
            None => match Armed::new(&ground, cover, &open, &signals) {
                Ok(armed) => (Eyes::Armed(armed), None),
                Err(error) => {
                    let polling = Polling::new(&ground, FALLBACK);
                    (Eyes::Polling(polling), Some(armed::refusal(&error)))
                }
            },
        };
        let state = State {
            ground,
            cover,
            open,
            eyes,
            notices: Notices::default(),
            fallback_reason: fallback_reason.clone(),
            stopped: false,
            root_check: now() + ROOT_CHECK,
            incoming,
            signals: signals.clone(),
        };
        let means = state.means();
        Started { watcher: Self { state: Mutex::new(state), signals }, means, fallback_reason }
    }

    /// Waits for something to happen, then until it is quiet, and tells what. `None` when
    /// stopped.
    pub fn next(&self) -> Option<Wake> {
        match self.state().wait(None) {
            Waited::Woken(wake) => Some(wake),
            Waited::Nothing | Waited::Stopped => None,
        }
    }

    /// As [`Watcher::next`], for something that begins within `timeout`.
    pub fn next_within(&self, timeout: Duration) -> Waited {
        self.state().wait(now().checked_add(timeout))
    }

    /// How the files are followed now: it may have come to polling since the start. Waits while
    /// another thread is in [`Watcher::next`].
    pub fn means(&self) -> Means {
        self.state().means()
    }

    /// Why it came to polling although nobody asked for it. Waits as [`Watcher::means`].
    pub fn fallback_reason(&self) -> Option<String> {
        self.state().fallback_reason.clone()
    }

    /// What stops this watcher from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.signals.clone())
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").finish_non_exhaustive()
    }
}

impl Stopper {
    /// Makes every wait, present and future, end with nothing.
    pub fn stop(&self) {
        // A watcher that is gone waits no more.
        drop(self.0.send(Signal::Stop));
    }
}

impl State {
    fn means(&self) -> Means {
        match &self.eyes {
            Eyes::Armed(_) => Means::Events,
            Eyes::Polling(polling) => Means::Polling { every: polling.every },
        }
    }

    /// Waits until `deadline`; for ever without one.
    fn wait(&mut self, deadline: Option<Instant>) -> Waited {
        loop {
            let look = match &self.eyes {
                Eyes::Armed(_) => self.root_check,
                Eyes::Polling(polling) => polling.due,
            };
            match self.hear(deadline.map_or(look, |deadline| deadline.min(look))) {
                Heard::Stop => return Waited::Stopped,
                Heard::Event(event) => self.note(event),
                Heard::Silence => {}
            }
            if let Some(wake) = self.look() {
                return Waited::Woken(wake);
            }
            if self.notices.count() {
                match self.settle() {
                    Waited::Nothing => {}
                    waited => return waited,
                }
            }
            if deadline.is_some_and(|deadline| now() >= deadline) {
                return Waited::Nothing;
            }
        }
    }

    /// Looks for what no event tells of.
    fn look(&mut self) -> Option<Wake> {
        match &mut self.eyes {
            Eyes::Polling(polling) if now() >= polling.due => {
                polling.look(&self.ground, &mut self.notices)
            }
            Eyes::Polling(_) => None,
            Eyes::Armed(_) if now() < self.root_check => None,
            Eyes::Armed(armed) => {
                self.root_check = now() + ROOT_CHECK;
                if !armed.is_current(&self.ground) {
                    self.notices.changed();
                }
                None
            }
        }
    }

    /// Waits until it is quiet or has lasted too long, then tells what it was.
    fn settle(&mut self) -> Waited {
        let last_moment = now() + LONGEST;
        loop {
            let pause = if self.notices.is_a_save() { QUIET } else { QUIET_STORM };
            let until = (now() + pause).min(last_moment);
            if now() < last_moment {
                match self.hear(until) {
                    Heard::Stop => return Waited::Stopped,
                    Heard::Event(event) => {
                        self.note(event);
                        continue;
                    }
                    Heard::Silence => {}
                }
            }
            self.notices.look(&self.ground);
            if self.is_other_tree() {
                self.renew();
                // What a new folder got while it was not watched is told by no event: others
                // look now. What it gets from now on may still belong to the same storm.
                continue;
            }
            return self.notices.take(&self.ground).map_or(Waited::Nothing, Waited::Woken);
        }
    }

    fn is_other_tree(&mut self) -> bool {
        let Eyes::Armed(armed) = &self.eyes else { return false };
        if self.notices.tree == Tree::Doubtful {
            let is_known = self.ground.survey(crate::world::survey::Detail::Folders) == armed.known;
            self.notices.tree = if is_known { Tree::Known } else { Tree::Changed };
        }
        self.notices.tree == Tree::Changed
    }

    /// Watches the tree as it is now.
    fn renew(&mut self) {
        self.notices.tree = Tree::Renewed;
        let arm = || Armed::new(&self.ground, self.cover, &self.open, &self.signals);
        // The old watches count for the limits of the system until they are given up, which
        // takes the system a moment.
        let armed = arm().or_else(|_| {
            self.eyes = Eyes::Polling(Polling::new(&self.ground, FALLBACK));
            std::thread::sleep(QUIET_STORM);
            arm()
        });
        match armed {
            Ok(armed) => self.eyes = Eyes::Armed(armed),
            Err(error) => {
                self.eyes = Eyes::Polling(Polling::new(&self.ground, FALLBACK));
                self.fallback_reason = Some(armed::refusal(&error));
            }
        }
    }

    fn note(&mut self, event: notify::Result<notify::Event>) {
        match (&self.eyes, event) {
            (Eyes::Armed(armed), Ok(event)) => {
                self.notices.event(&event, &self.ground, &armed.known);
            }
            // What was not told may be anything; arming anew shows whether it can be told.
            (Eyes::Armed(_), Err(_)) => self.notices.changed(),
            // From watches that were given up.
            (Eyes::Polling(_), _) => {}
        }
    }

    fn hear(&mut self, until: Instant) -> Heard {
        if self.stopped {
            return Heard::Stop;
        }
        match self.incoming.recv_timeout(until.saturating_duration_since(now())) {
            Ok(Signal::Event(event)) => Heard::Event(event),
            Err(RecvTimeoutError::Timeout) => Heard::Silence,
            // This state holds a sender itself, so the channel is never closed.
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => {
                self.stopped = true;
                Heard::Stop
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the watcher waits; no result depends on the time")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
