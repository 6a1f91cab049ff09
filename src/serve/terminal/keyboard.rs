//! Reads single keys, and gives the terminal back as it was however the program ends.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::{Key, Mode};

/// How long a wait for a key lasts before the thread asks whether it should end.
const PATIENCE: Duration = Duration::from_millis(100);

/// Those who hear of keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Listeners(Arc<Mutex<Vec<Sender<Key>>>>);

impl Listeners {
    pub(super) fn add(&self, listener: Sender<Key>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    fn tell(&self, key: Key) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(key).is_ok());
    }
}

/// The keyboard while it is read.
pub(super) struct Keyboard {
    ended: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

/// Whether somebody hears that the end is asked for.
static HEARD: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is to be given back. There is one terminal, so there is one answer.
static HELD: AtomicBool = AtomicBool::new(false);

impl Keyboard {
    /// Begins to read; `resized` is called when the window changes its size. The signals must be
    /// heard already: from the moment the keys are held there is something to give back. `None` when keys
    /// cannot be read, or when another program has the terminal: asking for it then would have
    /// the system stop this one.
    pub(super) fn start(listeners: Listeners, resized: impl Fn() + Send + 'static) -> Option<Self> {
        if !is_foreground() {
            return None;
        }
        give_back_on_panic();
        let ended = Arc::new(AtomicBool::new(false));
        let mut keyboard = Self { ended: Arc::clone(&ended), reader: None };
        if !keyboard.hold() {
            return None;
        }
        let read = move || {
            while !ended.load(Ordering::SeqCst) {
                if !wait() {
                    return listeners.tell(Key::Quit);
                }
                let next = event::poll(Duration::ZERO);
                match next.and_then(|ready| ready.then(event::read).transpose()) {
                    Ok(Some(Event::Key(pressed))) => {
                        meaning(pressed).into_iter().for_each(|key| listeners.tell(key));
                    }
                    Ok(Some(Event::Resize(..))) => resized(),
                    Ok(_) => {}
                    // The terminal is gone, as when its window was closed: so is the person.
                    Err(_) => return listeners.tell(Key::Quit),
                }
            }
        };
        keyboard.reader = Some(thread::Builder::new().name("keys".into()).spawn(read).ok()?);
        Some(keyboard)
    }

    /// Has keys come one by one and unseen. Whether that is so now.
    pub(super) fn hold(&self) -> bool {
        HELD.load(Ordering::SeqCst) || {
            let is_raw = enable_raw_mode().is_ok();
            HELD.store(is_raw, Ordering::SeqCst);
            is_raw
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        if let Some(reader) = self.reader.take() {
            // A reader that panicked has said so.
            drop(reader.join());
        }
        give_back();
    }
}

/// Gives the terminal back, once.
fn give_back() {
    if HELD.swap(false, Ordering::SeqCst) {
        // A terminal that is gone needs nothing back.
        drop(disable_raw_mode());
    }
}

/// Has a panic of any thread give the terminal back before it is told.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            tell(panic);
        }));
    });
}

/// What a key asks for.
fn meaning(pressed: KeyEvent) -> Option<Key> {
    if pressed.kind != KeyEventKind::Press {
        return None;
    }
    let with_control = pressed.modifiers.contains(KeyModifiers::CONTROL);
    match pressed.code {
        KeyCode::Char('c' | 'd' | 'C' | 'D') if with_control => Some(Key::Quit),
        KeyCode::Char(_) if with_control || pressed.modifiers.contains(KeyModifiers::ALT) => None,
        KeyCode::Char('o' | 'O') => Some(Key::Open),
        KeyCode::Char('r' | 'R') => Some(Key::Rebuild),
        KeyCode::Char('c' | 'C') => Some(Key::Clear),
        KeyCode::Char('q' | 'Q') => Some(Key::Quit),
        _ => None,
    }
}

/// Waits for a key, but not for ever. `false` when the terminal is gone without a signal that says
/// so: reading from one that was hung up would never end.
#[cfg(unix)]
fn wait() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = std::io::stdin();
    let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
    let patience = Timespec { tv_sec: 0, tv_nsec: PATIENCE.subsec_nanos().into() };
    match poll(&mut waiting, Some(&patience)) {
        Ok(_) => {
            !waiting[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
        }
        Err(error) => error == rustix::io::Errno::INTR,
    }
}

#[cfg(not(unix))]
fn wait() -> bool {
    // Looked at again by the caller.
    event::poll(PATIENCE).is_ok()
}

/// Whether this program may speak with the keyboard of its terminal.
fn is_foreground() -> bool {
    #[cfg(unix)]
    {
        let foreground = rustix::termios::tcgetpgrp(rustix::stdio::stdin());
        foreground.is_ok_and(|group| group == rustix::process::getpgrp())
    }
    #[cfg(not(unix))]
    {
        true
    }
}

/// Hears the signals that ask for the end as the key that asks for it, from now on.
#[cfg(unix)]
pub(super) fn hear_signals(listeners: Listeners, mode: Mode) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::low_level::emulate_default_handler;
    let asked: &[i32] = match mode {
        Mode::Live => &[SIGINT, SIGTERM, SIGHUP],
        // Where there is nothing to give back, `nohup` keeps its meaning.
        Mode::Plain => &[SIGINT, SIGTERM],
    };
    let mut signals = signal_hook::iterator::Signals::new(asked)?;
    HEARD.store(true, Ordering::SeqCst);
    let hear = move || {
        for (times, signal) in signals.forever().enumerate() {
            // Asked before it is told: who hears it may have ended the next moment.
            let is_heard = HEARD.load(Ordering::SeqCst);
            listeners.tell(Key::Quit);
            // Who asks twice does not want to wait for what is under way.
            if times > 0 || !is_heard {
                give_back();
                drop(emulate_default_handler(signal));
            }
        }
    };
    thread::Builder::new().name("signals".into()).spawn(hear).map(drop)
}

/// Where there are no signals, Ctrl-C is a key.
#[cfg(not(unix))]
pub(super) fn hear_signals(_: Listeners, _: Mode) -> std::io::Result<()> {
    Ok(())
}

/// From now on signals do what they do to any program.
pub(super) fn hear_no_more() {
    HEARD.store(false, Ordering::SeqCst);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_line_says() {
        let none = KeyModifiers::NONE;
        for (code, modifiers, wanted) in [
            ('o', none, Some(Key::Open)),
            ('R', KeyModifiers::SHIFT, Some(Key::Rebuild)),
            ('c', none, Some(Key::Clear)),
            ('c', KeyModifiers::CONTROL, Some(Key::Quit)),
            ('q', none, Some(Key::Quit)),
            ('r', KeyModifiers::CONTROL, None),
            ('q', KeyModifiers::ALT, None),
            ('x', none, None),
        ] {
            let pressed = KeyEvent::new(KeyCode::Char(code), modifiers);
            assert_eq!(meaning(pressed), wanted, "{code} {modifiers:?}");
        }
        let mut released = KeyEvent::new(KeyCode::Char('q'), none);
        released.kind = KeyEventKind::Release;
        assert_eq!(meaning(released), None);
    }

    #[test]
    fn all_listeners_hear_and_those_who_left_are_forgotten() {
        let listeners = Listeners::default();
        let (first, heard) = std::sync::mpsc::channel();
        let (second, left) = std::sync::mpsc::channel();
        listeners.add(first);
        listeners.add(second);
        drop(left);
        listeners.tell(Key::Open);
        listeners.tell(Key::Quit);
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [Key::Open, Key::Quit]);
        assert_eq!(listeners.0.lock().expect("no panic").len(), 1);
    }
}
