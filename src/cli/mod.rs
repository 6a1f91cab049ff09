//! The command line: arguments in, text and an exit code out.

pub mod args;
pub mod color;
pub mod config;
pub mod exit;
pub mod init;
pub mod report;
