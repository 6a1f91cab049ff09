//! How a run ends: the exit codes, and what is said when the tool itself fails.

use std::{io::Write, panic, process::ExitCode};

use crate::diag::human::visible;

/// The exit code of a run. A panic ends with 101, as every Rust program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The work was done and nothing is at fault.
    Clean = 0,
    /// The content has errors, or warnings with `--strict`.
    Findings = 1,
    /// The work could not be done: wrong arguments, a broken `lacuna.toml`, an unusable folder.
    Misuse = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// From now on a panic says one calm sentence on the standard error, not a backtrace.
///
/// `RUST_BACKTRACE` still works: the usual report then follows the sentence.
pub fn speak_calmly_on_panic() {
    let usual = panic::take_hook();
    let wants_backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string);
        let cause = info.payload_as_str();
        // Nothing can be done when the standard error is closed.
        let _ = writeln!(std::io::stderr().lock(), "{}", sentence(place.as_deref(), cause));
        if wants_backtrace {
            usual(info);
        }
    }));
}

/// What a panic says, from its place in the source and its cause.
fn sentence(place: Option<&str>, cause: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let place = place.unwrap_or("an unknown place");
    let cause = cause.map(|cause| format!(" ({})", visible(cause))).unwrap_or_default();
    format!(
        "lacuna {version} met a fault of its own, not of your files; please report it with this \
         place: {place}{cause}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_scripts_rely_on() {
        assert_eq!([Exit::Clean, Exit::Findings, Exit::Misuse].map(|exit| exit as u8), [0, 1, 2]);
        assert_eq!(ExitCode::from(Exit::Clean), ExitCode::SUCCESS);
    }

    #[test]
    fn a_panic_is_one_line_without_control_characters() {
        let said = sentence(Some("src/a.rs:1:2"), Some("left\nright\x1b[31m"));
        assert!(said.contains("please report it") && said.contains("src/a.rs:1:2"), "{said}");
        assert!(!said.contains(char::is_control), "{said:?}");
        assert!(sentence(None, None).ends_with("an unknown place"));
    }
}
