//! One walk over the events of a file.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Parser};

use super::{Cover, Event, Span, Tag, TagEnd, amount::Meter, anchors::Anchors, options, raw};
use crate::{
    model::{
        reference::{Pointer, Reference},
        source::Declared,
        substance::Amount,
        view::Embedded,
    },
    read::{citation, covers, view},
    text::LineIndex,
};

/// What the walk gathers.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) anchors: Anchors,
    pub(super) references: Vec<Reference>,
    pub(super) mentions: BTreeSet<String>,
    pub(super) covers: Vec<Cover>,
    /// The line of a fence that runs to the end of the file.
    pub(super) unclosed: Option<Span>,
    /// The heading that each of `covers` stands under, by its index.
    under: Vec<Option<usize>>,
    pub(super) amount: Amount,
    pub(super) views: Vec<Embedded>,
}

impl Scan {
    /// Gives words to the last heading, and to the file.
    fn add_amount(&mut self, amount: Amount) {
        if let Some(heading) = self.anchors.headings.last_mut() {
            heading.amount.add(amount);
        }
        self.amount.add(amount);
    }

    fn add_cover(&mut self, id: String, span: Span, line: u32, under: Option<usize>) {
        let declared = Declared::Comment;
        self.covers.push(Cover { id, section: None, declared, line, span });
        self.under.push(under);
    }

    /// Names the sections of comments, now that every heading has its anchor. A comment under the
    /// title speaks of the whole document.
    fn place_covers(&mut self) {
        for (cover, under) in self.covers.iter_mut().zip(&self.under) {
            let heading = under.and_then(|index| Some((index, self.anchors.headings.get(index)?)));
            let section = heading.filter(|(index, heading)| *index > 0 || heading.level > 1);
            cover.section = section.map(|(_, heading)| heading.anchor.clone());
        }
    }
}

/// Whether a fenced block runs to the end of the text without a closing fence (CommonMark 4.5).
fn is_unclosed(body: &str, block: &Range<usize>) -> bool {
    if !body[block.end..].trim().is_empty() {
        return false;
    }
    let mut lines = body[block.clone()].lines();
    let opening = lines.next().unwrap_or_default().trim_start();
    let mark = opening.chars().next().unwrap_or('`');
    let length = opening.chars().take_while(|c| *c == mark).count();
    let last = lines.rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // In a quotation or a list the marks of these stand before the fence.
    let last = last.trim().trim_start_matches(['>', ' ']);
    !(last.chars().count() >= length && last.chars().all(|c| c == mark))
}

/// Walks the Markdown of `text` that begins at `start`. Places are those of the whole file.
pub(super) fn scan(text: &str, start: usize) -> Scan {
    let body = text.get(start..).unwrap_or_default();
    let index = LineIndex::new(text);
    let mut scan = Scan::default();
    let mut meter = Meter::default();
    let (mut links, mut fences) = (0_u32, 0_u32);
    // The lines of the view that is being read, and its place.
    let mut asked: Option<(Span, Vec<(usize, &str)>)> = None;
    // The prose alone, every other byte a space, so that a citation may run through marks.
    let mut prose = vec![b' '; body.len()];
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        let span = Span::from(range.clone()).shift(start);
        let line = index.line(span.start);
        match &event {
            Event::Start(tag) => {
                if !scan.anchors.in_heading() && is_block(tag) {
                    meter.end_prose();
                }
                if is_block(tag)
                    && let Some(before) = range.start.checked_sub(1)
                    && prose[before] == b' '
                {
                    prose[before] = 0;
                }
                match tag {
                    Tag::Heading { .. } => scan.add_amount(meter.take()),
                    Tag::CodeBlock(kind) => {
                        fences += 1;
                        if matches!(kind, CodeBlockKind::Fenced(info) if view::is_view(info)) {
                            asked = Some((span, Vec::new()));
                        }
                        if matches!(kind, CodeBlockKind::Fenced(_)) && is_unclosed(body, &range) {
                            scan.unclosed = Some(index.span(line, text));
                        }
                    }
                    Tag::Link { link_type, dest_url, .. } => {
                        links += 1;
                        let to = link(*link_type, dest_url).filter(|to| {
                            !(matches!(to, Pointer::Wiki { .. }) && is_toml(body, &range))
                        });
                        scan.references.extend(to.map(|to| Reference { to, span, line }));
                    }
                    Tag::Image { dest_url, .. } => {
                        links += 1;
                        if is_relative(dest_url) {
                            let to = Pointer::Image { href: dest_url.to_string() };
                            scan.references.push(Reference { to, span, line });
                        }
                    }
                    _ => {}
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                fences = fences.saturating_sub(1);
                if let Some((span, lines)) = asked.take() {
                    scan.views.push(match scan.views.len() < view::MOST {
                        true => view::read(span, &lines),
                        false => view::surplus(span),
                    });
                }
                meter.end_code();
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => meter.end_prose(),
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Text(_) if let Some((_, lines)) = &mut asked => {
                lines.extend(lines_of(body, range.clone(), start));
            }
            Event::Text(shown) | Event::Code(shown) => {
                if !scan.anchors.in_heading() {
                    meter.push(shown);
                }
                if fences == 0 {
                    mentions(shown, &mut scan.mentions);
                    if links == 0 {
                        copy(body, range.clone(), &mut prose);
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => meter.push(" "),
            Event::Html(html) | Event::InlineHtml(html) if html.len() == range.len() => {
                for (id, own) in covers::of_comment(html) {
                    let span = own.shift(range.start + start);
                    let next = scan.anchors.headings.len();
                    let inside = scan.anchors.in_heading();
                    let under = if inside { Some(next) } else { next.checked_sub(1) };
                    scan.add_cover(id, span, index.line(span.start), under);
                }
                for address in raw::addresses(html) {
                    let href = html[address.range.clone()].to_owned();
                    if is_relative(&href) {
                        let to = match address.role {
                            raw::Role::Link => Pointer::Link { href },
                            raw::Role::Image => Pointer::Image { href },
                        };
                        let span = Span::from(address.range).shift(range.start + start);
                        let line = index.line(span.start);
                        scan.references.push(Reference { to, span, line });
                    }
                }
            }
            _ => {}
        }
        scan.anchors.see(&event, range, body, start, &index);
    }
    meter.end_prose();
    scan.add_amount(meter.take());
    scan.place_covers();
    scan.anchors.keep_places();
    let prose = String::from_utf8(prose).expect("whole runs of valid text between spaces");
    scan.references.extend(citation::find(&prose).into_iter().map(|found| {
        let span = found.span.shift(start);
        Reference { to: Pointer::Citation(found.citation), span, line: index.line(span.start) }
    }));
    scan.references.sort_by_key(|reference| reference.span);
    scan
}

/// The lines of a part of the text, each with its first byte in the file.
fn lines_of(body: &str, range: Range<usize>, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start + range.start;
    body[range].split_inclusive('\n').map(move |line| {
        let first = at;
        at += line.len();
        (first, line)
    })
}

/// Copies a run of prose, and the backslash before it: `A\_B.md` is one word.
fn copy(body: &str, range: Range<usize>, prose: &mut [u8]) {
    let escaped = range.start > 0 && body.as_bytes()[range.start - 1] == b'\\';
    let start = range.start - usize::from(escaped);
    prose[start..range.end].copy_from_slice(&body.as_bytes()[start..range.end]);
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell | Tag::CodeBlock(_)
    )
}

fn link(kind: LinkType, address: &CowStr<'_>) -> Option<Pointer> {
    match kind {
        LinkType::WikiLink { .. } => {
            // In a table the bar is written `\|`.
            let id = address.trim().trim_end_matches('\\').trim_end();
            (!id.is_empty()).then(|| Pointer::Wiki { id: id.to_owned() })
        }
        LinkType::Autolink | LinkType::Email => None,
        _ => is_relative(address).then(|| Pointer::Link { href: address.to_string() }),
    }
}

/// Whether `[[name]]` alone on its line is the head of a table in TOML: an entry is on the next.
fn is_toml(body: &str, link: &Range<usize>) -> bool {
    let is_blank = |c: char| c.is_whitespace() && c != '\n';
    // A line is looked at only behind its last link, however many there are on it.
    let Some(rest) = body[link.end..].trim_start_matches(is_blank).strip_prefix('\n') else {
        return false;
    };
    let key = rest.lines().next().and_then(|line| line.split_once('='));
    let key = key.map(|(key, _)| key.trim());
    let plain = |c: char| c.is_alphanumeric() || "-_.\"".contains(c);
    !body[link.clone()].contains(' ')
        && key.is_some_and(|key| !key.is_empty() && key.chars().all(plain))
}

/// Whether an address has neither a scheme nor a host.
fn is_relative(address: &str) -> bool {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    });
    // What a template puts in is not known before it runs.
    let template = address.contains("{{") || address.contains("{%") || address.contains("${");
    !address.is_empty() && !template && !scheme && !address.starts_with("//")
}

/// Adds the words of `text` shaped like ids: capitals, a hyphen, a number.
pub(super) fn mentions(text: &str, found: &mut BTreeSet<String>) {
    // Most runs of prose have no hyphen.
    if !text.contains('-') {
        return;
    }
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_') {
        let mut parts = word.split('-');
        let mut end = 0;
        let mut names = 0;
        while let Some(part) = parts.next() {
            let number = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let name = part.starts_with(|c: char| c.is_ascii_uppercase())
                && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
            end += part.len();
            if number && names > 0 {
                // `ADR-7-use-x` names ADR-7; `AB-1-2` is something else.
                let plain = parts.next().is_none_or(|next| {
                    next.is_empty() || next.starts_with(|c: char| c.is_ascii_lowercase())
                });
                if plain {
                    found.insert(word[..end].to_owned());
                }
                break;
            }
            if !name {
                break;
            }
            names += 1;
            end += 1;
        }
    }
}
