//! Whether output is coloured: the option, then the environment, then the terminal.

use super::args::ColorChoice;
use crate::diag::human::Color;

/// What a stream leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// A person's terminal.
    Terminal,
    /// A file, a pipe, a log.
    Other,
}

impl Stream {
    /// What this stream leads to.
    pub fn of(stream: &impl std::io::IsTerminal) -> Self {
        match stream.is_terminal() {
            true => Self::Terminal,
            false => Self::Other,
        }
    }
}

/// The variables of the environment that speak of colour, as they are set.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// `NO_COLOR`: any text at all turns colours off (no-color.org).
    pub no_color: Option<&'a str>,
    /// `CLICOLOR_FORCE`: any text but `0` turns colours on (bixense.com/clicolors).
    pub clicolor_force: Option<&'a str>,
    /// `TERM`: `dumb` knows no colours.
    pub term: Option<&'a str>,
}

/// Decides; an explicit choice wins over the environment, the environment over the terminal.
pub fn color(choice: ColorChoice, stream: Stream, wishes: Wishes<'_>) -> Color {
    let is_set = |value: Option<&str>| value.is_some_and(|value| !value.is_empty());
    match (choice, stream) {
        (ColorChoice::Always, _) => Color::Always,
        (ColorChoice::Never, _) => Color::Never,
        _ if is_set(wishes.no_color) => Color::Never,
        _ if is_set(wishes.clicolor_force) && wishes.clicolor_force != Some("0") => Color::Always,
        (ColorChoice::Auto, Stream::Terminal) if wishes.term != Some("dumb") => Color::Always,
        (ColorChoice::Auto, _) => Color::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_wins() {
        use ColorChoice::{Always as On, Auto, Never as Off};
        use Stream::{Other, Terminal};
        for (choice, stream, no_color, clicolor_force, term, expected) in [
            (Auto, Terminal, None, None, None, Color::Always),
            (Auto, Terminal, None, None, Some("dumb"), Color::Never),
            (Auto, Other, None, None, Some("xterm"), Color::Never),
            (Auto, Terminal, Some("1"), Some("1"), None, Color::Never),
            (Auto, Terminal, Some(""), None, None, Color::Always),
            (Auto, Other, None, Some("1"), None, Color::Always),
            (Auto, Other, None, Some("0"), None, Color::Never),
            (On, Other, Some("1"), None, None, Color::Always),
            (Off, Terminal, None, Some("1"), None, Color::Never),
        ] {
            let wishes = Wishes { no_color, clicolor_force, term };
            assert_eq!(color(choice, stream, wishes), expected, "{choice:?} {stream:?} {wishes:?}");
        }
    }
}
