//! After any sequence of edits, what is kept gives what a build from nothing gives: every file of the
//! site, byte for byte, and every diagnostic. The edits are random, from a seed that is printed.
//!
//! `LACUNA_STEPS=20000 LACUNA_SEED=7 cargo test --test incremental` does more, or the same again.

mod edits;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use edits::{Edit, Project};
use lacuna::{
    diag::Diagnostic,
    engine::{
        Options,
        build::{self, Build, Making},
        earlier::{Earlier, Nothing, Whole},
        edition::{Edition, Press},
        output::Item,
        publish::Aside,
        stages::Stages,
    },
    model::config::Config,
    path::RelPath,
    render::theme::Theme,
    search,
    world::{Hash, Snapshot, World},
};

/// Steps in the test command.
const STEPS: usize = 1_000;

/// After so many steps the project is begun anew, so that failures stay short.
const LIFE: usize = 100;

/// What a session keeps from one build to the next.
#[derive(Default)]
struct Session {
    stages: Arc<Stages>,
    snapshot: Snapshot,
    last: Option<Build>,
    /// The configuration of the last build.
    config: Option<Config>,
}

/// The files of the last build, as a published site has them.
impl Earlier for Session {
    fn files(&self, key: Hash) -> Option<Vec<(RelPath, Item)>> {
        let last = self.last.as_ref()?;
        let routes = last.made.get(&key)?;
        let file =
            |route: &RelPath| Some((route.clone(), last.output.get(route.as_str())?.clone()));
        routes.iter().map(file).collect()
    }

    fn digests(&self, key: Hash) -> Option<Vec<search::Digest>> {
        let (keys, digests) = self.last.as_ref()?.digests.as_ref()?;
        let at = keys.iter().position(|other| *other == key)?;
        Some((*digests[at]).clone())
    }

    fn compressed(&self, route: &RelPath, from: Hash) -> Option<Item> {
        let last = self.last.as_ref()?;
        let is_of_it = last.compressed.get(route) == Some(&from);
        if is_of_it { last.output.get(route.as_str()).cloned() } else { None }
    }

    fn bytes(&self, route: &RelPath) -> Option<Vec<u8>> {
        match self.last.as_ref()?.output.get(route.as_str())? {
            Item::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    fn whole(&self, key: Hash) -> Option<Whole> {
        let last = self.last.as_ref().filter(|last| last.whole == Some(key))?;
        let (output, pages, made) = (last.output.clone(), last.pages, last.made.clone());
        Some(Whole { output, pages, made, compressed: last.compressed.clone() })
    }
}

impl Session {
    /// Builds with everything that is kept. `changed` are the files that an edit may have touched.
    fn build(&mut self, project: &Project, changed: Option<&BTreeSet<RelPath>>) -> &Build {
        let world = project.world();
        // A configuration that says otherwise has everything read again, as the server does.
        let config = project.config();
        let changed = changed.filter(|_| self.config.as_ref() == Some(&config));
        let limits = config.limits.of_files();
        self.config = Some(config);
        match changed {
            Some(files) => self.snapshot.renew(&world, &limits, files),
            None => self.snapshot = Snapshot::take(&world, &limits),
        }
        let build = built(project, &self.stages, &self.snapshot, self);
        self.last.insert(build)
    }

    /// The same site as it is served: file by file, each when it is asked for.
    fn edition(&self, project: &Project) -> Edition {
        let press = Press {
            stages: self.stages.clone(),
            world: Arc::new(project.world()),
            config: Arc::new(project.config()),
            theme: Arc::new(Theme::new(project.theme()).0),
            folder_name: "project".into(),
            today: "2030-01-01".into(),
        };
        press.edition(&self.snapshot, BTreeMap::new())
    }
}

/// A build from nothing.
fn clean(project: &Project) -> (Build, u64) {
    let stages = Stages::default();
    let snapshot = Snapshot::take(&project.world(), &project.config().limits.of_files());
    let build = built(project, &stages, &snapshot, &Nothing);
    (build, stages.runs())
}

fn built(project: &Project, stages: &Stages, snapshot: &Snapshot, earlier: &dyn Earlier) -> Build {
    let config = project.config();
    let world: &dyn World = &project.world();
    let options = Options { config: &config, folder_name: "project", today: Some("2030-01-01") };
    let (theme, _) = Theme::new(project.theme());
    let reading = stages.read(snapshot, &config);
    let graph = stages.relate(&reading, options);
    let making = Making {
        stages,
        reading: &reading,
        graph: &graph,
        theme: &theme,
        world,
        options,
        aside: &Aside::memory(),
    };
    build::build(making, earlier)
}

/// What the served site has otherwise than a build, in words.
fn served_otherwise(edition: &Edition, clean: &Build) -> Option<String> {
    let fails = clean.diagnostics.iter().any(|found| {
        // Known to a build only, which has made every page.
        ["template-error", "duplicate-route", "alias-taken", "read-error"]
            .contains(&found.code.name)
    });
    // As in a browser: first the pages, then the drawings that stand in them.
    let (pages, others): (Vec<_>, Vec<_>) =
        clean.output.iter().partition(|(route, _)| route.has_extension(&["html"]));
    for (route, item) in pages.into_iter().chain(others) {
        let shows_findings = [
            "index.html",
            "index.md",
            "diagnostics.html",
            "diagnostics.md",
            "tables/diagnostics.csv",
            "tables/diagnostics.json",
        ]
        .contains(&route.as_str());
        if fails && shows_findings {
            continue;
        }
        let Item::Bytes(bytes) = item else { continue };
        match edition.file(route) {
            None => return Some(format!("{route} is not served")),
            Some(served) if *served.bytes != **bytes => {
                return Some(format!("{route} is served otherwise"));
            }
            Some(_) => {}
        }
    }
    let nowhere = RelPath::new("docs/never-was.html").expect("a path");
    edition.file(&nowhere).is_some().then(|| format!("{nowhere} is served"))
}

/// What differs between two builds, in words.
fn difference(kept: &Build, clean: &Build) -> Option<String> {
    let files = |build: &Build| -> BTreeMap<String, Item> {
        build.output.iter().map(|(route, item)| (route.to_string(), item.clone())).collect()
    };
    let (kept_files, clean_files) = (files(kept), files(clean));
    for (route, item) in &clean_files {
        match kept_files.get(route) {
            None => return Some(format!("{route} is missing")),
            Some(other) if other != item => return Some(differing(route, other, item)),
            Some(_) => {}
        }
    }
    if let Some(route) = kept_files.keys().find(|route| !clean_files.contains_key(*route)) {
        return Some(format!("{route} should be gone"));
    }
    let told = |found: &[Diagnostic]| found.iter().map(|d| format!("{d:?}")).collect::<Vec<_>>();
    let (kept, clean) = (told(&kept.diagnostics), told(&clean.diagnostics));
    (kept != clean).then(|| format!("diagnostics differ:\n{kept:#?}\nfrom nothing:\n{clean:#?}"))
}

fn differing(route: &str, kept: &Item, clean: &Item) -> String {
    let text = |item: &Item| match item {
        Item::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        other => format!("{other:?}"),
    };
    let (kept, clean) = (text(kept), text(clean));
    let line = kept.lines().zip(clean.lines()).find(|(one, other)| one != other);
    format!("{route} differs: {line:?}")
}

/// Every so many steps the served site is compared, too.
const SERVED: usize = 4;

/// Plays edits on a new project and gives the first step after which something differs.
fn play(edits: &[Edit]) -> Option<(usize, String)> {
    let mut project = Project::new();
    let mut session = Session::default();
    session.build(&project, None);
    for (step, edit) in edits.iter().enumerate() {
        let changed = project.apply(edit);
        let before = session.stages.runs();
        // Watchers name the files that changed, or say that anything may have.
        session.build(&project, (step % 3 > 0).then_some(&changed));
        let ran = session.stages.runs() - before;
        session.stages.end_round();
        let (clean, all) = clean(&project);
        let incremental = session.last.as_ref().expect("it was built");
        if let Some(what) = difference(incremental, &clean) {
            return Some((step, what));
        }
        // What is kept can only save work.
        if ran > all {
            return Some((step, format!("{ran} stages ran, from nothing {all}")));
        }
        if matches!(edit, Edit::Prose { .. }) && ran > edits::MOST_STAGES_FOR_PROSE {
            return Some((step, format!("{ran} stages ran for an edit to prose: {edit:?}")));
        }
        if step % SERVED == 0
            && let Some(what) = served_otherwise(&session.edition(&project), &clean)
        {
            return Some((step, what));
        }
    }
    None
}

/// The shortest list of edits that still fails, found by leaving edits out.
fn shrunk(mut edits: Vec<Edit>) -> Vec<Edit> {
    let mut piece = edits.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < edits.len() {
            let mut fewer = edits.clone();
            fewer.drain(at..(at + piece).min(edits.len()));
            match play(&fewer) {
                Some((step, _)) => {
                    fewer.truncate(step + 1);
                    edits = fewer;
                }
                None => at += piece,
            }
        }
        piece /= 2;
    }
    edits
}

fn number(name: &str, otherwise: u64) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a person may ask for more, or for a seed")]
    let value = std::env::var(name).ok();
    value.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn incremental_is_clean() {
    let steps = number("LACUNA_STEPS", STEPS as u64) as usize;
    let seed = number("LACUNA_SEED", 1);
    println!("seed {seed}, {steps} steps");
    let mut random = edits::Random::new(seed);
    let mut done = 0;
    while done < steps {
        let life = LIFE.min(steps - done);
        let edits: Vec<Edit> = (0..life).map(|_| Edit::random(&mut random)).collect();
        if let Some((step, what)) = play(&edits) {
            let short = shrunk(edits[..=step].to_vec());
            let last = play(&short).map_or(what, |(_, what)| what);
            panic!("seed {seed}, step {}: {last}\nafter {short:#?}", done + step);
        }
        done += life;
    }
}

#[test]
fn one_thread_gives_what_several_give() {
    let mut random = edits::Random::new(number("LACUNA_SEED", 1) ^ 0x5eed);
    let mut project = Project::new();
    let (mut single, mut several) = (Session::default(), Session::default());
    let pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started")
    };
    let (one, many) = (pool(1), pool(4));
    for _ in 0..25 {
        project.apply(&Edit::random(&mut random));
        let one = one.install(|| single.build(&project, None));
        let many = many.install(|| several.build(&project, None));
        assert_eq!(difference(one, many), None);
    }
}

#[test]
fn the_comparison_sees_what_it_is_for() {
    let mut project = Project::new();
    let (before, _) = clean(&project);
    project.apply(&Edit::Prose { file: 0, words: 3 });
    let (after, _) = clean(&project);
    assert!(difference(&before, &after).is_some(), "an edit changes the site");
    let mut session = Session::default();
    session.build(&project, None);
    let edition = session.edition(&project);
    assert_eq!(served_otherwise(&edition, &after), None);
    assert!(served_otherwise(&edition, &before).is_some(), "the served site is the newest");
}
