//! Whatever a client sends: replies in HTTP that share nothing, for paths that name nothing outside,
//! and none at all to who does not call the server by its name.
#![no_main]

use lacuna_fuzz::{
    assert_none, assert_same,
    exchange::{HOSTS, converse, faults},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let said = converse(data);
    assert_none(faults(&said), &(String::from_utf8_lossy(data), &said));
    if !said.asked.is_empty() {
        let text = String::from_utf8_lossy(data).to_ascii_lowercase();
        let host = |line: &str| {
            let value = line.strip_prefix("host:").map(str::trim);
            value.is_some_and(|value| HOSTS.contains(&value))
        };
        assert!(text.lines().any(host), "it answers a stranger: {said:?}");
    }
    assert_same(&said.asked, &converse(data).asked, "what is looked up");
});
