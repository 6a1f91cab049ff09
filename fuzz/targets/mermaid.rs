//! A diagram: drawn inert in both colours with a size, or refused with one line for people and a line
//! that the source has; and the same each time.
#![no_main]

use std::time::{Duration, Instant};

use lacuna::{model::limits::Limits, render::diagram};
use lacuna_fuzz::{assert_none, assert_same, drawing, project::contained, text};
use libfuzzer_sys::fuzz_target;

/// What takes so long is drawn once.
const LONG: Duration = Duration::from_millis(500);

fuzz_target!(init: contained(), |data: &[u8]| {
    let Some(source) = text(data) else { return };
    let begun = Instant::now();
    let drawn = diagram::draw(&source, "d0", &Limits::default());
    let took = begun.elapsed();
    match &drawn {
        Ok(drawn) => {
            assert_none(drawing::faults(&drawn.light), &source);
            assert_none(drawing::faults(&drawn.dark), &source);
        }
        Err(error) => {
            assert!(!error.message.is_empty() && !error.message.contains('\n'), "{error:?}");
            let lines = source.lines().count().max(1) as u32;
            assert!(error.line.is_none_or(|line| (1..=lines).contains(&line)), "{error:?}");
        }
    }
    // The clock has a say in what takes long.
    if took > LONG {
        return;
    }
    assert_same(&drawn, &diagram::draw(&source, "d0", &Limits::default()), "a drawing");
});
