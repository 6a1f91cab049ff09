//! Conditions on values in words: `buf.validate` (protovalidate), `validate` (protoc-gen-validate)
//! and `google.api.field_behavior`.

use crate::read::proto::aggregate::{self, Value};

/// The options that hold conditions, without what follows them.
const VALIDATION: [&str; 8] = [
    "(buf.validate.field)",
    "(buf.validate.message)",
    "(buf.validate.oneof)",
    "(buf.validate.predefined)",
    "(validate.rules)",
    "(validate.required)",
    "(validate.disabled)",
    "(validate.ignored)",
];

/// A condition and its words; `{}` is the value.
const WORDS: &[(&str, &str)] = &[
    ("required", "required"),
    ("const", "exactly {}"),
    ("lt", "less than {}"),
    ("lte", "at most {}"),
    ("gt", "more than {}"),
    ("gte", "at least {}"),
    ("in", "one of {}"),
    ("not_in", "none of {}"),
    ("len", "{} characters long"),
    ("min_len", "at least {} characters"),
    ("max_len", "at most {} characters"),
    ("len_bytes", "{} bytes long"),
    ("min_bytes", "at least {} bytes"),
    ("max_bytes", "at most {} bytes"),
    ("pattern", "matches {}"),
    ("prefix", "begins with {}"),
    ("suffix", "ends with {}"),
    ("contains", "contains {}"),
    ("not_contains", "does not contain {}"),
    ("min_items", "at least {} items"),
    ("max_items", "at most {} items"),
    ("min_pairs", "at least {} entries"),
    ("max_pairs", "at most {} entries"),
    ("unique", "no item twice"),
    ("defined_only", "a declared value"),
    ("finite", "a finite number"),
    ("email", "an email address"),
    ("hostname", "a host name"),
    ("uuid", "a UUID"),
    ("tuuid", "a UUID without hyphens"),
    ("uri", "a URI"),
    ("uri_ref", "a URI reference"),
    ("ip", "an IP address"),
    ("ipv4", "an IPv4 address"),
    ("ipv6", "an IPv6 address"),
    ("address", "a host name or an IP address"),
    ("within", "within {} of now"),
    ("lt_now", "in the past"),
    ("gt_now", "in the future"),
    ("skip", "not checked"),
    ("no_sparse", "no empty values"),
    ("ignore_empty", "checked only when it is not empty"),
    ("disabled", "not checked"),
    ("ignored", "not checked"),
];

/// Parts of a path that only name the type of the value.
const TYPES: [&str; 26] = [
    "string",
    "bytes",
    "bool",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "sint32",
    "sint64",
    "fixed32",
    "fixed64",
    "sfixed32",
    "sfixed64",
    "float",
    "double",
    "enum",
    "message",
    "repeated",
    "map",
    "any",
    "duration",
    "timestamp",
    "oneof",
    "field",
    "rules",
    "well_known",
];

/// The conditions among options in words, and the other options.
pub(super) fn split(options: &[(String, String)]) -> (Vec<String>, Vec<(String, String)>) {
    let mut rules = Vec::new();
    let mut rest = Vec::new();
    for (name, text) in options {
        let clean = name.replacen("(.", "(", 1);
        let base = VALIDATION.iter().find_map(|option| Some((option, clean.strip_prefix(option)?)));
        match (base, aggregate::parse(text)) {
            (Some((option, path)), Some(value)) => {
                let mut path: Vec<&str> = path.split('.').filter(|part| !part.is_empty()).collect();
                if let Some(own) = option.strip_prefix("(validate.").filter(|o| *o != "rules)") {
                    path.insert(0, own.trim_end_matches(')'));
                }
                flatten(&path, &value, &mut rules);
            }
            _ => rest.push((name.clone(), text.clone())),
        }
    }
    (rules, rest)
}

/// What `google.api.field_behavior` says, and the other options.
pub(super) fn behaviours(options: &[(String, String)]) -> (Vec<String>, Vec<(String, String)>) {
    let mut behaviours = Vec::new();
    let mut rest = Vec::new();
    for (name, text) in options {
        let ours =
            matches!(name.as_str(), "(google.api.field_behavior)" | "(.google.api.field_behavior)");
        match aggregate::parse(text).filter(|_| ours) {
            Some(Value::Scalar(word)) => behaviours.push(words(&word)),
            Some(Value::List(values)) => {
                behaviours.extend(values.iter().map(|value| words(&written(value))));
            }
            _ => rest.push((name.clone(), text.clone())),
        }
    }
    (behaviours, rest)
}

/// `OUTPUT_ONLY` in words.
fn words(constant: &str) -> String {
    constant.to_lowercase().replace('_', " ")
}

/// One condition for each value that a message holds, by its path.
fn flatten(path: &[&str], value: &Value, rules: &mut Vec<String>) {
    match value {
        Value::Message(fields) if path.last() == Some(&"cel") => rules.push(expression(fields)),
        Value::Message(fields) => {
            for (name, value) in fields {
                flatten(&[path, &[name.as_str()]].concat(), value, rules);
            }
        }
        Value::List(values) if path.last() == Some(&"cel") => {
            for value in values {
                flatten(path, value, rules);
            }
        }
        value => rules.extend(sentence(path, value)),
    }
}

fn sentence(path: &[&str], value: &Value) -> Option<String> {
    let path: Vec<&str> = path.iter().copied().filter(|part| !TYPES.contains(part)).collect();
    let (last, before) = path.split_last()?;
    let value = written(value);
    let place = before.iter().map(|part| match *part {
        "items" => "each item: ".to_owned(),
        "keys" => "each key: ".to_owned(),
        "values" => "each value: ".to_owned(),
        other => format!("{other}: "),
    });
    let place: String = place.collect();
    let condition = match WORDS.iter().find(|(name, _)| name == last) {
        Some((_, words)) if words.contains("{}") => words.replace("{}", &value),
        Some((_, words)) if value == "true" => (*words).to_owned(),
        Some(_) if value == "false" => return None,
        _ => format!("{} = {value}", last.replace('_', " ")),
    };
    Some(format!("{place}{condition}"))
}

/// A rule in the Common Expression Language: its message, else its expression.
fn expression(fields: &[(String, Value)]) -> String {
    let part = |wanted: &str| {
        let found = fields.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| written(value)).filter(|text| !text.is_empty())
    };
    match (part("message"), part("expression")) {
        (Some(message), Some(expression)) => format!("{message} ({expression})"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => part("id").unwrap_or_default(),
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Scalar(text) => text.clone(),
        Value::List(values) => values.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Message(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name} {}", written(value)));
            fields.collect::<Vec<_>>().join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(name: &str, value: &str) -> Vec<String> {
        split(&[(name.to_owned(), value.to_owned())]).0
    }

    #[test]
    fn conditions_are_put_in_words() {
        assert_eq!(rules("(buf.validate.field).string.min_len", "3"), ["at least 3 characters"]);
        assert_eq!(
            rules("(validate.rules)", "{ string: { email: true, max_len: 9 } }"),
            ["an email address", "at most 9 characters"]
        );
        assert_eq!(
            rules(
                "(buf.validate.field).repeated",
                "{ unique: true items { int32 { in: [1, 2] } } }"
            ),
            ["no item twice", "each item: one of 1, 2"]
        );
        assert_eq!(rules("(buf.validate.field).required", "false"), [] as [&str; 0]);
        assert_eq!(rules("(validate.required)", "true"), ["required"]);
        assert_eq!(
            rules(
                "(buf.validate.message).cel",
                "{ id: \"a\", message: \"must end\", expression: \"x > 1\" }"
            ),
            ["must end (x > 1)"]
        );
        assert_eq!(rules("(validate.rules).duration.gt.seconds", "0"), ["gt: seconds = 0"]);
    }

    #[test]
    fn behaviours_are_words() {
        let option = ("(google.api.field_behavior)".to_owned(), "OUTPUT_ONLY".to_owned());
        assert_eq!(behaviours(&[option]), (vec!["output only".to_owned()], vec![]));
    }
}
