//! Values of an enum, by number: an alias gives one number several names.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Reserved, SymbolStanding, at,
    rules::{self, Breach},
};
use crate::model::schema::EnumValue;

type Names<'a> = BTreeMap<i32, BTreeSet<&'a str>>;

pub(super) fn compare(
    (name, now): (&str, &SymbolStanding),
    (old, new): (&[EnumValue], &[EnumValue]),
    reserved: &Reserved,
    breach: &mut Breach,
) {
    let (before, after) = (by_number(old), by_number(new));
    for (number, names) in &before {
        let words = names.iter().copied().collect::<Vec<_>>().join(", ");
        let subject = format!("{name}.{words}");
        match after.get(number) {
            None => {
                let mut broken = vec![&rules::ENUM_VALUE_NO_DELETE];
                if !reserved.has_number(*number) {
                    broken.push(&rules::ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED);
                }
                if !names.iter().all(|name| reserved.has_name(name)) {
                    broken.push(&rules::ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED);
                }
                let what = format!("the value {number} was removed");
                breach.add(&broken, &now.place, subject, what);
            }
            Some(kept) if !names.is_subset(kept) => {
                let kept = kept.iter().copied().collect::<Vec<_>>().join(", ");
                let what = format!("the value {number} is now called {kept}");
                breach.add(
                    &[&rules::ENUM_VALUE_SAME_NAME],
                    &place(now, new, *number),
                    subject,
                    what,
                );
            }
            Some(_) => {}
        }
    }
    for (number, names) in after.iter().filter(|(number, _)| !before.contains_key(number)) {
        let words = names.iter().copied().collect::<Vec<_>>().join(", ");
        let what = format!("the value {number} was added");
        breach.add(&[], &place(now, new, *number), format!("{name}.{words}"), what);
    }
}

fn by_number(values: &[EnumValue]) -> Names<'_> {
    let mut names = Names::new();
    for value in values {
        names.entry(value.number).or_default().insert(&value.name);
    }
    names
}

fn place(now: &SymbolStanding, values: &[EnumValue], number: i32) -> super::Place {
    let line = values.iter().find(|value| value.number == number).map(|value| value.line);
    at(now, line.unwrap_or(now.place.line))
}
