//! A gap analysis, with its gaps, records and claims: every place that is told lies in the text, and the same is read each time.
#![no_main]

use lacuna_fuzz::{project::read, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        read(lacuna::model::source::Kind::Ledger, "docs/GAP-ANALYSIS.md", &text);
    }
});
