//! The feed of the site: Atom, RFC 4287.

use super::output::OutputSet;
use crate::{
    diag::Diagnostic,
    page::{
        feed::{self, Entry},
        site::Site,
    },
    render::{html::escape, inert},
};

/// Adds the feed, where the address of the site is known and there is something to tell.
pub fn add(site: &Site<'_>, output: &mut OutputSet, found: &mut Vec<Diagnostic>) {
    if let Some(route) = site.feed()
        && let Some(xml) = atom(site, route.as_str(), &feed::entries(site))
    {
        super::build::add(output, found, route.as_str(), inert::xml(xml).into_bytes());
    }
}

/// The document; none without an address, or without an entry that says when it was changed last.
fn atom(site: &Site<'_>, own: &str, entries: &[Entry]) -> Option<String> {
    let updated = moment(&entries.first()?.day);
    let (home, own) = (site.absolute("")?, site.absolute(own)?);
    let title = escape(site.title);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{title}</title>\n\
         <id>{home}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <updated>{updated}</updated>\n<author><name>{title}</name></author>\n\
         <generator>Lacuna</generator>\n",
        home = escape(&home),
        own = escape(&own),
    );
    for entry in entries {
        xml.push_str(&entry_of(site, entry)?);
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn entry_of(site: &Site<'_>, entry: &Entry) -> Option<String> {
    let summary = match entry.summary.as_str() {
        "" => String::new(),
        text => format!("<summary>{}</summary>\n", escape(text)),
    };
    Some(format!(
        "<entry>\n<title>{}</title>\n<id>{}</id>\n<link rel=\"alternate\" type=\"text/html\" \
         href=\"{}\"/>\n<updated>{}</updated>\n<category term=\"{}\"/>\n{summary}</entry>\n",
        escape(&entry.title),
        escape(&site.absolute(&entry.lasting)?),
        escape(&site.absolute(&entry.href)?),
        moment(&entry.day),
        entry.kind,
    ))
}

/// The first moment of a day, as RFC 3339 has it: files tell of days only.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
