//! Values of options in the text format: `{ get: "/v1/x" additional_bindings { put: "/v1/y" } }`
//! (protobuf text format language specification).

/// How deep messages and lists may be nested; deeper ones are not read.
const DEEPEST: usize = 24;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, a name, or a string without its quotes.
    Scalar(String),
    /// A message: its fields in order, by name.
    Message(Vec<(String, Value)>),
    /// A list.
    List(Vec<Value>),
}

/// Reads a value; `None` when it is none.
pub fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = reader.value()?;
    reader.skip();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn value(&mut self) -> Option<Value> {
        self.skip();
        match self.rest.chars().next()? {
            '{' => self.nested(|reader| reader.message('}')),
            '<' => self.nested(|reader| reader.message('>')),
            '[' => self.nested(Self::list),
            '"' | '\'' => self.strings().map(Value::Scalar),
            _ => self.word().map(|word| Value::Scalar(word.to_owned())),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        self.rest = &self.rest[1..];
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn message(&mut self, end: char) -> Option<Value> {
        let mut fields = Vec::new();
        loop {
            self.skip();
            if self.take(end) {
                return Some(Value::Message(fields));
            }
            let name = if self.take('[') {
                let (name, rest) = self.rest.split_once(']')?;
                self.rest = rest;
                format!("({})", name.trim())
            } else {
                self.word()?.to_owned()
            };
            self.skip();
            self.take(':');
            fields.push((name, self.value()?));
            self.skip();
            let _ = self.take(',') || self.take(';');
        }
    }

    fn list(&mut self) -> Option<Value> {
        let mut values = Vec::new();
        loop {
            self.skip();
            if self.take(']') {
                return Some(Value::List(values));
            }
            values.push(self.value()?);
            self.skip();
            self.take(',');
        }
    }

    /// Strings that follow each other are one.
    fn strings(&mut self) -> Option<String> {
        let mut all = String::new();
        while let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let length = super::header::string_length(self.rest, quote);
            let (string, rest) = self.rest.split_at(length);
            all.push_str(string.get(1..)?.strip_suffix(quote)?);
            self.rest = rest;
            self.skip();
        }
        Some(all)
    }

    fn word(&mut self) -> Option<&'t str> {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '/');
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }

    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// White space and comments: `#` in the text format, and those of schemas.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let end = if self.rest.starts_with('#') || self.rest.starts_with("//") {
                self.rest.find('\n').unwrap_or(self.rest.len())
            } else if self.rest.starts_with("/*") {
                self.rest.find("*/").map_or(self.rest.len(), |at| at + 2)
            } else {
                return;
            };
            self.rest = &self.rest[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lists_and_strings_are_read() {
        let text = "{ get: \"/v1/\" 'x' # why\n  additional_bindings { put: \"a\", body: \"*\" } n: [1, -2.5]; [a.b]: <> }";
        let scalar = |text: &str| Value::Scalar(text.to_owned());
        let wanted = Value::Message(vec![
            ("get".into(), scalar("/v1/x")),
            (
                "additional_bindings".into(),
                Value::Message(vec![("put".into(), scalar("a")), ("body".into(), scalar("*"))]),
            ),
            ("n".into(), Value::List(vec![scalar("1"), scalar("-2.5")])),
            ("(a.b)".into(), Value::Message(vec![])),
        ]);
        assert_eq!(parse(text), Some(wanted));
    }

    #[test]
    fn what_is_no_value_is_none() {
        for text in ["", "{", "{ a: ", "\"x", "{ é }", "[1", &"[".repeat(90)] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
