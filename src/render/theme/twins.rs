//! How templates write Markdown: every value is escaped, links lead to twins, and blank lines come
//! from the template alone.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, syntax::SyntaxConfig,
};

use crate::render::twin;

/// The name of the escaping.
const MARKDOWN: &str = "markdown";

/// Templates of twins, with filters of their own.
pub(super) fn environment(fuel: u64) -> Environment<'static> {
    let mut templates = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.expect("the delimiters are those of the default"));
    templates.set_auto_escape_callback(|_| AutoEscape::Custom(MARKDOWN.into()));
    templates.set_formatter(|out, _, value| {
        let text = value.to_string();
        let plain = value.is_safe() || value.is_number();
        Ok(out.write_str(&if plain { text } else { twin::escape(&text).into_owned() })?)
    });
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(fuel));
    templates.add_filter("link", link);
    templates.add_filter("code", |text: String| Value::from_safe_string(twin::code(&text)));
    templates.add_filter("ticks", |text: String| Value::from_safe_string(twin::ticks(&text)));
    templates.add_filter("yaml", yaml);
    templates.add_filter("fence", fence);
    templates
}

/// `{{ title|link(href) }}`: the title alone where there is no address.
fn link(title: String, href: Value) -> Value {
    Value::from_safe_string(match href.as_str().filter(|href| !href.is_empty()) {
        Some(href) => twin::link(&twin::escape(&title), href),
        None => twin::escape(&title).into_owned(),
    })
}

/// A value of front matter: JSON is YAML (YAML 1.2, section 1.3).
fn yaml(value: Value) -> Result<Value, Error> {
    let json = serde_json::to_string(&value)
        .map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))?;
    Ok(Value::from_safe_string(json))
}

/// Text, or lines of it, as a block of code.
fn fence(text: Value, language: Option<String>) -> Result<Value, Error> {
    let text = match text.as_str() {
        Some(text) => text.to_owned(),
        None => {
            let lines: Vec<String> = text.try_iter()?.map(|line| line.to_string()).collect();
            lines.join("\n")
        }
    };
    Ok(Value::from_safe_string(twin::fence(&text, language.as_deref().unwrap_or_default())))
}
