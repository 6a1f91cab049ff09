//! `lacuna serve` from outside: the real program, a project on the disk, and requests.

#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    reason = "these tests write projects, run the program and speak with it"
)]

use std::{collections::BTreeMap, fs, process::Command};

use serde_json::Value;

#[path = "serve/saving.rs"]
mod saving;
#[allow(dead_code, reason = "the tests in a browser use the rest")]
mod serving;
#[path = "serve/strangers.rs"]
mod strangers;

use serving::{Project, Served, eventually, soon};

/// An island, its ferry, and one of everything that a site can show.
const ISLAND: &[(&str, &str)] = &[
    (
        "README.md",
        "# The island\n\nSee [the timetable](docs/timetable.md), [[ADR-0001]] and [[G-1]].\n",
    ),
    (
        "docs/timetable.md",
        "# Timetable\n\nThe ferry leaves at noon. It lands at [the pier](pier.md#steps), as \
         `ferry.v1.Ferry` says.\n\n![The pier](pier.svg)\n\n```mermaid\nflowchart LR\n  mainland \
         --> island\n```\n",
    ),
    (
        "docs/pier.md",
        "---\naliases: [old-pier]\n---\n# The pier\n\nPlanks and posts.\n\n## Steps\n\nSeven steps \
         lead down.\n",
    ),
    ("docs/walks/index.md", "# Walks\n\n- [North](north.md)\n"),
    ("docs/walks/north.md", "# North walk\n\nOver the hill, back to [the pier](../pier.md).\n"),
    ("docs/pier.svg", DRAWING),
    ("docs/.gitignore", "secret.md\n"),
    ("docs/secret.md", "# Secret cove\n"),
    (
        "adr/0001-ferry.md",
        "# 1. One ferry\n\n## Status\n\nAccepted\n\n## Context\n\nIt is small.\n",
    ),
    (
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: No lighthouse\npriority: P1\ntargets: [docs/lighthouse.md]\n---\n\
         Nobody sees the rocks at night.\n",
    ),
    ("research/notes.txt", "Notes of the harbour.\nThe rocks are sharp.\n"),
    (
        "proto/ferry.proto",
        "syntax = \"proto3\";\npackage ferry.v1;\nimport \"pier.proto\";\n// A ferry.\nmessage Ferry \
         {\n  // Where it lands.\n  Pier pier = 1;\n}\n",
    ),
    ("proto/pier.proto", PIER),
];

const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"></svg>";
const PIER: &str = "syntax = \"proto3\";\npackage ferry.v1;\n// A pier of wood.\nmessage Pier { \
                    string name = 1; }\n";
const SCRIPT: &str = "/_lacuna/live.js";

/// The routes of the site that `lacuna build` makes of a project, with their bytes.
fn built(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let folder = project.beside("built");
    let run = Command::new(env!("CARGO_BIN_EXE_lacuna"))
        .args(["build", "-q", "--no-cache", "-o"])
        .arg(&folder)
        .arg(project.root())
        .output()
        .expect("the program starts");
    let marker = fs::read_to_string(folder.join(".lacuna-site"));
    let marker = marker.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&run.stderr)));
    let manifest: Value = serde_json::from_str(&marker).expect("the marker is JSON");
    let files = manifest["files"].as_object().expect("it lists the files");
    let read = |route: &String| (route.clone(), fs::read(folder.join(route)).expect("it is there"));
    files.keys().map(read).collect()
}

/// A route as the path of an address.
fn encoded(route: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    route
        .bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// Waits until every file that a build writes is served with the same bytes.
#[track_caller]
fn assert_served_as_built(served: &Served, project: &Project, when: &str) {
    let built = built(project);
    assert!(built.len() > 30, "{when}: only {} files", built.len());
    // First the pages, as in a browser, then the drawings in them.
    let (pages, others): (Vec<_>, Vec<_>) =
        built.iter().partition(|(route, _)| route.ends_with(".html"));
    let otherwise = || {
        let all = pages.iter().chain(&others);
        all.filter_map(|(route, bytes)| {
            let reply = served.get(&encoded(route));
            let same = reply.status == 200 && reply.body == **bytes;
            (!same).then(|| format!("{route} ({})", reply.status))
        })
        .collect::<Vec<_>>()
    };
    let mut last = Vec::new();
    let same = soon(|| {
        last = otherwise();
        last.is_empty().then_some(())
    });
    assert!(same.is_some(), "{when}: otherwise than built: {last:?}\n{}", served.said());
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn everything_of_a_site_is_served_and_nothing_is_written() {
    let project = Project::new(ISLAND);
    let before = project.listing();
    let mut served = Served::start(&project, &[]);
    let home = served.get("");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(home.text().contains("The island") && home.text().contains(SCRIPT), "{}", home.text());
    assert_eq!(served.text("index.html"), home.text());
    assert_eq!(served.text("docs/pier"), served.text("docs/pier.html"), "without its extension");

    // Pages in places deep and flat, and all that they load and lead to.
    let mut seen = 0;
    for page in [
        "index.html",
        "docs/timetable.html",
        "docs/walks/north.html",
        "schemas/ferry.v1/Ferry.html",
    ] {
        let html = served.text(page);
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for address in values(&html, "href").into_iter().chain(values(&html, "src")) {
            let path = address.split(['#', '?']).next().unwrap_or_default();
            if path.is_empty() || path.contains(':') {
                continue;
            }
            let mut parts: Vec<&str> =
                if path.starts_with('/') { vec![] } else { folder.split('/').collect() };
            path.split('/').for_each(|part| match part {
                ".." => drop(parts.pop()),
                "." => {}
                part => parts.push(part),
            });
            parts.retain(|part| !part.is_empty());
            let mut target = parts.join("/");
            if path.ends_with('/') && !target.is_empty() {
                target.push('/');
            }
            assert_eq!(served.get(&target).status, 200, "{page} leads to {address}: /{target}");
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} addresses");
    let drawing = served.text("docs/timetable.html");
    let drawing = values(&drawing, "src").into_iter().find(|src| src.contains("diagrams/"));
    let drawing = drawing.expect("the flow is drawn").trim_start_matches("../").to_owned();
    assert_eq!(served.get(&drawing).header("content-type"), "image/svg+xml");
    assert_eq!(served.text("docs/pier.svg"), DRAWING);
    assert!(served.text("badges/coverage.svg").contains("<svg"));
    assert!(served.text("badges/gaps/g-1.json").contains("uncovered"));
    assert!(served.text("r/G-1/").contains("../../gaps/g-1.html"));
    assert!(served.text("r/old-pier/index.html").contains("../../docs/pier.html"));

    // An address that is nowhere may be anywhere: what its page names begins at the root.
    let nowhere = served.get("no/such/page.html");
    assert_eq!(nowhere.status, 404);
    let html = nowhere.text();
    let named: Vec<&str> = values(&html, "href").into_iter().chain(values(&html, "src")).collect();
    assert!(named.len() > 5 && named.iter().all(|name| name.starts_with(['/', '#'])), "{named:?}");
    for address in named.iter().filter(|name| name.starts_with('/')) {
        assert_eq!(served.get(&address[1..]).status, 200, "{address}");
    }

    // What git ignores is not there, also after it is written once more.
    project.write("docs/secret.md", "# Secret cove, again\n");
    project.write("docs/open.md", "# Open cove\n");
    served.shows("documents.html", "Open cove");
    project.remove("docs/open.md");
    served.misses("docs/open.html");
    assert!(!served.text("documents.html").contains("Secret cove"));
    for path in ["docs/secret.html", "docs/secret.md", "docs/.gitignore", ".lacuna-site"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    // Beside a page stands its twin, never the file it was made from.
    let twin = served.get("README.md");
    assert_eq!(twin.header("content-type"), "text/markdown; charset=utf-8");
    assert!(twin.text().starts_with("---\ntitle: "), "{}", twin.text());

    // It ends when it is asked to, whoever still listens.
    let mut streams: Vec<_> = (0..5).map(|_| served.events()).collect();
    streams.iter_mut().for_each(|stream| drop(stream.next()));
    assert_eq!(served.terminate().code(), Some(0), "{}", served.said());
    assert!(streams.iter_mut().all(serving::Events::ends), "every stream came to its end");

    project.write("docs/secret.md", "# Secret cove\n");
    assert_eq!(project.listing(), before, "serving writes nothing");
}

#[test]
fn every_edit_shows_where_it_matters() {
    let project = Project::new(ISLAND);
    let served = Served::start(&project, &[]);
    let home = served.text("");
    assert!(
        home.contains("No lighthouse") || served.text("gaps/index.html").contains("No lighthouse")
    );

    let timetable = project.read("docs/timetable.md");
    project.write("docs/timetable.md", timetable.replace("at noon", "at dawn"));
    served.shows("docs/timetable.html", "leaves at dawn");

    // A title is on the page, in the lists, beside its neighbours and where somebody links to it.
    let pier = project.read("docs/pier.md");
    project.write("docs/pier.md", pier.replace("# The pier", "# The long jetty"));
    served.shows("docs/pier.html", "<h1>The long jetty");
    served.shows("documents.html", "The long jetty");
    served.shows("docs/timetable.html", "The long jetty");
    project.write("docs/timetable.md", timetable.replace("# Timetable", "# Departures"));
    served.shows("docs/pier.html", "Departures");

    project.write("docs/bell.md", "# The bell\n\nIt rings for [the pier](pier.md).\n");
    served.shows("docs/bell.html", "It rings for");
    served.shows("documents.html", "The bell");
    served.shows("docs/pier.html", "The bell");
    project.rename("docs/bell.md", "docs/gong.md");
    served.shows("docs/gong.html", "It rings for");
    served.misses("docs/bell.html");
    served.shows("docs/pier.html", "gong.html");
    project.remove("docs/gong.md");
    served.misses("docs/gong.html");
    served.hides("docs/pier.html", "gong.html");

    project.rename("docs/walks", "docs/strolls");
    served.shows("docs/strolls/north.html", "Over the hill");
    served.misses("docs/walks/north.html");
    served.misses("docs/walks/index.html");
    served.shows("documents.html", "strolls/north.html");

    let mut events = served.events();
    project.remove("docs/pier.md");
    served.misses("docs/pier.html");
    served.shows("diagnostics.html", "broken-link");
    let told = events.problems("the link to nowhere", |list| {
        list.iter().any(|problem| problem["path"] == "docs/timetable.md")
    });
    assert_eq!(told["problems"][0]["code"], "broken-link", "{told}");
    project.write("docs/pier.md", pier);
    served.shows("docs/pier.html", "Seven steps");
    events.problems("all is mended", <[Value]>::is_empty);

    // A gap, and the document that it asks for.
    served.shows("gaps/index.html", "0 of 1 gaps covered");
    project.write(
        "gaps/g-2.md",
        "---\nid: G-2\ntitle: No ferryman\npriority: P0\ntargets: [docs/ferryman.md]\n---\nNobody \
         steers.\n",
    );
    served.shows("gaps/index.html", "No ferryman");
    served.shows("gaps/index.html", "0 of 2 gaps covered");
    let badge = served.text("badges/coverage.svg");
    let duties: String = ["rocks", "tide", "harbour lights", "load", "weather", "passengers"]
        .iter()
        .map(|what| {
            format!(
                "\n## The {what}\n\nThe ferryman knows the {what} of every crossing and writes down \
                 what he has seen of it: where the {what} began, how it changed on the way, and \
                 whom he told at the pier before the next ferry left for the mainland.\n"
            )
        })
        .collect();
    project.write(
        "docs/ferryman.md",
        format!("---\ncovers: [G-2]\n---\n# The ferryman\n\nHe steers the ferry.\n{duties}"),
    );
    served.shows("gaps/index.html", "1 of 2 gaps covered");
    eventually("the badge changes", || (served.text("badges/coverage.svg") != badge).then_some(()));

    let using = "schemas/ferry.v1/Ferry.html";
    assert!(served.text(using).contains("<a href=\"Pier.html\">Pier</a></code>"));
    project.write("proto/pier.proto", PIER.replace("message Pier", "message Quay"));
    served.hides(using, "<a href=\"Pier.html\">Pier</a></code>");
    served.shows("schemas/ferry.v1/Quay.html", "A pier of wood");
    project.write("proto/pier.proto", PIER);
    served.shows(using, "<a href=\"Pier.html\">Pier</a></code>");

    project.write("docs/pier.svg", DRAWING.replace("20", "44"));
    served.shows("docs/pier.svg", "width=\"44\"");
}

#[test]
fn the_theme_and_the_configuration_are_followed() {
    let project = Project::new(ISLAND);
    project.write("lacuna.toml", "title = \"Skerry\"\n");
    let served = Served::start(&project, &[]);
    served.shows("", "Skerry");
    project.write("lacuna.toml", "title = \"Holm\"\n");
    served.shows("docs/pier.html", "Holm");

    let begin = "{% block content %}";
    let template = include_str!("../themes/default/document.html");
    let with = |mark: &str| template.replace(begin, &format!("{begin}{mark}"));
    project.write("themes/default/document.html", with("<!-- our own -->"));
    served.shows("docs/pier.html", "<!-- our own -->");
    project.write("themes/default/assets/lacuna.css", "h1 { color: teal }");
    served.shows("assets/lacuna.css", "teal");

    // One that cannot be parsed: the default one takes its place, and it is said where.
    let mut events = served.events();
    events.problems("nothing is wrong yet", <[Value]>::is_empty);
    project.write("themes/default/document.html", "{% if %}");
    let told = events.problems("the template", |list| !list.is_empty());
    let problem = &told["problems"][0];
    assert_eq!(problem["path"], "themes/default/document.html", "{told}");
    assert_eq!(problem["line"], 1, "{told}");
    served.shows("docs/pier.html", "Planks and posts");

    // One that fails while it renders: the last good page stays, and it is said where.
    project.write("themes/default/document.html", with("<!-- good -->"));
    served.shows("docs/pier.html", "<!-- good -->");
    events.problems("mended", <[Value]>::is_empty);
    project.write("themes/default/document.html", "{{ frame.nothing.at.all }}");
    // Nothing is rendered before it is asked for.
    let told = eventually("the page is asked for", || {
        drop(served.text("docs/pier.html"));
        let data = served.events().problems("the list of now", |_| true);
        (data["problems"] != serde_json::json!([])).then_some(data)
    });
    let problem = &told["problems"][0];
    assert_eq!(problem["path"], "themes/default/document.html", "{told}");
    assert_eq!((&problem["line"], &problem["fatal"]), (&1.into(), &false.into()), "{told}");
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(1), "one mistake: {told}");
    assert_eq!(told["total"]["errors"], 1, "{told}");
    assert!(served.text("docs/pier.html").contains("<!-- good -->"), "the last good page");
    served.says("error[template-error]");
    // It is still told after an edit elsewhere, and goes when it is mended.
    project.write("docs/walks/north.md", "# North walk\n\nAlong the shore.\n");
    served.shows("documents.html", "North walk");
    events.problems("told until it is mended", |list| !list.is_empty());
    project.write("themes/default/document.html", with("<!-- mended -->"));
    served.shows("docs/pier.html", "<!-- mended -->");
    events.problems("mended", <[Value]>::is_empty);
    fs::remove_dir_all(project.path("themes")).expect("it is there");
    served.hides("docs/pier.html", "<!-- mended -->");

    // A configuration that cannot be read: the last good site.
    project.write("lacuna.toml", "title = [\n");
    let told = events.problems("the configuration", |list| !list.is_empty());
    let problem = &told["problems"][0];
    assert_eq!((&problem["fatal"], &problem["path"]), (&Value::Bool(true), &"lacuna.toml".into()));
    assert_eq!(problem["line"], 1, "{told}");
    assert!(served.text("docs/pier.html").contains("Holm"));
    served.says("the last good site is shown");
    // What changes in the same moment is shown as soon as there is a configuration again.
    let toml = "title = \"Holm\"\n";
    project.write("docs/bell.md", "# The bell\n\nIt rings.\n");
    project.write("lacuna.toml", "title = [[\n");
    project.write("docs/pier.md", "# The pier\n\nStones now.\n");
    events.problems("another mistake", |list| !list.is_empty());
    project.write("lacuna.toml", toml);
    events.problems("mended", <[Value]>::is_empty);
    served.shows("docs/pier.html", "Stones now");
    served.shows("docs/bell.html", "It rings");
    served.says("no problems");
}

#[test]
fn only_mistakes_made_now_are_told() {
    let project = Project::new(ISLAND);
    project.write("docs/old.md", "# Old\n\nSee [it](gone.md).\n");
    let served = Served::start(&project, &[]);
    served.shows("diagnostics.html", "broken-link");
    let mut events = served.events();
    let first = events.problems("the first list", |_| true);
    assert_eq!(first["problems"], serde_json::json!([]), "it was there before");
    assert_eq!(first["total"]["errors"], 1, "it counts: {first}");

    let page = served.text("docs/walks/north.html");
    project.write("docs/walks/north.md", "---\ntitle: [open\n---\n# North walk\n");
    let told = events.problems("the front matter", |list| !list.is_empty());
    let problem = &told["problems"][0];
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(1), "the new one alone: {told}");
    assert_eq!(problem["path"], "docs/walks/north.md");
    assert_eq!((&problem["line"], &problem["fatal"]), (&2.into(), &false.into()), "{told}");
    assert!(
        problem["message"].as_str().is_some_and(|text| text.contains("front matter")),
        "{told}"
    );
    assert!(
        problem["excerpt"].as_str().is_some_and(|text| text.contains("title: [open")),
        "{told}"
    );
    assert_eq!(told["total"]["errors"], 2, "{told}");
    served.says("error[front-matter-invalid]");
    // An edit that is no mistake changes nothing about it.
    project.write("docs/pier.md", "# The pier\n\n## Steps\n\nMore words.\n");
    let told = events.problems("still there", |list| !list.is_empty());
    assert_eq!(told["problems"][0]["path"], "docs/walks/north.md");

    project.write(
        "docs/walks/north.md",
        "# North walk\n\nOver the hill, back to [the pier](../pier.md).\n",
    );
    let told = events.problems("mended", <[Value]>::is_empty);
    assert_eq!(told["total"]["errors"], 1, "{told}");
    eventually("the page is what it was", || {
        (served.text("docs/walks/north.html") == page).then_some(())
    });
}

#[test]
fn a_start_with_a_broken_configuration_recovers() {
    let project = Project::new(ISLAND);
    project.write("lacuna.toml", "title = <b>\n");
    let mut served = Served::start(&project, &[]);
    let excuse = served.get("docs/pier.html");
    assert_eq!(excuse.status, 503);
    let html = excuse.text();
    assert!(html.contains("lacuna.toml:1") && html.contains("title = &lt;b&gt;"), "{html}");
    assert!(html.contains(SCRIPT), "the page follows: {html}");
    served.says("there is no site until this is mended");
    let mut events = served.events();
    let told = events.problems("the configuration", |list| !list.is_empty());
    assert_eq!(told["problems"][0]["fatal"], true, "{told}");
    project.write("lacuna.toml", "title = \"Holm\"\n");
    served.shows("docs/pier.html", "Planks and posts");
    events.problems("mended", <[Value]>::is_empty);
    assert_eq!(events.next().0, "generation", "pages are told to load");
    project.write("lacuna.toml", "title = <b>\n");
    events.problems("broken again", |list| !list.is_empty());
    assert!(
        served.text("docs/pier.html").contains("Planks and posts"),
        "now there is a last good site"
    );
    assert_eq!(served.terminate().code(), Some(0));
}

#[test]
fn folders_come_and_go_and_a_storm_passes() {
    let project = Project::new(ISLAND);
    let served = Served::start(&project, &[]);
    served.shows("docs/pier.html", "Planks and posts");
    fs::remove_dir_all(project.path("docs")).expect("it is there");
    served.misses("docs/pier.html");
    project.write("docs/pier.md", "# The pier\n\nA new one.\n");
    served.shows("docs/pier.html", "A new one");

    // The root itself: the last good site, until it is there again.
    let (root, away) = (project.root(), project.beside("away"));
    fs::rename(&root, &away).expect("renamed");
    served.says("the last good site is shown");
    assert!(served.text("docs/pier.html").contains("A new one"));
    fs::write(away.join("docs/pier.md"), "# The pier\n\nWhile nobody looked.\n").expect("a file");
    fs::rename(&away, &root).expect("renamed");
    served.shows("docs/pier.html", "While nobody looked");
    project.write("docs/pier.md", "# The pier\n\nAnd on it goes.\n");
    served.shows("docs/pier.html", "And on it goes");

    for n in 0..2000 {
        project
            .write(&format!("docs/log/{:02}/{n}.md", n % 40), format!("# Crossing {n}\n\nCalm.\n"));
    }
    served.shows("docs/log/39/1999.html", "Crossing 1999");
    for n in [0, 777, 1998] {
        served.shows(&format!("docs/log/{:02}/{n}.html", n % 40), &format!("Crossing {n}"));
    }
    fs::remove_dir_all(project.path("docs/log")).expect("it is there");
    served.misses("docs/log/39/1999.html");
    project.write("docs/pier.md", "# The pier\n\nThe storm is over.\n");
    served.shows("docs/pier.html", "The storm is over");
    served.hides("documents.html", "Crossing");
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let project = Project::new(ISLAND);
    project.write("lacuna.toml", "title = \"Holm\"\nbase_url = \"https://holm.example/site/\"\n");
    project.write("docs/größe & maß.md", "# Größe\n\nSee [the pier](pier.md).\n");
    let served = Served::start(&project, &["--no-reload"]);
    assert!(!served.text("").contains(SCRIPT));
    assert_served_as_built(&served, &project, "at the start");

    let timetable = project.read("docs/timetable.md");
    project.write("docs/timetable.md", timetable.replace("at noon", "[at dawn](dawn.md)"));
    project.rename("docs/walks", "docs/strolls");
    project.write("docs/bell.md", "---\ncovers: [G-1]\n---\n# The bell\n\nIt rings at night.\n");
    project.write("proto/pier.proto", PIER.replace("name", "title"));
    assert_served_as_built(&served, &project, "after edits");

    project.remove("docs/pier.md");
    project.write("docs/pier.svg", DRAWING.replace("20", "44"));
    project.write("gaps/g-1.md", project.read("gaps/g-1.md").replace("P1", "P0"));
    project.write("lacuna.toml", "title = \"Skerry\"\nexclude = [\"research/\"]\n");
    project.write("themes/default/assets/lacuna.css", "h1 { color: teal }");
    assert_served_as_built(&served, &project, "after more edits");
}
