//! Leaves that turn untrusted sources into trusted markup.

pub mod badge;
pub mod code;
pub mod diagram;
pub mod html;
pub mod math;
pub mod svg;
