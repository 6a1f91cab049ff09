//! A headless Chromium for the tests: opens tabs, runs scripts in them, presses keys, takes pictures.
//!
//! [`Browser::find`] starts the Chromium of this machine with a profile of its own, or says that there
//! is none; a test then says `skipped: no Chromium` and passes. Dropping the browser ends it.
//!
//! ```no_run
//! let Some(browser) = browser::Browser::find() else {
//!     return eprintln!("skipped: no Chromium");
//! };
//! let tab = browser.tab();
//! tab.goto("http://127.0.0.1:8000/");
//! tab.press("Tab");
//! assert_eq!(tab.eval("document.activeElement.textContent"), "Skip to content");
//! ```
//!
//! It is made for tests: what goes wrong on the way (a script that throws, an element that is not
//! there, no answer for [`PATIENCE`]) panics at the line of the test that asked.

#![expect(
    clippy::disallowed_methods,
    reason = "a test browser is a program that is started, with a profile on the disk and deadlines"
)]

use std::cell::RefCell;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

mod connection;
mod key;
mod tab;

pub use serde_json::{Value, json};

use connection::Connection;
use tab::Place;
pub use tab::{Scheme, Tab};

/// How long anything may take before a test fails: far more than it needs on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The variable that names another Chromium than the one on the `PATH`.
const VARIABLE: &str = "CHROMIUM";

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// One running Chromium.
pub struct Browser {
    connection: Rc<RefCell<Connection>>,
    process: Child,
    // Removed when the browser is dropped, after the process has ended.
    _profile: TempDir,
}

impl Browser {
    /// Starts the Chromium of this machine; none when it has none. The variable `CHROMIUM` may name
    /// the program.
    ///
    /// # Panics
    /// When there is a Chromium and it does not start, and when `CHROMIUM` names nothing: silence
    /// would pass for a test that ran.
    #[track_caller]
    pub fn find() -> Option<Self> {
        let program = match env::var_os(VARIABLE) {
            Some(named) => {
                let named = PathBuf::from(named);
                assert!(named.is_file(), "{VARIABLE} names {}: no such file", named.display());
                named
            }
            None => NAMES.iter().find_map(|name| on_the_path(name))?,
        };
        Some(Self::start(&program))
    }

    #[track_caller]
    fn start(program: &Path) -> Self {
        let profile = TempDir::with_prefix("browser-").expect("a folder for the profile");
        let mut process = Command::new(program)
            .args([
                "--headless",
                "--remote-debugging-port=0",
                // Containers seldom allow the sandbox; the pages are those of the tests.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--no-first-run",
                "--no-default-browser-check",
                "--hide-scrollbars",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let address = address(&mut process, profile.path());
        let connection = Rc::new(RefCell::new(Connection::open(&address)));
        Self { connection, process, _profile: profile }
    }

    /// A new empty tab, in front of the others: those are hidden (`document.visibilityState`).
    #[track_caller]
    pub fn tab(&self) -> Tab {
        Tab::open(&self.connection, Place::Tab)
    }

    /// A new empty tab in a window of its own: it hides no other.
    #[track_caller]
    pub fn window(&self) -> Tab {
        Tab::open(&self.connection, Place::Window)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked first, so that it ends its own children; then made to.
        self.connection.borrow_mut().farewell();
        let deadline = Instant::now() + Duration::from_secs(3);
        while Instant::now() < deadline && matches!(self.process.try_wait(), Ok(None)) {
            thread::sleep(Duration::from_millis(10));
        }
        // Both fail only when it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `ws://127.0.0.1:PORT/devtools/browser/ID`, which Chromium writes into its profile.
#[track_caller]
fn address(process: &mut Child, profile: &Path) -> String {
    let file = profile.join("DevToolsActivePort");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| !path.is_empty()) {
            return format!("ws://127.0.0.1:{port}{}", path.trim_end());
        }
        if let Ok(Some(status)) = process.try_wait() {
            panic!("Chromium ended at once: {status}");
        }
        assert!(Instant::now() < deadline, "Chromium opened no port in {PATIENCE:?}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn on_the_path(name: &str) -> Option<PathBuf> {
    let name = Path::new(name);
    if name.is_absolute() {
        return name.is_file().then(|| name.to_owned());
    }
    let name = name.with_extension(env::consts::EXE_EXTENSION);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|program| program.is_file())
}
