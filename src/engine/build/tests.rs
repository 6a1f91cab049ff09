//! A fault of the program in one page costs that page and no other.

use super::*;
use crate::{
    engine::earlier::Nothing,
    model::config::Config,
    page::failed::{ON_PURPOSE, address},
    world::{Memory, Snapshot},
};

const FILES: &[(&str, &str)] = &[
    ("README.md", "# Lamps\n\n[the lamp](docs/lamp.md), [gone](docs/gone.md)\n"),
    (
        "docs/lamp.md",
        "# The lamp\n\n## Light\n\n```rust\nfn light() {}\n```\n\nSee [x](../src/a.rs) and [y](../src).\n",
    ),
    ("docs/guide/switch.md", "# Switches\n\n[dark](../dark.md)\n"),
    ("docs/dark.md", "# Dark\n\n[the lamp](lamp.md)\n"),
    ("docs/flow.mmd", "flowchart LR\n  a --> b\n"),
    ("src/a.rs", "fn a() {}\n"),
    ("adr/0001-light.md", "# 1. Light\n\n## Status\n\nAccepted\n\n## Context\n\nDark.\n"),
    ("research/notes.txt", "One line.\nAnother line.\n"),
    (
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: No bulb\ntargets: [docs/bulb.md]\nevidence: ['research/notes.txt (lines 1-2)']\n---\nNone.\n",
    ),
    (
        "GAP-ANALYSIS.md",
        "# Gap analysis\n\n**Total gaps:** 3\n\n## GAP-10: No cable\n\n**Status:** Missing\n**Priority:** \
         P0\n**Action:** Create docs/cable.md\n",
    ),
    (
        "proto/lamp.proto",
        "syntax = \"proto3\";\npackage lamp.v1;\nimport \"google/protobuf/any.proto\";\n// A \
         lamp.\nmessage Lamp { google.protobuf.Any any = 1; }\n",
    ),
];

/// The project with one text replaced, under a theme with one template replaced.
struct Case {
    world: Memory,
    theme: Theme,
    config: Config,
    stages: Stages,
    reading: Reading,
    graph: std::sync::Arc<Graph>,
}

const OPTIONS: (&str, Option<&str>) = ("lamps", Some("2030-01-01"));

impl Case {
    fn new(text: Option<(&str, &str)>, template: Option<(&str, &str)>) -> Self {
        let mut files: BTreeMap<&str, &str> = FILES.iter().copied().collect();
        files.extend(text);
        let world = Memory::new(files.into_iter().map(|(path, text)| (path, text.as_bytes())));
        let own = template.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        let (theme, errors) = Theme::new(own.into_iter().collect());
        assert_eq!(errors, []);
        let (config, stages) = (Config::default(), Stages::default());
        let snapshot = Snapshot::take(&world, &config.limits.of_files());
        let reading = stages.read(&snapshot, &config);
        let graph = stages.relate(&reading, options(&config));
        Self { world, theme, config, stages, reading, graph }
    }

    fn build(&self, earlier: &dyn Earlier) -> Build {
        let Self { world, theme, config, stages, reading, graph } = self;
        let (options, aside) = (options(config), &Aside::memory());
        build(Making { stages, reading, graph, theme, world, options, aside }, earlier)
    }
}

fn options(config: &Config) -> Options<'_> {
    Options { config, folder_name: OPTIONS.0, today: OPTIONS.1 }
}

/// The routes on which two sites differ, but for those that show what was found.
fn differing(one: &Build, other: &Build) -> Vec<String> {
    let routes: BTreeSet<&RelPath> =
        one.output.iter().chain(other.output.iter()).map(|(route, _)| route).collect();
    let shows_findings =
        |route: &str| ["index.html", "index.md"].contains(&route) || route.contains("diagnostics");
    let differ = |route: &&&RelPath| {
        one.output.get(route.as_str()) != other.output.get(route.as_str())
            && !shows_findings(route.as_str())
    };
    routes.iter().filter(differ).map(|route| route.to_string()).collect()
}

fn told(build: &Build) -> BTreeSet<String> {
    build.diagnostics.iter().map(|found| format!("{found:?}")).collect()
}

/// P34 of `content/guide/hostile-content.md`.
#[test]
fn a_page_that_panics_is_an_error_and_the_rest_is_made() {
    let failing = Some(("gap.html", "<p>{{ fault_on_purpose() }}</p>"));
    let text = format!("# {ON_PURPOSE}\n\n[the lamp](lamp.md)\n");
    for (what, text, template, pages) in [
        ("a template", None, failing, vec!["gaps/g-1.html", "gaps/gap-10.html"]),
        ("a model", Some(("docs/dark.md", &*text)), None, vec!["docs/dark.html"]),
    ] {
        let healthy = Case::new(text, None);
        let (failing, whole) = (Case::new(text, template).build(&Nothing), healthy.build(&Nothing));
        let faults: Vec<&Diagnostic> =
            failing.diagnostics.iter().filter(|found| found.code == &codes::PAGE_FAILED).collect();
        assert!(!faults.is_empty(), "{what}");
        let is_error = |found: &&Diagnostic| found.severity == diag::Severity::Error;
        assert!(faults.iter().all(is_error), "{what}: {faults:?}");
        assert!(failing.output.iter().count() > 40, "{what}");
        assert_eq!(failing.whole, None, "{what}: the next build tells it again");
        for page in &pages {
            let Some(Item::Bytes(bytes)) = failing.output.get(page) else { panic!("{page}") };
            let html = String::from_utf8_lossy(bytes);
            assert!(html.contains("cannot be made") && html.contains(render::theme::POLICY));
        }
        // Everything else that is wrong is told as it is without the fault.
        let others: BTreeSet<String> = (failing.diagnostics.iter())
            .filter(|found| found.code != &codes::PAGE_FAILED)
            .map(|found| format!("{found:?}"))
            .collect();
        if what == "a template" {
            assert_eq!(others, told(&whole));
            let mut twins: Vec<String> =
                pages.iter().map(|page| page.replace(".html", ".md")).collect();
            twins.extend(pages.iter().map(|page| (*page).to_owned()));
            twins.sort();
            assert_eq!(differing(&failing, &whole), twins);
        } else {
            assert!(others.iter().any(|found| found.contains("gone.md")), "{others:?}");
        }
    }
}

#[test]
fn the_address_of_a_page_is_known_without_its_model() {
    let case = Case::new(None, None);
    let lookups = case.stages.lookups(&case.reading, &case.graph, options(&case.config));
    let shown = &shown::renewed(&lookups.to_show, &case.world, &mut BTreeMap::new());
    let site = Site { shown, ..site(&case.reading, &case.graph, &lookups, options(&case.config)) };
    let jobs = page::jobs(&site);
    assert!(jobs.iter().any(|job| matches!(job, Job::File(_))), "{jobs:?}");
    assert!(jobs.iter().any(|job| matches!(job, Job::Package(..))), "{jobs:?}");
    for job in &jobs {
        assert_eq!(address(&site, job), page::model(&site, job).route, "{job:?}");
    }
}
