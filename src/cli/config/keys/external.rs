//! `[external]`: which addresses elsewhere are asked for.

use toml::de::DeValue;

use super::{Problems, Value, check_glob};
use crate::model::external::External;

const KEYS: &[&str] = &["skip", "allow"];

impl Problems {
    /// Reads `[external]`.
    pub(super) fn external(&mut self, value: &Value<'_>) -> External {
        let mut external = External::default();
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("external", "a table of `skip` and `allow`", value);
            return external;
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "skip" => external.skip = self.texts(name, value, check_glob),
                "allow" => external.allow = self.texts(name, value, check_host),
                _ => self.unknown("setting of external addresses", name, key.span(), KEYS),
            }
        }
        external
    }
}

/// Accepts the name of a host or an IP address, and no more of an address than that.
fn check_host(host: &str) -> Result<(), String> {
    let is_name = !host.is_empty()
        && host.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
        && !host.starts_with(['-', '.']);
    match is_name || host.parse::<std::net::IpAddr>().is_ok() {
        true => Ok(()),
        false => Err("this is no name of a host and no IP address".to_owned()),
    }
}
