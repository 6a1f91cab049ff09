//! The work for a text grows with its length and not with its square: texts that are slow somewhere,
//! and patterns made from the marks that readers know, go through the whole pipeline at two lengths.
//! `cargo xtask growth` builds the same texts, as long as 1 MiB, with the program itself.
//!
//! What is measured is the time of the processor on one thread, so that a busy machine changes little.
//! `LACUNA_PATTERNS=1000` tries more patterns, `LACUNA_GROWTH_BYTES` longer ones.

use lacuna::{
    engine::{
        Options,
        build::{self, Making},
        earlier::Nothing,
        publish::Aside,
        stages::Stages,
    },
    model::config::Config,
    render::theme::Theme,
    world::{Limits, Memory, Snapshot},
};

use super::patterns;

/// Longest text, in bytes; the others are a half and a quarter of it.
const BYTES: usize = 40_000;
/// A text that takes less is too quick to be judged, in nanoseconds.
const QUICK: u64 = 150_000_000;
/// The time may grow with the length of a text to this power, at most. In texts this short the
/// borders of caches and the second page of a list count: longer ones keep to [`STRICT`].
const EXPONENT: f64 = 1.5;
/// The same for texts of at least [`LONG`] bytes.
const STRICT: f64 = 1.3;
const LONG: usize = 150_000;

/// The time that this thread has run, in nanoseconds.
fn time() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// What a clean build of one document takes on this thread.
fn cost(text: String) -> Option<u64> {
    let world = Memory::new([("docs/a.md", text)]);
    let config = Config::default();
    let options = Options { config: &config, folder_name: "x", today: None };
    let (theme, _) = Theme::new(Default::default());
    let begun = time()?;
    let stages = Stages::default();
    let snapshot = Snapshot::take(&world, &Limits::default());
    let reading = stages.read(&snapshot, &config);
    let graph = stages.relate(&reading, options);
    let making = Making {
        stages: &stages,
        reading: &reading,
        graph: &graph,
        theme: &theme,
        world: &world,
        options,
        aside: &Aside::memory(),
    };
    let build = build::build(making, &Nothing);
    assert!(build.output.len() > 10);
    Some(time()? - begun)
}

/// The power of the length with which the time of a text grows; none when it is built too quickly to
/// tell. Caches of the machine belong to others as well: what looks slow is looked at again, and the
/// least time of each length counts.
fn exponent(text: &dyn Fn(usize) -> String, bytes: usize, nothing: u64) -> Option<f64> {
    let most = most(bytes);
    let mut least = [u64::MAX; 2];
    for _ in 0..4 {
        for (least, length) in least.iter_mut().zip([bytes / 4, bytes]).rev() {
            *least = cost(text(length))?.saturating_sub(nothing).min(*least);
            if length == bytes && *least < QUICK {
                return None;
            }
        }
        if power(least) <= most {
            break;
        }
    }
    Some(power(least))
}

/// The most that is allowed for a length.
fn most(bytes: usize) -> f64 {
    if bytes >= LONG { STRICT } else { EXPONENT }
}

/// The power for the times of a length and of four times that.
fn power([quarter, whole]: [u64; 2]) -> f64 {
    (whole as f64 / quarter.max(1) as f64).log2() / 2.0
}

/// Makes a text of about so many bytes.
type Text = Box<dyn Fn(usize) -> String>;

/// P26: no pattern costs the square of its length.
#[test]
fn work_grows_with_the_length_of_a_text() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20).build();
    let pool = pool.expect("a thread can be started");
    let bytes = super::number("LACUNA_GROWTH_BYTES", BYTES);
    let slow = pool.install(|| {
        cost("warm".to_owned());
        let Some(nothing) = cost("# A\n".to_owned()) else {
            eprintln!("skipped: the system does not tell the time of a thread");
            return Vec::new();
        };
        let known = patterns::KNOWN.iter().map(|known| (*known).to_owned());
        let made = patterns::made(super::number("LACUNA_PATTERNS", 12), 7);
        let repeated = known.chain(made).map(|pattern| -> (String, Text) {
            (format!("{pattern:?}"), Box::new(move |bytes| patterns::repeated(&pattern, bytes)))
        });
        let shapes = patterns::SHAPES.iter();
        let shapes =
            shapes.map(|(name, shape)| -> (String, Text) { ((*name).to_owned(), Box::new(shape)) });
        let mut texts: Vec<(String, Text)> = repeated.chain(shapes).collect();
        let mut slow = Vec::new();
        // What else the machine does is over when those that looked slow are looked at once more.
        for _ in 0..2 {
            slow.clear();
            texts.retain(|(name, text)| {
                let power = exponent(text, bytes, nothing).filter(|power| *power > most(bytes));
                slow.extend(power.map(|power| format!("n^{power:.2} {name}")));
                power.is_some()
            });
        }
        slow
    });
    let (most, slow) = (most(bytes), slow.join("\n"));
    assert!(slow.is_empty(), "these grow faster than n^{most}:\n{slow}");
}
