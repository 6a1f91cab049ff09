//! Whether a page is inert, judged by `html5gum`, which the program does not use: it cleans with
//! `html5ever`.
//!
//! Every tag counts, also one that a browser would take for the text of a title or of a comment's
//! neighbour: the pages of the program have no such tag.

use std::str;

use html5gum::{HtmlString, Token, Tokenizer};
use url::Url;

/// Elements that run, frame, submit, or change how the rest is read.
const FORBIDDEN: &[&str] = &[
    "animate",
    "applet",
    "audio",
    "base",
    "embed",
    "foreignobject",
    "form",
    "frame",
    "frameset",
    "iframe",
    "noscript",
    "object",
    "plaintext",
    "portal",
    "set",
    "style",
    "template",
    "textarea",
    "video",
    "xmp",
];

/// Attributes that carry styles, or addresses that nobody here asks for.
const FORBIDDEN_ATTRIBUTES: &[&str] = &[
    "action",
    "background",
    "codebase",
    "dynsrc",
    "formaction",
    "lowsrc",
    "manifest",
    "ping",
    "srcdoc",
    "srcset",
    "style",
    "target",
];

/// What the policy of every page must say.
const POLICY: &[&str] =
    &["default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'"];

/// Schemes that run nothing.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// Every way in which a page is not inert. `scripts` are the addresses of the program's own, from the
/// root of the site; `route` is that of the page.
pub fn faults(html: &str, route: &str, scripts: &[String]) -> Vec<String> {
    let mut page = read(html, route, scripts);
    if page.policies != 1 {
        page.faults.push(format!("{} policies where there is one", page.policies));
    }
    page.faults
}

/// Every way in which HTML that is to stand in a page is not inert. Pictures may still have addresses
/// elsewhere: those are taken out where the page is made.
pub fn faults_of_fragment(html: &str) -> Vec<String> {
    let mut faults = read(html, "a.html", &[]).faults;
    faults.retain(|fault| !fault.starts_with("img loads over http"));
    faults
}

/// Whether a browser would run something at an address.
pub fn faults_of_address(address: &str) -> Vec<String> {
    let mut page = read("", "a.html", &[]);
    page.attribute("a", "href", address);
    page.faults
}

fn read<'a>(html: &str, route: &str, scripts: &'a [String]) -> Page<'a> {
    let mut page = Page { base: home(route), scripts, faults: Vec::new(), policies: 0 };
    let mut in_script = false;
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = shown(&tag.name).to_ascii_lowercase();
                in_script = name == "script";
                let attributes: Vec<(String, String)> =
                    tag.attributes.iter().map(|(key, value)| (lower(key), shown(value))).collect();
                page.tag(&name, &attributes);
            }
            Token::EndTag(_) => in_script = false,
            Token::String(text) if in_script && !shown(&text).trim().is_empty() => {
                page.faults.push(format!("a script of its own: {:?}", shown(&text)));
            }
            _ => {}
        }
    }
    page
}

struct Page<'a> {
    base: Url,
    scripts: &'a [String],
    faults: Vec<String>,
    policies: usize,
}

impl Page<'_> {
    fn tag(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = |key: &str| {
            let found = attributes.iter().find(|(other, _)| other == key);
            found.map(|(_, value)| value.as_str())
        };
        if FORBIDDEN.contains(&name) {
            self.faults.push(format!("a <{name}>"));
        }
        match name {
            "script" => {
                let source = value("src").unwrap_or_default();
                let path = self.base.join(source).ok().filter(|url| self.is_own(url));
                let path = path.map(|url| url.path().trim_start_matches('/').to_owned());
                if !path.is_some_and(|path| self.scripts.contains(&path)) {
                    self.faults.push(format!("a script from {source:?}"));
                }
            }
            "meta" => self.meta(value("http-equiv"), value("content").unwrap_or_default()),
            "link" => self.own("link", value("href").unwrap_or_default()),
            _ => {}
        }
        for (key, value) in attributes {
            self.attribute(name, key, value);
        }
    }

    fn meta(&mut self, header: Option<&str>, content: &str) {
        match header.map(str::to_ascii_lowercase).as_deref() {
            None => {}
            Some("content-security-policy") => {
                self.policies += 1;
                for word in POLICY.iter().filter(|word| !content.contains(**word)) {
                    self.faults.push(format!("its policy lacks {word}"));
                }
                if content.contains("unsafe") {
                    self.faults.push(format!("its policy is weak: {content}"));
                }
            }
            Some("refresh") => match content.strip_prefix("0; url=") {
                Some(url) => self.own("refresh", url),
                None => self.faults.push(format!("it leads on to {content:?}")),
            },
            Some(other) => self.faults.push(format!("a meta element of {other:?}")),
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str) {
        let is_hyperlink = element == "a" || element == "area";
        match name {
            _ if name.starts_with("on") || FORBIDDEN_ATTRIBUTES.contains(&name) => {
                self.faults.push(format!("{name}={value:?} on <{element}>"));
            }
            "src" | "poster" | "data" if !is_hyperlink => self.own(element, value),
            "href" | "xlink:href" | "cite" | "longdesc" | "usemap" | "src" => {
                // An address that a browser cannot read leads nowhere.
                let url = self.base.join(value).ok();
                if url.is_some_and(|url| !self.is_own(&url) && !SCHEMES.contains(&url.scheme())) {
                    self.faults.push(format!("{name}={value:?} on <{element}>"));
                }
            }
            _ => {}
        }
    }

    /// What is loaded comes from the site itself.
    fn own(&mut self, what: &str, address: &str) {
        if let Some(url) = self.base.join(address).ok().filter(|url| !self.is_own(url)) {
            self.faults.push(format!("{what} loads over {} {address:?}", url.scheme()));
        }
    }

    fn is_own(&self, url: &Url) -> bool {
        (url.scheme(), url.host_str()) == ("https", Some(HOME))
    }
}

/// The host of the site: one that nobody has, or writes by chance.
const HOME: &str = "own-pages.invalid";

/// The address of a page.
fn home(route: &str) -> Url {
    let mut url = Url::parse(&format!("https://{HOME}/")).expect("an address");
    url.set_path(route);
    url
}

fn shown(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

fn lower(text: &HtmlString) -> String {
    shown(text).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_judge_sees_what_it_is_for() {
        let policy = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            POLICY.join("; ")
        );
        let judge = |body: &str| {
            let page = format!("<!doctype html><head>{policy}</head><body>{body}");
            faults(&page, "docs/a.html", &["assets/lacuna.js".to_owned()])
        };
        for good in [
            "<a href=\"../b.html#x\">b</a><a href=\"https://x.example\">x</a>",
            "<img src=\"../b.png\"><script src=\"../assets/lacuna.js\" defer></script>",
            "<a href=\"mailto:a@b.example\">&lt;script></a>",
        ] {
            assert_eq!(judge(good), Vec::<String>::new(), "{good}");
        }
        for bad in [
            "<script>x</script>",
            "<script src=x.js></script>",
            "<script src=\"../assets/lacuna.js\">x</script>",
            "<b onclick=x>",
            "<title><b onclick=x></title>",
            "<a href=\" java\tscript:x\">",
            "<a href=\"&#106;avascript:x\">",
            "<img src=http://x.example/>",
            "<img src=//x.example/>",
            "<form>",
            "<p style=x>",
            "<meta http-equiv=refresh content='0; url=http://x.example'>",
            "<base href=x>",
            "<svg><set/></svg>",
            "<link rel=stylesheet href=//x.example/a.css>",
        ] {
            assert!(!judge(bad).is_empty(), "{bad}");
        }
        assert_eq!(faults("<p>x", "a.html", &[]).len(), 1, "no policy");
    }
}
