//! Comments of schemas: the names of symbols in them become links.

use crate::{
    graph::symbols::well_known,
    page::{
        model::{Text, TextLink},
        site::Site,
    },
    path::RelPath,
    read::proto::mentions::{self, NameForm},
};

/// A comment with links, as a text; `scope` is the full name of the symbol it belongs to.
pub(super) fn text(site: &Site<'_>, route: &RelPath, scope: &str, comment: &str) -> Text {
    let mut shown = String::with_capacity(comment.len());
    let mut links = Vec::new();
    let mut done = 0;
    for mention in mentions::names(comment) {
        let found = target(site, route, scope, &mention.name, &mention.form);
        // A name in backticks inside a reference is a part of it.
        if mention.range.start < done {
            continue;
        }
        shown.push_str(&comment[done..mention.range.start]);
        done = mention.range.end;
        let start = shown.len();
        let written = &comment[mention.range.clone()];
        match (&mention.form, found.is_some()) {
            (NameForm::Reference(words), true) => shown.push_str(&format!("[{words}](#)")),
            // Without a link, the brackets would only stand in the way.
            (NameForm::Reference(words), false) => shown.push_str(words),
            (NameForm::Shortcut, true) => shown.push_str(&format!("[{}](#)", mention.name)),
            _ => shown.push_str(written),
        }
        links.extend(found.map(|(href, title)| TextLink {
            start,
            end: shown.len(),
            href: Some(href),
            title,
            kind: "symbol",
        }));
    }
    shown.push_str(&comment[done..]);
    Text::Comment(shown, links)
}

/// A sentence without the signs around names.
pub(super) fn plain(sentence: &str) -> String {
    let mut shown = String::with_capacity(sentence.len());
    let mut done = 0;
    for mention in mentions::names(sentence).into_iter().filter(|m| m.form != NameForm::Code) {
        shown.push_str(&sentence[done..mention.range.start]);
        match &mention.form {
            NameForm::Reference(words) => shown.push_str(words),
            _ => shown.push_str(&mention.name),
        }
        done = mention.range.end;
    }
    shown.push_str(&sentence[done..]);
    shown.replace('`', "")
}

/// Where a name leads, and the full name of what it means. A name in backticks is a member of the
/// symbol itself, or looks like a type: others are words of a language or a shell.
fn target(
    site: &Site<'_>,
    route: &RelPath,
    scope: &str,
    name: &str,
    form: &NameForm,
) -> Option<(String, String)> {
    let own = site.symbol_named("", scope);
    if let Some(ix) = own
        && site.symbol(ix).is_some_and(|(_, symbol)| symbol.members().any(|m| m == name))
    {
        return Some((site.place_href(route, ix, name), format!("{scope}.{name}")));
    }
    let typed = name.contains('.') || name.starts_with(|c: char| c.is_ascii_uppercase());
    if *form == NameForm::Code && !typed {
        return None;
    }
    if let Some(ix) = site.symbol_named(scope, name) {
        // A link from a page to itself leads nowhere.
        return (Some(ix) != own).then(|| (site.record_href(route, ix), site.title_of(ix)));
    }
    if let Some(known) = well_known::find(name) {
        return Some((super::well_known::href(site, route, known)?, known.name.to_owned()));
    }
    let (outer, member) = name.rsplit_once('.')?;
    let ix = site.symbol_named(scope, outer)?;
    let (_, symbol) = site.symbol(ix)?;
    let member = symbol.members().find(|own| *own == member)?;
    Some((site.place_href(route, ix, member), format!("{}.{member}", symbol.name)))
}
