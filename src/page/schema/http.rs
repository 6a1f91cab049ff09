//! How methods are called over HTTP: the option `google.api.http` (`google/api/http.proto`).

use crate::{
    page::model::HttpRow,
    read::proto::aggregate::{self, Value},
};

const NAME: &str = "(google.api.http)";

/// The HTTP bindings among options, and the other options. A value that cannot be read stays an
/// option, shown as written.
pub(super) fn split(options: &[(String, String)]) -> (Vec<HttpRow>, Vec<(String, String)>) {
    let mut rows = Vec::new();
    let mut rest = Vec::new();
    // `option (google.api.http).get = …` gives one rule piece by piece.
    let mut pieces = Vec::new();
    for (name, text) in options {
        let inside = name.trim_start_matches("(.").trim_start_matches('(');
        let inside = inside.strip_prefix(NAME.trim_start_matches('('));
        match (inside, aggregate::parse(text)) {
            (Some(""), Some(Value::Message(fields))) => bindings(&fields, &mut rows),
            (Some(field), Some(value)) if field.starts_with('.') => {
                pieces.push((field[1..].to_owned(), value));
            }
            _ => rest.push((name.clone(), text.clone())),
        }
    }
    bindings(&pieces, &mut rows);
    (rows, rest)
}

/// The rule itself, then the additional ones, which the format nests no deeper.
fn bindings(fields: &[(String, Value)], rows: &mut Vec<HttpRow>) {
    rows.extend(rule(fields));
    for (name, value) in fields {
        if name != "additional_bindings" {
            continue;
        }
        let many = match value {
            Value::List(values) => &values[..],
            one => std::slice::from_ref(one),
        };
        for value in many {
            if let Value::Message(fields) = value {
                rows.extend(rule(fields));
            }
        }
    }
}

fn rule(fields: &[(String, Value)]) -> Option<HttpRow> {
    let text = |wanted: &str| {
        fields.iter().find_map(|(name, value)| match value {
            Value::Scalar(text) if name == wanted => Some(text.clone()),
            _ => None,
        })
    };
    let plain = ["get", "put", "post", "delete", "patch"];
    let found = plain.iter().find_map(|verb| Some((verb.to_uppercase(), text(verb)?)));
    let (verb, path) = found.or_else(|| {
        let custom = fields.iter().find(|(name, _)| name == "custom")?;
        let Value::Message(fields) = &custom.1 else { return None };
        let part = |wanted: &str| {
            fields.iter().find_map(|(name, value)| match value {
                Value::Scalar(text) if name == wanted => Some(text.clone()),
                _ => None,
            })
        };
        Some((part("kind")?, part("path")?))
    })?;
    Some(HttpRow {
        verb,
        path,
        body: text("body").unwrap_or_default(),
        response: text("response_body").unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(options: &[(&str, &str)]) -> (Vec<String>, usize) {
        let options: Vec<_> =
            options.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let (rows, rest) = split(&options);
        let row = |r: &HttpRow| format!("{} {} {} {}", r.verb, r.path, r.body, r.response);
        (rows.iter().map(row).collect(), rest.len())
    }

    #[test]
    fn bindings_are_read_in_every_spelling() {
        let value = "{ post: \"/v1/{p=a/*}:do\" body: \"*\" additional_bindings { get: \"/v1/b\" response_body: \"r\" } \
                     additional_bindings: [{ custom: { kind: \"HEAD\" path: \"/c\" } }] }";
        let wanted = ["POST /v1/{p=a/*}:do * ", "GET /v1/b  r", "HEAD /c  "].map(str::to_owned);
        assert_eq!(shown(&[("(google.api.http)", value)]), (wanted.to_vec(), 0));
        let pieces = [("(google.api.http).put", "\"/x\""), ("(.google.api.http).body", "\"y\"")];
        assert_eq!(shown(&pieces), (vec!["PUT /x y ".to_owned()], 0));
    }

    #[test]
    fn what_cannot_be_read_stays_an_option() {
        assert_eq!(shown(&[("(google.api.http)", "{ get: "), ("(o)", "1")]), (vec![], 2));
    }
}
