//! The theme: templates and assets, the default one in the binary, any part replaced by a project.

use std::collections::BTreeMap;

use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, context,
    value::{Serde, Value},
};

use super::html;
use crate::page::model::Page;

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
    "assets/lacuna.js",
    "assets/search-engine.js",
    "assets/search.js",
    "base.html",
    "board.html",
    "chunk.html",
    "claims.html",
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
];

/// Templates and assets, ready to use.
#[derive(Debug)]
pub struct Theme {
    templates: Environment<'static>,
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
        let mut hasher = blake3::Hasher::new();
        for (name, bytes) in DEFAULT.iter().copied().chain(files.iter().map(named)) {
            for part in [name.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
            }
        }
        let mut theme = Self { templates, hash: hasher.finalize(), assets: BTreeMap::new() };
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
        if !name.ends_with(".html") {
            return Ok(());
        }
        let source = String::from_utf8(bytes).map_err(|_| ThemeError {
            template: name.to_owned(),
            message: "the template is not valid UTF-8".to_owned(),
        })?;
        self.templates.add_template_owned(name.to_owned(), source).map_err(|e| error(name, &e))
    }

    /// Renders a page's template around its rendered texts.
    ///
    /// # Errors
    /// When the template fails, with its place.
    pub fn render(
        &self,
        page: &Page,
        texts: BTreeMap<String, String>,
    ) -> Result<String, ThemeError> {
        let name = page.view.template();
        let texts: BTreeMap<String, Value> =
            texts.into_iter().map(|(name, html)| (name, Value::from_safe_string(html))).collect();
        let context = context! { texts => Value::from(texts), ..Serde(page) };
        self.templates
            .get_template(name)
            .and_then(|template| template.render(context))
            .map_err(|e| error(name, &e))
    }
}

fn named<'a>((name, bytes): (&'a String, &'a Vec<u8>)) -> (&'a str, &'a [u8]) {
    (name, bytes)
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
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         </head>\n<body><main><h1>{title}</h1>\n<p>The template of this page fails.</p>\n\
         <pre>{template}: {message}</pre></main></body></html>\n"
    )
}
