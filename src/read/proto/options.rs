//! Options, which the parser leaves uninterpreted.

use prost_types::UninterpretedOption;

use super::places::Places;

/// Number of the field `uninterpreted_option` in every options message.
const UNINTERPRETED: i32 = 999;

/// Name and value of each option as written; `path` leads to the options of the part.
pub(super) fn written(
    set: &[UninterpretedOption],
    path: &[i32],
    places: &Places,
) -> Vec<(String, String)> {
    let value = |index: i32| {
        let text = places.written(&[path, &[UNINTERPRETED, index]].concat())?;
        Some(tidy(text.split_once('=')?.1))
    };
    set.iter()
        .zip(0..)
        .map(|(option, index)| (name(option), value(index).unwrap_or_default()))
        .collect()
}

/// Whether `deprecated = true` is among them.
pub(super) fn deprecated(set: &[UninterpretedOption]) -> bool {
    set.iter().any(|option| {
        name(option) == "deprecated" && option.identifier_value.as_deref() == Some("true")
    })
}

/// A value without the end of its statement.
pub(super) fn tidy(value: &str) -> String {
    value.trim().trim_end_matches(';').trim_end().replace("\r\n", "\n")
}

fn name(option: &UninterpretedOption) -> String {
    let parts = option.name.iter().map(|part| match part.is_extension {
        true => format!("({})", part.name_part),
        false => part.name_part.clone(),
    });
    parts.collect::<Vec<_>>().join(".")
}
