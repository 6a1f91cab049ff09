//! Names in comments that may be those of symbols: `` `Order` ``, `[the order][shop.v1.Order]`,
//! `[shop.v1.Order]`.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, Tag};

use crate::read::markdown;

/// A name in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// All of it, brackets or backticks with it, in bytes of the comment.
    pub range: Range<usize>,
    /// The name, without them.
    pub name: String,
    /// How it is written.
    pub form: NameForm,
}

/// How a name is written in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// In backticks.
    Code,
    /// In brackets, with the text that is shown for it.
    Reference(String),
    /// In brackets, alone.
    Shortcut,
}

/// The names in a comment, in order; none inside blocks of code.
pub fn names(comment: &str) -> Vec<NameMention> {
    if !comment.contains(['`', '[']) {
        return Vec::new();
    }
    let unknown = |link: BrokenLink<'_>| {
        is_name(&link.reference).then(|| (CowStr::from(link.reference.to_string()), "".into()))
    };
    let parser = Parser::new_with_broken_link_callback(comment, markdown::options(), Some(unknown));
    parser.into_offset_iter().filter_map(|(event, range)| mention(comment, event, range)).collect()
}

fn mention(comment: &str, event: Event<'_>, range: Range<usize>) -> Option<NameMention> {
    let (name, form) = match event {
        Event::Code(name) => (name, NameForm::Code),
        Event::Start(Tag::Link { link_type: LinkType::ReferenceUnknown, dest_url, .. }) => {
            let (shown, _) = comment.get(range.clone())?.strip_prefix('[')?.rsplit_once("][")?;
            (dest_url, NameForm::Reference(shown.to_owned()))
        }
        Event::Start(Tag::Link {
            link_type: LinkType::CollapsedUnknown | LinkType::ShortcutUnknown,
            dest_url,
            ..
        }) => (dest_url, NameForm::Shortcut),
        _ => return None,
    };
    let name = name.trim_start_matches('.');
    is_name(name).then(|| NameMention { range, name: name.to_owned(), form })
}

/// Letters, digits and `_`, in parts with `.` between.
fn is_name(text: &str) -> bool {
    text.trim_start_matches('.').split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_backticks_and_brackets() {
        let comment = "See `Order`, [the order][shop.v1.Order], [shop.Cart] and [`x`][a.B.x].\n\n\
                       [here](x.md), `a b`, [1], `.shop.Top`\n\n    [in][code.Block]\n";
        let found: Vec<_> = names(comment)
            .into_iter()
            .map(|m| (comment[m.range.clone()].to_owned(), m.name, m.form))
            .collect();
        let reference = |shown: &str| NameForm::Reference(shown.to_owned());
        let wanted = [
            ("`Order`", "Order", NameForm::Code),
            ("[the order][shop.v1.Order]", "shop.v1.Order", reference("the order")),
            ("[shop.Cart]", "shop.Cart", NameForm::Shortcut),
            ("[`x`][a.B.x]", "a.B.x", reference("`x`")),
            ("`x`", "x", NameForm::Code),
            ("`.shop.Top`", "shop.Top", NameForm::Code),
        ];
        assert_eq!(
            found,
            wanted.map(|(text, name, form)| (text.to_owned(), name.to_owned(), form))
        );
    }
}
