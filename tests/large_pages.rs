//! No page of a large project is too large: what grows with the project is divided, and every link
//! leads to the page that has what it names.

#![expect(
    clippy::disallowed_methods,
    reason = "these tests write a project, run the program and read its output"
)]

mod crawl;

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, sync::Arc};

use crawl::{Site, build as built, crawl};
use lacuna::{
    engine::{
        Options,
        build::{self, Making},
        earlier::Nothing,
        edition::Press,
        output::Item,
        publish::Aside,
        stages::Stages,
    },
    model::config::Config,
    path::RelPath,
    render::theme::Theme,
    world::{Limits, Memory, Snapshot},
};
use scraper::{Html, Selector};
use tempfile::TempDir;

/// The largest page, in bytes of HTML. Long texts are in one piece: they have no limit.
const LIMIT: usize = 150_000;

/// Enough gaps for every list that grows with them to have several pages. An unoptimised program
/// takes more than a minute for the 5,000 of the test below, and a crawl of it as long.
const SOME: u32 = 800;

#[test]
fn no_page_but_texts_is_over_the_limit() {
    let (_folder, mut site) = large(SOME);
    check(&site, SOME);
    // It is shown at any depth: with a base address, its links are absolute.
    site.remove("404.html");
    let faults = crawl(&site);
    assert!(
        faults.is_empty(),
        "{} faults\n{}",
        faults.len(),
        faults[..faults.len().min(40)].join("\n")
    );
    the_lists_are_whole(&site, SOME);
    addresses_lead_to_the_right_page(&site);
}

/// The size that is promised: `cargo test --release --test large_pages -- --ignored`.
#[test]
#[ignore = "takes minutes unless the program is optimised"]
fn no_page_but_texts_is_over_the_limit_at_five_thousand_gaps() {
    let (_folder, site) = large(5_000);
    check(&site, 5_000);
    the_lists_are_whole(&site, 5_000);
}

/// Packages, and what is declared in them, have as many pages as they need.
#[test]
fn no_page_of_a_schema_is_over_the_limit() {
    let folder = TempDir::new().expect("a folder");
    let project = folder.path().join("project");
    fs::create_dir_all(project.join("proto")).expect("a folder");
    let put = |path: &str, text: &str| fs::write(project.join(path), text).expect("a file");
    put("lacuna.toml", "base_url = \"https://example.org/\"\n");
    put(
        "notes.md",
        "# Notes\n\n[[lamp.v1.Oil.V450]], [[lamp.v1.Oil.V2]], [[lamp.v1.Keeper.f290]]\n",
    );
    put("proto/lamp.proto", &schema(450));
    for n in 0..200 {
        put(&format!("proto/p{n}.proto"), &format!("syntax = \"proto3\";\npackage part{n:03};\n"));
    }
    let mut site = built(&project, &folder.path().join("site"));
    check(&site, 0);
    site.remove("404.html");
    let faults = crawl(&site);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));

    assert_eq!(walk(&site, "schemas/index.html", "td.main a").len(), 201, "the packages");
    let package = "schemas/lamp.v1/index.html";
    assert_eq!(walk(&site, package, "p.words a").len(), 904, "what the package declares");
    let oil = "schemas/lamp.v1/Oil.html";
    assert_eq!(walk(&site, oil, "table.members tr[id]").len(), 451, "the values");
    let keeper = "schemas/lamp.v1/Keeper.html";
    assert_eq!(walk(&site, keeper, "table.members tr[id]").len(), 300, "the fields");
    assert_eq!(walk(&site, keeper, "table.symbols td.main").len(), 400, "the messages inside");

    // Who names a member is led to the page that has it, and to no other.
    let leads = |from: &str, to: &str, member: &str| {
        let links: Vec<String> = page(&site, from)
            .select(&select("main a[href]"))
            .filter_map(|link| crawl::joined(from, link.value().attr("href")?))
            .collect();
        let wanted = format!("{to}#{member}");
        assert!(links.contains(&wanted), "{from} leads not to {wanted}: {links:?}");
        let has = page(&site, to).select(&select(&format!("tr#{member}"))).count();
        assert_eq!(has, 1, "{to} has {member}");
    };
    let last = |of: &str, member: &str| {
        let mut further = site.keys().filter(|p| p.starts_with(&format!("trace/pages/{of}.")));
        let has = |path: &&String| {
            path.ends_with(".html")
                && page(&site, path).select(&select(&format!("tr#{member}"))).count() == 1
        };
        further.find(has).unwrap_or_else(|| panic!("no further page of {of} has {member}")).clone()
    };
    let of_oil = last("schemas/lamp.v1/Oil", "V450");
    for from in ["notes.html", "schemas/lamp.v1/Lantern.html"] {
        leads(from, &of_oil, "V450");
    }
    leads("notes.html", oil, "V2");
    leads("notes.html", &last("schemas/lamp.v1/Keeper", "f290"), "f290");
    leads(&of_oil, oil, "V2");

    // An address from before leads to the way on.
    let first = page(&site, oil);
    let way = first.select(&select("nav.further a:has(#V450)")).next().expect("the way on");
    let href = way.value().attr("href").expect("an address");
    assert_eq!(crawl::joined(oil, href).as_deref(), Some(of_oil.as_str()));
    assert_eq!(first.select(&select("#V2")).count(), 1, "it is here, and nowhere else");

    let text = |start: &str| -> String {
        let files = site.iter().filter(|(path, _)| path.starts_with(start));
        files.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect()
    };
    assert!(
        text("assets/search/t-").contains("[\"V449\",\"V449\",\"Oil of sort 449"),
        "the search"
    );
    assert!(text("assets/preview/p-").contains(&of_oil), "a card of the further page");
    let map = String::from_utf8_lossy(&site["sitemap.xml"]);
    assert!(map.contains(&of_oil), "the map of the site");
    let twin = String::from_utf8_lossy(&site["schemas/lamp.v1/Oil.md"]);
    assert!(twin.contains("Page 1 of ") && twin.contains("[Next]("), "the twin has a way on");
    assert!(twin.contains("`V2`") && !twin.contains("`V450`"), "the twin has what its page has");
}

/// A package with an enum of so many values, a message with many fields and messages inside, and
/// twice as many small messages.
fn schema(values: u32) -> String {
    let mut text = String::from("syntax = \"proto3\";\npackage lamp.v1;\nenum Oil {\n");
    text.push_str("  option allow_alias = true;\n");
    for n in 0..values {
        let _ = writeln!(text, "  // Oil of sort {n}, {}.\n  V{n} = {n};", phrase(n, 20));
    }
    let _ = writeln!(text, "  V{values} = 2;\n}}\nmessage Keeper {{");
    for n in 1..=300 {
        if n == 200 {
            text.push_str("  // One of them.\n  oneof one {\n");
        }
        let _ = writeln!(text, "  // {}.\n  Oil f{n} = {n};", phrase(n, 24));
    }
    text.push_str("  }\n");
    for n in 0..400 {
        let _ = writeln!(text, "  // {}.\n  message Inner{n} {{}}", phrase(n, 9));
    }
    text.push_str("}\n// Burns [the last][lamp.v1.Oil.V450].\nmessage Lantern {}\n");
    text.push_str("service Light {}\n");
    for n in 0..values * 2 {
        let _ = writeln!(text, "message LightOfAHouseWithALongName{}{n:04} {{}}", "Long".repeat(6));
    }
    text
}

/// A project whose lists have several pages is served file by file as it is built, also after edits
/// that move lines and entries from page to page.
#[test]
fn further_pages_are_served_as_they_are_built() {
    let stages = Arc::new(Stages::default());
    let edits: [(u32, &str); 3] = [(130, ""), (130, "One more line.\n\n"), (60, "")];
    for (gaps, before) in edits {
        let files = [
            ("docs/GAP-ANALYSIS.md", before.to_owned() + &ledger(gaps)),
            (
                "docs/notes.md",
                "# Notes\n\n[risks](GAP-ANALYSIS.md#risks), [[RISK-190]]\n".to_owned(),
            ),
            ("research/chunk-001.txt", "lamp oil\n".repeat(300)),
            ("proto/lamp.proto", schema(gaps * 2)),
        ];
        let world = Memory::new(files);
        let snapshot = Snapshot::take(&world, &Limits::default());
        let (config, theme) =
            (Arc::new(Config::default()), Arc::new(Theme::new(BTreeMap::new()).0));
        let options = Options { config: &config, folder_name: "p", today: Some("2030-01-01") };
        // The build keeps nothing; what is served keeps all from one edit to the next.
        let fresh = Stages::default();
        let reading = fresh.read(&snapshot, &config);
        let graph = fresh.relate(&reading, options);
        let (reading, graph, theme_of) = (&reading, &graph, &*theme);
        let making = Making {
            stages: &fresh,
            reading,
            graph,
            theme: theme_of,
            world: &world,
            options,
            aside: &Aside::memory(),
        };
        let site = build::build(making, &Nothing);
        let press = Press {
            stages: stages.clone(),
            world: Arc::new(world.clone()),
            config: config.clone(),
            theme: theme.clone(),
            folder_name: "p".into(),
            today: "2030-01-01".into(),
        };
        let edition = press.edition(&snapshot, BTreeMap::new());
        let mut further = 0;
        for (route, item) in site.output.iter() {
            let Item::Bytes(bytes) = item else { continue };
            let served = edition.file(route).unwrap_or_else(|| panic!("{route} is not served"));
            assert!(*served.bytes == **bytes, "{route} is served otherwise");
            further += usize::from(route.as_str().starts_with("trace/pages/"));
        }
        assert!(further > 8, "{further} further pages of {gaps} gaps");
        for nowhere in ["trace/pages/docs/GAP-ANALYSIS.99.html", "trace/diagnostics.99.html"] {
            let nowhere = RelPath::new(nowhere).expect("a path");
            assert!(edition.file(&nowhere).is_none(), "{nowhere} is served");
        }
        stages.end_round();
    }
}

fn check(site: &Site, gaps: u32) {
    let is_text = |path: &str| path.ends_with(".text.html") || path.starts_with("research/chunk");
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html") && !is_text(path));
    let large: Vec<String> = pages
        .filter(|(_, bytes)| bytes.len() > LIMIT)
        .map(|(path, bytes)| format!("{path} has {} bytes", bytes.len()))
        .collect();
    assert!(large.is_empty(), "of {gaps} gaps:\n{}", large.join("\n"));
}

/// Follows each list from its first page to its last by the links that need no script, and counts.
fn the_lists_are_whole(site: &Site, gaps: u32) {
    let gaps = gaps as usize;
    let held = walk(site, "docs/GAP-ANALYSIS.html", "table.gaps tbody tr td.main a");
    assert_eq!(held.len(), gaps, "the gaps of the ledger");
    let tasks = walk(site, "docs/GAP-ANALYSIS.html", "tr[id^=lc-task-]");
    assert_eq!(tasks.len(), gaps * 2, "the tasks of the ledger");
    let lines = walk(site, "docs/GAP-ANALYSIS.md.lines.html", ".line[id^=L]");
    let text = String::from_utf8_lossy(&site["trace/pages/docs/GAP-ANALYSIS.text.md"]);
    assert!(text.contains("### 1."), "the text has a page of its own");
    assert_eq!(lines.len(), ledger(gaps as u32).lines().count(), "the lines of the ledger");
    let planned = walk(site, "plan.html", "ul.plan-gaps li .id");
    assert!(planned.len() >= gaps * 9 / 10, "{} gaps are planned", planned.len());
    let codes = walk(site, "diagnostics.html", "ul.findings > li");
    let said = page(site, "diagnostics.html");
    let said: String = said.select(&select("p.problems")).flat_map(|p| p.text()).collect();
    let told = said.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<usize>().ok());
    assert_eq!(codes.len(), told.sum::<usize>(), "the diagnostics: {said}");
    let drift = walk(site, "drift.html", "table.board tbody tr, details.from li");
    assert_eq!(drift.len(), gaps, "the drift board");
    for first in ["docs/GAP-ANALYSIS.html", "docs/GAP-ANALYSIS.md.lines.html", "plan.html"] {
        let twin = first.replace(".html", ".md");
        let text = String::from_utf8_lossy(&site[&twin]);
        assert!(text.contains("Page 1 of ") && text.contains("[Next]("), "{twin} has no way on");
    }
}

/// All that a selector finds on the pages of a list, from the first on.
fn walk(site: &Site, first: &str, css: &str) -> Vec<String> {
    let (mut path, mut found) = (first.to_owned(), Vec::new());
    for _ in 0..site.len() {
        let page = page(site, &path);
        found.extend(page.select(&select(css)).map(|element| element.html()));
        let next = page.select(&select("nav.pages a[rel=next]")).next();
        match next.and_then(|next| next.value().attr("href")) {
            Some(href) => path = crawl::joined(&path, href).expect("an address of the site"),
            None => return found,
        }
    }
    panic!("the pages of {first} lead in a circle");
}

/// Links to what is far down a list, from other pages and from the search.
fn addresses_lead_to_the_right_page(site: &Site) {
    let notes = String::from_utf8_lossy(&site["docs/notes.html"]);
    for (what, wanted) in [
        ("a heading", "trace/pages/docs/GAP-ANALYSIS.text.html#risks"),
        ("lines", ".lines."),
        ("a risk", "trace/pages/docs/GAP-ANALYSIS."),
    ] {
        assert!(notes.contains(wanted), "{what}: no {wanted} in {notes}");
    }
    assert!(!notes.contains("GAP-ANALYSIS.html#lc-risk"), "the first page has no risks");
    let index: String = site
        .iter()
        .filter(|(path, _)| path.starts_with("assets/search/d-"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    assert!(index.contains("trace/pages/docs/GAP-ANALYSIS.text.html"), "the text is found");
    let map = String::from_utf8_lossy(&site["sitemap.xml"]);
    for page in site.keys().filter(|path| path.starts_with("trace/") && path.ends_with(".html")) {
        let address = page.strip_suffix("index.html").unwrap_or(page);
        assert!(map.contains(&format!("/{address}</loc>")), "{page} is not in the map of the site");
    }
}

fn page(site: &Site, path: &str) -> Html {
    let bytes = site.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    Html::parse_document(&String::from_utf8_lossy(bytes))
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

const WORDS: [&str; 16] = [
    "queue", "topic", "stream", "event", "lamp", "oil", "keeper", "shard", "quorum", "timeout",
    "retry", "backoff", "journal", "merge", "review", "release",
];

/// Some words, the same for the same number.
fn phrase(seed: u32, count: u32) -> String {
    let word =
        |n: u32| WORDS[(seed.wrapping_mul(31).wrapping_add(n * 7 + seed / 13) % 16) as usize];
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

/// A project with so many gaps in one ledger, and with as much of everything else as goes with it.
fn large(gaps: u32) -> (TempDir, Site) {
    let folder = TempDir::new().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join("project").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    put("lacuna.toml", "base_url = \"https://example.org/\"\n");
    put("docs/GAP-ANALYSIS.md", &ledger(gaps));
    put("docs/empty.md", "# Empty\n");
    for area in 0..gaps / 20 {
        let text = format!("# Area {area}\n\n{}.\n\n[[GA-{}]]\n", phrase(area, 40), area + 1);
        put(&format!("docs/area-{area:03}.md"), &text);
    }
    for chunk in 0..gaps / 40 {
        let lines: String = (0..200).map(|n| format!("{} must keep.\n", phrase(n, 8))).collect();
        put(&format!("research/chunk-{chunk:03}.txt"), &lines);
    }
    for decision in 1..=gaps / 10 {
        let title = phrase(decision, 4);
        let text = format!(
            "# {decision}. {title}\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n\n## Context\n\n{}\n",
            phrase(decision, 20)
        );
        put(&format!("docs/adr/{decision:04}-x.md"), &text);
    }
    let last = ledger(gaps).lines().count();
    let notes = format!(
        "# Notes\n\nSee [the risks](GAP-ANALYSIS.md#risks), [[RISK-190]] and docs/GAP-ANALYSIS.md \
         (lines {}-{}).\n",
        last - 9,
        last - 5
    );
    put("docs/notes.md", &notes);
    let mut proto = String::from("syntax = \"proto3\";\npackage lamp.v1;\n");
    for message in 0..gaps / 4 {
        let _ = write!(proto, "// {}.\nmessage M{message} {{\n", phrase(message, 9));
        for field in 1..=12 {
            let _ = writeln!(proto, "  // {}.\n  string f{field} = {field};", phrase(field, 7));
        }
        proto.push_str("}\n");
    }
    put("proto/lamp.proto", &proto);
    let site = built(&folder.path().join("project"), &folder.path().join("site"));
    (folder, site)
}

/// A gap analysis with this many gaps, each with a claim, an effort and two tasks, and some risks
/// and questions at its end.
fn ledger(gaps: u32) -> String {
    let mut text = String::from("# Gap analysis\n\nThere are 3 gaps.\n\n");
    for gap in 1..=gaps {
        let status = ["NOT DOCUMENTED", "DONE", "PARTIAL (40%)", "✅ COMPLETE"][gap as usize % 4];
        let target = match gap % 3 {
            0 => format!("area-{:03}.md", gap % (gaps / 20).max(1)),
            _ => format!("gap-{gap:05}.md"),
        };
        let _ = write!(
            text,
            "### {gap}. **{}**\n- **Status**: {status}\n- **Priority**: P{}\n- **Category**: {}\n\
             - **Evidence**: chunk-{:03}.txt (lines {}-{})\n- **Impact**: {}\n\
             - **Effort**: {} days\n- **Recommendation**: Create docs/{target}\n\
             - [ ] {}\n- [x] {}\n\n",
            phrase(gap, 5),
            gap % 4,
            phrase(gap % 300, 3),
            gap % (gaps / 40).max(1),
            1 + gap % 150,
            9 + gap % 150,
            phrase(gap, 8),
            1 + gap % 8,
            phrase(gap + 1, 4),
            phrase(gap + 2, 4),
        );
    }
    text.push_str(
        "## Risks\n\n| Id | Risk | Likelihood | Impact | Mitigation |\n|---|---|---|---|---|\n",
    );
    for risk in 1..=200 {
        let words = [phrase(risk, 5), phrase(risk + 9, 6)];
        let _ = writeln!(text, "| RISK-{risk} | {} | high | low | {} |", words[0], words[1]);
    }
    text.push_str("\n## Open questions\n\n");
    for question in 1..=150 {
        let _ = writeln!(text, "{question}. {}?", phrase(question, 9));
    }
    text
}

#[test]
fn the_guide_states_the_limit() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guide/large-pages.md");
    let guide = fs::read_to_string(guide).expect("the guide has a page on this");
    assert!(guide.contains(&format!("{} KB", LIMIT / 1_000)), "the guide names another limit");
}
