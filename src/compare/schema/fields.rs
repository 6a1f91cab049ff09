//! Fields of a message, by number: the number is what a field is on the wire.

use std::collections::BTreeMap;

use super::{
    FieldStanding, Reserved, SymbolStanding, at,
    rules::{self, Breach, Rule},
    types,
};
use crate::model::schema::Field;

pub(super) fn compare(
    (name, now): (&str, &SymbolStanding),
    (before, after): (&BTreeMap<i32, FieldStanding>, &BTreeMap<i32, FieldStanding>),
    reserved: &Reserved,
    breach: &mut Breach,
) {
    for (number, old) in before {
        match after.get(number) {
            Some(new) => {
                let context = Context { name, now, number: *number, old, new };
                context.compare(breach);
            }
            None => removed((name, now), (*number, old), (after, reserved), breach),
        }
    }
    for (number, new) in after.iter().filter(|(number, _)| !before.contains_key(number)) {
        let rules: &[&Rule] = match new.label {
            "required" => &[&rules::MESSAGE_SAME_REQUIRED_FIELDS],
            _ => &[],
        };
        let what = match new.label {
            "required" => format!("field {number} was added as required"),
            _ => format!("field {number} was added"),
        };
        breach.add(rules, &at(now, new.field.line), format!("{name}.{}", new.field.name), what);
    }
}

fn removed(
    (name, now): (&str, &SymbolStanding),
    (number, old): (i32, &FieldStanding),
    (after, reserved): (&BTreeMap<i32, FieldStanding>, &Reserved),
    breach: &mut Breach,
) {
    let mut broken = vec![&rules::FIELD_NO_DELETE];
    if !reserved.has_number(number) {
        broken.push(&rules::FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED);
    }
    if !reserved.has_name(&old.field.name) {
        broken.push(&rules::FIELD_NO_DELETE_UNLESS_NAME_RESERVED);
    }
    if old.label == "required" {
        broken.push(&rules::MESSAGE_SAME_REQUIRED_FIELDS);
    }
    let elsewhere = after.iter().find(|(_, field)| field.field.name == old.field.name);
    let what = match elsewhere {
        Some((other, _)) => format!("field {number} was removed; the name has number {other} now"),
        None => format!("field {number} was removed"),
    };
    breach.add(&broken, &now.place, format!("{name}.{}", old.field.name), what);
}

/// One field, before and after.
struct Context<'a> {
    name: &'a str,
    now: &'a SymbolStanding,
    number: i32,
    old: &'a FieldStanding,
    new: &'a FieldStanding,
}

impl Context<'_> {
    fn compare(&self, breach: &mut Breach) {
        let (old, new) = (self.old, self.new);
        let (was, is) = (&old.field, &new.field);
        let mut same_type = vec![&rules::FIELD_SAME_TYPE];
        if !types::wire_json(&old.ty, &new.ty) {
            same_type.push(&rules::FIELD_WIRE_JSON_COMPATIBLE_TYPE);
        }
        if !types::wire(&old.ty, &new.ty) {
            same_type.push(&rules::FIELD_WIRE_COMPATIBLE_TYPE);
        }
        let renamed = was.name != is.name;
        let retyped = old.ty != new.ty;
        if renamed && retyped {
            // Another name and another type: the number serves another field.
            let what = format!(
                "number {} was reused: `{} {}` before, now `{} {}`",
                self.number, old.ty, was.name, new.ty, is.name
            );
            let mut broken = vec![&rules::FIELD_SAME_NAME];
            broken.extend(same_type);
            self.add(&broken, what, breach);
        } else if renamed {
            let what = format!("field {} is now called `{}`", self.number, is.name);
            self.add(&[&rules::FIELD_SAME_NAME], what, breach);
        } else if retyped {
            let what = format!("the type was `{}`, now `{}`", old.ty, new.ty);
            self.add(&same_type, what, breach);
        }
        self.label(breach);
        if was.oneof != is.oneof {
            let place = |oneof: &Option<String>| match oneof {
                Some(name) => format!("in the oneof `{name}`"),
                None => "in no oneof".to_owned(),
            };
            let what = format!("it was {}, now {}", place(&was.oneof), place(&is.oneof));
            self.add(&[&rules::FIELD_SAME_ONEOF], what, breach);
        }
        let (was_json, is_json) = (json_name(was), json_name(is));
        // A new name says it already, and weighs as much.
        if !renamed && was_json != is_json {
            let what = format!("the JSON name was `{was_json}`, now `{is_json}`");
            self.add(&[&rules::FIELD_SAME_JSON_NAME], what, breach);
        }
        if was.default != is.default {
            let value = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
            let what =
                format!("the default was `{}`, now `{}`", value(&was.default), value(&is.default));
            self.add(&[&rules::FIELD_SAME_DEFAULT], what, breach);
        }
        let jstype = |field: &FieldStanding| {
            let mut all = field.field.options.iter();
            all.find(|(name, _)| name == "jstype").map(|(_, value)| value.clone())
        };
        if jstype(old) != jstype(new) {
            self.add(&[&rules::FIELD_SAME_JSTYPE], "the option jstype changed".into(), breach);
        }
    }

    fn label(&self, breach: &mut Breach) {
        let (old, new) = (self.old, self.new);
        if old.label == new.label {
            return;
        }
        let mut broken = vec![&rules::FIELD_SAME_CARDINALITY];
        if !types::wire_json_label(old, new) {
            broken.push(&rules::FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY);
        }
        if !types::wire_label(old, new) {
            broken.push(&rules::FIELD_WIRE_COMPATIBLE_CARDINALITY);
        }
        if (old.label == "required") != (new.label == "required") {
            broken.push(&rules::MESSAGE_SAME_REQUIRED_FIELDS);
        }
        let what = format!("the label was `{}`, now `{}`", old.label, new.label);
        self.add(&broken, what, breach);
    }

    fn add(&self, rules: &[&'static Rule], what: String, breach: &mut Breach) {
        let place = at(self.now, self.new.field.line);
        breach.add(rules, &place, format!("{}.{}", self.name, self.old.field.name), what);
    }
}

/// The name in JSON: the one given, else the name in lowerCamelCase (protobuf.dev, "ProtoJSON").
fn json_name(field: &Field) -> String {
    if let Some(given) = &field.json_name {
        return given.clone();
    }
    let mut name = String::with_capacity(field.name.len());
    let mut raise = false;
    for letter in field.name.chars() {
        match letter {
            '_' => raise = true,
            letter if raise => {
                name.push(letter.to_ascii_uppercase());
                raise = false;
            }
            letter => name.push(letter),
        }
    }
    name
}
