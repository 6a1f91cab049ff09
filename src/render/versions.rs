//! The pages above the versions of a site. They are of no version and of no theme, and borrow the
//! looks of the version that most readers want.

use super::{html::escape, inert, theme::POLICY};
use crate::model::version::Label;

/// A version in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its label.
    pub label: String,
    /// Its front page, from the root.
    pub href: String,
    /// Whether it is the one that most readers want.
    pub is_default: bool,
}

/// The list of all versions, in the order of `rows`.
pub fn list(title: &str, default: &Label, rows: &[Row]) -> String {
    let row = |row: &Row| {
        let (label, href) = (escape(&row.label), escape(&row.href));
        let mark = if row.is_default { " <span class=\"pill\">latest</span>" } else { "" };
        format!("<li><a href=\"{href}\">{label}</a>{mark}</li>\n")
    };
    let rows: String = rows.iter().map(row).collect();
    let content = format!("<h1>Versions</h1>\n<ul class=\"versions-all\">\n{rows}</ul>\n");
    page(Head { heading: "Versions", title, root: "", default, robots: "" }, &content)
}

/// The page for an address that does not exist, which may be at any depth: without `base`, the
/// address of the root, its links begin where it is shown.
pub fn not_found(title: &str, default: &Label, base: Option<&str>) -> String {
    let root = base.unwrap_or_default();
    let home = escape(root);
    let label = escape(default.as_str());
    let content = format!(
        "<h1>Page not found</h1>\n<p>There is no page at this address. \
         <a href=\"{home}{label}/index.html\">Start at {label}</a>, or choose among \
         <a href=\"{home}versions.html\">all versions</a>.</p>\n"
    );
    let robots = "<meta name=\"robots\" content=\"noindex\">\n";
    page(Head { heading: "Page not found", title, root, default, robots }, &content)
}

/// What surrounds the content of such a page.
struct Head<'a> {
    heading: &'a str,
    title: &'a str,
    /// The way to the root.
    root: &'a str,
    default: &'a Label,
    robots: &'a str,
}

fn page(head: Head<'_>, content: &str) -> String {
    let Head { heading, robots, .. } = head;
    let (title, root) = (escape(head.title), escape(head.root));
    let label = escape(head.default.as_str());
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{heading} · {title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{robots}\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"{root}{label}/assets/favicon.svg\">\n\
         <link rel=\"stylesheet\" href=\"{root}{label}/assets/lacuna.css\">\n\
         <script src=\"{root}{label}/assets/lacuna.js\"></script>\n</head>\n<body>\n\
         <header class=\"top\"><div class=\"top-in\"><a class=\"site\" href=\"{root}index.html\">{title}</a>\
         <button class=\"theme\" type=\"button\" hidden>Theme</button></div></header>\n\
         <div class=\"shell\"><main id=\"lc-main\">\n{content}</main></div>\n</body>\n</html>\n"
    );
    inert::addresses(page).into_markup()
}

/// An index of site maps (sitemaps.org), by their absolute addresses.
pub fn site_maps(maps: &[String]) -> String {
    let map = |url: &String| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(url));
    let maps: String = maps.iter().map(map).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{maps}</sitemapindex>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_text_and_nothing_is_inline() {
        let label = Label::new("v1").expect("a label");
        let row = Row { label: "v1".into(), href: "v1/index.html".into(), is_default: true };
        for page in [list("<b>\"", &label, &[row]), not_found("<b>\"", &label, None)] {
            assert!(page.contains("&lt;b&gt;&quot;") && !page.contains("<b>"), "{page}");
            assert!(!page.contains("<style") && !page.contains("style=") && page.contains(POLICY));
        }
    }
}
