//! A small project in memory, and the pages that the program makes of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use lacuna::{
    diag::{Diagnostic, codes},
    engine::{self, Options, stages::Stages},
    model::{
        config::Config,
        source::{Classified, Kind},
    },
    page::{self, Job},
    read::{self, classify::Rules},
    render::{self, theme::Theme},
    world::{Limits, Memory, Snapshot},
};

use crate::{assert_none, assert_same, path, places};

/// The theme that every page is made with.
pub static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::new(Default::default()).0);

/// The words that readers know.
pub static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::new(&Config::default()));

/// The addresses of the scripts that the theme brings, and of the data that they load.
pub static SCRIPTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let own = THEME.assets.keys().filter(|route| route.ends_with(".js"));
    own.map(ToString::to_string).chain(DATA.iter().map(ToString::to_string)).collect()
});

/// Scripts that only call with data; they are made for each site.
const DATA: &[&str] = &["gaps/data.js", "trace/graph.js"];

/// What lies beside the text that is tried: something of each kind, so that links and ids are found.
const BESIDE: &[(&str, &str)] = &[
    ("docs/b.md", "# B\n\nSee [a](a.md#a), GAP-1 and ADR-1.\n"),
    ("docs/c.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>"),
    ("docs/adr/0001-x.md", "# 1. Use x\n\nStatus: accepted\n\nDate: 2024-01-02\n"),
    (
        "docs/GAP-ANALYSIS.md",
        "# Gap analysis\n\n## GAP-1: First\n\n- **Status**: open\n- **Priority**: P1\n\n\
         Create docs/b.md. Evidence: Chunk-001.txt (lines 1-2)\n",
    ),
    ("research/Chunk-001.txt", "one line\nanother line\n"),
    ("schemas/x.proto", "syntax = \"proto3\";\npackage x;\nmessage M { string name = 1; }\n"),
];

/// What the program makes of a project.
#[derive(Debug, PartialEq, Eq)]
pub struct Made {
    /// The files by route.
    pub files: BTreeMap<String, String>,
    /// What it says is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Which pages are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Those of the file that is tried.
    Own,
    /// All that may show something of it.
    All,
}

/// Lets the program contain panics of the libraries that draw, as it does everywhere; each place is
/// told once. A panic that is not contained still ends the run.
pub fn contained() {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
        // A judge that complains has another text each time.
        if place.starts_with("src") || told.insert(place) {
            eprintln!("{panic}");
        }
    }));
}

/// Reads a text as one kind of file, twice.
///
/// # Panics
/// When a place that is told does not lie in the text, or the two differ.
pub fn read(kind: Kind, at: &str, text: &str) {
    let (path, text) = (path(at), Arc::from(text));
    let read = || {
        let classified = Classified { kind, why: String::new() };
        read::read(&path, classified, &text, RULES.words())
    };
    let (once, again) = (read(), read());
    assert_none(places::faults(&once, &text), &text);
    assert_same(&once.outline, &again.outline, "an outline");
    assert_same(&once.body, &again.body, "a body");
    assert_same(&once.diagnostics, &again.diagnostics, "the diagnostics");
}

/// The pages that show something of a text, when it lies at `path` beside files of each kind.
///
/// # Panics
/// When a page fails: its template, or the program.
pub fn made(path: &str, text: &[u8], shown: Shown) -> Made {
    let beside = BESIDE.iter().map(|(path, text)| (*path, text.as_bytes()));
    let world = Memory::new(beside.chain([(path, text)]));
    let config = Config::default();
    let options = Options { config: &config, folder_name: "x", today: Some("2030-01-01") };
    let stages = Stages::default();
    let snapshot = Snapshot::take(&world, &Limits::default());
    let reading = stages.read(&snapshot, &config);
    let graph = stages.relate(&reading, options);
    let lookups = stages.lookups(&reading, &graph, options);
    let site = engine::site(&reading, &graph, &lookups, options);
    let diagnostics = stages.diagnose(&reading, &graph, options);
    let fault =
        diagnostics.iter().chain(&reading.diagnostics).find(|d| *d.code == codes::PAGE_FAILED);
    assert!(fault.is_none(), "{fault:?}");
    let mut files = BTreeMap::new();
    let jobs = page::jobs(&site).into_iter().filter(|job| match shown {
        Shown::Own => matches!(job, Job::Record(_) | Job::Lines(..)),
        // What a code means depends on no file.
        Shown::All => !matches!(job, Job::Code(_)),
    });
    let mut pages: Vec<_> = jobs.map(|job| page::model(&site, &job)).collect();
    match shown {
        Shown::Own => pages.retain(|page| page.origin.as_ref().is_some_and(|o| o.as_str() == path)),
        Shown::All => pages.extend(page::diagnostics::pages(&site, &diagnostics)),
    }
    for page in pages {
        let rendered = render::page(&THEME, &page);
        assert!(rendered.fault.is_none(), "{:?}", rendered.fault);
        files.insert(page.route.to_string(), rendered.html);
        files.extend(rendered.twin.map(|twin| (format!("{}.md", page.route), twin)));
        for (route, bytes) in rendered.files {
            files.insert(route, String::from_utf8(bytes).expect("a drawing is text"));
        }
    }
    Made { files, diagnostics }
}

impl Made {
    /// Every way in which its files are not inert.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (route, text) in &self.files {
            let found = match route.rsplit_once('.').map_or("", |(_, extension)| extension) {
                "html" => crate::inert::faults(text, route, &SCRIPTS),
                "svg" => crate::drawing::faults(text),
                _ => Vec::new(),
            };
            faults.extend(found.into_iter().map(|fault| format!("{route}: {fault}")));
        }
        faults
    }
}
