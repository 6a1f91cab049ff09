//! `[external]`: which addresses elsewhere are asked for.

use serde::{Deserialize, Serialize};

/// Which addresses `lacuna check --external` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct External {
    /// Globs of addresses that are not asked: `https://example.org/**`.
    pub skip: Vec<String>,
    /// Hosts and IP addresses that are asked though they are not public.
    pub allow: Vec<String>,
}
