//! Lacuna.
pub mod check;
pub mod cli;
pub mod diag;
pub mod engine;
pub mod graph;
pub mod model;
pub mod page;
pub mod path;
pub mod read;
pub mod render;
pub mod text;
pub mod world;
