//! Lacuna.
#![allow(missing_docs)]
pub mod diag;
pub mod model;
pub mod path;
pub mod read;
pub mod text;
