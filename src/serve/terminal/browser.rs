//! Shows the site in the browser of the person.

use std::net::SocketAddr;

/// Opens the site that is served at `address`, without waiting for the browser.
///
/// Only an address of our own is ever opened, never a text from elsewhere.
///
/// # Errors
/// When no browser could be started: what to do instead.
pub fn open(address: SocketAddr) -> Result<(), String> {
    let url = url(address);
    open::that_detached(&url)
        .map_err(|error| format!("no browser could be started ({error}); open {url} yourself"))
}

/// The address as a person would type it: `http://localhost:4000`.
pub fn url(address: SocketAddr) -> String {
    match address.ip() {
        ip if ip.is_loopback() || ip.is_unspecified() => {
            format!("http://localhost:{}", address.port())
        }
        _ => format!("http://{address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_as_one_would_type_it() {
        for (address, wanted) in [
            ("127.0.0.1:4000", "http://localhost:4000"),
            ("[::1]:80", "http://localhost:80"),
            ("0.0.0.0:4000", "http://localhost:4000"),
            ("192.168.1.2:4000", "http://192.168.1.2:4000"),
            ("[fe80::1]:4000", "http://[fe80::1]:4000"),
        ] {
            assert_eq!(url(address.parse().expect("an address")), wanted);
        }
    }
}
