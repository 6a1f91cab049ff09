//! `cargo xtask bench ledger`: a made ledger against made research, read, related, judged and
//! exported.
//!
//! The full size is 5,000 gaps and 100 chunks of 1 MB. To see whether the cost grows in a straight
//! line, each of the two is also taken at a fifth and at a twenty-fifth while the other stays at its
//! full size. What is compared is the cost of one gap *more* and of one megabyte *more*: a fixed
//! cost would make a growth that is worse than linear look better. Quote the ratios, not the times.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use super::{bench_home, corpus::Dice, measure, median, release_binary};
use crate::{Failure, failed};

/// What to time.
pub struct Plan {
    /// Gaps at full size.
    pub gaps: u32,
    /// Chunks of one megabyte at full size.
    pub megabytes: u32,
    /// Rounds; the median is printed.
    pub rounds: u32,
    /// The program, when it is not to be built.
    pub binary: Option<PathBuf>,
}

impl Plan {
    /// Reads what follows `bench ledger` on the command line.
    pub fn parse(words: &[&str]) -> Result<Self, Failure> {
        let mut plan = Self { gaps: 5_000, megabytes: 100, rounds: 3, binary: None };
        let mut rest = words.iter();
        while let Some(&option) = rest.next() {
            let value =
                rest.next().ok_or_else(|| Failure::Usage(format!("`{option}` needs a value")))?;
            let number = || match value.replace(['_', ','], "").parse::<u32>() {
                Ok(number) if number > 0 => Ok(number),
                _ => Err(Failure::Usage(format!("`{option}` needs a number, not `{value}`"))),
            };
            match option {
                "--gaps" => plan.gaps = number()?,
                "--megabytes" => plan.megabytes = number()?,
                "--rounds" => plan.rounds = number()?,
                "--binary" => plan.binary = Some(PathBuf::from(value)),
                _ => return Err(Failure::Usage(format!("`bench ledger` takes no `{option}`"))),
            }
        }
        Ok(plan)
    }
}

/// The medians of one size.
struct Cost {
    gaps: u32,
    megabytes: u32,
    wall: f64,
    cpu: f64,
    peak_mib: f64,
}

/// Makes the corpora and prints times, memory and growth.
pub fn run(root: &Path, plan: &Plan) -> Result<(), Failure> {
    let home = bench_home()?.join("ledger");
    let program = match &plan.binary {
        Some(binary) => binary.clone(),
        None => release_binary(root)?,
    };
    println!("{:>7} {:>7} {:>9} {:>9} {:>9}", "gaps", "MB", "wall s", "CPU s", "peak MiB");
    let cost = |gaps: u32, megabytes: u32| -> Result<Cost, Failure> {
        let folder = home.join(format!("{gaps}-{megabytes}"));
        make(&folder, gaps, megabytes).map_err(failed("cannot make the ledger's corpus"))?;
        let command = [
            program.as_os_str(),
            "export".as_ref(),
            "--format".as_ref(),
            "json".as_ref(),
            folder.as_os_str(),
        ]
        .map(std::ffi::OsStr::to_owned);
        let mut runs = Vec::new();
        for _ in 0..plan.rounds {
            runs.push(measure::run(&command).map_err(failed("lacuna export"))?);
        }
        std::fs::remove_dir_all(&folder).map_err(failed("cannot remove the ledger's corpus"))?;
        let cost = Cost {
            gaps,
            megabytes,
            wall: median(runs.iter().map(|run| run.wall)),
            cpu: median(runs.iter().map(measure::Run::cpu)),
            peak_mib: median(runs.iter().map(|run| run.peak_mib)),
        };
        println!("{gaps:7} {megabytes:7} {:9.2} {:9.2} {:9.0}", cost.wall, cost.cpu, cost.peak_mib);
        Ok(cost)
    };
    let steps = |full: u32| [(full / 25).max(1), (full / 5).max(2), full.max(3)];
    let mut by_gaps = Vec::new();
    for gaps in steps(plan.gaps) {
        by_gaps.push(cost(gaps, plan.megabytes)?);
    }
    let [few, some, _] = steps(plan.megabytes);
    let mut by_size = vec![cost(plan.gaps, few)?, cost(plan.gaps, some)?];
    by_size.extend(by_gaps.pop().into_iter().map(|full| Cost { ..full }));
    if let ([a, b], Some(full)) = (by_gaps.as_slice(), by_size.last()) {
        print_growth("gap", [a, b, full], |cost| cost.gaps);
    }
    if let [a, b, full] = by_size.as_slice() {
        print_growth("MB", [a, b, full], |cost| cost.megabytes);
    }
    Ok(())
}

/// The CPU time of one unit more, from the first size to the second and from there to the third.
fn print_growth(unit: &str, sizes: [&Cost; 3], of: impl Fn(&Cost) -> u32) {
    let [few, some, many] = sizes;
    let slope = |a: &Cost, b: &Cost| (b.cpu - a.cpu) / f64::from(of(b) - of(a));
    let (early, late) = (slope(few, some), slope(some, many));
    println!(
        "\none {unit} more: {:.3} ms CPU up to {}, {:.3} ms up to {}: x{:.2} (1.00 is linear)",
        early * 1e3,
        of(some),
        late * 1e3,
        of(many),
        late / early,
    );
}

fn make(folder: &Path, gaps: u32, megabytes: u32) -> io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder.join("research"))?;
    std::fs::create_dir_all(folder.join("docs"))?;
    for chunk in 1..=megabytes {
        let text = chunk_text(chunk);
        std::fs::write(folder.join(format!("research/chunk-{chunk:03}.txt")), text)?;
    }
    std::fs::write(folder.join("docs/GAP-ANALYSIS.md"), ledger_text(gaps, megabytes))
}

const MEGABYTE: usize = 1_000_000;

/// A megabyte of lines of prose, every sixth blank, one in forty a demand.
fn chunk_text(chunk: u32) -> String {
    let mut dice = Dice::new(chunk, 11);
    let mut text = String::with_capacity(MEGABYTE + 200);
    while text.len() < MEGABYTE {
        match dice.below(40) {
            0 => text.push_str("The service must keep "),
            1..=6 => text.push('\n'),
            _ => {}
        }
        let count = 6 + dice.below(8);
        let words: Vec<String> = (0..count).map(|_| word(&mut dice)).collect();
        text.push_str(&words.join(" "));
        text.push_str(".\n");
    }
    text
}

fn ledger_text(gaps: u32, megabytes: u32) -> String {
    let mut text = String::from("# Gap analysis\n\n");
    for gap in 1..=gaps {
        let mut dice = Dice::new(gap, 12);
        let phrase = |dice: &mut Dice, count: u32| -> String {
            let words: Vec<String> = (0..count).map(|_| word(dice)).collect();
            words.join(" ")
        };
        let (chunk, start) = (1 + dice.below(megabytes), 1 + dice.below(12_000));
        let length = dice.below(60);
        let (title, missing, impact) =
            (phrase(&mut dice, 4), phrase(&mut dice, 9), phrase(&mut dice, 8));
        write!(
            text,
            "### {gap}. **{title}**\n- **Status**: NOT DOCUMENTED\n- **Priority**: P{}\n- **What was \
             missing**: {missing}\n- **Evidence**: chunk-{chunk:03}.txt (lines {start}-{})\n- \
             **Impact**: {impact}\n- **Recommendation**: Create docs/GAP-{gap:05}.md\n\n",
            dice.below(4),
            start + length,
        )
        .expect("a String takes whatever is written to it");
    }
    text
}

/// A word of fifty thousand, the n-th of them n times rarer than the first, as in real text.
fn word(dice: &mut Dice) -> String {
    let luck = f64::from(dice.below(1 << 24)) / f64::from(1 << 24);
    let mut rank = (luck * 50_000_f64.ln()).exp() as u32;
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(rank % SYLLABLES.len() as u32) as usize]);
        rank /= SYLLABLES.len() as u32;
        if rank == 0 {
            return word;
        }
    }
}

const SYLLABLES: [&str; 32] = [
    "ba", "ko", "lim", "ter", "no", "sur", "vel", "qua", "dri", "fen", "mo", "pal", "rig", "sto",
    "tun", "wex", "zil", "cor", "hab", "jen", "lor", "mid", "nex", "oct", "pir", "rus", "sal",
    "tor", "urn", "vim", "yor", "gam",
];
