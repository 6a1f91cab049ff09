//! Where the sources can be seen on the web: by the configuration, else by the checkout.

use crate::{
    model::{config::Config, repository::Repository},
    read::git,
    world::Checkout,
};

/// The repository. `repository = "none"` leaves it unknown.
pub fn repository(checkout: &Checkout, config: &Config) -> Option<Repository> {
    match config.repository.as_deref() {
        Some("none") => None,
        Some(url) => git::configured(url, config.branch.as_deref()),
        None => {
            let head = checkout.head.as_deref().unwrap_or_default();
            let found = git::origin(checkout.config.as_deref()?, head)?;
            // A branch that is given is meant for the remote that is found, too.
            let branch = config.branch.as_deref();
            Some(branch.and_then(|name| git::configured(&found.web, Some(name))).unwrap_or(found))
        }
    }
}
