//! `[content]` and `[limits]`: how texts are treated.

use toml::de::DeValue;

use super::{Problems, Value};
use crate::model::{
    limits::{self, Limit, Limits},
    treatment::{Content, RawHtml},
};

const CONTENT_KEYS: &[&str] = &["raw_html"];

impl Problems {
    /// Reads `[content]`.
    pub(super) fn content(&mut self, value: &Value<'_>) -> Content {
        let mut content = Content::default();
        let DeValue::Table(table) = value.get_ref() else {
            self.mistyped("content", "a table of `raw_html`", value);
            return content;
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                "raw_html" => content.raw_html = self.raw_html(value),
                _ => self.unknown("setting of content", name, key.span(), CONTENT_KEYS),
            }
        }
        content
    }

    fn raw_html(&mut self, value: &Value<'_>) -> RawHtml {
        let Some(name) = self.text("raw_html", value) else { return RawHtml::default() };
        let found = RawHtml::ALL.into_iter().find(|treatment| treatment.name() == name);
        if found.is_none() && name == "allow" {
            let message =
                "raw HTML is never let through as it is: nothing that content asks for runs";
            let help = "write `sanitize` to keep what code hosts permit, or `escape` to show the \
                        characters; what pages need beyond that belongs in a theme";
            self.add(value.span(), message, Some(help.to_owned()));
        } else if found.is_none() {
            let known = RawHtml::ALL.map(RawHtml::name);
            self.unknown("treatment of raw HTML", &name, value.span(), &known);
        }
        found.unwrap_or_default()
    }

    /// Reads `[limits]` over what holds without it.
    pub(super) fn limits(&mut self, value: &Value<'_>, limits: &mut Limits) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.mistyped("limits", "a table of whole numbers", value);
        };
        for (key, value) in table {
            let name: &str = key.get_ref();
            match limits::ALL.iter().find(|limit| limit.key == name) {
                Some(limit) => self.limit(limit, value, limits),
                None => {
                    let known = limits::ALL.map(|limit| limit.key);
                    self.unknown("limit", name, key.span(), &known);
                }
            }
        }
    }

    fn limit(&mut self, limit: &Limit, value: &Value<'_>, limits: &mut Limits) {
        let Limit { key, most, unit, place } = limit;
        let whole = value.get_ref().as_integer();
        let plain = |n: &toml::de::DeInteger<'_>| {
            u32::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok()
        };
        match whole.and_then(plain).filter(|number| (1..=*most).contains(number)) {
            Some(number) => *place(limits) = number,
            None => {
                let message = format!("`{key}` must be a whole number of {unit} from 1 to {most}");
                let usual = *place(&mut Limits::default());
                self.add(value.span(), message, Some(format!("without the key it is {usual}")));
            }
        }
    }
}
