//! Code in several languages, one tab each. Adjacent tabs are one box; a script shows one of them at
//! a time, and without it each stands under its name.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Code, Events, Writer};
use crate::render::{
    fence::{self, Info},
    figure, html,
};

/// Whether a box of tabs is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tabs {
    /// The last block was a tab, and the next is one, too.
    Open,
    /// No.
    Closed,
}

impl Writer<'_, '_> {
    /// A block of code in its tab, when it has one, and in the box of its neighbours.
    pub(super) fn in_tab(
        &mut self,
        name: Option<&str>,
        block: String,
        events: &mut Events<'_>,
    ) -> String {
        let Some(name) = name else { return block };
        let open = if self.tabs == Tabs::Open { "" } else { "<div class=\"tabs\">" };
        let goes_on = self.is_tab_next(events);
        self.tabs = if goes_on { Tabs::Open } else { Tabs::Closed };
        let close = if goes_on { "" } else { "</div>\n" };
        let name = html::escape(name);
        format!("{open}<div class=\"tab\"><p class=\"tab-name\">{name}</p>{block}</div>{close}")
    }

    fn is_tab_next(&self, events: &mut Events<'_>) -> bool {
        match events.peek() {
            Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _)) => {
                Info::of(info).tab.is_some()
            }
            Some((Event::Start(Tag::Paragraph), range)) => self.opens_tab(range),
            _ => false,
        }
    }

    /// Whether a paragraph names a tab as MkDocs does, and the code under it is indented.
    pub(super) fn opens_tab(&self, range: &Range<usize>) -> bool {
        let text = self.text.get(self.base + range.start..).unwrap_or_default();
        let Some((first, rest)) = text.split_once('\n') else { return false };
        if fence::mkdocs_tab(first).is_none() {
            return false;
        }
        let mut lines = rest.lines().skip_while(|line| line.trim().is_empty());
        lines.next().is_some_and(|line| line.starts_with("    ") || line.starts_with('\t'))
            && rest.lines().next().is_some_and(|line| line.trim().is_empty())
    }

    /// A tab as MkDocs writes it: its name, and below it indented code, or a fence in it.
    pub(super) fn mkdocs_tab(&mut self, range: &Range<usize>, events: &mut Events<'_>) -> String {
        let text = self.text.get(self.base + range.start..).unwrap_or_default();
        let name = text.lines().next().and_then(fence::mkdocs_tab).unwrap_or_default().to_owned();
        for (event, _) in events.by_ref() {
            if matches!(event, Event::End(TagEnd::Paragraph)) {
                break;
            }
        }
        let indented = CodeBlockKind::Indented;
        let is_code = |event: &Event<'_>| *event == Event::Start(Tag::CodeBlock(indented.clone()));
        if events.next_if(|(event, _)| is_code(event)).is_none() {
            return format!("<p>=== &quot;{}&quot;</p>\n", html::escape(&name));
        }
        let mut source = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => source.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let lone = fence::lone_fence(&source);
        if let Some((info, inner)) = &lone {
            self.uncoloured(inner, info, range);
        }
        if self.code == Code::Plain {
            return String::new();
        }
        let limits = &self.place.treatment.limits;
        let block = match lone {
            Some((info, inner)) => figure::code_block(&inner, info, limits),
            None => figure::code_block(&source, "", limits),
        };
        self.in_tab(Some(&name), block, events)
    }
}
