//! `lacuna.toml`: the same settings each time, or problems that can be shown to a person.
#![no_main]

use lacuna::{cli::config, diag::human::Color};
use lacuna_fuzz::{assert_same, nowhere, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let read = || config::read(nowhere(), &text).map_err(|error| error.render(Color::Never));
    let once = read();
    if let Err(problems) = &once {
        assert!(problems.starts_with("error: "), "{problems}");
        let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!problems.contains(odd), "it can steer a terminal: {problems:?}");
    }
    if let Ok(config) = &once {
        for waiver in &config.waiver {
            let lines = text.lines().count().max(1) as u32;
            assert!((1..=lines).contains(&waiver.line), "{waiver:?}");
        }
    }
    assert_same(&once, &read(), "what is read");
});
