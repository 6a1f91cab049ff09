//! What a site has beside its pages: Markdown twins, `llms.txt`, the feed, and files for hosts.

#![expect(
    clippy::disallowed_methods,
    reason = "a test writes its own project and runs the program"
)]

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use scraper::{Html, Selector};

const PROJECT: &[(&str, &str)] = &[
    (
        "docs/pier.md",
        "---\ndescription: Where boats lie\ndate: 2026-03-04\n---\n# The *pier*\n\nBoats lie here. See [the light](light.md#lamp), [[G-1]] and <b onclick=\"x()\">this</b>.\n",
    ),
    (
        "docs/light.md",
        "# The light\n\n[![build](https://e.org/b.svg)](https://e.org)\n\nA lamp that turns all night and is seen from far away.\n\n## Lamp\n\n```sh\n[not](a-link.md)\n```\n",
    ),
    (
        "adr/0001-oil.md",
        "# 1. Burn oil\u{7}\n\nDate: 2025-12-24\n\n## Status\n\nAccepted\n\n## Context\n\nOil is cheap on the island and burns for a long time.\n",
    ),
    ("adr/0002-gas.md", "# 2. Burn gas & air\n\nDate: 2026-02-30\n\n## Status\n\nProposed\n"),
    (
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: No [spare] lamp\npriority: P1\ndate: 2026-05-06\ntargets: [docs/spare.md]\nevidence: ['research/notes.txt (lines 2-2)']\n---\nWhen the lamp breaks it is dark until the boat comes.\n",
    ),
    ("research/notes.txt", "first\nthe lamp broke\n```\nlast\n"),
    (
        "schemas/lamp.proto",
        "syntax = \"proto3\";\npackage lamp.v1;\n// A lamp | that turns.\nmessage Lamp {\n  // Its *colour*.\n  string colour = 1;\n}\n",
    ),
];

struct Site(BTreeMap<String, String>);

impl Site {
    fn build(settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in PROJECT.iter().copied().chain([("lacuna.toml", settings)]) {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
            .arg("build")
            .arg(folder.path())
            .output()
            .expect("the program starts");
        assert!(matches!(run.status.code(), Some(0 | 1)), "{run:?}");
        let mut files = BTreeMap::new();
        collect(&folder.path().join("site"), "", &mut files);
        Self(files)
    }

    fn text(&self, route: &str) -> &str {
        self.0.get(route).unwrap_or_else(|| panic!("there is no {route}"))
    }

    fn attribute(&self, route: &str, css: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(self.text(route));
        let selector = Selector::parse(css).expect("a selector");
        page.select(&selector).next()?.attr(name).map(str::to_owned)
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let route = format!("{below}{}", entry.file_name().to_string_lossy());
        match entry.file_type().expect("a type").is_dir() {
            true => collect(&entry.path(), &format!("{route}/"), files),
            false => {
                let bytes = fs::read(entry.path()).expect("a file");
                files.insert(route, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
}

const WITH_ADDRESS: &str = "title = \"Island & sea\"\nbase_url = \"https://e.org/island/\"\n";

#[test]
fn every_page_has_a_twin_that_it_names() {
    let site = Site::build("");
    let pages: Vec<&String> = site.0.keys().filter(|route| route.ends_with(".html")).collect();
    let mut twins = 0;
    for page in pages.iter().filter(|page| !page.starts_with("r/") && **page != "404.html") {
        let named = site.attribute(page, "link[type='text/markdown']", "href");
        let twin = page.replace(".html", ".md");
        assert_eq!(named.as_deref(), twin.rsplit('/').next(), "{page}");
        let text = site.text(&twin);
        assert!(text.starts_with("---\ntitle: \""), "{twin}: {text}");
        assert!(!text.contains("onclick"), "{twin}");
        twins += 1;
    }
    assert_eq!(twins, site.0.keys().filter(|route| route.ends_with(".md")).count());
}

#[test]
fn links_of_twins_lead_to_files_of_the_site() {
    let site = Site::build("");
    let link = regex::Regex::new(r"\]\(<?([^)>]+?)>?\)").expect("a pattern");
    let mut followed = 0;
    for (route, text) in site.0.iter().filter(|(route, _)| route.ends_with(".md")) {
        let outside: String = text.split("```").step_by(2).collect();
        for found in link.captures_iter(&outside) {
            let href = found[1].split('#').next().unwrap_or_default();
            if href.is_empty() || href.contains(':') || outside.contains(&format!("`[{href}")) {
                continue;
            }
            let mut parts: Vec<&str> = route.split('/').collect();
            parts.pop();
            for part in href.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    part => parts.push(part),
                }
            }
            let to = parts.join("/");
            // Badges are pasted elsewhere, with addresses from the root.
            if route != "badges.md" {
                assert!(site.0.contains_key(&to), "{route}: {href}");
                followed += 1;
            }
        }
    }
    assert!(followed > 40, "{followed}");
}

#[test]
fn twins_say_the_facts_and_keep_the_text() {
    let site = Site::build("");
    let pier = site.text("docs/pier.md");
    assert!(pier.contains("\ndate: \"2026-03-04\"\n"), "{pier}");
    assert!(pier.contains("\n# The pier\n\nBoats lie here. See [the light](light.md#lamp), "));
    assert!(pier.contains("[G-1](../gaps/g-1.md) and <b>this</b>."), "{pier}");
    let light = site.text("docs/light.md");
    assert!(light.contains("```sh\n[not](a-link.md)\n```"), "{light}");
    assert!(light.contains("[build](https://e.org)"), "{light}");
    let gap = site.text("gaps/g-1.md");
    for fact in ["id: \"G-1\"", "coverage: \"uncovered\"", "priority: \"P1\"", "drift: \"unknown\""]
    {
        assert!(gap.contains(&format!("\n{fact}\n")), "{fact}: {gap}");
    }
    assert!(gap.contains("\n# No \\[spare\\] lamp\n"), "{gap}");
    assert!(site.text("adr/0001-oil.md").contains("\nstatus: \"accepted\"\n"));
    let notes = site.text("research/notes.txt.md");
    assert!(notes.contains("````\nfirst\nthe lamp broke\n```\nlast\n````"), "{notes}");
    let lamp = site.text("schemas/lamp.v1/Lamp.md");
    assert!(lamp.contains("A lamp | that turns.") && lamp.contains("1 `colour`"), "{lamp}");
    assert!(site.text("gaps/index.md").contains("| [G-1 No \\[spare\\] lamp](g-1.md) | P1 |"));
}

#[test]
fn twins_can_be_left_out() {
    let site = Site::build("twins = false\n");
    assert!(!site.0.keys().any(|route| route.ends_with(".md")));
    assert_eq!(site.attribute("index.html", "link[type='text/markdown']", "href"), None);
    assert!(site.text("llms.txt").contains("- [The pier](docs/pier.html): Where boats lie\n"));
}

#[test]
fn tables_lie_beside_the_pages_that_lead_to_them() {
    let site = Site::build("");
    let mut followed = 0;
    for (page, table) in [
        ("gaps/index.html", "gaps"),
        ("drift.html", "gaps"),
        ("trace/index.html", "targets"),
        ("decisions/index.html", "decisions"),
        ("documents.html", "documents"),
        ("research/index.html", "research"),
        ("schemas/index.html", "packages"),
        ("plan.html", "plan"),
        ("search.html", "records"),
        ("trace/graph.html", "links"),
    ] {
        let up = "../".repeat(page.matches('/').count());
        for ending in ["csv", "json"] {
            let css = format!(".downloads a[href='{up}tables/{table}.{ending}'][download]");
            assert!(site.attribute(page, &css, "href").is_some(), "{page}: {css}");
            assert!(site.0.contains_key(&format!("tables/{table}.{ending}")), "{table}.{ending}");
            followed += 1;
        }
        let twin = site.text(&page.replace(".html", ".md"));
        assert!(twin.contains(&format!("[CSV]({up}tables/{table}.csv)")), "{twin}");
    }
    assert_eq!(followed, 20);
    let csv = site.text("tables/gaps.csv");
    assert!(csv.starts_with("id,title,") && csv.contains("\r\nG-1,No [spare] lamp,P1,uncovered,"));
    let rows: serde_json::Value =
        serde_json::from_str(site.text("tables/gaps.json")).expect("JSON");
    assert_eq!(rows[0]["targets"], serde_json::json!(["docs/spare.md"]));
    assert!(site.text("llms.txt").contains("- [Gaps](tables/gaps.csv): a table"));
    assert!(site.text("_headers").contains("/*.csv\n  Content-Type: text/csv"));
    // Nothing leads to a table without a row, and there is none.
    assert!(!site.0.contains_key("tables/entries.csv"));
    let wrong = site.text("diagnostics.html").contains("class=\"diagnosed\"");
    let link = site.attribute("diagnostics.html", ".downloads a", "href");
    assert_eq!(link.is_some(), wrong, "problems have a table where there are any");
    assert_eq!(site.0.contains_key("tables/diagnostics.json"), wrong);

    let without = Site::build("tables = false\n");
    assert!(!without.0.keys().any(|route| route.starts_with("tables/")));
    assert_eq!(without.attribute("gaps/index.html", ".downloads", "class"), None);
    assert!(!without.text("llms.txt").contains("tables/"));
}

#[test]
fn llms_txt_has_the_form_of_its_site() {
    let site = Site::build(WITH_ADDRESS);
    let text = site.text("llms.txt");
    assert!(text.starts_with("# Island & sea\n\n> 0 of 1 gaps are covered"), "{text}");
    for heading in ["Overviews", "Documents", "Decisions", "Research", "Gaps", "Schemas"] {
        assert!(text.contains(&format!("\n## {heading}\n\n- [")), "{heading}: {text}");
    }
    let pier = "- [The pier](https://e.org/island/docs/pier.md): Where boats lie\n";
    assert!(text.contains(pier), "{text}");
    assert!(
        text.contains("- [G-1 No \\[spare\\] lamp](https://e.org/island/gaps/g-1.md): uncovered")
    );
}

#[test]
fn the_feed_tells_what_has_a_day() {
    let site = Site::build(WITH_ADDRESS);
    let feed = site.text("feed.xml");
    let order = ["No [spare] lamp", "The pier", "Burn oil"];
    let places: Vec<_> = order.iter().map(|title| feed.find(title).expect(title)).collect();
    assert!(places.is_sorted(), "{feed}");
    assert!(!feed.contains("Burn gas"), "its day is not in the calendar: {feed}");
    assert_eq!(feed.matches("<entry>").count(), 3);
    for part in [
        "<title>Island &amp; sea</title>",
        "<id>https://e.org/island/</id>",
        "href=\"https://e.org/island/feed.xml\"",
        "<updated>2026-05-06T00:00:00Z</updated>",
        "<id>https://e.org/island/r/G-1/</id>",
        "href=\"https://e.org/island/gaps/g-1.html\"",
        "<summary>Coverage: uncovered</summary>",
        "<category term=\"decision\"/>",
    ] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
    // One character that XML does not have would cost readers the whole feed.
    assert!(feed.contains(": Burn oil\u{fffd}</title>") && !feed.contains('\u{7}'), "{feed}");
    let named = site.attribute("docs/pier.html", "link[type='application/atom+xml']", "href");
    assert_eq!(named.as_deref(), Some("../feed.xml"));
    // Whole addresses are needed: without them there is no feed, and no page names one.
    let without = Site::build("");
    assert!(!without.0.contains_key("feed.xml"));
    assert_eq!(without.attribute("index.html", "link[type='application/atom+xml']", "href"), None);
}

#[test]
fn pages_describe_themselves() {
    let site = Site::build(WITH_ADDRESS);
    let said = |route: &str| site.attribute(route, "meta[name='description']", "content");
    assert_eq!(said("docs/pier.html").as_deref(), Some("Where boats lie"));
    let light = "A lamp that turns all night and is seen from far away.";
    assert_eq!(said("docs/light.html").as_deref(), Some(light));
    let oil = "Oil is cheap on the island and burns for a long time.";
    assert_eq!(said("adr/0001-oil.html").as_deref(), Some(oil));
    assert_eq!(said("schemas/lamp.v1/Lamp.html").as_deref(), Some("A lamp | that turns."));
    for page in ["index.html", "gaps/index.html", "drift.html", "plan.html", "diagnostics.html"] {
        assert!(said(page).is_some_and(|text| text.len() > 20), "{page}: {:?}", said(page));
    }
    let og = |name: &str| {
        let css = format!("meta[property='og:{name}']");
        site.attribute("docs/light.html", &css, "content").unwrap_or_default()
    };
    assert_eq!(og("title"), "The light");
    assert_eq!(og("description"), light);
    assert_eq!(og("site_name"), "Island & sea");
    assert_eq!(og("url"), "https://e.org/island/docs/light.html");
}

#[test]
fn hosts_find_what_they_look_for() {
    let site = Site::build(WITH_ADDRESS);
    let robots = site.text("robots.txt");
    assert!(robots.ends_with("\nSitemap: https://e.org/island/sitemap.xml\n"), "{robots}");
    assert!(site.text("sitemap.xml").contains("<loc>https://e.org/island/docs/pier.html</loc>"));
    assert_eq!(site.text(".nojekyll"), "");
    let manifest: serde_json::Value =
        serde_json::from_str(site.text("site.webmanifest")).expect("JSON");
    assert_eq!(manifest["name"], "Island & sea");
    let named = site.attribute("docs/pier.html", "link[rel='manifest']", "href");
    assert_eq!(named.as_deref(), Some("../site.webmanifest"));
    let css = "meta[http-equiv='Content-Security-Policy']";
    let policy = site.attribute("index.html", css, "content").expect("a policy");
    let headers = site.text("_headers");
    assert!(headers.contains(&format!("\n  Content-Security-Policy: {policy}\n")), "{headers}");
    assert!(headers.contains("\n  X-Content-Type-Options: nosniff\n"), "{headers}");
    let without = Site::build("");
    assert!(!without.text("robots.txt").contains("Sitemap"));
    assert_eq!(without.attribute("index.html", "link[rel='manifest']", "href"), None);
}
