//! Blocks of code, and diagrams with their source.

use std::sync::{Arc, LazyLock};

use super::{
    body::{Output, Place},
    code,
    diagram::{self, Diagram, DiagramError},
    fence::Info,
    html,
    kept::Kept,
};
use crate::{
    diag::{Diagnostic, codes},
    model::limits::Limits,
    text::Span,
};

/// Blocks of at least so many bytes are kept: shorter ones are highlighted in no time.
const DEAR: usize = 200;

static CODE: LazyLock<Kept<Arc<str>>> = LazyLock::new(|| Kept::new(256));

static DRAWINGS: LazyLock<Kept<Arc<Result<Diagram, DiagramError>>>> =
    LazyLock::new(|| Kept::new(128));

/// A highlighted block of code, with the lines marked that its info string names.
pub fn code_block(source: &str, language: &str, limits: &Limits) -> String {
    let info = Info::of(language);
    let class = match language.split([' ', ',', '{']).next() {
        Some(word) if !word.is_empty() => format!(" class=\"language-{}\"", html::escape(word)),
        _ => String::new(),
    };
    let highlighted = || -> Arc<str> { code::highlight(source, language, limits).into() };
    let bounds = (limits.code_line_bytes, limits.code_block_bytes);
    let key = blake3::hash(format!("{bounds:?} {language}\n{source}").as_bytes());
    let code = if source.len() < DEAR { highlighted() } else { CODE.get(key, highlighted) };
    let note = match code::uncoloured(source, language, limits) {
        Some(rest) => {
            let (why, from) = (rest.why, rest.from);
            let from = if from > 1 { format!(" from line {from} on") } else { String::new() };
            format!("<p class=\"code-note\">Shown without colours{from}: {why}.</p>\n")
        }
        None => String::new(),
    };
    match info.lines.is_empty() {
        true => format!("<pre><code{class}>{code}</code></pre>\n{note}"),
        false => format!("<pre><code{class}>{}</code></pre>\n{note}", info.marked(&code)),
    }
}

/// A diagram that is one too many for its page, as source.
/// `most` is what its page may have of them.
pub fn not_drawn(source: &str, most: &str) -> String {
    format!(
        "<div class=\"diagram-error\"><p>This diagram is not drawn: the page has more than {most} \
         of them.</p>\n<pre><code>{}</code></pre></div>\n",
        html::escape(source)
    )
}

/// A drawn diagram with its source, or a box that says why it cannot be drawn.
pub fn figure(out: &mut Output, place: Place<'_>, source: &str, span: Option<Span>) -> String {
    let hash = blake3::hash(source.as_bytes());
    let id = format!("d{}", &hash.to_hex()[..16]);
    let escaped = html::escape(source);
    let limits = &place.treatment.limits;
    // An address is that of a source; whether it is drawn depends on the limits as well.
    let bounds = (limits.diagram_bytes, limits.diagram_elements, limits.diagram_seconds);
    let key = blake3::hash(format!("{bounds:?} {hash}").as_bytes());
    match &*DRAWINGS.get(key, || Arc::new(diagram::draw(source, &id, limits))) {
        Ok(drawn) => {
            let light = format!("assets/diagrams/{id}.svg");
            let dark = format!("assets/diagrams/{id}-dark.svg");
            let root = html::escape(place.root);
            let figure = format!(
                "<figure class=\"diagram\"><img class=\"light\" src=\"{root}{light}\" \
                 alt=\"Diagram; its source follows\"><img class=\"dark\" src=\"{root}{dark}\" \
                 alt=\"\"><details><summary>Source of the diagram</summary>\
                 <pre><code>{escaped}</code></pre></details></figure>\n"
            );
            out.files.insert(light, drawn.light.clone().into_bytes());
            out.files.insert(dark, drawn.dark.clone().into_bytes());
            figure
        }
        Err(error) => {
            let line = error.line.map(|line| format!(" (line {line} of the diagram)"));
            let line = line.unwrap_or_default();
            if let Some(path) = place.origin {
                let message = format!("the diagram cannot be drawn: {}{line}", error.message);
                let mut diagnostic = Diagnostic::new(&codes::DIAGRAM_FAILED, path, message)
                    .help("the page shows its source instead");
                diagnostic.span = span;
                out.diagnostics.push(diagnostic);
            }
            format!(
                "<div class=\"diagram-error\"><p>This diagram cannot be drawn: {}{line}</p>\
                 <pre><code>{escaped}</code></pre></div>\n",
                html::escape(&error.message)
            )
        }
    }
}
