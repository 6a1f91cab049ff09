//! What became of cited lines, as a person would tell it: for each state a small project, an edit,
//! and the finding. Then random edits, of which the truth is known.

use std::collections::BTreeSet;

use lacuna::{
    engine::{Reading, accept, accept::Choice},
    graph::anchor::{Anchored, EditPlace, Finding, range},
    model::config::Config,
    path::RelPath,
    read::lock,
    world::{Limits, Memory, Snapshot},
};

/// Research of thirty lines that all differ.
fn research() -> Vec<String> {
    let animals =
        ["heron", "otter", "newt", "lynx", "stoat", "adder", "raven", "pike", "moth", "hare"];
    (1..=30_usize)
        .map(|n| {
            let (one, two) = (animals[n % 10], animals[(n * 7 + n / 10) % 10]);
            format!("Note {n}: the {one} was seen {} times before the {two} came.", n * n % 97)
        })
        .collect()
}

fn text(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

fn ledger(citation: &str) -> String {
    format!("# Gap analysis\n\n### 1. Sightings\n**Priority**: P0\n**Evidence**: {citation}\n")
}

fn read(files: &[(&str, &str)]) -> Reading {
    let world = Memory::new(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    Reading::of(&Snapshot::take(&world, &Limits::default()), &Config::default())
}

/// The lock of a project, all of it accepted.
fn accepted(files: &[(&str, &str)]) -> String {
    lock::write(&accept::accept(&read(files), Choice::All))
}

/// The only citation of a project, with the lock of another state of it.
fn one(files: &[(&str, &str)], lock: &str) -> Anchored {
    let mut files = files.to_vec();
    files.push(("lacuna.lock", lock));
    let reading = read(&files);
    assert!(reading.lock.fault.is_none(), "{:?}", reading.lock.fault);
    let [one] = reading.anchors.all.as_slice() else { panic!("{:?}", reading.anchors.all) };
    one.clone()
}

const LEDGER: &str = "docs/GAP-ANALYSIS.md";
const CHUNK: &str = "docs/research/chunk-001.txt";

/// One state: the project is accepted with the cited lines 10 to 12, then edited.
fn after(edit: impl FnOnce(&mut Vec<String>)) -> Anchored {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let mut lines = research();
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&lines))]);
    edit(&mut lines);
    one(&[(LEDGER, &citing), (CHUNK, &text(&lines))], &lock)
}

#[test]
fn a_citation_without_lock_is_new_and_with_its_own_lock_exact() {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let files = [(LEDGER, citing.as_str()), (CHUNK, &text(&research()))];
    assert_eq!(read(&files).anchors.all[0].finding, Finding::New);
    assert_eq!(one(&files, &accepted(&files)).finding, Finding::Exact);
}

#[test]
fn an_edit_behind_the_lines_is_no_edit() {
    assert_eq!(after(|lines| lines[20].clear()).finding, Finding::Exact);
    assert_eq!(after(|lines| drop(lines.drain(15..))).finding, Finding::Exact);
    // Nor is another indent, or a space at the end.
    assert_eq!(after(|lines| lines[10] = format!("  {} ", lines[10])).finding, Finding::Exact);
}

#[test]
fn lines_before_the_text_move_it() {
    let found = after(|lines| lines.insert(3, "A new line".into()));
    let Finding::Moved(to) = &found.finding else { panic!("{found:?}") };
    assert_eq!((to.lines, to.write), ((11, 13), Some((11, 13))));
    assert_eq!(
        found.reason(),
        format!("the text now stands at {CHUNK}, lines 11 to 13: write 11-13")
    );
    let found = after(|lines| drop(lines.drain(0..9)));
    assert_eq!(found.finding.proposals()[0].lines, (1, 3));
}

#[test]
fn a_changed_line_is_an_edit_with_a_diff() {
    let found = after(|lines| lines[10] = "Note 11: nothing was seen.".into());
    let Finding::Edited(edit) = &found.finding else { panic!("{found:?}") };
    assert_eq!(edit.place, EditPlace::Cited);
    let shown: Vec<String> =
        edit.diff.iter().map(|line| format!("{}{}", line.side.sign(), line.text)).collect();
    let was = &research()[9..12];
    assert_eq!(
        shown,
        [
            format!(" {}", was[0]),
            format!("-{}", was[1]),
            "+Note 11: nothing was seen.".into(),
            format!(" {}", was[2])
        ]
    );
}

#[test]
fn an_edit_that_also_moved_is_found_where_it_stands() {
    let found = after(|lines| {
        lines[11].push_str(" Or so they say.");
        lines.insert(0, "A new line".into());
    });
    let Finding::Edited(edit) = &found.finding else { panic!("{found:?}") };
    assert_eq!((edit.place, edit.now.lines), (EditPlace::Elsewhere, (11, 13)));
}

#[test]
fn a_text_that_was_deleted_is_lost() {
    let found = after(|lines| drop(lines.drain(9..12)));
    assert_eq!(found.finding, Finding::Lost);
    assert!(found.reason().contains("it began \u{201c}Note 10: the heron"), "{}", found.reason());
    let found = after(|lines| lines.iter_mut().for_each(|line| *line = "Something else".into()));
    assert_eq!(found.finding, Finding::Lost);
}

#[test]
fn a_text_in_several_places_is_ambiguous_unless_its_neighbours_tell() {
    let twice = |lines: &mut Vec<String>| {
        let text: Vec<String> = lines.drain(9..12).collect();
        lines.splice(20..20, text.clone());
        lines.splice(5..5, text);
    };
    let found = after(twice);
    let Finding::Ambiguous(places) = &found.finding else { panic!("{found:?}") };
    assert_eq!(places.iter().map(|to| to.lines).collect::<Vec<_>>(), [(6, 8), (24, 26)]);
    // The line above came along with one of them.
    let found = after(|lines| {
        let text: Vec<String> = lines.drain(8..12).collect();
        lines.splice(20..20, text.clone());
        lines.splice(5..5, text[1..].to_vec());
    });
    assert_eq!(found.finding.name(), "moved", "{found:?}");
    assert_eq!(found.finding.proposals()[0].lines, (25, 27));
}

#[test]
fn a_text_is_found_in_another_chunk_and_its_numbers_are_not_rewritten() {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let lines = research();
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&lines))]);
    let other = ("docs/research/chunk-002.txt", text(&lines[8..]));
    let found = one(&[(LEDGER, &citing), (CHUNK, &text(&lines[..8])), (other.0, &other.1)], &lock);
    let Finding::Moved(to) = &found.finding else { panic!("{found:?}") };
    assert_eq!((to.path.as_str(), to.lines, to.write), (other.0, (2, 4), None));
}

#[test]
fn a_file_that_is_gone_is_said_to_be() {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&research()))]);
    let found = one(&[(LEDGER, &citing)], &lock);
    assert_eq!(found.finding, Finding::FileMissing);
}

#[test]
fn numbers_of_the_original_stay_numbers_of_the_original() {
    let header = "CHUNK METADATA\n========\nSource Lines: 101-130\n========\n\n";
    let citing = ledger("Chunk-001 (lines 110-112)");
    let mut lines = research();
    let chunk =
        |lines: &[String], last: usize| header.replace("130", &last.to_string()) + &text(lines);
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &chunk(&lines, 130))]);
    assert!(lock.contains("counted = \"original\""), "{lock}");
    lines.insert(2, "A new line".into());
    let found = one(&[(LEDGER, &citing), (CHUNK, &chunk(&lines, 131))], &lock);
    let Finding::Moved(to) = &found.finding else { panic!("{found:?}") };
    assert_eq!((to.lines, to.write), ((16, 18), Some((111, 113))));
}

#[test]
fn edits_of_the_citing_file_keep_what_was_accepted() {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let research = text(&research());
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &research)]);
    let more = citing.replace("### 1. S", "Some words.\n\n### 7. S").replace("Gap", "The gap");
    assert_eq!(one(&[(LEDGER, &more), (CHUNK, &research)], &lock).finding, Finding::Exact);
    // Also when the file has another name, and when the range was corrected by hand.
    assert_eq!(
        one(&[("docs/GAPS-ANALYSIS.md", &citing), (CHUNK, &research)], &lock).finding,
        Finding::Exact
    );
    let corrected = ledger("Chunk-001 (lines 11-13)");
    let moved = format!("A new line\n{research}");
    assert_eq!(one(&[(LEDGER, &corrected), (CHUNK, &moved)], &lock).finding, Finding::Exact);
    // Another range is another citation.
    let other = ledger("Chunk-001 (lines 11-12)");
    assert_eq!(one(&[(LEDGER, &other), (CHUNK, &research)], &lock).finding, Finding::New);
}

#[test]
fn a_gap_knows_which_of_its_evidence_is_outdated() {
    let citing = ledger("Chunk-001 (lines 10-12) and Chunk-001 (lines 20-21)");
    let mut lines = research();
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&lines))]);
    let outdated = |lines: &[String]| {
        let reading = read(&[(LEDGER, &citing), (CHUNK, &text(lines)), ("lacuna.lock", &lock)]);
        let path = RelPath::new(LEDGER).expect("a path");
        let found = reading.anchors.outdated(&path, "GA-1");
        found.map(|one| range(one.key.lines)).collect::<Vec<_>>()
    };
    lines.insert(0, "A new line".into());
    assert_eq!(outdated(&lines), Vec::<String>::new(), "what only moved still says it");
    lines[20].push_str(" Not.");
    assert_eq!(outdated(&lines), ["20-21"]);
}

#[test]
fn a_lock_that_cannot_be_used_is_reported_and_nothing_else_is_said() {
    let citing = ledger("Chunk-001 (lines 10-12)");
    let research = text(&research());
    let good = accepted(&[(LEDGER, &citing), (CHUNK, &research)]);
    for bad in
        [good.replace("version = 1", "version = 2"), good[..good.len() / 2].into(), "\0".into()]
    {
        let reading = read(&[(LEDGER, &citing), (CHUNK, &research), ("lacuna.lock", &bad)]);
        assert_eq!(reading.diagnostics.iter().filter(|d| d.code.name == "lock-invalid").count(), 1);
        assert_eq!(reading.anchors.all[0].finding, Finding::New);
    }
}

/// A small generator of numbers (SplitMix64), so that every run tries the same edits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }
}

/// Lines with the place each had before the edits, where it was not changed.
type Tracked = Vec<(Option<usize>, String)>;

fn random_edits(dice: &mut Dice, lines: &mut Tracked) {
    for step in 0..=dice.below(6) {
        let at = dice.below(lines.len());
        match dice.below(3) {
            0 => lines.insert(at, (None, format!("Added {step} by {}", dice.0 % 10_007))),
            1 if lines.len() > 1 => drop(lines.remove(at)),
            _ => lines[at] = (None, format!("{} Changed {step}.", lines[at].1)),
        }
    }
}

/// After any edits the finding agrees with what was done: exact when every line is still there and
/// in place, moved when it is elsewhere, and never either when a cited line was touched.
#[test]
fn random_edits_are_told_as_they_were_done() {
    let mut dice = Dice(7);
    let mut seen = BTreeSet::new();
    for round in 0..160 {
        let old = research();
        let (first, length) = (1 + dice.below(24), 1 + dice.below(6));
        let last = first + length - 1;
        let citing = ledger(&format!("Chunk-001 (lines {})", range((first as u32, last as u32))));
        let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&old))]);
        let mut lines: Tracked =
            old.into_iter().enumerate().map(|(n, line)| (Some(n + 1), line)).collect();
        random_edits(&mut dice, &mut lines);
        let now: Vec<String> = lines.iter().map(|(_, line)| line.clone()).collect();
        let found = one(&[(LEDGER, &citing), (CHUNK, &text(&now))], &lock);

        let wanted: Vec<Option<usize>> = (first..=last).map(Some).collect();
        let places: Vec<Option<usize>> = lines.iter().map(|(place, _)| *place).collect();
        let stands = places.windows(length).position(|window| window == wanted);
        let told = match stands {
            Some(at) if at + 1 == first => "exact",
            Some(_) => "moved",
            None => "edited or lost",
        };
        match (told, &found.finding) {
            ("exact", Finding::Exact) => {}
            ("moved", Finding::Moved(to)) => {
                let at = stands.expect("it stands somewhere") as u32 + 1;
                assert_eq!(to.lines, (at, at + length as u32 - 1), "round {round}");
            }
            ("edited or lost", Finding::Edited(_) | Finding::Lost) => {}
            _ => panic!("round {round}: {told}, but {:?}\n{}", found.finding, text(&now)),
        }
        let touched = lines.iter().any(|(place, _)| place.is_none()) || places.len() != 30;
        assert!(touched || found.finding == Finding::Exact);
        seen.insert(found.finding.name());
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["edited", "exact", "lost", "moved"]);
}

/// An edited text is called lost only when most of it is gone.
#[test]
fn one_changed_line_of_several_is_never_lost() {
    let mut dice = Dice(11);
    for round in 0..60 {
        let (first, length) = (2 + dice.below(20), 3 + dice.below(6));
        let citing = ledger(&format!("Chunk-001 (lines {first}-{})", first + length - 1));
        let mut lines = research();
        let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&lines))]);
        lines[first - 1 + dice.below(length)] = "All of this is new.".into();
        let above = dice.below(5);
        lines.splice(0..0, (0..above).map(|n| format!("Above {n}")));
        let found = one(&[(LEDGER, &citing), (CHUNK, &text(&lines))], &lock);
        let Finding::Edited(edit) = &found.finding else { panic!("round {round}: {found:?}") };
        let now = (first + above) as u32;
        assert_eq!(edit.now.lines, (now, now + length as u32 - 1), "round {round}");
    }
}

/// Research of ten thousand equal lines, all of it cited: said at once, and in few words.
#[test]
fn boilerplate_is_ambiguous_and_takes_no_time() {
    let citations: Vec<String> =
        (1..200).map(|n| format!("Chunk-001 (lines {n}-{})", n + 30)).collect();
    let citing = ledger(&citations.join(", "));
    let mut lines = vec!["----".to_owned(); 10_000];
    let lock = accepted(&[(LEDGER, &citing), (CHUNK, &text(&lines))]);
    lines[..400].fill("====".to_owned());
    let reading = read(&[(LEDGER, &citing), (CHUNK, &text(&lines)), ("lacuna.lock", &lock)]);
    assert_eq!(reading.anchors.all.len(), 199);
    for one in &reading.anchors.all {
        assert_eq!(one.finding.name(), "ambiguous");
        assert_eq!(one.finding.proposals().len(), 20);
    }
}
