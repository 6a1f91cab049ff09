//! The condition of a view: an expression over the fields of a record, and of nothing else. It is
//! content, and so never trusted: it has no loop, sees no other value, and its steps are counted.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use minijinja::{Environment, Error, ErrorKind, Expression, UndefinedBehavior, Value};

use super::{Field, guess};
use crate::model::view::Kind;

/// Steps that the condition may take for one record.
const FUEL: u64 = 2_000;

/// The longest condition, in bytes.
const LONGEST: usize = 500;

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The bytes of the condition at fault, where they are known.
    pub place: Option<Range<usize>>,
}

/// A condition that can be asked.
#[derive(Debug)]
pub struct Condition(Expression<'static, 'static>);

impl Condition {
    /// Reads a condition on records of a kind.
    ///
    /// # Errors
    /// It cannot be parsed, is too long, names something that is no field, or uses something that
    /// is not there.
    pub fn parse(text: &str, kind: Kind) -> Result<Self, Fault> {
        if text.len() > LONGEST {
            let message = format!("the condition has more than {LONGEST} bytes");
            let help = "say it in fewer words".to_owned();
            return Err(Fault { message, help, place: None });
        }
        if let Some(at) = maker(text) {
            let message = "a condition compares and makes nothing: `*` and `~` are not known";
            let help = "compare the fields as they are".to_owned();
            return Err(Fault { message: message.to_owned(), help, place: Some(at..at + 1) });
        }
        let expression = ENVIRONMENT.compile_expression_owned(text.to_owned());
        let condition = Self(expression.map_err(|error| Fault {
            message: format!("the condition cannot be read: {}", words(&error)),
            help: "write a comparison, such as `priority == \"P0\"`".to_owned(),
            place: None,
        })?);
        let mut names: Vec<String> = condition.0.undeclared_variables(false).into_iter().collect();
        names.sort();
        let unknown = names.iter().find(|name| !kind.fields().contains(&name.as_str()));
        if let Some(name) = unknown {
            return Err(Fault {
                message: format!("`{name}` is no field of {}", kind.name()),
                help: guess(name, kind.fields()),
                place: place(text, name),
            });
        }
        // Filters and tests are looked up when they are used.
        let probe = kind.fields().iter().map(|name| (*name, Field::Text(String::new()))).collect();
        let unknown =
            [ErrorKind::UnknownFilter, ErrorKind::UnknownTest, ErrorKind::UnknownFunction];
        match condition.ask(&probe) {
            Err(error) if unknown.contains(&error.kind()) => Err(Fault {
                message: words(&error),
                help: "the guide on views lists what there is".to_owned(),
                place: None,
            }),
            _ => Ok(condition),
        }
    }

    /// Whether a record meets the condition.
    ///
    /// # Errors
    /// Why it cannot be told, for a sentence.
    pub fn holds(&self, fields: &BTreeMap<&'static str, Field>) -> Result<bool, String> {
        let value = self.ask(fields).map_err(|error| words(&error))?;
        match value.is_undefined() {
            true => Err("it asks for a part that no field has".to_owned()),
            false => Ok(value.is_true()),
        }
    }

    fn ask(&self, fields: &BTreeMap<&'static str, Field>) -> Result<Value, Error> {
        let fields: BTreeMap<&str, Value> =
            fields.iter().map(|(name, field)| (*name, value(field))).collect();
        self.0.eval(Value::from(fields))
    }
}

/// Nothing but what is named here can be used.
static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::empty();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("lower", |text: String| text.to_lowercase());
    environment.add_filter("upper", |text: String| text.to_uppercase());
    environment.add_filter("length", |value: Value| value.len().unwrap_or_default());
    environment.add_test("startingwith", |text: String, start: String| text.starts_with(&start));
    environment.add_test("endingwith", |text: String, end: String| text.ends_with(&end));
    environment
});

fn value(field: &Field) -> Value {
    match field {
        Field::Text(text) => Value::from(text.as_str()),
        Field::Number(number) => Value::from(*number),
        Field::Flag(flag) => Value::from(*flag),
        Field::Several(texts) => Value::from(texts.clone()),
    }
}

fn words(error: &Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// Where an operator stands that can make a long text of short ones: one step may then cost much.
fn maker(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '*' | '~') => return Some(at),
            _ => {}
        }
        None
    })
}

/// Where a name stands as a word of its own.
fn place(text: &str, name: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).map(|(at, _)| at..at + name.len()).find(|range| {
        !text[..range.start].ends_with(is_part) && !text[range.end..].starts_with(is_part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> Result<bool, String> {
        let fields = BTreeMap::from([
            ("priority", Field::Text("P1".to_owned())),
            ("links", Field::Number(3)),
            ("targets", Field::Several(vec!["docs/a.md".to_owned()])),
            ("title", Field::Text("No lamp".to_owned())),
        ]);
        Condition::parse(text, Kind::Gaps).map_err(|fault| fault.message)?.holds(&fields)
    }

    #[test]
    fn compares_fields() {
        for (text, expected) in [
            ("priority == 'P1' and links > 2", true),
            ("priority in ['P0', 'P2']", false),
            ("not targets or 'docs/a.md' in targets", true),
            ("title|lower is startingwith('no ')", true),
            ("targets|length == 1", true),
            ("'lamp' in title", true),
        ] {
            assert_eq!(holds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn reaches_nothing_else() {
        for text in [
            "{% for x in y %}",
            "range(100000)",
            "lipsum()",
            "title.__class__",
            "self",
            "debug()",
            "title|pprint",
            "('x' * 100000000)|length > 3",
            "[1] * 1000000000",
            &"(".repeat(400),
            &format!("title == '{}'", "x".repeat(600)),
        ] {
            assert!(holds(text).is_err(), "{text}");
        }
        // A long one that is honest is answered.
        let long = format!("{} == 1", vec!["links"; 60].join("+"));
        assert!(holds(&long).is_ok());
    }
}
