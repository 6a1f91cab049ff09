//! Diagnostics for people, in the manner of rustc.
