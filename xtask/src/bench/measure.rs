//! Runs one program to its end and reports what the kernel charged for it.

use std::ffi::OsString;
use std::io::{self, Read as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The cost of one finished program and of the children it waited for.
pub struct Run {
    /// Start to end, in seconds.
    pub wall: f64,
    /// CPU time in the program, in seconds.
    pub user: f64,
    /// CPU time in the kernel on its behalf, in seconds.
    pub system: f64,
    /// Largest resident set of any one process, in MiB.
    pub peak_mib: f64,
}

impl Run {
    /// CPU time of both kinds, in seconds.
    pub fn cpu(&self) -> f64 {
        self.user + self.system
    }
}

/// Runs `arguments[0]` with the rest; its output is discarded unless it fails.
pub fn run(arguments: &[OsString]) -> io::Result<Run> {
    run_any(arguments, &[0])
}

/// As [`run`], for a program that says something by its exit code: `fine` are those of success.
pub fn run_any(arguments: &[OsString], fine: &[i32]) -> io::Result<Run> {
    let (program, rest) = arguments.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(rest)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        stderr.read_to_string(&mut said)?;
    }
    let (status, usage) = wait(child.id())?;
    let wall = start.elapsed().as_secs_f64();
    let code = std::process::ExitStatus::from_raw(status).code();
    if !code.is_some_and(|code| fine.contains(&code)) {
        let mut end = said.len().saturating_sub(500);
        while !said.is_char_boundary(end) {
            end += 1;
        }
        return Err(io::Error::other(format!("ended with status {status:#x}\n{}", &said[end..])));
    }
    Ok(Run {
        wall,
        user: seconds(usage.ru_utime),
        system: seconds(usage.ru_stime),
        peak_mib: peak_mib(usage.ru_maxrss),
    })
}

/// Runs `work` in this process.
pub fn this(work: impl FnOnce() -> io::Result<()>) -> io::Result<Run> {
    let before = own_usage()?;
    let start = Instant::now();
    work()?;
    let wall = start.elapsed().as_secs_f64();
    let after = own_usage()?;
    Ok(Run {
        wall,
        user: seconds(after.ru_utime) - seconds(before.ru_utime),
        system: seconds(after.ru_stime) - seconds(before.ru_stime),
        peak_mib: peak_mib(after.ru_maxrss),
    })
}

/// What the kernel has charged for this process so far.
fn own_usage() -> io::Result<libc::rusage> {
    // SAFETY: `rusage` is plain numbers, for which all zeroes is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the pointer is to a live local of the type the call writes.
    match unsafe { libc::getrusage(libc::RUSAGE_SELF, &raw mut usage) } {
        0 => Ok(usage),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Reaps a child of ours that nobody else waits for.
fn wait(process: u32) -> io::Result<(libc::c_int, libc::rusage)> {
    let process = libc::pid_t::try_from(process).map_err(io::Error::other)?;
    let mut status: libc::c_int = 0;
    // SAFETY: `rusage` is plain numbers, for which all zeroes is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live locals of the types the call writes; the process is our
        // child and has not been reaped, since `Child::wait` is never called on it.
        let reaped = unsafe { libc::wait4(process, &raw mut status, 0, &raw mut usage) };
        if reaped == process {
            return Ok((status, usage));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

fn seconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 + time.tv_usec as f64 / 1e6
}

/// `ru_maxrss` counts bytes on macOS and KiB elsewhere.
fn peak_mib(reported: libc::c_long) -> f64 {
    let per_mib = if cfg!(target_os = "macos") { 1024.0 * 1024.0 } else { 1024.0 };
    reported as f64 / per_mib
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_fails_is_no_measurement() {
        let shell = |script: &str| run(&["sh".into(), "-c".into(), script.into()]);
        assert!(shell("exit 0").is_ok_and(|run| run.wall > 0.0 && run.peak_mib > 0.0));
        let failure = shell("echo why >&2; exit 3").err().map(|error| error.to_string());
        assert!(failure.is_some_and(|text| text.contains("why")));
    }
}
