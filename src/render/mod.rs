//! Floor 5: a page's model becomes bytes. Pure: the same page and theme give the same bytes.
//!
//! Whatever a generator writes reaches a theme through [`inert`] only.

pub mod badge;
pub mod balance;
pub mod body;
pub mod code;
pub mod diagram;
pub mod fence;
pub mod figure;
pub mod html;
pub mod inert;
mod inspect;
mod kept;
pub mod layers;
pub mod math;
pub mod raw;
pub mod redirect;
pub mod svg;
pub mod theme;
mod trend;
pub mod twin;
pub mod versions;
pub mod view;

pub use inspect::inspect;

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{
    diag::{Diagnostic, codes},
    page::model::{Page, Text, View},
    path::RelPath,
};
use body::Output;
use theme::{Model, Theme, ThemeError};

/// A rendered page.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The page's HTML.
    pub html: String,
    /// Its twin in Markdown, where the page names one.
    pub twin: Option<String>,
    /// Files the page shows, by route: drawings.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Why the template failed, when it did: the page then says so.
    pub fault: Option<Diagnostic>,
}

/// Renders a page: its texts first, then the template around them. What cannot be rendered of a text
/// is said by [`inspect`].
///
/// A panic is a fault of this page: it is told, and the other pages are rendered.
pub fn page(theme: &Theme, page: &Page) -> Rendered {
    let (title, path) = (&page.frame.title, origin(page));
    match page.view {
        View::Failed => broken(title, path),
        _ => guarded(title, path, || rendered(theme, page)),
    }
}

/// What `work` gives, or a page that says that it failed.
fn guarded(title: &str, path: &RelPath, work: impl FnOnce() -> Rendered) -> Rendered {
    // Nothing that a panic leaves half done is looked at again: memos keep whole values only.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| broken(title, path))
}

/// A page that says that it failed.
fn broken(title: &str, path: &RelPath) -> Rendered {
    let message = "a fault of the program: this page cannot be made";
    let fault = Diagnostic::new(&codes::PAGE_FAILED, path, message)
        .help("report it with this file; the other pages are not affected");
    let error = ThemeError { template: path.to_string(), message: message.to_owned() };
    let html = theme::apology(title, &error);
    Rendered { html, fault: Some(fault), ..Rendered::default() }
}

fn rendered(theme: &Theme, page: &Page) -> Rendered {
    let mut out = Output::default();
    let mut texts = BTreeMap::new();
    for (name, text) in &page.texts {
        texts.insert(name.clone(), inert::seal(self::text(&mut out, page, text)));
    }
    let in_texts = texts.values().find_map(|text| text.removed()).map(|name| taken_out(page, name));
    let model = Model::from(page);
    let (html, mut fault) = match theme.render(&model, texts) {
        Ok(html) => (html, in_texts),
        Err(error) => (theme::apology(&page.frame.title, &error), Some(failed(page, &error))),
    };
    let html = inert::addresses(html);
    fault = fault.or_else(|| html.removed().map(|name| led_nowhere(page, name)));
    let html = html.into_markup();
    let twin = page.frame.twin.as_ref().map(|_| {
        let text =
            |(name, text): &(String, Text)| (name.clone(), twin::text(text, &page.treatment));
        theme.render_twin(&model, page.texts.iter().map(text).collect()).unwrap_or_else(|error| {
            fault.get_or_insert_with(|| failed(page, &error));
            format!("# {}\n\nThe template of this page fails.\n", twin::escape(&page.frame.title))
        })
    });
    Rendered { html, twin, files: out.files, fault }
}

/// The last stage found something in a text that no stage before it should have let through.
fn taken_out(page: &Page, name: &str) -> Diagnostic {
    let message = format!("a fault of the program: `{name}` was taken out of the finished page");
    Diagnostic::new(&codes::PAGE_FAILED, origin(page), message)
        .help("report it with this file; the page is safe to publish")
}

/// A template took an address from a text, and the text had one that runs something.
fn led_nowhere(page: &Page, name: &str) -> Diagnostic {
    let message =
        format!("an address in `{name}` would run something on the finished page; it is `#` now");
    Diagnostic::new(&codes::TEMPLATE_ERROR, origin(page), message)
        .help("correct the template; if it is one of the default theme, report it with this file")
}

fn failed(page: &Page, error: &ThemeError) -> Diagnostic {
    let message = format!("{}: {}", error.template, error.message);
    Diagnostic::new(&codes::TEMPLATE_ERROR, origin(page), message)
        .help("correct the template in the project's `themes` folder")
}

/// The file that a page is made from, or its own place.
fn origin(page: &Page) -> &RelPath {
    page.origin.as_ref().unwrap_or(&page.route)
}

fn text(out: &mut Output, page: &Page, text: &Text) -> String {
    let treatment = &page.treatment;
    let place = body::Place { root: &page.frame.root, origin: page.origin.as_ref(), treatment };
    match text {
        Text::Markdown { text, body, part, links, marks, views, title } => {
            let (body, part) = (*body, part.clone());
            let markdown = body::Markdown { text, body, part, links, marks, views, title: *title };
            body::markdown(out, place, &markdown)
        }
        Text::Comment(comment, links) => body::comment(out, place, comment, links),
        Text::Layers(layers) => layers::draw(layers),
        Text::Trend(trend) => trend::draw(trend),
        Text::Lines(text, shown) => lines(text, *shown),
        Text::Mermaid(source) => figure::figure(out, place, source, None),
        Text::Code(source, language) => figure::code_block(source, language, &treatment.limits),
    }
}

/// Lines with ids and numbers, as source code is linked: `L12`.
fn lines(text: &str, (first, last): (u32, u32)) -> String {
    let mut html = String::new();
    html.push_str("<pre class=\"by-line\">");
    for (number, line) in (1..=last).zip(text.lines()).skip(first as usize - 1) {
        let line = html::escape(line);
        html.push_str(&format!(
            "<span id=\"L{number}\"><a href=\"#L{number}\">{number}</a>{line}\n</span>"
        ));
    }
    html.push_str("</pre>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_panics_is_a_fault_of_that_page() {
        let path = RelPath::new("a.md").expect("a path");
        let rendered = guarded("A <page>", &path, || panic!("on purpose"));
        let fault = rendered.fault.expect("it is told");
        assert_eq!((fault.code, fault.path.as_str()), (&codes::PAGE_FAILED, "a.md"));
        assert!(rendered.html.contains("cannot be made") && rendered.html.contains(theme::POLICY));
        assert!(rendered.html.contains("A &lt;page&gt;"));
    }
}
