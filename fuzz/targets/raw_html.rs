//! Raw HTML, and addresses: what is left of HTML is inert, and cleaning it again changes nothing. An
//! address that may be shown has, to a browser, a scheme that runs nothing.
#![no_main]

use lacuna::render::html;
use lacuna_fuzz::{assert_none, assert_same, inert, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    // A reference may be one to a carriage return, which parsers read as a line end.
    let clean = html::clean_fragment(&text).replace("\r\n", "\n").replace('\r', "\n");
    assert_none(inert::faults_of_fragment(&clean), &text);
    assert_same(&clean, &html::clean_fragment(&clean), "what is clean");
    for tag in text.split_inclusive('>') {
        use html::Tag::{Open, Void};
        if let Some(Open { html, .. } | Void { html }) = html::clean_tag(tag) {
            assert_none(inert::faults_of_fragment(&html), &tag);
        }
    }
    for address in text.lines().filter(|line| html::safe_url(line)) {
        assert_none(inert::faults_of_address(address), &address);
    }
});
