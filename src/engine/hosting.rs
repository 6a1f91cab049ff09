//! Files for hosts and browsers: what crawlers may read, what a host sends with each file, and what
//! the site is called on a home screen.

use super::output::OutputSet;
use crate::{diag::Diagnostic, page::site::Site, render::theme::Theme};

/// Adds them all.
pub fn add(site: &Site<'_>, theme: &Theme, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    let mut write = |route: &str, text: String| {
        super::build::add(output, found, route, text.into_bytes());
    };
    write("robots.txt", robots(site));
    write("site.webmanifest", manifest(site));
    write("_headers", headers(site, theme));
    // Without it GitHub Pages leaves out what begins with `_`.
    write(".nojekyll", String::new());
}

/// What crawlers may read: everything (RFC 9309). It counts at the root of a host only.
fn robots(site: &Site<'_>) -> String {
    let map = site.absolute("sitemap.xml");
    let map = map.map(|url| format!("\nSitemap: {url}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{map}")
}

/// The name and the sign of the site for browsers (W3C, Web Application Manifest). Its addresses
/// are relative to it.
fn manifest(site: &Site<'_>) -> String {
    let manifest = serde_json::json!({
        "name": site.title,
        "start_url": "index.html",
        "display": "browser",
        "icons": [{ "src": "assets/favicon.svg", "sizes": "any", "type": "image/svg+xml" }],
    });
    format!("{manifest:#}\n")
}

/// What Netlify and Cloudflare Pages send with each file. Other hosts show the file and do nothing.
fn headers(site: &Site<'_>, theme: &Theme) -> String {
    let mut text = String::from("/*\n");
    if let Some(policy) = theme.policy() {
        text.push_str(&format!("  Content-Security-Policy: {policy}\n"));
    }
    for (name, value) in [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    if site.twins {
        text.push_str("/*.md\n  Content-Type: text/markdown; charset=utf-8\n");
    }
    if site.tables {
        text.push_str("/*.csv\n  Content-Type: text/csv; charset=utf-8\n");
    }
    if let Some(feed) = site.feed() {
        text.push_str(&format!("/{feed}\n  Content-Type: application/atom+xml; charset=utf-8\n"));
    }
    text
}
