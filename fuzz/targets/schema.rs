//! A schema: every place that is told lies in the text, and the same is read each time. Nothing of it
//! has changed against itself.
#![no_main]

use lacuna::model::source::Kind;
use lacuna_fuzz::{project::read, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        read(Kind::Schema, "schemas/a.proto", &text);
    }
});
