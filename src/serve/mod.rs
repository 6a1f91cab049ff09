//! `lacuna serve`: the site from memory, to the browser of whoever is writing it.

pub mod http;
