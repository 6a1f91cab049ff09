//! After any sequence of edits, what is kept gives what a build from nothing gives: every file of the
//! site, byte for byte, and every diagnostic. The edits are random, from a seed that is printed.
//!
//! `LACUNA_STEPS=20000 LACUNA_SEED=7 cargo test --test incremental` does more, or the same again.

mod edits;

use std::collections::BTreeMap;

use edits::{Edit, Project};
use lacuna::{
    diag::Diagnostic,
    engine::{
        Options,
        build::{self, Build, Making, Nothing},
        output::Item,
        stages::Stages,
    },
    render::theme::Theme,
    world::{Limits, Memory, Snapshot, World},
};

/// Steps in the test command.
const STEPS: usize = 1_000;

/// After so many steps the project is begun anew, so that failures stay short.
const LIFE: usize = 100;

/// One build of a project, with what was kept of the builds before.
fn built(project: &Project, stages: &Stages) -> Build {
    let config = project.config();
    let world: Memory = project.world();
    let snapshot = Snapshot::take(&world, &Limits::default());
    let options = Options { config: &config, folder_name: "project", today: Some("2030-01-01") };
    let (theme, _) = Theme::new(project.theme());
    let reading = stages.read(&snapshot, &config);
    let graph = stages.relate(&reading, options);
    let world: &dyn World = &world;
    let making = Making { stages, reading: &reading, graph: &graph, theme: &theme, world, options };
    build::build(making, &Nothing)
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

/// Plays edits on a new project and gives the first step after which something differs.
fn play(edits: &[Edit]) -> Option<(usize, String)> {
    let mut project = Project::new();
    let kept = Stages::default();
    built(&project, &kept);
    for (step, edit) in edits.iter().enumerate() {
        project.apply(edit);
        let before = kept.runs();
        let incremental = built(&project, &kept);
        let ran = kept.runs() - before;
        kept.end_round();
        let from_nothing = Stages::default();
        let clean = built(&project, &from_nothing);
        if let Some(what) = difference(&incremental, &clean) {
            return Some((step, what));
        }
        // What is kept can only save work.
        if ran > from_nothing.runs() {
            return Some((step, format!("{ran} stages ran, from nothing {}", from_nothing.runs())));
        }
        if let Edit::Prose { .. } = edit
            && ran > edits::MOST_STAGES_FOR_PROSE
        {
            return Some((step, format!("{ran} stages ran for an edit to prose: {edit:?}")));
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
    let on = |threads: usize, project: &Project, stages: &Stages| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads can be started").install(|| built(project, stages))
    };
    let (single, several) = (Stages::default(), Stages::default());
    for _ in 0..25 {
        project.apply(&Edit::random(&mut random));
        let (one, many) = (on(1, &project, &single), on(4, &project, &several));
        assert_eq!(difference(&one, &many), None);
    }
}

#[test]
fn the_comparison_sees_what_it_is_for() {
    let mut project = Project::new();
    let stages = Stages::default();
    let before = built(&project, &stages);
    project.apply(&Edit::Prose { file: 0, words: 3 });
    let after = built(&project, &stages);
    assert!(difference(&before, &after).is_some(), "an edit changes the site");
}
