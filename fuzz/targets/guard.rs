//! Headers that say who asks: a page is looked up only for one request that calls the server by its
//! name, comes from no other site, reads only, and has no body.
#![no_main]

use lacuna_fuzz::{
    assert_none,
    exchange::{HOSTS, converse, faults},
    text,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("GET / HTTP/1.1");
    let headers: Vec<&str> = lines.collect();
    let said = converse(format!("{first}\r\n{}\r\n\r\n", headers.join("\r\n")).as_bytes());
    assert_none(faults(&said), &(&text, &said));
    if said.asked.is_empty() {
        return;
    }
    assert_eq!(said.asked.len(), 1, "one request: {text:?}");
    let of = |name: &str| -> Vec<String> {
        let value = |line: &&str| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim().to_ascii_lowercase())
        };
        headers.iter().filter_map(value).collect()
    };
    assert!(first.starts_with("GET ") || first.starts_with("HEAD "), "{text:?}");
    let [host] = &of("host")[..] else { panic!("not one host: {text:?}") };
    assert!(HOSTS.contains(&host.as_str()), "a stranger: {text:?}");
    for origin in of("origin") {
        let own = ["http", "https"].map(|scheme| format!("{scheme}://{host}"));
        assert!(own.contains(&origin), "a page of {origin}: {text:?}");
    }
    for site in of("sec-fetch-site") {
        let visits = of("sec-fetch-mode") == ["navigate"] && of("sec-fetch-dest") == ["document"];
        assert!(matches!(site.as_str(), "same-origin" | "none") || visits, "{site}: {text:?}");
    }
    assert!(of("transfer-encoding").is_empty(), "a body: {text:?}");
    for length in of("content-length") {
        assert!(length.bytes().all(|byte| byte == b'0'), "a body: {text:?}");
    }
});
