//! A drawing of the project: what is left of it is inert, and cleaning it again changes nothing.
#![no_main]

use lacuna::render::svg;
use lacuna_fuzz::{assert_none, assert_same, drawing, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let Ok(clean) = svg::clean(&text) else { return };
    assert_none(drawing::faults(&clean), &text);
    assert_same(&Ok(clean.clone()), &svg::clean(&clean), "what is clean");
});
