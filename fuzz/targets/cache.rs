//! What a build left for the next one, by the first byte: no bytes name a file outside the site, and
//! what can be read is written again to what reads the same.
#![no_main]

use lacuna::{
    engine::{
        cache::{self, PROGRAM},
        publish,
    },
    path::RelPath,
};
use libfuzzer_sys::{Corpus, fuzz_target};

fn assert_below<'a>(routes: impl IntoIterator<Item = &'a RelPath>) {
    for route in routes {
        let text = route.as_str();
        let climbs = text.split('/').any(|part| matches!(part, "" | "." | ".."));
        assert!(!climbs && !text.contains(['\\', '\0']), "{text:?}");
    }
}

fuzz_target!(|data: &[u8]| -> Corpus {
    let Some((kind, data)) = data.split_first() else { return Corpus::Reject };
    match kind {
        // What the search index has of each file, behind the name of the program.
        b's' => {
            let mut bytes = vec![u8::try_from(PROGRAM.len()).expect("a short name")];
            bytes.extend_from_slice(PROGRAM.as_bytes());
            bytes.extend_from_slice(data);
            let Some(digests) = cache::digests_of(&bytes) else { return Corpus::Keep };
            let written = postcard::to_stdvec(&(PROGRAM, &digests)).expect("it can be written");
            assert_eq!(cache::digests_of(&written), Some(digests));
        }
        b'p' => {
            let text = String::from_utf8_lossy(data).replace("PROGRAM", PROGRAM);
            let Some(pages) = cache::pages_of(text.as_bytes()) else { return Corpus::Keep };
            assert_below(pages.values().flatten());
        }
        b'm' => {
            let Ok(files) = publish::files_of_marker(data) else { return Corpus::Keep };
            assert_below(files.keys());
            // What a marker claims is replaced.
            assert!(!files.keys().any(|file| file.as_str().starts_with(".git/")), "{files:?}");
        }
        _ => return Corpus::Reject,
    }
    Corpus::Keep
});
