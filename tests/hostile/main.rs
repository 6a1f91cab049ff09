//! Hostile content and hostile circumstances: what a stranger may put into a repository, and what a
//! machine may do to a build. Each test is named by what it protects and says which case of
//! `content/guide/hostile-content.md` it holds.
//!
//! `LACUNA_KILLS=200` kills more builds, `LACUNA_PATTERNS=1000` tries more patterns: the page lists all.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write repositories, run the program and read what it wrote"
)]

mod bounds;
mod containment;
mod damage;
mod growth;
mod in_browser;
mod inert;
mod markup;
mod names;
mod nesting;
mod patterns;
mod payloads;
mod project;
mod sameness;

/// A number that a person may ask for.
fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
