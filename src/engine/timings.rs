//! How long each stage took.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The time that stages took, by a clock that the caller gives: no stage looks at one itself.
#[derive(Default)]
pub struct Timings {
    clock: Option<fn() -> Instant>,
    laps: Mutex<Vec<Lap>>,
}

/// The time of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lap {
    /// Its name.
    pub stage: &'static str,
    /// The time on the wall that it took, all runs together.
    pub took: Duration,
}

impl Timings {
    /// Timings by this clock; without one nothing is measured.
    pub fn by(clock: fn() -> Instant) -> Self {
        Self { clock: Some(clock), laps: Mutex::default() }
    }

    /// Runs a stage and measures it.
    pub fn time<T>(&self, stage: &'static str, run: impl FnOnce() -> T) -> T {
        let Some(clock) = self.clock else { return run() };
        let begun = clock();
        let value = run();
        let took = clock().duration_since(begun);
        let mut laps = self.laps.lock().unwrap_or_else(PoisonError::into_inner);
        match laps.iter_mut().find(|lap| lap.stage == stage) {
            Some(lap) => lap.took += took,
            None => laps.push(Lap { stage, took }),
        }
        value
    }

    /// The stages in the order in which they first ended.
    pub fn laps(&self) -> Vec<Lap> {
        self.laps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl fmt::Debug for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.laps()).finish()
    }
}
