//! What lies at the root above the versions of a site. Pure: the same versions give the same files,
//! whichever of them was built last.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Card, FORMAT, call, pretty};
use crate::{
    model::version::Label,
    path::RelPath,
    render::{redirect, versions as html},
};

/// Files without which there is no list of versions. Nothing of others may lie at their place;
/// whoever has one of the other files keeps it.
pub const NEEDED: &[&str] = &["versions.html", "versions.js", "versions.json"];

/// A version that lies below the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What its folder is called.
    pub label: Label,
    /// What it says of itself.
    pub card: Card,
    /// What a host is to send with its files, as it has it for itself.
    pub headers: Option<String>,
    /// Whether it has a site map.
    pub has_map: bool,
}

/// The list of versions as programs and pages read it.
#[derive(Debug, Serialize)]
struct List<'a> {
    format: u32,
    /// The version that most readers want.
    default: &'a Label,
    /// All of them, the newest first.
    versions: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    label: &'a Label,
    /// The front page, from the root.
    href: String,
}

/// The files of the root; none when there is no version.
pub fn files(mut found: Vec<Found>) -> BTreeMap<RelPath, Vec<u8>> {
    found.sort_by(|one, other| one.label.newest_first(&other.label));
    let Some(default) = default(&found) else { return BTreeMap::new() };
    let title = &default.card.title;
    let front = |found: &Found| format!("{}/index.html", found.label);
    let versions =
        found.iter().map(|found| Entry { label: &found.label, href: front(found) }).collect();
    let list = List { format: FORMAT, default: &default.label, versions };
    // The address is that of the version that was asked about it last: the newest that knows it.
    let base = found.iter().find_map(|found| found.card.base_url.as_deref());
    let base = base.map(|base| format!("{}/", base.trim_end_matches('/')));

    let mut texts: Vec<(&str, String)> = Vec::new();
    let rows: Vec<html::Row> = found
        .iter()
        .map(|found| html::Row {
            label: found.label.to_string(),
            href: front(found),
            is_default: found.label == default.label,
        })
        .collect();
    texts.push(("versions.html", html::list(title, &default.label, &rows)));
    texts.push(("404.html", html::not_found(title, &default.label, base.as_deref())));
    let target = redirect::Target {
        title: title.clone(),
        href: front(default),
        canonical: base.as_ref().map(|base| format!("{base}{}/", default.label)),
    };
    texts.push(("index.html", redirect::page(title, &[target])));
    let maps: Vec<String> = found.iter().filter_map(map).collect();
    let map =
        base.filter(|_| !maps.is_empty()).map(|base| format!("\nSitemap: {base}sitemap.xml\n"));
    if map.is_some() {
        texts.push(("sitemap.xml", html::site_maps(&maps)));
    }
    texts.push(("robots.txt", format!("User-agent: *\nAllow: /\n{}", map.unwrap_or_default())));
    texts.push(("_headers", found.iter().filter_map(headers).collect()));
    // Without it GitHub Pages leaves out what begins with `_`.
    texts.push((".nojekyll", String::new()));

    let mut files: BTreeMap<&str, Vec<u8>> =
        texts.into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.insert("versions.json", pretty(&list));
    files.insert("versions.js", call("lacunaVersions", "versions", &list));
    let route = |(name, bytes)| Some((RelPath::new(name)?, bytes));
    files.into_iter().filter_map(route).collect()
}

/// The version that most readers want: the newest release, else the first of all.
fn default(found: &[Found]) -> Option<&Found> {
    found.iter().find(|found| found.label.is_release()).or_else(|| found.first())
}

/// The address of the site map of a version.
fn map(found: &Found) -> Option<String> {
    let base = found.card.base_url.as_ref().filter(|_| found.has_map)?;
    Some(format!("{}/{}/sitemap.xml", base.trim_end_matches('/'), found.label))
}

/// What a host is to send with the files of a version: hosts read this at the root only, and the
/// addresses in it begin there.
fn headers(found: &Found) -> Option<String> {
    let line = |line: &str| match line.strip_prefix('/') {
        Some(path) => format!("/{}/{path}\n", found.label),
        None => format!("{line}\n"),
    };
    Some(found.headers.as_ref()?.lines().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(label: &str, base_url: Option<&str>) -> Found {
        let base_url = base_url.map(str::to_owned);
        Found {
            label: Label::new(label).expect("a label"),
            card: Card { format: FORMAT, title: format!("Ferries & {label}"), base_url },
            headers: Some("/*\n  X: 1\n/*.md\n  Y: 2\n".to_owned()),
            has_map: true,
        }
    }

    fn text(files: &BTreeMap<RelPath, Vec<u8>>, name: &str) -> String {
        String::from_utf8_lossy(&files[name]).into_owned()
    }

    #[test]
    fn the_order_of_building_has_no_say() {
        let one = files(vec![found("v1", None), found("v10", None), found("v2-rc.1", None)]);
        let two = files(vec![found("v10", None), found("v2-rc.1", None), found("v1", None)]);
        assert_eq!(one, two);
        let list = text(&one, "versions.json");
        let at = |label: &str| list.find(&format!("\"{label}\",\n      \"href\"")).expect(label);
        assert!(at("v10") < at("v2-rc.1") && at("v2-rc.1") < at("v1"), "{list}");
        assert!(list.contains("\"default\": \"v10\""), "{list}");
        assert!(text(&one, "index.html").contains("url=v10/index.html"));
        assert!(!one.contains_key("sitemap.xml"));
        assert!(text(&one, "versions.html").contains("Ferries &amp; v10"));
        assert_eq!(files(Vec::new()), BTreeMap::new());
    }

    #[test]
    fn a_trial_is_no_default_where_there_is_a_release() {
        let list = |labels: &[&str]| {
            let found = labels.iter().map(|label| found(label, None)).collect();
            text(&files(found), "versions.js")
        };
        assert!(list(&["main", "v1", "v2-rc.1"]).contains("\"default\":\"v1\""));
        assert!(list(&["main", "v2-rc.1"]).contains("\"default\":\"v2-rc.1\""));
        assert!(list(&["main", "develop"]).contains("\"default\":\"main\""));
    }

    #[test]
    fn addresses_are_those_below_the_root() {
        let files = files(vec![found("v1", Some("https://x.org/d")), found("v2", None)]);
        assert_eq!(
            text(&files, "robots.txt").lines().last(),
            Some("Sitemap: https://x.org/d/sitemap.xml")
        );
        assert!(text(&files, "sitemap.xml").contains("<loc>https://x.org/d/v1/sitemap.xml</loc>"));
        assert!(text(&files, "404.html").contains("href=\"https://x.org/d/versions.html\""));
        assert!(
            text(&files, "index.html").contains("rel=\"canonical\" href=\"https://x.org/d/v2/\"")
        );
        let headers = text(&files, "_headers");
        assert_eq!(headers, "/v2/*\n  X: 1\n/v2/*.md\n  Y: 2\n/v1/*\n  X: 1\n/v1/*.md\n  Y: 2\n");
    }
}
