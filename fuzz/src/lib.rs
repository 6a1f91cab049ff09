//! What the fuzz targets share: judges that know nothing of how the program works, and the way from
//! bytes to the values it makes of them.
//!
//! Each file of `targets/` is one target: bytes go in, the program makes something of them, and what
//! must hold for any bytes is asserted. `content/guide/fuzzing.md` says how to run them.

pub mod drawing;
pub mod exchange;
pub mod inert;
pub mod places;
pub mod project;

use std::{fmt::Debug, path::Path};

use lacuna::path::RelPath;

/// The bytes as the program decodes them; none when they are no text.
pub fn text(data: &[u8]) -> Option<String> {
    lacuna::world::decode::decode(data).map(|(text, _)| text.to_string())
}

/// A path of the program.
///
/// # Panics
/// When it is none: the paths are written by the author of a target.
pub fn path(path: &str) -> RelPath {
    RelPath::new(path).expect("a path below the root")
}

/// Asserts that two runs gave the same, and shows where they begin to differ.
#[track_caller]
pub fn assert_same<T: PartialEq + Debug>(once: &T, again: &T, what: &str) {
    if once == again {
        return;
    }
    let [once, again] = [once, again].map(|value| format!("{value:?}").chars().collect::<Vec<_>>());
    let same = once.iter().zip(&again).take_while(|(one, other)| one == other).count();
    let around = |text: &[char]| -> String {
        text.iter().skip(same.saturating_sub(200)).take(400).collect()
    };
    panic!("{what} differs\nonce:  {}\nagain: {}", around(&once), around(&again));
}

/// Asserts that there is nothing to complain of.
#[track_caller]
pub fn assert_none(faults: Vec<String>, about: &dyn Debug) {
    assert!(faults.is_empty(), "{}\n{about:?}", faults.join("\n"));
}

/// A folder that no file is in: what is read is given as text.
pub fn nowhere() -> &'static Path {
    Path::new("/nonexistent")
}
