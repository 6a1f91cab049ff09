//! What no build can do without: the same files read, the same bytes written, and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::measure::{self, Run};
use super::site::{Site, files};

/// Lists and reads every file below `source` and writes the files of `site` to the new folder
/// `out`, on every processor.
pub fn run(source: &Path, site: &Site, out: &Path) -> io::Result<Run> {
    measure::this(|| {
        let sources = files(source)?;
        each(&sources, |path| fs::read(path).map(drop))?;
        let targets: Vec<(PathBuf, &[u8])> =
            site.iter().map(|(path, bytes)| (out.join(path), bytes.as_slice())).collect();
        let mut made: Option<&Path> = None;
        for folder in targets.iter().filter_map(|(path, _)| path.parent()) {
            if made != Some(folder) {
                fs::create_dir_all(folder)?;
                made = Some(folder);
            }
        }
        each(&targets, |(path, bytes)| fs::write(path, bytes))
    })
}

/// Calls `work` for every item, on every processor; the first failure ends it.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    let run = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item)?;
        }
        Ok(())
    };
    let count = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(run)).collect();
        let failed = |_| Err(io::Error::other("a thread panicked"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(failed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_seen_and_a_failure_is_not_hidden() {
        let sum = AtomicUsize::new(0);
        let items: Vec<usize> = (0..100).collect();
        let add = |item: &usize| {
            sum.fetch_add(*item, Ordering::Relaxed);
            if *item == 99 { Err(io::Error::other("the last")) } else { Ok(()) }
        };
        assert_eq!(each(&items, add).map_err(|error| error.to_string()), Err("the last".into()));
        assert_eq!(sum.into_inner(), 4_950);
    }
}
