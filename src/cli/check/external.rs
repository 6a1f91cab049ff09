//! `--external`: asks for the addresses of others that the texts link to. Nothing else in the
//! program uses the network.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    time::{SystemTime, UNIX_EPOCH},
};

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::{
    cli::{args::Verbosity, build::Work},
    diag::{Diagnostic, codes, human::visible},
    external::{Answer, Kept, Manners, ask},
    model::{levels::apply_levels, source::Body},
    path::RelPath,
    read::markdown::external::external,
    text::{LineIndex, Span},
};

/// So many addresses of which nobody can tell are named, unless all are asked for.
const MOST_NAMED: usize = 10;

/// What the addresses elsewhere answered.
#[derive(Default)]
pub(super) struct Asked {
    /// A finding for each link that leads nowhere.
    pub(super) found: Vec<Diagnostic>,
    /// What to say beside the findings, in lines.
    pub(super) said: String,
}

/// A link to an address elsewhere.
struct Link<'a> {
    address: String,
    path: &'a RelPath,
    span: Span,
}

/// Asks for every address that is not left out, and keeps the answers for the next time.
pub(super) fn check(work: &Work<'_>, verbosity: Verbosity) -> Asked {
    let config = &work.project.config;
    let skip = patterns(&config.external.skip);
    let mut links = links(work);
    let all = links.len();
    links.retain(|link| !skip.is_match(&link.address));
    let skipped = all - links.len();

    let cache = work.project.cache();
    let now = now();
    let mut kept: Kept = cache.external().unwrap_or_default();
    kept.forget(now);
    let wanted: BTreeSet<String> = links.iter().map(|link| link.address.clone()).collect();
    let known = |address: &String| Some((address.clone(), kept.of(address, now)?.clone()));
    let mut answers: BTreeMap<String, Answer> = wanted.iter().filter_map(known).collect();
    let unknown = wanted.iter().filter(|address| !answers.contains_key(*address)).cloned();
    let new = ask(&unknown.collect(), &Manners::of_a_guest(&config.external.allow));
    for (address, answer) in &new {
        kept.keep(address, answer, self::now());
    }
    let asked = new.len();
    answers.extend(new);
    let mut said = String::new();
    if let Err(error) = cache.save_external(&kept)
        && verbosity == Verbosity::Verbose
    {
        // A String takes every write.
        let _ = writeln!(said, "note: no answers are kept for the next time: {error}");
    }
    let summary = Summary { links: links.len(), skipped, asked, verbosity };
    said.push_str(&summary.told(&links, &answers, work));
    let found = links.iter().filter_map(|link| finding(link, answers.get(&link.address)?));
    Asked { found: apply_levels(found.collect(), &config.diagnostics), said }
}

fn finding(link: &Link<'_>, answer: &Answer) -> Option<Diagnostic> {
    let Answer::Gone(why) = answer else { return None };
    let message = format!("{} {why}", link.address);
    let help = "mend the address, or leave it out with `skip` in `[external]`";
    Some(Diagnostic::new(&codes::EXTERNAL_LINK_GONE, link.path, message).at(link.span).help(help))
}

/// Every link of a document to an address elsewhere.
fn links<'a>(work: &'a Work<'_>) -> Vec<Link<'a>> {
    let reading = &work.made.reading;
    let mut links = Vec::new();
    for (outline, body) in reading.outlines.iter().zip(&reading.bodies) {
        let Body::Markdown { text, start } = body else { continue };
        let found = external(text, *start).into_iter();
        links.extend(found.map(|one| Link {
            address: one.address,
            path: &outline.path,
            span: one.span,
        }));
    }
    links
}

/// The patterns as one; each was checked when the configuration was read.
fn patterns(globs: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs.iter().filter_map(|glob| Glob::new(glob).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}

/// Seconds since 1970: how old an answer is has nothing to do with the day of the site.
#[expect(clippy::disallowed_methods, reason = "answers grow old by the clock")]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

struct Summary {
    links: usize,
    skipped: usize,
    asked: usize,
    verbosity: Verbosity,
}

impl Summary {
    fn told(
        &self,
        links: &[Link<'_>],
        answers: &BTreeMap<String, Answer>,
        work: &Work<'_>,
    ) -> String {
        let count = |is: fn(&Answer) -> bool| answers.values().filter(|answer| is(answer)).count();
        let answering = count(|answer| matches!(answer, Answer::Answers { .. }));
        let moved = count(|a| matches!(a, Answer::Answers { redirects } if *redirects > 0));
        let gone = count(|answer| matches!(answer, Answer::Gone(_)));
        let unsure = count(|answer| matches!(answer, Answer::Unsure(_)));
        let mut out = format!(
            "  External   {} links to {} addresses, {} asked now: {answering} answer ({moved} after \
             redirects), {gone} gone, {unsure} not sure",
            self.links,
            answers.len(),
            self.asked
        );
        // A String takes every write.
        let _ = match self.skipped {
            0 => writeln!(out),
            skipped => writeln!(out, "; {skipped} links left out"),
        };
        let most = if self.verbosity == Verbosity::Verbose { usize::MAX } else { MOST_NAMED };
        let unsure = answers.iter().filter_map(|(address, answer)| match answer {
            Answer::Unsure(why) => Some((address, why)),
            _ => None,
        });
        let mut more = 0;
        for (at, (address, why)) in unsure.enumerate() {
            if at >= most {
                more += 1;
                continue;
            }
            let place = links.iter().find(|link| link.address == *address).map(|link| {
                let text = work.text(link.path).unwrap_or_default();
                format!(" ({}:{})", link.path, LineIndex::new(text).line(link.span.start))
            });
            let place = place.unwrap_or_default();
            let _ = writeln!(out, "note: {}", visible(&format!("{address} {why}{place}")));
        }
        if more > 0 {
            let _ = writeln!(out, "note: and {more} more: `--verbose`");
        }
        out
    }
}
