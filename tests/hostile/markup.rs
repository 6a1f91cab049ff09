//! Content that would run in a reader's browser does not.

use scraper::{Html, Selector};

use super::{
    inert,
    payloads::{ADDRESSES, BUILT, DIAGRAMS, DRAWINGS, MARKUP, WORDS, made_markup},
    project::{Project, Site, page},
};

fn texts(page: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    Html::parse_document(page).select(&selector).map(|one| one.text().collect()).collect()
}

/// P13 raw HTML, P14 addresses, P15 fences, P16 metadata, P17 badges, P18 to P20 diagrams, P22
/// drawings, P23 the policy: one oracle looks at every file of a site made of all of them.
#[test]
fn nothing_that_anybody_wrote_runs_or_loads() {
    let (_, site, _) = &*BUILT;
    let mut distinct = made_markup();
    distinct.extend(MARKUP.iter().map(|markup| (*markup).to_owned()));
    distinct.sort();
    distinct.dedup();
    assert!(distinct.len() >= 200, "{}", distinct.len());
    assert!(MARKUP.len() * 12 + ADDRESSES.len() * 7 >= 400);
    assert!(site.len() > MARKUP.len() + ADDRESSES.len() + 4 * WORDS.len());
    let faults = inert::faults(site);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// P13: what is harmless in a page with something hostile is still there.
#[test]
fn harmless_text_around_hostile_markup_is_kept() {
    let (_, site, _) = &*BUILT;
    for (n, markup) in MARKUP.iter().enumerate() {
        let text = texts(page(site, &format!("docs/markup-{n:02}.html")), "main").concat();
        for words in ["Words", "item", "quote", "Heading", "footnote", "bold", "code"] {
            assert!(text.contains(words), "page {n} lost `{words}`: {markup}");
        }
    }
}

/// P14: hostile addresses are dropped with a warning that names the line.
#[test]
fn hostile_addresses_are_told() {
    let project = Project::new([("a.md", "# A\n\nx [y](javascript:alert(1))\n")]);
    let run = project.check();
    run.assert_says(&["unsafe-url", "a.md:3:3"]);
}

/// P14: the same of what tables of contents, decisions and schemas lead to; P15: a NUL behind a fence.
#[test]
fn hostile_addresses_lead_nowhere_from_anywhere() {
    let (mut summary, mut nav, mut comments) =
        ("# Summary\n\n".to_owned(), "nav:\n".to_owned(), String::new());
    let project = Project::new([("README.md", "# Home\n"), ("src/c.md", "# C\n\nText.\n")]);
    for (n, url) in ADDRESSES.iter().enumerate() {
        summary.push_str(&format!("- [s{n}]({url})\n"));
        nav.push_str(&format!("  - n{n}: {}\n", serde_json::to_string(url).expect("JSON")));
        comments.push_str(&format!("// [c{n}]({url}) <{url}> ![i]({url})\n"));
        project.write(
            &format!("adr/{n:04}-x.md"),
            format!(
                "# {n}. X\n\nDate: 2026-01-01\n\n## Status\n\nSuperseded by [{n}]({url})\n\n\
                 Amends [a](<{url}>)\n\n## Decision\n\nYes.\n\n## Links\n\n* Relates to [x]({url})\n"
            ),
        );
    }
    project.write("src/SUMMARY.md", format!("{summary}- [c](c.md)\n"));
    project.write("docs/a.md", "# A\n\n```x\0\"><script>window.__pwn=1</script>\nx\n```\n");
    project.write("docs/mkdocs.yml", nav.clone());
    project.write("mkdocs.yml", nav);
    project.write(
        "schemas/a.proto",
        format!("syntax = \"proto3\";\npackage a;\n{comments}message A {{\n{comments}  string a = 1;\n}}\n"),
    );
    let site = project.site();
    assert!(site.len() > ADDRESSES.len());
    assert_eq!(inert::faults(&site), Vec::<String>::new());
}

/// P16: the same words in the description of a page, in its heading, in the map and the feed of a
/// site that has an address.
#[test]
fn metadata_is_shown_as_written_outside_of_the_text_too() {
    let project = Project::new([("lacuna.toml", "base_url = \"https://example.org/\"\n")]);
    for (n, words) in WORDS.iter().enumerate() {
        let q = serde_json::to_string(words).expect("JSON");
        let front =
            format!("title: {q}\ndescription: {q}\ndate: 2026-01-0{}\ntags: [{q}]", n % 9 + 1);
        project.write(&format!("docs/w{n}.md"), format!("---\n{front}\n---\n# {n}\n\nText.\n"));
    }
    let mut site = project.site();
    // It is shown at any address, so that its own files are named by theirs.
    site.remove("404.html").expect("there is one");
    assert_eq!(inert::faults(&site), Vec::<String>::new());
    assert!(site.contains_key("sitemap.xml"), "{:?}", site.keys());
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = Selector::parse("meta[name=description]").expect("a selector");
    for (n, words) in WORDS.iter().enumerate() {
        let html = Html::parse_document(page(&site, &format!("docs/w{n}.html")));
        let told = html.select(&description).next().and_then(|meta| meta.value().attr("content"));
        assert_eq!(told.map(squeezed), Some(squeezed(words)), "w{n}");
    }
}

/// P16: every field is shown as the words it is, in titles and in lists; templates in it are text.
#[test]
fn metadata_is_shown_as_written() {
    let (_, site, _) = &*BUILT;
    for (n, words) in WORDS.iter().enumerate() {
        let shown = words.replace('\u{2028}', " ");
        let of_page =
            texts(page(site, &format!("docs/words-{n:02}.html")), "head > title").concat();
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            squeezed(&of_page).starts_with(&squeezed(&shown)),
            "`{of_page}` is not the title `{shown}`"
        );
    }
    let everything: String = site
        .iter()
        .filter(|(route, _)| route.ends_with(".html"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(everything.contains("{{7*7}}") && !everything.contains("{{49}}"));
}

/// P17: badges are well-formed whatever they say, however long.
#[test]
fn badges_are_drawings_of_words() {
    let long = "x".repeat(300);
    let gap = |n: usize, category: &str| {
        let category = serde_json::to_string(category).expect("JSON");
        let text = format!(
            "---\nid: B-{n}\ntitle: T\npriority: P1\ncategory: {category}\ntargets: [docs/x.md]\n---\nText.\n"
        );
        (format!("gaps/b{n}.md"), text)
    };
    let project = Project::new([
        gap(1, "\"/><script>window.__pwn=1</script>"),
        gap(2, "a & b"),
        gap(3, &long),
        gap(4, "\u{5d0}\u{202e}\u{5d1}"),
        gap(5, &"\u{5d0}".repeat(200)),
    ]);
    let site = project.site();
    let badges: Site = site
        .into_iter()
        .filter(|(route, _)| route.starts_with("badges/") && route.ends_with(".svg"))
        .collect();
    assert!(badges.len() >= 5, "{:?}", badges.keys());
    for (route, bytes) in &badges {
        let faults = inert::of_drawing(&String::from_utf8_lossy(bytes));
        assert!(faults.is_empty(), "{route}: {faults:?}");
    }
    assert!(badges.values().any(|b| String::from_utf8_lossy(b).contains("a &amp; b")));
}

/// P18 to P20: the drawings are there, and the page says of each of the others why not.
#[test]
fn hostile_diagrams_are_drawn_clean_or_shown_as_source() {
    let (_, site, _) = &*BUILT;
    let figures = page(site, "docs/figures.html");
    let count = |selector: &str| texts(figures, selector).len();
    assert_eq!(count("figure.diagram") + count(".diagram-error"), DIAGRAMS.len());
    assert!(count("figure.diagram") >= DIAGRAMS.len() / 3, "{}", count("figure.diagram"));
    let drawings = site.iter().filter(|(route, _)| route.starts_with("assets/diagrams/"));
    for (route, bytes) in drawings {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("evil.example") || !text.contains("url("), "{route}");
        assert!(!text.contains("javascript:"), "{route}");
    }
}

/// P22: drawings of the project are published cleaned, so that they are safe to open alone.
#[test]
fn drawings_beside_a_text_are_cleaned() {
    let (_, site, _) = &*BUILT;
    let mut published = 0;
    for n in 0..DRAWINGS.len() {
        let Some(bytes) = site.get(&format!("docs/drawing-{n}.svg")) else { continue };
        published += 1;
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("evil.example") && !text.contains("__pwn"), "{n}: {text}");
    }
    assert!(published >= DRAWINGS.len() - 1, "{published}");
}

/// P23: every page has the policy, also those that no template makes.
#[test]
fn every_page_has_the_policy() {
    let project = Project::new([
        ("a.md", "---\nid: A-1\naliases: [/old/]\n---\n# A\n\nText.\n"),
        ("themes/broken/document.html", "{{ frame.nothing.at.all }}"),
        ("lacuna.toml", "theme = \"broken\"\nsources = [\"a.md\"]\n"),
    ]);
    let site = project.site();
    for route in ["404.html", "old/index.html", "r/A-1/index.html", "a.html"] {
        assert!(page(&site, route).contains("Content-Security-Policy"), "{route}");
    }
    let faults = inert::faults(&site);
    assert!(faults.is_empty(), "{faults:?}");
}

/// P23: what Markdown itself says of columns is no style in an element, which the policy refuses.
#[test]
fn columns_are_aligned_without_styles() {
    let table = "# A\n\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n";
    let project = Project::new([
        ("a.md", table.to_owned()),
        ("b.md", format!("{table}\n<b>raw</b>\n")),
        (
            "c.proto",
            "syntax = \"proto3\";\n// | a |\n// |--:|\n// | 1 |\nmessage A {}\n".to_owned(),
        ),
    ]);
    let site = project.site();
    assert_eq!(inert::faults(&site), Vec::<String>::new());
    for name in ["a.html", "b.html"] {
        assert!(page(&site, name).contains("<td class=\"to-right\">3</td>"), "{name}");
        assert!(page(&site, name).contains("<th class=\"to-center\">b</th>"), "{name}");
    }
}

/// P24: what the terminal prints of hostile content cannot steer the terminal.
#[test]
fn messages_hold_no_control_characters() {
    let project = Project::new([
        (
            "a.md",
            "# A \u{1b}[31m\n\n[\u{1b}]0;x\u{7}](no\u{1b}[2J.md) [[\u{1b}[1m]]\n\n```mermaid\nflow \u{1b}[5m\n```\n",
        ),
        ("b\u{1b}[31m.md", "---\ntitle: [\u{1b}\n---\n# B\n\n[x](no.md)\n"),
        ("c.proto", "message \u{1b}[31m {\n"),
    ]);
    for run in [project.check(), project.build()] {
        run.assert_graceful();
        let said = format!("{}{}", run.out, run.err);
        let control = said.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
        assert_eq!(control, None, "{said:?}");
    }
}
