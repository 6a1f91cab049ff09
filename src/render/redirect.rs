//! Pages that only lead on: at the short address of an id, and at addresses a document had before.
//! They need no script and no host that knows redirects.

use super::{html::escape, inert, theme::POLICY};

/// Where a page leads, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The title of the page it leads to.
    pub title: String,
    /// Its address, relative to this page.
    pub href: String,
    /// Its absolute address, when that of the site is known.
    pub canonical: Option<String>,
}

/// A page that leads to the only target at once, and lets the reader choose among several.
pub fn page(name: &str, targets: &[Target]) -> String {
    let title = match targets {
        [only] => escape(&only.title).into_owned(),
        _ => escape(name).into_owned(),
    };
    let head = match targets {
        [only] => {
            let canonical = only.canonical.as_ref().unwrap_or(&only.href);
            format!(
                "<meta http-equiv=\"refresh\" content=\"0; url={}\">\n\
                 <link rel=\"canonical\" href=\"{}\">\n",
                escape(&only.href),
                escape(canonical)
            )
        }
        _ => "<meta name=\"robots\" content=\"noindex\">\n".to_owned(),
    };
    let said = match targets {
        [_] => "This page is here:".to_owned(),
        several => format!("{} pages answer to this name:", several.len()),
    };
    let links: String = targets
        .iter()
        .map(|t| format!("<li><a href=\"{}\">{}</a></li>\n", escape(&t.href), escape(&t.title)))
        .collect();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n<p>{said}</p>\n<ul>\n{links}</ul>\n</main>\n</body>\n</html>\n"
    );
    inert::addresses(page).into_markup()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_target_is_gone_to_and_several_are_listed() {
        let target = |title: &str| Target {
            title: title.to_owned(),
            href: "../../a.html#b".to_owned(),
            canonical: None,
        };
        let one = page("A-1", &[target("<b>")]);
        assert!(one.contains("content=\"0; url=../../a.html#b\"") && one.contains("&lt;b&gt;"));
        assert!(!one.contains("<script"));
        let two = page("A-1", &[target("a"), target("b")]);
        assert!(!two.contains("refresh") && two.contains("2 pages answer"));
    }
}
