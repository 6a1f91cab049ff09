//! The benchmarks, and what they share.
//!
//! A round runs everything that is compared once, so a slow minute of the machine hits all alike;
//! ratios are taken inside a round and the median of them is printed. Quote the ratios, not the
//! times.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, failed};

pub mod build;
pub mod corpus;
pub mod ledger;
mod limit;
pub mod measure;
pub mod options;
pub mod past;
mod peers;
pub mod schemas;
pub mod serve;
pub mod server;
pub mod site;

/// A folder in memory, where the system has one, so that the disk is not measured too; else
/// [`bench_home`].
pub fn memory_home() -> Result<PathBuf, Failure> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { Ok(memory.to_path_buf()) } else { bench_home() }
}

/// Where corpora and peers are kept: `$LACUNA_BENCH`, or a folder in the user's cache.
pub fn bench_home() -> Result<PathBuf, Failure> {
    let home = match (std::env::var_os("LACUNA_BENCH"), std::env::var_os("HOME")) {
        (Some(chosen), _) => PathBuf::from(chosen),
        (None, Some(user)) => PathBuf::from(user).join(".cache/lacuna-bench"),
        (None, None) => {
            return Err(Failure::Chore(
                "neither LACUNA_BENCH nor HOME says where to keep the corpus".to_owned(),
            ));
        }
    };
    std::fs::create_dir_all(&home).map_err(failed("cannot make the benchmark's folder"))?;
    home.canonicalize().map_err(failed("cannot find the benchmark's folder"))
}

/// Builds `lacuna` optimised and returns the path of the binary.
pub fn release_binary(root: &Path) -> Result<PathBuf, Failure> {
    let built = Command::new(crate::test::cargo_path())
        .args(["build", "--release", "--package", "lacuna"])
        .current_dir(root)
        .status()
        .map_err(failed("cannot start cargo"))?;
    if !built.success() {
        return Err(Failure::Chore("the release build failed".to_owned()));
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    Ok(root.join(target).join("release").join(format!("lacuna{}", std::env::consts::EXE_SUFFIX)))
}

pub fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed("cannot remove an output folder"))?;
    }
    Ok(())
}

/// The middle value; of an even count, the mean of the middle two; of none, 0.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len(), sorted.len() / 2) {
        (0, _) => 0.0,
        (count, middle) if count % 2 == 1 => sorted[middle],
        (_, middle) => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0].into_iter()), 2.5);
    }
}
