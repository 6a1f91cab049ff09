//! Whether a site is inert: nothing on it runs, loads or submits but what Lacuna itself put there.
//! Pages are read by a parser of HTML5, drawings by one of XML.

use quick_xml::{Reader, events::Event};
use scraper::{ElementRef, Html, Selector};

use super::project::Site;

/// The scripts of the default theme; those of the search index lie in a folder of their own.
const SCRIPTS: &[&str] = &[
    "assets/board.js",
    "assets/graph.js",
    "assets/lacuna.js",
    "assets/lines.js",
    "assets/preview.js",
    "assets/search-engine.js",
    "assets/search.js",
    "assets/switcher.js",
];

/// Data that scripts load, by the beginning of the address.
const DATA: &[&str] = &["assets/search/", "assets/preview/", "gaps/data.js", "trace/graph.js"];

/// Elements that run, frame, submit or change how addresses are read.
const FORBIDDEN: &[&str] = &[
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "form",
    "portal",
    "style",
    "textarea",
    "foreignobject",
    "animate",
    "set",
    "audio",
    "video",
    "template",
    "noscript",
];

/// What the policy of every page must say.
const POLICY: &[&str] =
    &["default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'"];

/// Every way in which a site is not inert.
pub fn faults(site: &Site) -> Vec<String> {
    let mut faults = Vec::new();
    for (route, bytes) in site {
        let text = String::from_utf8_lossy(bytes);
        let found = match route.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "html" => of_page(site, route, &text),
            "svg" => of_drawing(&text),
            "json" => serde_json::from_str::<serde_json::Value>(&text)
                .err()
                .map_or_else(Vec::new, |error| vec![format!("no JSON: {error}")]),
            "xml" => of_xml(&text),
            "js" if DATA.iter().any(|data| route.starts_with(data)) => of_index(&text),
            "js" if !SCRIPTS.contains(&route.as_str()) => vec!["a foreign script".to_owned()],
            _ => Vec::new(),
        };
        faults.extend(found.into_iter().map(|fault| format!("{route}: {fault}")));
    }
    faults
}

fn of_page(site: &Site, route: &str, text: &str) -> Vec<String> {
    let html = Html::parse_document(text);
    let everything = Selector::parse("*").expect("a selector");
    let mut faults = Vec::new();
    let mut policies = 0;
    for element in html.select(&everything) {
        let value = element.value();
        let name = value.name().to_ascii_lowercase();
        if FORBIDDEN.contains(&name.as_str()) {
            faults.push(format!("a <{name}>"));
        }
        match name.as_str() {
            "script" => faults.extend(of_script(site, route, &element)),
            "meta" => match value.attr("http-equiv").map(str::to_ascii_lowercase).as_deref() {
                None => {}
                Some("content-security-policy") => {
                    policies += 1;
                    let policy = value.attr("content").unwrap_or_default();
                    let missing = POLICY.iter().filter(|word| !policy.contains(**word));
                    faults.extend(missing.map(|word| format!("its policy lacks {word}")));
                    if policy.contains("unsafe") {
                        faults.push(format!("its policy is weak: {policy}"));
                    }
                }
                Some("refresh") => {
                    let content = value.attr("content").unwrap_or_default();
                    let target = content.strip_prefix("0; url=");
                    if !target.is_some_and(|url| is_inside(site, route, url)) {
                        faults.push(format!("it leads on to {content}"));
                    }
                }
                Some(other) => faults.push(format!("a meta element of {other}")),
            },
            "link" if value.attr("rel") == Some("stylesheet") => {
                let href = value.attr("href").unwrap_or_default();
                if !is_inside(site, route, href) {
                    faults.push(format!("a style sheet from {href}"));
                }
            }
            _ => {}
        }
        for (attribute, value) in value.attrs() {
            faults.extend(of_attribute(site, route, &name, attribute, value));
        }
    }
    if policies != 1 {
        faults.push(format!("{policies} policies where there is one"));
    }
    faults
}

fn of_script(site: &Site, route: &str, element: &ElementRef<'_>) -> Vec<String> {
    let source = element.value().attr("src").unwrap_or_default();
    let is_ours = resolved(route, source)
        .is_some_and(|path| site.contains_key(&path) && SCRIPTS.contains(&path.as_str()));
    let mut faults = Vec::new();
    if !is_ours {
        faults.push(format!("a script from `{source}`"));
    }
    if element.text().any(|text| !text.trim().is_empty()) {
        faults.push("a script of its own".to_owned());
    }
    faults
}

fn of_attribute(
    site: &Site,
    route: &str,
    element: &str,
    name: &str,
    value: &str,
) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let bad = || Some(format!("{name}=`{value}` on <{element}>"));
    match name.as_str() {
        _ if name.starts_with("on") => bad(),
        "style" | "srcdoc" | "formaction" | "action" | "ping" | "background" | "target"
        | "srcset" | "lowsrc" | "dynsrc" | "manifest" | "codebase" => bad(),
        "src" | "poster" | "data" if element != "a" => {
            (!is_inside(site, route, value)).then(bad).flatten()
        }
        "href" | "xlink:href" | "cite" | "longdesc" | "usemap" | "src" | "poster" | "data" => {
            (!is_allowed(value)).then(bad).flatten()
        }
        _ => None,
    }
}

/// Whether an address has no scheme, or one that runs nothing, as browsers read it: they drop tabs
/// and line ends anywhere, and control characters and spaces before it.
pub fn is_allowed(url: &str) -> bool {
    let plain: String = url
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let Some((scheme, _)) = plain.split_once(':') else { return true };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let allowed = ["http", "https", "mailto", "tel"];
    !is_scheme || allowed.contains(&scheme.to_ascii_lowercase().as_str())
}

/// Whether an address names a file of the site, relative to a page.
fn is_inside(site: &Site, route: &str, url: &str) -> bool {
    resolved(route, url).is_some_and(|path| site.contains_key(&path))
}

fn resolved(route: &str, url: &str) -> Option<String> {
    let url = url.split(['#', '?']).next().unwrap_or_default();
    if url.starts_with('/') {
        // Only the page for addresses that do not exist is shown at any of them.
        return None;
    }
    let mut parts: Vec<String> = route.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in url.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(decoded(part)?),
        }
    }
    Some(parts.join("/"))
}

fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Every way in which a drawing is not inert when it is opened on its own.
pub fn of_drawing(text: &str) -> Vec<String> {
    let mut faults = of_xml(text);
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.name().0.to_ascii_lowercase();
                let banned = ["script", "foreignobject", "animate", "set", "image", "a", "iframe"];
                if banned.contains(&name.as_str()) || name.contains(':') {
                    faults.push(format!("a <{name}>"));
                }
                for attribute in tag.attributes().flatten() {
                    let key = attribute.key.0.to_ascii_lowercase();
                    let value = attribute
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .map_or_else(|error| error.to_string(), |value| value.into_owned());
                    if key.starts_with("on") || (key.ends_with("href") && !value.starts_with('#')) {
                        faults.push(format!("{key}=`{value}`"));
                    }
                    faults.extend(of_style(&value));
                }
            }
            Ok(Event::Text(text)) => faults.extend(of_style(&text.xml10_content())),
            Ok(Event::DocType(_) | Event::PI(_)) => {
                faults.push("a document type or an instruction".to_owned());
            }
            Ok(Event::Eof) | Err(_) => return faults,
            Ok(_) => {}
        }
    }
}

/// Whether a style reaches for anything; words in a label that look like it are harmless but rare.
fn of_style(text: &str) -> Option<String> {
    let lower: String = text.to_ascii_lowercase().split_whitespace().collect();
    let reaches = lower
        .match_indices("url(")
        .any(|(at, _)| !lower[at + 4..].trim_start_matches(['"', '\'']).starts_with('#'));
    (reaches || lower.contains("@import")).then(|| format!("it reaches out: {text}"))
}

fn of_xml(text: &str) -> Vec<String> {
    let has_no_place =
        |c: char| c < ' ' && !"\t\n\r".contains(c) || c == '\u{fffe}' || c == '\u{ffff}';
    if let Some(c) = text.chars().find(|c| has_no_place(*c)) {
        return vec![format!("no XML: it has no {c:?}")];
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_i64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) if depth == 0 => return Vec::new(),
            Ok(Event::Eof) => return vec!["an element is not closed".to_owned()],
            Ok(_) => {}
            Err(error) => return vec![format!("no XML: {error}")],
        }
    }
}

/// A file of the search index is one call with data, and data has no line ends of scripts in it.
fn of_index(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if text.contains(['\u{2028}', '\u{2029}']) {
        faults.push("a line end that old scripts do not know".to_owned());
    }
    let data = text.trim().split_once('(').and_then(|(_, rest)| {
        let (data, end) = rest.rsplit_once(')')?;
        end.trim_end_matches(';').trim().is_empty().then_some(data)
    });
    let is_data = data.is_some_and(|data| {
        serde_json::from_str::<serde_json::Value>(&format!("[{data}]")).is_ok()
    });
    if !is_data {
        faults.push(format!("no call with data: {:.80}", text));
    }
    faults
}

#[test]
fn the_oracle_sees_what_it_is_for() {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                  script-src 'self'; base-uri 'none'; form-action 'none'\">";
    for bad in [
        "<script>x</script>",
        "<script src=x.js></script>",
        "<b onclick=x>",
        "<a href=\" java\tscript:x\">",
        "<a href=\"JaVaScRiPt:x\">",
        "<img src=http://x.example/>",
        "<img src=//x.example/>",
        "<img src=missing.png>",
        "<form>",
        "<svg><set/></svg>",
        "<p style=x>",
        "<meta http-equiv=refresh content='0; url=http://x.example'>",
        "<base href=x>",
        "<iframe>",
    ] {
        let page = format!("<!doctype html><head>{policy}</head><body>{bad}");
        let site = Site::from([("a.html".to_owned(), page.into_bytes())]);
        assert!(!faults(&site).is_empty(), "{bad}");
    }
    let page = format!("<!doctype html><head>{policy}</head><body><a href=\"http://x/\">x</a>");
    assert!(faults(&Site::from([("a.html".to_owned(), page.into_bytes())])).is_empty());
    let bare = Site::from([("a.html".to_owned(), b"<!doctype html><p>x".to_vec())]);
    assert_eq!(faults(&bare).len(), 1, "{:?}", faults(&bare));
    for bad in [
        "<svg><script/></svg>",
        "<svg onload=\"x\"/>",
        "<svg><use href=\"http://x\"/></svg>",
        "<svg><rect style=\"fill: url( 'http://x')\"/></svg>",
        "<svg>",
    ] {
        assert!(!of_drawing(bad).is_empty(), "{bad}");
    }
}
