//! After any sequence of edits, what is kept gives what a build from nothing gives: every file of the
//! site, byte for byte, and every diagnostic. The edits are random, from a seed that is printed.
//!
//! `LACUNA_STEPS=20000 LACUNA_SEED=7 cargo test --test incremental` does more, or the same again.

mod edits;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use edits::{Edit, Project};
use lacuna::{
    engine::{
        Options,
        build::{self, Build, Making},
        cache::Cache,
        earlier::{Earlier, Nothing, Whole},
        edition::{Edition, Press},
        output::Item,
        publish::{self, Aside, Protected},
        stages::Stages,
    },
    model::config::Config,
    path::RelPath,
    search,
    world::{Hash, Snapshot, World},
};
use tempfile::TempDir;

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
            theme: project.theme(),
            folder_name: "project".into(),
            today: "2030-01-01".into(),
        };
        press.edition(&self.snapshot, BTreeMap::new())
    }
}

/// A project as `lacuna build` has it: the site lies on the disk, and beside it what is kept for the
/// next build. Every build is a process of its own, which remembers nothing.
struct OnDisk(TempDir);

impl OnDisk {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    /// Builds with what the last build left, and says what is not as `clean` has it.
    fn otherwise(&self, project: &Project, clean: &Build) -> Option<String> {
        let (root, site) = (self.0.path(), self.0.path().join("site"));
        let cache = Cache::of(root);
        let kept = cache.load(&site);
        let earlier: &dyn Earlier = kept.as_ref().map_or(&Nothing, |pages| pages);
        let snapshot = Snapshot::take(&project.world(), &project.config().limits.of_files());
        let mut build = built(project, &Stages::default(), &snapshot, earlier);
        let protected = Protected { root: root.to_owned(), ..Protected::default() };
        if let Err(error) = publish::publish(&build.output, &site, &protected) {
            return Some(format!("on the disk: {error}"));
        }
        if told(&build) != told(clean) {
            return Some(format!("on the disk diagnostics differ: {:#?}", build.diagnostics));
        }
        cache.save(&site, &mut build).expect("the folder is ours");
        let differ = publish::compare(&clean.output, &site).expect("it is a site");
        (!differ.is_empty()).then(|| format!("on the disk {differ:?} differ"))
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
    let theme = project.theme();
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
        // For hosts alone.
        if clean.compressed.contains_key(route) {
            continue;
        }
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
    let (kept, clean) = (told(kept), told(clean));
    (kept != clean).then(|| format!("diagnostics differ:\n{kept:#?}\nfrom nothing:\n{clean:#?}"))
}

fn told(build: &Build) -> Vec<String> {
    build.diagnostics.iter().map(|found| format!("{found:?}")).collect()
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

/// Every so many steps a site on the disk is, too.
const ON_DISK: usize = 8;

/// Plays edits on a new project and gives the first step after which something differs.
fn play(edits: &[Edit]) -> Option<(usize, String)> {
    let mut project = Project::new();
    let mut session = Session::default();
    let on_disk = OnDisk::new();
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
        // In a schema words are declarations, or a mistake.
        let is_schema = changed.iter().any(|path| path.has_extension(&["proto"]));
        let is_prose = matches!(edit, Edit::Prose { .. }) && !is_schema;
        if is_prose && ran > project.most_stages_for_prose() {
            let of = format!("{changed:?}, of {} files", project.world().list().entries.len());
            return Some((step, format!("{ran} stages ran for an edit to prose: {of}")));
        }
        if step % SERVED == 0
            && let Some(what) = served_otherwise(&session.edition(&project), &clean)
        {
            return Some((step, what));
        }
        if step % ON_DISK == 1
            && let Some(what) = on_disk.otherwise(&project, &clean)
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
    let all: Vec<Edit> = (0..steps).map(|_| Edit::random(&mut random)).collect();
    let lives: Vec<&[Edit]> = all.chunks(LIFE).collect();
    if let Some((life, step, what)) = first_failure(&lives) {
        let short = shrunk(lives[life][..=step].to_vec());
        let last = play(&short).map_or(what, |(_, what)| what);
        panic!("seed {seed}, step {}: {last}\nafter {short:#?}", life * LIFE + step);
    }
}

/// The first life, and its first step, after which something differs. Two are played at a time, for
/// much of a life is the work of one thread.
fn first_failure(lives: &[&[Edit]]) -> Option<(usize, usize, String)> {
    let next = AtomicUsize::new(0);
    let take = || loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        if let Some((step, what)) = play(lives.get(at)?) {
            // No other is begun.
            next.store(lives.len(), Ordering::Relaxed);
            return Some((at, step, what));
        }
    };
    let failures = thread::scope(|scope| {
        let both = [scope.spawn(take), scope.spawn(take)];
        both.map(|one| one.join().expect("a life does not panic"))
    });
    failures.into_iter().flatten().min()
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
