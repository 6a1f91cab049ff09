//! `lacuna.lock`: read, written and read again it says the same, and written again it is the same
//! bytes; or one problem at a place of the text.
#![no_main]

use lacuna::read::lock;
use lacuna_fuzz::{assert_none, assert_same, places, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    match lock::read(&text) {
        Ok(read) => {
            let written = lock::write(&read);
            let again = match lock::read(&written) {
                Ok(again) => again,
                Err(problem) => panic!("{problem:?} in what was written:\n{written}"),
            };
            assert_same(&read.citations, &again.citations, "a citation");
            assert_same(&written, &lock::write(&again), "what is written");
        }
        Err(problem) => assert_none(places::faults_of(&[*problem], &text), &text),
    }
});
