//! Where the status is written: rewritten in place, or line after line.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::block::{Keys, Room, block, news};
use super::line::width;
use super::{Mode, Status};
use crate::diag::human::Color;

/// A stream that shows a status.
pub(super) struct Screen<W> {
    out: W,
    mode: Mode,
    color: Color,
    /// Whether keys are read, so that they are worth a line.
    pub(super) has_keys: bool,
    status: Option<Status>,
    /// The widths of the lines that stand on the screen.
    drawn: Vec<usize>,
    /// How large the screen is now.
    room: fn() -> Room,
}

/// The size to assume of a screen that does not tell its own.
const USUAL: Room = Room { columns: 80, rows: 24 };

impl<W: Write> Screen<W> {
    pub(super) fn new(out: W, mode: Mode, color: Color) -> Self {
        Self { out, mode, color, has_keys: false, status: None, drawn: Vec::new(), room }
    }

    pub(super) fn show(&mut self, status: &Status) -> io::Result<()> {
        let before = self.status.replace(status.clone());
        match self.mode {
            Mode::Live => self.redraw(),
            Mode::Plain => {
                let lines = news(status, before.as_ref());
                let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
                self.write(&text)
            }
        }
    }

    /// Writes the block over the one that stands there.
    pub(super) fn redraw(&mut self) -> io::Result<()> {
        let room = (self.room)();
        // A screen that became narrower has broken the old lines.
        let rows: usize =
            self.drawn.iter().map(|width| width.div_ceil(room.columns.max(1)).max(1)).sum();
        let up = rows.min(room.rows);
        let mut text = String::new();
        if up > 0 {
            let _ = write!(text, "\x1b[{up}A");
        }
        text.push_str("\r\x1b[J");
        self.draw(text, room)
    }

    pub(super) fn clear(&mut self) -> io::Result<()> {
        match self.mode {
            Mode::Live => self.draw("\x1b[2J\x1b[H".into(), (self.room)()),
            Mode::Plain => Ok(()),
        }
    }

    /// Writes `text` and the block after it, at once so that nothing flickers.
    fn draw(&mut self, mut text: String, room: Room) -> io::Result<()> {
        let Some(status) = &self.status else { return Ok(()) };
        let keys = if self.has_keys { Keys::Shown } else { Keys::Hidden };
        let lines = block(status, room, keys, self.color);
        self.drawn = lines.iter().map(|line| width(line)).collect();
        for line in lines {
            text.push_str(&line);
            // Keys are read raw, and then a line end alone does not lead to the first column.
            text.push_str("\r\n");
        }
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

fn room() -> Room {
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => {
            Room { columns: columns.into(), rows: rows.into() }
        }
        _ => USUAL,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(mode: Mode) -> Screen<Vec<u8>> {
        let mut screen = Screen::new(Vec::new(), mode, Color::Never);
        screen.room = || Room { columns: 40, rows: 10 };
        screen
    }

    fn written(screen: &mut Screen<Vec<u8>>) -> String {
        String::from_utf8(std::mem::take(&mut screen.out)).expect("text was written")
    }

    fn status(last: &str) -> Status {
        Status {
            address: "http://localhost:4000".into(),
            last: Some(last.into()),
            ..Status::default()
        }
    }

    #[test]
    fn the_block_takes_the_place_of_the_one_before() {
        let mut screen = screen(Mode::Live);
        screen.show(&status("one")).expect("memory");
        assert_eq!(written(&mut screen), "\r\x1b[Jhttp://localhost:4000\r\none\r\n");
        screen.show(&status("two")).expect("memory");
        assert_eq!(written(&mut screen), "\x1b[2A\r\x1b[Jhttp://localhost:4000\r\ntwo\r\n");
        screen.clear().expect("memory");
        assert_eq!(written(&mut screen), "\x1b[2J\x1b[Hhttp://localhost:4000\r\ntwo\r\n");
    }

    #[test]
    fn a_screen_that_became_narrower_has_broken_the_lines() {
        let mut screen = screen(Mode::Live);
        screen.show(&status("one")).expect("memory");
        written(&mut screen);
        screen.room = || Room { columns: 10, rows: 10 };
        screen.redraw().expect("memory");
        // The address stands on three lines of ten columns, the event on one.
        assert_eq!(written(&mut screen), "\x1b[4A\r\x1b[Jhttp://lo…\r\none\r\n");
    }

    #[test]
    fn a_log_has_lines_and_no_codes() {
        let mut screen = screen(Mode::Plain);
        let mut status = status("one");
        screen.show(&status).expect("memory");
        screen.show(&status).expect("memory");
        assert_eq!(written(&mut screen), "http://localhost:4000\none\n", "nothing is told twice");
        status.happened("one".into());
        screen.show(&status).expect("memory");
        screen.clear().expect("memory");
        assert_eq!(written(&mut screen), "one\n", "it happened again");
    }
}
