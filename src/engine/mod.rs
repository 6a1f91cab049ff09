//! The stages in order.

pub mod output;
pub mod publish;
