//! Tables of contents and facts about folders, one file a format.

mod category;
mod mkdocs;
mod summary;

pub use category::category;
pub use mkdocs::mkdocs;
pub use summary::summary;
