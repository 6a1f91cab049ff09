//! What `lacuna serve` says: one calm status that is rewritten in place, or plain lines.
//!
//! A person at a terminal sees a block of a few lines that always tells how things stand. A log
//! gets a line an event and no escape codes. Whatever is shown may come from files nobody
//! vouches for, so characters that would steer the terminal are spelled out here, once more.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diag::human::Color;
use keyboard::{Keyboard, Listeners};
use screen::Screen;

mod block;
pub mod browser;
mod keyboard;
mod line;
mod screen;

/// How things stand. The words are the caller's; each text is one line unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Where the site is: `http://localhost:4000`.
    pub address: String,
    /// What holds as long as the program runs: that files are polled, and why.
    pub notes: Vec<String>,
    /// What happened last, and what it took.
    pub last: Option<String>,
    /// How many things happened so far: tells one from the next where their words are the same.
    pub events: u64,
    /// What is wrong with the content.
    pub problems: Problems,
}

impl Status {
    /// Something happened.
    pub fn happened(&mut self, words: String) {
        self.last = Some(words);
        self.events += 1;
    }
}

/// What is wrong with the content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The summary: `2 errors, 5 warnings`. Not shown when it is empty.
    pub summary: String,
    /// The first of them as [`crate::diag::human`] renders them in the colour that
    /// [`Terminal::color`] gives: many lines each.
    pub first: Vec<String>,
}

/// How the status is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A block that is rewritten in place, with keys.
    Live,
    /// A line an event.
    Plain,
}

/// What decides the [`Mode`]: the stream, and the variables of the environment as they are set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings<'a> {
    /// Whether the standard error leads to a terminal.
    pub is_terminal: bool,
    /// `CI`: set by services that build unattended; any text but `false` and `0`.
    pub ci: Option<&'a str>,
    /// `TERM`: `dumb` cannot move the cursor.
    pub term: Option<&'a str>,
}

impl Mode {
    /// The mode that suits.
    pub fn of(surroundings: Surroundings<'_>) -> Self {
        let Surroundings { is_terminal, ci, term } = surroundings;
        let unattended = ci.is_some_and(|value| !["", "0", "false"].contains(&value));
        match is_terminal && !unattended && term != Some("dumb") {
            true => Self::Live,
            false => Self::Plain,
        }
    }
}

/// What a person asks for by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Show the site in a browser: `o`.
    Open,
    /// Build anew: `r`.
    Rebuild,
    /// Clear the screen, which [`Terminal::clear`] does: `c`.
    Clear,
    /// End: `q`, Ctrl-C, or a signal that asks for the end.
    Quit,
}

/// The terminal of `lacuna serve`, on the standard error.
///
/// A live one changes how the terminal reads keys, and restores that when it is dropped, on a
/// panic, and on the signals that ask for the end. Drop it before the program exits.
pub struct Terminal {
    screen: Arc<Mutex<Screen<io::Stderr>>>,
    listeners: Listeners,
    color: Color,
    keyboard: Option<Keyboard>,
}

impl Terminal {
    /// Takes the terminal. Keys are read when `mode` is live, the standard input is a terminal
    /// too, and the program is in its foreground.
    pub fn new(mode: Mode, color: Color) -> Self {
        let color = if mode == Mode::Live { color } else { Color::Never };
        let screen = Arc::new(Mutex::new(Screen::new(io::stderr(), mode, color)));
        let listeners = Listeners::default();
        let is_read = mode == Mode::Live && io::stdin().is_terminal();
        let hears = keyboard::hear_signals(listeners.clone(), mode).is_ok();
        let keyboard = (is_read && hears).then(|| {
            let redrawn = Arc::clone(&screen);
            Keyboard::start(listeners.clone(), move || drop(lock(&redrawn).redraw()))
        });
        let keyboard = keyboard.flatten();
        lock(&screen).has_keys = keyboard.is_some();
        Self { screen, listeners, color, keyboard }
    }

    /// The colour to render findings in.
    pub fn color(&self) -> Color {
        self.color
    }

    /// Shows how things stand; in plain mode, what is new since the last time.
    ///
    /// # Errors
    /// When the standard error cannot be written to.
    pub fn show(&self, status: &Status) -> io::Result<()> {
        if let Some(keyboard) = &self.keyboard {
            // A panic that was caught has given the keys back.
            keyboard.hold();
        }
        lock(&self.screen).show(status)
    }

    /// Clears a live screen and shows the status at its top; in plain mode, nothing.
    ///
    /// # Errors
    /// When the standard error cannot be written to.
    pub fn clear(&self) -> io::Result<()> {
        lock(&self.screen).clear()
    }

    /// The keys that are pressed from now on, and the signals that ask for the end, which are
    /// heard where no keys are read, too. The channel stays open as long as the terminal lives.
    pub fn keys(&self) -> Receiver<Key> {
        let (sender, receiver) = channel();
        self.listeners.add(sender);
        receiver
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        keyboard::hear_no_more();
    }
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal").field("color", &self.color).finish_non_exhaustive()
    }
}

fn lock<W: Write>(screen: &Mutex<Screen<W>>) -> MutexGuard<'_, Screen<W>> {
    screen.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_is_for_people_at_capable_terminals() {
        for (is_terminal, ci, term, wanted) in [
            (true, None, Some("xterm"), Mode::Live),
            (true, Some(""), None, Mode::Live),
            (true, Some("false"), None, Mode::Live),
            (true, Some("true"), Some("xterm"), Mode::Plain),
            (true, None, Some("dumb"), Mode::Plain),
            (false, None, Some("xterm"), Mode::Plain),
        ] {
            let surroundings = Surroundings { is_terminal, ci, term };
            assert_eq!(Mode::of(surroundings), wanted, "{surroundings:?}");
        }
    }
}
