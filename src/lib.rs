//! Lacuna compiles research, decisions, schemas and gap analyses into one site.

pub mod engine;
pub mod world;
