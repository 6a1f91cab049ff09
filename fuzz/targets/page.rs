//! A document, from its bytes to its page, its twin and its drawings: inert, and the same when it is
//! made again, also with the line ends of another system.
#![no_main]

use std::collections::BTreeMap;

use lacuna_fuzz::{
    assert_none, assert_same,
    project::{self, Made, Shown, contained},
};
use libfuzzer_sys::fuzz_target;

const PATH: &str = "docs/a.md";

/// The pages without their spaces: blocks of code keep the line ends of the file.
fn pages(made: &Made) -> BTreeMap<&str, String> {
    let pages = made.files.iter().filter(|(route, _)| is_page(route));
    pages.map(|(route, html)| (route.as_str(), html.split_whitespace().collect())).collect()
}

/// A page that shows the text itself; one by lines shows them as they are.
fn is_page(route: &str) -> bool {
    route.ends_with(".html") && !route.ends_with(".lines.html")
}

fuzz_target!(init: contained(), |data: &[u8]| {
    let made = project::made(PATH, data, Shown::Own);
    assert_none(made.faults(), &String::from_utf8_lossy(data));
    if data.contains(&b'\r') {
        let again = project::made(PATH, data, Shown::Own);
        assert_same(&made.files, &again.files, "a page");
    } else {
        let lines: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
        let windows = project::made(PATH, &lines.join(b"\r\n".as_slice()), Shown::Own);
        assert_same(&pages(&made), &pages(&windows), "a page with other line ends");
    }
});
