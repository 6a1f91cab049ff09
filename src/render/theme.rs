//! The theme: templates and assets, the default one in the binary, any part replaced by a project.

mod twins;

use std::collections::BTreeMap;

use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, context,
    value::{Serde, Value},
};

use super::{html, inert::Inert};
use crate::page::model::Page;

/// What pages may load and do: nothing but what lies beside them.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'none'";

/// Steps that one page's template may take: a loop without end is stopped.
const FUEL: u64 = 50_000_000;

macro_rules! default_files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $name)).as_slice())),*]
    };
}

const DEFAULT: &[(&str, &[u8])] = default_files![
    "assets/board.js",
    "assets/favicon.svg",
    "assets/lacuna.css",
    "assets/graph.js",
    "assets/lacuna.js",
    "assets/lines.js",
    "assets/preview.js",
    "assets/search-engine.js",
    "assets/search.js",
    "assets/switcher.js",
    "base.html",
    "board.html",
    "chunk.html",
    "claims.html",
    "code.html",
    "decision.html",
    "decision_index.html",
    "diagnostics.html",
    "diagram.html",
    "document.html",
    "document_index.html",
    "drift.html",
    "file.html",
    "badges.html",
    "gap.html",
    "gap_index.html",
    "gap_list.html",
    "head.html",
    "home.html",
    "ledger.html",
    "macros.html",
    "not_found.html",
    "orphans.html",
    "package.html",
    "plan.html",
    "research_index.html",
    "schema_index.html",
    "search.html",
    "section.html",
    "source.html",
    "symbol.html",
    "trace.html",
    "well_known.html",
    "whole.html",
    "badges.md",
    "base.md",
    "chunk.md",
    "code.md",
    "decision.md",
    "decision_index.md",
    "diagnostics.md",
    "diagram.md",
    "document.md",
    "document_index.md",
    "drift.md",
    "file.md",
    "gap.md",
    "gap_index.md",
    "gap_list.md",
    "home.md",
    "ledger.md",
    "macros.md",
    "orphans.md",
    "package.md",
    "plan.md",
    "research_index.md",
    "schema_index.md",
    "search.md",
    "section.md",
    "source.md",
    "symbol.md",
    "trace.md",
    "well_known.md",
    "whole.md",
];

/// Templates and assets, ready to use.
#[derive(Debug)]
pub struct Theme {
    templates: Environment<'static>,
    /// The templates of the Markdown twins.
    twins: Environment<'static>,
    has_own_base: bool,
    hash: blake3::Hash,
    /// Files that are copied to the site, by route.
    pub assets: BTreeMap<String, Vec<u8>>,
}

/// A template that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeError {
    /// The template, and the line where it is known: `page.html:12`.
    pub template: String,
    /// What is wrong.
    pub message: String,
}

impl Theme {
    /// The default theme, with `files` of a project over it: templates by name (`base.html`), and
    /// assets by path (`assets/site.css`).
    ///
    /// # Errors
    /// Every template that cannot be parsed; those of the default theme take their place.
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> (Self, Vec<ThemeError>) {
        let mut templates = Environment::new();
        // Whatever its name, a template writes HTML.
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_fuel(Some(FUEL));
        templates.add_global("policy", Value::from_safe_string(POLICY.to_owned()));
        // For tests of the library alone: nothing that is shipped has it.
        #[cfg(test)]
        templates.add_function("fault_on_purpose", || -> String { panic!("on purpose") });
        let mut hasher = blake3::Hasher::new();
        for (name, bytes) in DEFAULT.iter().copied().chain(files.iter().map(named)) {
            for part in [name.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
            }
        }
        let mut theme = Self {
            templates,
            twins: twins::environment(FUEL),
            has_own_base: DEFAULT.iter().any(|(name, bytes)| {
                *name == "base.html" && files.get(*name).is_some_and(|own| own != bytes)
            }),
            hash: hasher.finalize(),
            assets: BTreeMap::new(),
        };
        let mut errors = Vec::new();
        for (name, bytes) in DEFAULT {
            errors.extend(theme.add(name, bytes.to_vec()).err());
        }
        for (name, bytes) in files {
            errors.extend(theme.add(&name, bytes).err());
        }
        (theme, errors)
    }

    /// Tells one theme from another: the hash of all its files.
    pub fn hash(&self) -> &[u8; 32] {
        self.hash.as_bytes()
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), ThemeError> {
        if name.starts_with("assets/") {
            self.assets.insert(name.to_owned(), bytes);
            return Ok(());
        }
        let templates = match name.rsplit_once('.') {
            Some((_, "html")) => &mut self.templates,
            Some((_, "md")) => &mut self.twins,
            _ => return Ok(()),
        };
        let source = String::from_utf8(bytes).map_err(|_| ThemeError {
            template: name.to_owned(),
            message: "the template is not valid UTF-8".to_owned(),
        })?;
        if let Some(error) = excess(name, &source) {
            return Err(error);
        }
        templates.add_template_owned(name.to_owned(), source).map_err(|e| error(name, &e))
    }

    /// The policy that every page states, to be sent as a header too; none when the theme's pages
    /// state one of their own.
    pub fn policy(&self) -> Option<&'static str> {
        (!self.has_own_base).then_some(POLICY)
    }

    /// Renders a page's template around its rendered texts.
    ///
    /// # Errors
    /// When the template fails, with its place.
    pub fn render(
        &self,
        model: &Model,
        texts: BTreeMap<String, Inert>,
    ) -> Result<String, ThemeError> {
        let texts = texts.into_iter().map(|(name, text)| (name, text.into_markup())).collect();
        fill(&self.templates, &format!("{}.html", model.template), model, texts)
    }

    /// Renders the Markdown twin of a page around its texts, which are Markdown.
    ///
    /// # Errors
    /// When the template fails, with its place.
    pub fn render_twin(
        &self,
        model: &Model,
        texts: BTreeMap<String, String>,
    ) -> Result<String, ThemeError> {
        fill(&self.twins, &format!("{}.md", model.template), model, texts)
    }
}

/// A page's model as templates see it.
#[derive(Debug)]
pub struct Model {
    template: &'static str,
    value: Value,
}

impl From<&Page> for Model {
    fn from(page: &Page) -> Self {
        Self { template: page.view.template(), value: context! { ..Serde(page) } }
    }
}

fn fill(
    templates: &Environment<'_>,
    name: &str,
    model: &Model,
    texts: BTreeMap<String, String>,
) -> Result<String, ThemeError> {
    let texts: BTreeMap<String, Value> =
        texts.into_iter().map(|(name, text)| (name, Value::from_safe_string(text))).collect();
    let context = context! { texts => Value::from(texts), ..model.value.clone() };
    templates
        .get_template(name)
        .and_then(|template| template.render(context))
        .map_err(|e| error(name, &e))
}

fn named<'a>((name, bytes): (&'a String, &'a Vec<u8>)) -> (&'a str, &'a [u8]) {
    (name, bytes)
}

/// The longest tag of a template, in bytes, and the most alternatives to conditions. The compiler of
/// templates calls itself for each sign of an expression and each alternative, up to the end of the
/// stack; it counts the nesting of brackets and blocks by itself.
const LONGEST_TAG: usize = 8 * 1024;
const MOST_ALTERNATIVES: usize = 1_000;

/// What a template has too much of to be compiled.
fn excess(name: &str, source: &str) -> Option<ThemeError> {
    if source.matches("elif").count() > MOST_ALTERNATIVES {
        let message = format!("the template has more than {MOST_ALTERNATIVES} times `elif`");
        return Some(ThemeError { template: name.to_owned(), message });
    }
    let mut at = 0;
    while let Some(brace) = source[at..].find('{') {
        let start = at + brace;
        if !source[start + 1..].starts_with(['{', '%']) {
            at = start + 1;
            continue;
        }
        let Some(length) = tag_length(&source.as_bytes()[start..]) else {
            let line = source[..start].matches('\n').count() + 1;
            let message = format!("a tag of the template is longer than {LONGEST_TAG} bytes");
            return Some(ThemeError { template: format!("{name}:{line}"), message });
        };
        at = start + length;
    }
    None
}

/// The bytes of a tag; its whole rest when it is never closed, and nothing when it is too long.
fn tag_length(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.iter().enumerate().take(LONGEST_TAG).skip(2) {
        match quote {
            Some(open) => quote = Some(open).filter(|open| open != byte),
            None if matches!(byte, b'"' | b'\'') => quote = Some(*byte),
            None if *byte == b'}' && matches!(tag[at - 1], b'}' | b'%') => return Some(at + 1),
            None => {}
        }
    }
    (tag.len() <= LONGEST_TAG).then_some(tag.len())
}

fn error(name: &str, error: &minijinja::Error) -> ThemeError {
    let place = error.name().unwrap_or(name);
    let template = match error.line() {
        Some(line) => format!("{place}:{line}"),
        None => place.to_owned(),
    };
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    ThemeError { template, message: format!("{}{detail}", error.kind()) }
}

/// The page that stands in for one whose template fails.
pub fn apology(title: &str, error: &ThemeError) -> String {
    let (title, template) = (html::escape(title), html::escape(&error.template));
    let message = html::escape(&error.message);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\
         <title>{title}</title></head>\n<body><main><h1>{title}</h1>\n<p>This page fails.</p>\n\
         <pre>{template}: {message}</pre></main></body></html>\n"
    )
}
