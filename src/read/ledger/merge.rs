//! One gap stated in several places is one record: the narrative, its rows, check lists, plans.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    candidate::{Candidate, Place, Role, Strength},
    fields,
    labels::{self, Reader},
    lexicon::Words,
    name,
    page::Page,
    sections::Sense,
    target,
    vocabulary::Vocabulary,
};
use crate::{
    model::gap::{Gap, Intent},
    read::lines::LineKind,
};

/// The gaps of the units, each with all that is said of it elsewhere.
pub fn merge(page: &Page, units: &[Candidate], others: &[Candidate], reader: Reader) -> Vec<Gap> {
    let mut book = Book::default();
    let mut order: Vec<&Candidate> = units.iter().collect();
    // The surest and the fullest statement of a gap comes first; the rest is joined to it.
    order.sort_by_key(|unit| (std::cmp::Reverse(unit.strength), unit.role, shape(unit), unit.line));
    let tables = counted_tables(page, &order);
    for unit in order {
        let gap = fields::read(page, unit, reader);
        match book.same(page, unit, &gap, &tables) {
            Some(index) => book.join(index, gap, Tie::Number),
            None => book.add(unit, gap, page.words),
        }
    }
    let defined: BTreeSet<u32> = units.iter().map(|unit| unit.line).collect();
    mentions(page, others, &defined, reader, &mut book);
    let mut gaps = book.gaps;
    tasks(page, &mut gaps, page.words);
    gaps.sort_by_key(|gap| gap.lines.0);
    gaps.iter_mut().for_each(finish);
    gaps
}

/// Narratives before items before rows.
fn shape(unit: &Candidate) -> u8 {
    match unit.place {
        Place::Section(_) => 0,
        Place::Item(_) => 1,
        Place::Row(..) => 2,
    }
}

/// How two statements were found to be of one gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tie {
    /// By id or number: everything is joined.
    Number,
    /// By title: the place is joined, and what is stated in a table.
    Title,
}

/// The gaps so far, found by id and by words.
#[derive(Default)]
struct Book {
    gaps: Vec<Gap>,
    keys: BTreeMap<String, Vec<usize>>,
    /// The significant words of each title.
    titles: Vec<Vec<String>>,
    by_word: BTreeMap<String, Vec<usize>>,
    by_digits: BTreeMap<String, Vec<usize>>,
    places: Vec<(Place, Option<usize>)>,
}

impl Book {
    fn add(&mut self, unit: &Candidate, gap: Gap, words: &Vocabulary) {
        let index = self.gaps.len();
        if let Some(key) = key(unit) {
            self.keys.entry(key).or_default().push(index);
        }
        if let Some(number) = &gap.number {
            self.by_digits.entry(digits(number)).or_default().push(index);
        }
        let title = significant(&gap.title, words);
        for word in &title {
            self.by_word.entry(word.clone()).or_default().push(index);
        }
        self.titles.push(title);
        self.places.push((unit.place, unit.section));
        self.gaps.push(gap);
    }

    /// The gap that a unit states again.
    fn same(
        &self,
        page: &Page,
        unit: &Candidate,
        gap: &Gap,
        tables: &BTreeMap<usize, bool>,
    ) -> Option<usize> {
        let title = significant(&gap.title, page.words);
        if let Some(key) = key(unit)
            && let Some(found) = self.keys.get(&key)
        {
            let alike = |index: &&usize| {
                unit.role != Role::Defines
                    || shape(unit) == 2
                    || title.is_empty()
                    || shared(&title, &self.titles[**index]) > 0
                    || self.titles[**index].is_empty()
            };
            let best = found
                .iter()
                .filter(alike)
                .max_by_key(|index| shared(&title, &self.titles[**index]));
            if best.is_some() {
                return best.copied();
            }
        }
        if let Place::Row(table, _) = unit.place
            && tables.get(&table) == Some(&true)
            && let Some(number) = gap.number.as_deref()
        {
            let counted = self.by_digits.get(&digits(number)).into_iter().flatten().copied();
            let same = counted.filter(|index| {
                let own = self.gaps[*index].number.as_deref();
                own.is_some_and(|own| counts_alike(own, number))
                    && !matches!(self.places[*index].0, Place::Row(own, _) if own == table)
            });
            return same.max_by_key(|index| shared(&title, &self.titles[*index]));
        }
        if unit.strength == Strength::Named {
            return None;
        }
        if unit.strength <= Strength::Marked
            && let Some(found) = self.by_block(page, &title)
        {
            return Some(found);
        }
        // Without a number: the same title in another shape, or in another list of the same part.
        let found = self.by_title(&title)?;
        let (place, section) = self.places[found];
        let other_shape = match (place, unit.place) {
            (Place::Row(a, _), Place::Row(b, _)) => a != b && unit.role == Role::Summarises,
            (Place::Section(_), Place::Section(_)) => false,
            (Place::Item(_), Place::Item(_)) => section != unit.section,
            _ => true,
        };
        (other_shape && title.len() >= 2).then_some(found)
    }

    /// The one gap whose title has all these words, or all of whose words these are.
    fn by_title(&self, title: &[String]) -> Option<usize> {
        let rarest = title.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            rarest.filter(|all| all.len() <= 40).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let fits = |index: &usize| {
            let own = &self.titles[*index];
            let common = shared(title, own);
            let least = own.len().min(title.len());
            let alone = || {
                title
                    .iter()
                    .filter(|word| own.contains(word))
                    .all(|word| self.by_word[word].len() == 1)
            };
            common >= least
                && least > 0
                && (least >= 2 || own.len().max(title.len()) <= 2 && alone())
        };
        let fitting: Vec<usize> = near.into_iter().filter(fits).collect();
        let close = |index: &usize| {
            let own = &self.titles[*index];
            (shared(title, own) * 100) / (own.len() + title.len()).max(1)
        };
        let best = fitting.iter().max_by_key(|index| close(index)).copied()?;
        let rivals = fitting.iter().filter(|index| close(index) == close(&best)).count();
        (rivals == 1).then_some(best)
    }

    /// The one gap in whose title or block all these words stand, two of them in its title.
    fn by_block(&self, page: &Page, title: &[String]) -> Option<usize> {
        let rarest = title.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> =
            rarest.filter(|all| all.len() <= 40).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let says_all = |index: &usize| {
            let (first, last) = self.gaps[*index].lines;
            if shared(title, &self.titles[*index]) < 2 || first == last {
                return false;
            }
            let prose = page.lines(first, last).iter().filter(|line| line.kind == LineKind::Prose);
            let said: BTreeSet<String> = prose.flat_map(|line| stems(line.text)).collect();
            title.iter().all(|word| said.contains(word))
        };
        let mut fitting = near.into_iter().filter(says_all);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    fn join(&mut self, index: usize, more: Gap, tie: Tie) {
        let gap = &mut self.gaps[index];
        for line in &more.defined_at {
            if !gap.defined_at.contains(line) {
                gap.defined_at.push(*line);
            }
        }
        gap.read_by.extend(more.read_by);
        // The gap's own block wins, a row wins over the part the block stands in.
        let inherited = gap
            .priority
            .as_ref()
            .is_none_or(|own| own.line < gap.lines.0 || own.rule == labels::IMPACT);
        let states = more
            .priority
            .as_ref()
            .is_some_and(|own| more.defined_at.contains(&own.line) || own.line >= more.lines.0);
        if inherited && states {
            gap.priority = more.priority;
        }
        gap.claim.mentions.extend(more.claim.mentions);
        gap.claim.percent = gap.claim.percent.take().or(more.claim.percent);
        gap.impact = gap.impact.take().or(more.impact);
        gap.phase = gap.phase.take().or(more.phase);
        let own_category = gap.category.as_ref().is_some_and(|own| own.line >= gap.lines.0);
        if !own_category
            && let Some(category) = more.category.filter(|own| own.line >= more.lines.0)
        {
            gap.category = Some(category);
        }
        gap.effort.extend(more.effort);
        gap.fields.extend(more.fields);
        gap.depends_on.extend(more.depends_on);
        gap.add_targets(more.targets);
        if tie == Tie::Number {
            gap.tasks.extend(more.tasks);
            for evidence in more.evidence {
                if !gap.evidence.iter().any(|own| own.citation == evidence.citation) {
                    gap.evidence.push(evidence);
                }
            }
        }
    }
}

/// By what a unit is known: its id, or its number with the word that counts it.
fn key(unit: &Candidate) -> Option<String> {
    let name = &unit.name;
    match (&name.id, &name.series, &name.number) {
        (Some(id), ..) => Some(id.to_uppercase()),
        (None, Some(series), Some(number)) => Some(format!("{} {number}", series.to_lowercase())),
        _ => None,
    }
}

/// Which tables count their rows as the narrative counts its gaps: most rows share a word with the
/// gap of the same number.
fn counted_tables(page: &Page, units: &[&Candidate]) -> BTreeMap<usize, bool> {
    let mut numbered: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| shape(unit) < 2) {
        let Some(number) = unit.name.number.as_deref().map(digits) else { continue };
        numbered.entry(number).or_default().push(significant(&unit.name.title, page.words));
    }
    let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for unit in units {
        let Place::Row(table, _) = unit.place else { continue };
        let Some(found) =
            unit.name.number.as_deref().and_then(|number| numbered.get(&digits(number)))
        else {
            continue;
        };
        let title = significant(&unit.name.title, page.words);
        let vote = votes.entry(table).or_default();
        vote.1 += 1;
        vote.0 += usize::from(found.iter().any(|own| shared(own, &title) > 0));
    }
    votes.into_iter().map(|(table, (alike, all))| (table, alike * 2 >= all)).collect()
}

/// `3`, `#3`, `GAP-003`: the digits of a number, without leading zeros.
fn digits(number: &str) -> String {
    let start = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    start.trim_start_matches('0').to_owned()
}

fn counts_alike(own: &str, number: &str) -> bool {
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '#' | '.'));
    own == number || (plain(own) || plain(number)) && digits(own) == digits(number)
}

/// The words of a title that tell it from others: none of those for gaps, levels and absence.
fn significant(title: &str, words: &Vocabulary) -> Vec<String> {
    let tokens = Words::of(title);
    let mut own = Vec::new();
    let mut at = 0;
    while at < tokens.list().len() {
        let lens = [
            words.filler.at(&tokens, at).map(|found| found.1),
            words.gap.at(&tokens, at).map(|found| found.1),
            words.free[1].1.at(&tokens, at).map(|found| found.1),
            words
                .parts
                .at(&tokens, at)
                .filter(|(part, _)| *part == super::vocabulary::Part::Lacking)
                .map(|found| found.1),
        ];
        match lens.into_iter().flatten().max() {
            Some(len) => at += len,
            None => {
                own.push(stem(&tokens.list()[at]));
                at += 1;
            }
        }
    }
    if own.is_empty() {
        own = tokens.list().to_vec();
    }
    own.sort();
    own.dedup();
    own
}

fn stems(text: &str) -> Vec<String> {
    Words::of(text).list().iter().map(|word| stem(word)).collect()
}

/// A word without its ending, roughly: enough to know a plural or a case again.
fn stem(word: &str) -> String {
    let letters = word.chars().count();
    match word.strip_suffix('s') {
        _ if letters > 8 => word.chars().take(7).collect(),
        Some(singular) if letters > 3 && !singular.ends_with('s') => singular.to_owned(),
        _ => word.to_owned(),
    }
}

fn shared(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}

/// Joins what else the document says of its gaps: check lists and plans that name their ids,
/// lists and tables that name their titles.
fn mentions(
    page: &Page,
    others: &[Candidate],
    defined: &BTreeSet<u32>,
    reader: Reader,
    book: &mut Book,
) {
    let blocks = Blocks::of(&book.gaps);
    let named: BTreeMap<Place, &Candidate> =
        others.iter().map(|other| (other.place, other)).collect();
    for (index, item) in page.items.iter().enumerate() {
        if defined.contains(&item.line) || blocks.hold(item.line) {
            continue;
        }
        let found = named.get(&Place::Item(index));
        let name =
            found.map_or_else(|| name::of_item(&item.text, page.words), |other| other.name.clone());
        let section = page.section_of(item.line);
        mention(page, name, Place::Item(index), (item.line, item.end), section, reader, book);
    }
    for (table, rows) in page.tables.iter().enumerate() {
        let line = rows.head.line.number;
        if blocks.hold(line) {
            continue;
        }
        table_mentions(page, table, defined, reader, book);
    }
}

fn mention(
    page: &Page,
    name: name::Name,
    place: Place,
    lines: (u32, u32),
    section: Option<usize>,
    reader: Reader,
    book: &mut Book,
) {
    let candidate = Candidate {
        place,
        name,
        strength: Strength::Plain,
        of_gap: false,
        listed: false,
        role: Role::Mentions,
        line: lines.0,
        lines,
        section,
        rule: "mention elsewhere",
    };
    let by_id = key(&candidate).and_then(|key| book.keys.get(&key)?.first().copied());
    if let Some(index) = by_id {
        let more = fields::read(page, &candidate, reader);
        return book.join(index, own_words(more), Tie::Number);
    }
    let sense = page.sense(section);
    let titled = candidate.name.titled || sense.lists_gaps() || !candidate.name.beside.is_empty();
    if candidate.name.id.is_some() || !titled || matches!(sense, Sense::Legend) {
        return;
    }
    let title = significant(&candidate.name.title, page.words);
    if title.len() > 8 {
        return;
    }
    if let Some(index) = book.by_title(&title) {
        let mut more = own_words(fields::read(page, &candidate, reader));
        if !sense.lists_gaps() {
            more.claim = Default::default();
            more.priority = None;
            more.targets.clear();
        }
        book.join(index, more, Tie::Title);
    }
}

/// A mention gives what it says itself, and nothing of the part it stands in.
fn own_words(mut gap: Gap) -> Gap {
    let first = gap.lines.0;
    gap.priority = gap.priority.filter(|fact| fact.line >= first);
    gap.category = None;
    gap
}

/// The rows of a table that name ids or titles of gaps.
fn table_mentions(
    page: &Page,
    table: usize,
    defined: &BTreeSet<u32>,
    reader: Reader,
    book: &mut Book,
) {
    let rows = &page.tables[table].rows;
    let columns = &page.columns[table];
    let section = page.section_of(page.tables[table].head.line.number);
    let mut by_title: Vec<(usize, usize)> = Vec::new();
    let mut unnamed: Vec<usize> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let line = row.line.number;
        if defined.contains(&line) {
            continue;
        }
        let place = Place::Row(table, at);
        let text: Vec<&str> = row.cells.iter().map(|cell| cell.text).collect();
        let ids = book.ids_in(&text.join(" | "));
        let read = |name: name::Name| {
            let candidate = Candidate {
                place,
                name,
                strength: Strength::Plain,
                of_gap: false,
                listed: false,
                role: Role::Mentions,
                line,
                lines: (line, line),
                section,
                rule: "row elsewhere",
            };
            own_words(fields::read(page, &candidate, reader))
        };
        if !ids.is_empty() {
            for index in ids {
                let mut more = read(name::Name::default());
                more.evidence.clear();
                book.join(index, more, Tie::Number);
            }
            continue;
        }
        let Some(cell) = columns.title.and_then(|column| row.cells.get(column)) else { continue };
        let title = significant(&name::of_heading(cell.text, page.words).title, page.words);
        match book.by_title(&title) {
            Some(index) => by_title.push((at, index)),
            None => unnamed.push(at),
        }
    }
    // A table half of whose rows are gaps speaks of the gaps; a chance likeness does not.
    let speaks = !columns.is_figures && by_title.len() >= unnamed.len().max(2);
    // One nearly all of whose rows are gaps lists the gaps: what else it lists is one too.
    let lists = by_title.len() >= 5 && by_title.len() >= unnamed.len() * 5;
    if speaks && lists && !columns.plans && page.sense(section) != Sense::Other {
        for at in unnamed {
            let unit = row_unit(page, table, at, section);
            let gap = fields::read(page, &unit, reader);
            book.add(&unit, gap, page.words);
        }
    }
    for (at, index) in by_title.into_iter().filter(|_| speaks) {
        let line = rows[at].line.number;
        let candidate = Candidate {
            place: Place::Row(table, at),
            name: name::Name::default(),
            strength: Strength::Plain,
            of_gap: false,
            listed: false,
            role: Role::Mentions,
            line,
            lines: (line, line),
            section,
            rule: "row with the title of the gap",
        };
        let more = own_words(fields::read(page, &candidate, reader));
        book.join(index, more, Tie::Title);
    }
}

/// A row of a table that lists the gaps, as one of them.
fn row_unit(page: &Page, table: usize, at: usize, section: Option<usize>) -> Candidate {
    let row = &page.tables[table].rows[at];
    let line = row.line.number;
    let cell = page.columns[table].title.and_then(|column| row.cells.get(column));
    Candidate {
        place: Place::Row(table, at),
        name: name::of_heading(cell.map_or("", |cell| cell.text), page.words),
        strength: Strength::Titled,
        of_gap: false,
        listed: true,
        role: Role::Summarises,
        line,
        lines: (line, line),
        section,
        rule: "row of a table that lists the gaps",
    }
}

impl Book {
    /// The gaps whose ids a text has: `GAP-001, GAP-002`, `CO-01/02`.
    fn ids_in(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let upper = text.to_uppercase();
        let words =
            upper.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.')));
        for word in words.filter(|word| word.contains(|c: char| c.is_ascii_digit())) {
            let mut parts = word.trim_matches(['.', '/', '-']).split('/');
            let Some(first) = parts.next() else { continue };
            let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
            let ids =
                std::iter::once(first.to_owned()).chain(parts.map(|part| format!("{stem}{part}")));
            for id in ids {
                let of = self.keys.get(&id).and_then(|all| all.first());
                found.extend(of.filter(|_| id.contains(char::is_alphabetic)).copied());
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The blocks of the gaps, to ask whether a line lies in one.
struct Blocks(Vec<(u32, u32)>);

impl Blocks {
    fn of(gaps: &[Gap]) -> Self {
        let mut blocks: Vec<(u32, u32)> = gaps.iter().map(|gap| gap.lines).collect();
        blocks.sort_unstable();
        Self(blocks)
    }

    fn hold(&self, line: u32) -> bool {
        let before = self.0.partition_point(|(first, _)| *first <= line);
        // Blocks of gaps do not overlap but for their mentions: the last few suffice.
        self.0[..before].iter().rev().take(4).any(|(_, last)| *last >= line)
    }
}

/// Puts the lines in order and drops what was read twice.
fn finish(gap: &mut Gap) {
    gap.defined_at.sort_unstable();
    gap.defined_at.dedup();
    gap.read_by.sort_by_key(|read| read.line);
    gap.read_by.dedup();
    let mut seen: Vec<String> = Vec::new();
    gap.effort.retain(|effort| {
        let new = !seen.contains(&effort.value);
        seen.push(effort.value.clone());
        new
    });
    let mut seen: Vec<String> = Vec::new();
    gap.depends_on.retain(|on| {
        let new = !seen.contains(&on.value);
        seen.push(on.value.clone());
        new
    });
}

/// Gives check boxes that stand outside every gap to the gap whose target they name.
fn tasks(page: &Page, gaps: &mut [Gap], words: &Vocabulary) {
    let blocks = Blocks::of(gaps);
    let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, gap) in gaps.iter().enumerate() {
        for target in &gap.targets {
            for name in spellings(&target.name) {
                by_file.entry(name).or_default().push(index);
            }
        }
    }
    for line in page.lines.iter().filter(|line| line.kind == LineKind::Prose) {
        let Some(task) = labels::task(line).filter(|_| !blocks.hold(line.number)) else { continue };
        let mut named: Vec<(usize, Intent)> = Vec::new();
        for word in words_of(&task.text) {
            for index in by_file.get(word).into_iter().flatten() {
                let target = gaps[*index]
                    .targets
                    .iter()
                    .find(|own| spellings(&own.name).any(|name| name == word));
                if let Some(target) = target.filter(|_| !named.iter().any(|(own, _)| own == index))
                {
                    named.push((*index, target.intent));
                }
            }
        }
        named.sort_by_key(|(index, _)| *index);
        let wanted = target::intent_before(&task.text, words);
        let index = match named.as_slice() {
            [(index, _)] => Some(*index),
            several => {
                let mut fit = several.iter().filter(|(_, intent)| Some(*intent) == wanted);
                fit.next().filter(|_| fit.next().is_none()).map(|(index, _)| *index)
            }
        };
        if let Some(gap) = index.and_then(|index| gaps.get_mut(index)) {
            gap.tasks.push(task);
        }
    }
}

/// A file's name without its folder, and without its extension when it is a compound.
fn spellings(target: &str) -> impl Iterator<Item = String> + use<> {
    let file = target.rsplit('/').next().unwrap_or(target).to_owned();
    let stem =
        file.rsplit_once('.').map(|(stem, _)| stem.to_owned()).filter(|_| !target.contains(' '));
    let compound = stem.filter(|stem| stem.contains(['-', '_']));
    let whole = file.contains('.').then_some(file);
    whole.into_iter().chain(compound)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| letter.is_whitespace() || "()[],;:`\"".contains(letter));
    words.map(|word| word.rsplit('/').next().unwrap_or(word).trim_end_matches('.'))
}
