//! Markdown becomes HTML: links resolved, code highlighted, diagrams drawn, formulas set.

mod align;
mod formula;
mod link;
mod mark;
mod markup;
mod tabs;

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::Peekable,
    ops::Range,
};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Parser, Tag, TagEnd};

use super::{balance::balance, code, fence::Info, figure, html, math, view};
use crate::{
    diag::{Diagnostic, codes},
    model::{
        limits::{exceeds, size},
        treatment::Treatment,
    },
    page::model::{EmbeddedView, TextLink, TextMark, TitleIs},
    path::RelPath,
    read::markdown,
    text::Span,
};
use link::linked;

/// What rendering yields beside HTML.
#[derive(Debug, Default)]
pub struct Output {
    /// Drawings by route.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What could not be rendered.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether these may stand in each other without end.
const fn nests(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
    )
}

/// Where a text is shown.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// From the page to the root of the site.
    pub root: &'a str,
    /// The file, for diagnostics.
    pub origin: Option<&'a RelPath>,
    /// How it is treated.
    pub treatment: &'a Treatment,
}

/// A part of a Markdown file.
#[derive(Debug)]
pub struct Markdown<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Where the text begins after the front matter.
    pub body: usize,
    /// The part to render.
    pub part: Range<usize>,
    /// Resolved references by place.
    pub links: &'a [TextLink],
    /// Marks behind words that do not hold, by place.
    pub marks: &'a [TextMark],
    /// Views in it, by place.
    pub views: &'a [EmbeddedView],
    /// Who shows the first heading.
    pub title: TitleIs,
}

/// Renders a part of a Markdown file.
pub fn markdown(out: &mut Output, place: Place<'_>, markdown: &Markdown<'_>) -> String {
    let (headings, places) = markdown::headings(markdown.text, markdown.body);
    let anchors =
        headings.into_iter().map(|heading| (heading.span.start, heading.anchor)).collect();
    let source = &markdown.text[markdown.part.clone()];
    let mut writer = Writer::new(out, place, markdown.links, markdown.part.start, anchors);
    writer.text = markdown.text;
    writer.marks = markdown.marks;
    writer.views = markdown.views;
    writer.places = places.into_iter().collect();
    writer.run(source, markdown.title)
}

/// Finds what cannot be rendered of a Markdown file, without highlighting its code.
pub fn inspect(out: &mut Output, place: Place<'_>, text: &str, start: usize) {
    let mut writer = Writer::new(out, place, &[], start, BTreeMap::new());
    writer.text = text;
    writer.code = Code::Plain;
    writer.run(&text[start..], TitleIs::InBody);
}

/// Renders a comment of a schema: Markdown without anchors, with links by their place in it.
pub fn comment(out: &mut Output, place: Place<'_>, comment: &str, links: &[TextLink]) -> String {
    let mut writer = Writer::new(out, place, links, 0, BTreeMap::new());
    writer.headings = Headings::Bold;
    let before = writer.out.diagnostics.len();
    let html = writer.run(comment, TitleIs::InBody);
    // Places in a comment are not those of the file.
    for diagnostic in &mut out.diagnostics[before..] {
        diagnostic.span = None;
    }
    html
}

/// What becomes of headings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Headings {
    /// They stay, one level or more below the page's title.
    Below,
    /// They are words in bold.
    Bold,
}

/// What becomes of blocks of code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    /// They are highlighted.
    Highlighted,
    /// They are left as they are: nobody will see them.
    Plain,
}

struct Writer<'a, 'o> {
    out: &'o mut Output,
    place: Place<'a>,
    /// The whole file, in which the links have their places.
    text: &'a str,
    links: &'a [TextLink],
    marks: &'a [TextMark],
    views: &'a [EmbeddedView],
    base: usize,
    anchors: BTreeMap<usize, String>,
    headings: Headings,
    code: Code,
    /// How many levels headings move up, when the title in the frame is not an h1.
    raise: usize,
    /// Closing tags of open links, headings and the like.
    closers: Vec<&'static str>,
    /// Ids of raw HTML that are still to be written.
    places: BTreeSet<String>,
    link_depth: usize,
    footnotes: BTreeMap<String, usize>,
    footnote_uses: BTreeMap<String, usize>,
    /// Footnotes whose text was written.
    places_of_notes: BTreeSet<usize>,
    /// The footnote that is being written, when it leads back.
    note: Option<usize>,
    /// Whether a tab of code was the last thing written.
    tabs: tabs::Tabs,
    has_raw: bool,
    /// Elements of raw HTML that are open.
    raw_open: usize,
    /// Open quotes, lists, items and marks of emphasis. Those above the limit are left out: parsers of
    /// HTML and browsers give up on deep pages, and take long until then.
    nested: usize,
    /// Whether any of them was left out.
    flattened: bool,
    /// Bytes of diagrams that were drawn.
    drawn: usize,
    /// Formulas that were seen.
    formulas: usize,
    /// The limits of which it was told that they were reached.
    limits_told: BTreeSet<Option<&'static str>>,
}

/// `1 level`, `100 levels`.
fn levels(count: u32) -> String {
    if count == 1 { "1 level".to_owned() } else { format!("{count} levels") }
}

type Events<'t> = Peekable<OffsetIter<'t>>;

impl<'a, 'o> Writer<'a, 'o> {
    fn new(
        out: &'o mut Output,
        place: Place<'a>,
        links: &'a [TextLink],
        base: usize,
        anchors: BTreeMap<usize, String>,
    ) -> Self {
        Self {
            out,
            place,
            text: "",
            links,
            marks: &[],
            views: &[],
            base,
            anchors,
            headings: Headings::Below,
            code: Code::Highlighted,
            raise: 0,
            closers: Vec::new(),
            places: BTreeSet::new(),
            link_depth: 0,
            footnotes: BTreeMap::new(),
            footnote_uses: BTreeMap::new(),
            places_of_notes: BTreeSet::new(),
            note: None,
            tabs: tabs::Tabs::Closed,
            has_raw: false,
            raw_open: 0,
            nested: 0,
            flattened: false,
            drawn: 0,
            formulas: 0,
            limits_told: BTreeSet::new(),
        }
    }

    fn run(mut self, source: &str, title: TitleIs) -> String {
        let mut events = Parser::new_ext(source, markdown::options()).into_offset_iter().peekable();
        let mut done: Vec<Event<'_>> = Vec::new();
        let mut first = title == TitleIs::InFrame;
        while let Some((event, range)) = events.next() {
            if first && let Event::Start(Tag::Heading { level, .. }) = &event {
                first = false;
                if *level == HeadingLevel::H1 || self.base > 0 && done.is_empty() {
                    self.raise = *level as usize - 1;
                    done.push(self.skipped_title(range.start, &mut events));
                    continue;
                }
            }
            if matches!(event, Event::Start(Tag::Paragraph)) {
                first = false;
            }
            self.event(event, range, &mut events, &mut done);
        }
        let mut body = String::with_capacity(source.len() * 3 / 2);
        pulldown_cmark::html::push_html(&mut body, done.into_iter());
        if self.flattened {
            let levels = levels(self.place.treatment.limits.nested_blocks);
            body.push_str(&format!(
                "<p class=\"limit-note\">Shown flat where it is nested deeper than {levels}.</p>\n"
            ));
        }
        let body = align::by_class(body);
        if self.has_raw { balance(&body) } else { body }
    }

    /// The title stands in the frame; its anchor stays.
    fn skipped_title<'t>(&mut self, start: usize, events: &mut Events<'t>) -> Event<'t> {
        for (event, _) in events.by_ref() {
            if matches!(event, Event::End(TagEnd::Heading(_))) {
                break;
            }
        }
        let anchor = self.anchors.get(&(self.base + start)).cloned().unwrap_or_default();
        if anchor.is_empty() {
            return Event::Html("".into());
        }
        Event::Html(format!("<span id=\"{}\"></span>\n", html::escape(&anchor)).into())
    }

    fn event<'t>(
        &mut self,
        event: Event<'t>,
        range: Range<usize>,
        events: &mut Events<'t>,
        done: &mut Vec<Event<'t>>,
    ) {
        match event {
            Event::Start(tag) if nests(&tag.to_end()) => {
                self.nested += 1;
                let most = self.place.treatment.limits.nested_blocks;
                match exceeds(self.nested, most) {
                    true => {
                        self.flattened = true;
                        let levels = levels(most);
                        self.limit(
                            &range,
                            &format!("is nested deeper than {levels}, and shown flat"),
                            Some("nested_blocks"),
                        );
                    }
                    false => done.push(Event::Start(tag)),
                }
            }
            Event::End(tag) if nests(&tag) => {
                if !exceeds(self.nested, self.place.treatment.limits.nested_blocks) {
                    done.push(Event::End(tag));
                }
                self.nested = self.nested.saturating_sub(1);
            }
            Event::Start(tag) => self.start(tag, range, events, done),
            Event::End(tag) => self.end(tag, done),
            Event::Text(text) => self.marked_text(text, range, done),
            Event::Code(text) => {
                let code = format!("<code>{}</code>", html::escape(&text));
                let html = match self.citation_in(&range) {
                    Some(link) => linked(link, &code),
                    None => code,
                };
                done.push(Event::InlineHtml(html.into()));
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                let html = self.raw(&text, &range);
                done.push(Event::Html(html.into()));
            }
            Event::InlineMath(tex) => {
                done.push(self.formula(&tex, math::MathStyle::Inline, &range))
            }
            Event::DisplayMath(tex) => {
                done.push(self.formula(&tex, math::MathStyle::Display, &range))
            }
            Event::TaskListMarker(done_already) => {
                let (checked, state) = match done_already {
                    true => (" checked", "done"),
                    false => ("", "open"),
                };
                let html =
                    format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{state}\">\n");
                done.push(Event::InlineHtml(html.into()));
            }
            Event::FootnoteReference(name) => {
                let html = self.footnote_reference(&name);
                done.push(Event::InlineHtml(html.into()));
            }
            other => done.push(other),
        }
    }

    fn start<'t>(
        &mut self,
        tag: Tag<'t>,
        range: Range<usize>,
        events: &mut Events<'t>,
        done: &mut Vec<Event<'t>>,
    ) {
        match tag {
            Tag::Heading { level, .. } => {
                let html = self.open_heading(level, range.start);
                done.push(Event::Html(html.into()));
            }
            Tag::CodeBlock(kind) => {
                let html = self.code(&kind, range, events);
                done.push(Event::Html(html.into()));
            }
            Tag::Paragraph if self.opens_tab(&range) => {
                let html = self.mkdocs_tab(&range, events);
                done.push(Event::Html(html.into()));
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let html = self.open_link(link_type, &dest_url, &title, &range);
                self.link_depth += 1;
                done.push(Event::InlineHtml(html.into()));
            }
            Tag::Image { dest_url, title, .. } => {
                let html = self.image(&dest_url, &title, &range, events);
                done.push(Event::InlineHtml(html.into()));
            }
            Tag::Table(_) => {
                done.push(Event::Html("<div class=\"table-wrap\">".into()));
                done.push(Event::Start(tag));
            }
            Tag::FootnoteDefinition(name) => {
                let number = self.footnote(&name);
                // A note that is defined twice is linked once.
                let id = match self.places_of_notes.insert(number) {
                    true => format!(" id=\"fn-{number}\""),
                    false => String::new(),
                };
                self.note = self.footnote_uses.contains_key(&*name).then_some(number);
                let html =
                    format!("<div class=\"footnote-definition\"{id}><sup>{number}</sup><div>\n");
                done.push(Event::Html(html.into()));
            }
            Tag::HtmlBlock => self.html_block(events, done),
            tag => done.push(Event::Start(tag)),
        }
    }

    fn end<'t>(&mut self, tag: TagEnd, done: &mut Vec<Event<'t>>) {
        match tag {
            TagEnd::Heading(_) => {
                done.push(Event::Html(self.closers.pop().unwrap_or_default().into()));
            }
            TagEnd::Link => {
                self.link_depth = self.link_depth.saturating_sub(1);
                done.push(Event::InlineHtml(self.closers.pop().unwrap_or_default().into()));
            }
            TagEnd::Table => {
                done.push(Event::End(tag));
                done.push(Event::Html("</div>\n".into()));
            }
            TagEnd::FootnoteDefinition => {
                let back = self.note.take().map_or(String::new(), |number| {
                    format!(
                        "<a class=\"footnote-back\" href=\"#fnref-{number}\" \
                         aria-label=\"Back to reference {number}\">↩</a>"
                    )
                });
                done.push(Event::Html(format!("</div>{back}</div>\n").into()));
            }
            TagEnd::HtmlBlock => {}
            tag => done.push(Event::End(tag)),
        }
    }

    fn open_heading(&mut self, level: HeadingLevel, start: usize) -> String {
        if self.headings == Headings::Bold {
            self.closers.push("</strong></p>\n");
            return "<p><strong>".to_owned();
        }
        let level = (level as usize).saturating_sub(self.raise).clamp(2, 6);
        self.closers.push(["</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][level - 2]);
        match self.anchors.get(&(self.base + start)).filter(|anchor| !anchor.is_empty()) {
            Some(anchor) => {
                let anchor = html::escape(anchor);
                format!(
                    "<h{level} id=\"{anchor}\"><a class=\"anchor\" href=\"#{anchor}\" \
                     aria-hidden=\"true\" tabindex=\"-1\">#</a>"
                )
            }
            None => format!("<h{level}>"),
        }
    }

    fn code(
        &mut self,
        kind: &CodeBlockKind<'_>,
        range: Range<usize>,
        events: &mut Events<'_>,
    ) -> String {
        let mut source = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => source.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.as_ref(),
            CodeBlockKind::Indented => "",
        };
        if language.split([' ', ',', '{']).next() == Some("mermaid") {
            self.drawn += source.len();
            let most = self.place.treatment.limits.page_diagram_bytes;
            if exceeds(self.drawn, most) {
                let size = size(most.into());
                let what = format!("has more than {size} of diagrams; the others are not drawn");
                self.limit(&range, &what, Some("page_diagram_bytes"));
                return figure::not_drawn(&source, &size);
            }
            return figure::figure(self.out, self.place, &source, Some(self.span(&range)));
        }
        let view = self.views.iter().find(|view| view.start == self.base + range.start);
        if let Some(view) = view {
            return view::draw(&view.content, &source);
        }
        self.uncoloured(&source, language, &range);
        match self.code {
            Code::Highlighted => {
                let block = figure::code_block(&source, language, &self.place.treatment.limits);
                self.in_tab(Info::of(language).tab.as_deref(), block, events)
            }
            Code::Plain => String::new(),
        }
    }

    /// Says that not all of a block of code is highlighted.
    fn uncoloured(&mut self, source: &str, language: &str, range: &Range<usize>) {
        let limits = &self.place.treatment.limits;
        if let Some(rest) = code::uncoloured(source, language, limits) {
            let what = format!("has code that is shown without colours: {}", rest.why);
            self.limit(range, &what, rest.key);
        }
    }

    /// Says once for a text that a limit was reached, and by which key it can be set.
    fn limit(&mut self, range: &Range<usize>, what: &str, key: Option<&'static str>) {
        if let Some(path) = self.place.origin.filter(|_| self.limits_told.insert(key)) {
            let help = match key {
                Some(key) => format!("split it, write it simpler, or set `{key}` in `[limits]`"),
                None => "split it, or write it simpler".to_owned(),
            };
            self.out.diagnostics.push(
                Diagnostic::new(&codes::LIMIT_REACHED, path, format!("the text {what}"))
                    .at(self.span(range))
                    .help(help),
            );
        }
    }

    fn footnote(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    fn footnote_reference(&mut self, name: &str) -> String {
        let number = self.footnote(name);
        let uses = self.footnote_uses.entry(name.to_owned()).or_default();
        *uses += 1;
        let id =
            if *uses == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{uses}") };
        format!(
            "<sup class=\"footnote-reference\" id=\"{id}\"><a href=\"#fn-{number}\">{number}</a></sup>"
        )
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::from(range.clone()).shift(self.base)
    }
}
