//! Raw HTML, and addresses: what is left of HTML is inert, and the last stage has nothing to take out
//! of a whole text of it. An address that may be shown has, to a browser, a scheme that runs nothing.
#![no_main]

use lacuna::render::{balance::balance, html, inert::seal, raw};
use lacuna_fuzz::{assert_none, inert, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let clean = html::clean_fragment(&text);
    assert_none(inert::faults_of_fragment(&clean), &text);
    // Every relative address of a text gives way to one of ours.
    let piece = raw::clean(&text, &mut 0, &|_| Some("../a%20b.html".to_owned())).html;
    let whole = balance(&piece);
    assert_none(inert::faults_of_fragment(&whole), &text);
    let removed = seal(whole).removed().map(str::to_owned);
    assert_none(removed.into_iter().collect(), &text);
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
