//! Sites in memory, and their index.

use std::collections::BTreeMap;

use lacuna::{
    engine::{self, Options, earlier::Nothing, stages::Stages},
    model::config::Config,
    search,
    world::{Limits, Memory, Snapshot, World},
};

/// The files of the index by route.
pub type Index = BTreeMap<String, Vec<u8>>;

/// The index of a world.
pub fn index_of(world: &dyn World, config: &Config) -> Index {
    let stages = Stages::default();
    let options = Options { config, folder_name: "test", today: None };
    let reading = stages.read(&Snapshot::take(world, &Limits::default()), config);
    let graph = stages.relate(&reading, options);
    let lookups = stages.lookups(&reading, &graph, options);
    let (_, digests) = stages.digests(&reading, &Nothing);
    search::files(&engine::site(&reading, &graph, &lookups, options), &digests)
}

/// The index of files in memory.
#[allow(dead_code, reason = "the ranking reads sites from the disk")]
pub fn index(files: &[(String, String)]) -> Index {
    let world = Memory::new(files.iter().map(|(path, text)| (path, text.as_bytes())));
    index_of(&world, &Config::default())
}

/// Pages of about 450 words, which are as unevenly spread as those of a language.
#[allow(dead_code, reason = "the ranking reads sites from the disk")]
pub fn pages(count: usize) -> Vec<(String, String)> {
    let mut state = 7_u64;
    let mut dice = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let syllables = ["ka", "re", "mo", "ti", "sul", "ven", "do", "pra", "li", "nor", "ex", "um"];
    let word = |n: usize| {
        let mut rest = n;
        let mut word = String::new();
        for _ in 0..2 + n % 3 {
            word.push_str(syllables[rest % syllables.len()]);
            rest = rest / syllables.len() + 5 * n;
        }
        word
    };
    let mut words = move |count: usize| {
        // Zipf: the n-th word is n times rarer than the first.
        let one = |_| word(((20_000_f64).powf(dice())) as usize);
        (0..count).map(one).collect::<Vec<String>>().join(" ")
    };
    let page = |n: usize| {
        let mut text = format!("# {} {n}\n\n{}.\n", words(4), words(60));
        for _ in 0..4 {
            text.push_str(&format!("\n## {}\n\n{}.\n", words(3), words(95)));
        }
        (format!("docs/part-{}/page-{n}.md", n % 20), text)
    };
    (0..count).map(page).collect()
}
