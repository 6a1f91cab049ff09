//! Schema files and whole symbols: what was removed, moved or added.

use super::{
    FileStanding, Place, Schemas, ShapeStanding, SymbolStanding,
    rules::{self, Breach, Rule},
};

/// Options of a file that decide the names of generated code, with their rules.
const OPTIONS: [(&str, &Rule); 9] = [
    ("csharp_namespace", &rules::FILE_SAME_CSHARP_NAMESPACE),
    ("go_package", &rules::FILE_SAME_GO_PACKAGE),
    ("java_multiple_files", &rules::FILE_SAME_JAVA_MULTIPLE_FILES),
    ("java_outer_classname", &rules::FILE_SAME_JAVA_OUTER_CLASSNAME),
    ("java_package", &rules::FILE_SAME_JAVA_PACKAGE),
    ("objc_class_prefix", &rules::FILE_SAME_OBJC_CLASS_PREFIX),
    ("php_namespace", &rules::FILE_SAME_PHP_NAMESPACE),
    ("ruby_package", &rules::FILE_SAME_RUBY_PACKAGE),
    ("swift_prefix", &rules::FILE_SAME_SWIFT_PREFIX),
];

/// Compares the files themselves.
pub(super) fn compare(before: &Schemas, after: &Schemas, breach: &mut Breach) {
    for (path, old) in &before.files {
        match after.files.get(path) {
            None => breach.add(
                &[&rules::FILE_NO_DELETE],
                &without_page(&old.place),
                path.as_str(),
                "the file was removed",
            ),
            // A file that does not parse has a page of diagnostics instead.
            Some(now) if old.is_read && now.is_read => head((path, old), now, breach),
            Some(_) => {}
        }
    }
}

fn head((path, old): (&str, &FileStanding), now: &FileStanding, breach: &mut Breach) {
    let quoted = |text: &str| match text {
        "" => "none".to_owned(),
        text => format!("`{text}`"),
    };
    if old.package != now.package {
        let what =
            format!("the package was {}, now {}", quoted(&old.package), quoted(&now.package));
        breach.add(&[&rules::FILE_SAME_PACKAGE], &now.place, path, what);
    }
    if old.syntax != now.syntax {
        let what = format!("the syntax was {}, now {}", quoted(&old.syntax), quoted(&now.syntax));
        breach.add(&[&rules::FILE_SAME_SYNTAX], &now.place, path, what);
    }
    for (name, rule) in OPTIONS {
        let value = |file: &FileStanding| file.options.get(name).cloned().unwrap_or_default();
        let (was, is) = (value(old), value(now));
        if was != is {
            let what = format!("the option {name} was {}, now {}", quoted(&was), quoted(&is));
            breach.add(&[rule], &now.place, path, what);
        }
    }
}

/// A symbol that no file declares any more; one inside of another goes with it.
pub(super) fn removed(
    name: &str,
    old: &SymbolStanding,
    (before, after): (&Schemas, &Schemas),
    breach: &mut Breach,
) {
    let gone =
        |outer: &String| before.symbols.contains_key(outer) && !after.symbols.contains_key(outer);
    if old.outer.as_ref().is_some_and(gone) {
        return;
    }
    let what = format!("the {} was removed", word(&old.shape));
    breach.add(&no_delete(&old.shape), &without_page(&old.place), name, what);
}

/// The place of something that is gone: the head has no page of it.
fn without_page(place: &Place) -> Place {
    Place { url: None, ..place.clone() }
}

/// What is new, each with what it holds as one entry.
pub(super) fn added(before: &Schemas, after: &Schemas, breach: &mut Breach) {
    let is_new_file = |path: &str| !before.files.contains_key(path);
    for (path, now) in after.files.iter().filter(|(path, _)| is_new_file(path)) {
        let here = |symbol: &&SymbolStanding| symbol.place.path == now.place.path;
        let what = match after.symbols.values().filter(here).count() {
            0 => "the file was added".to_owned(),
            1 => "the file was added with 1 symbol".to_owned(),
            n => format!("the file was added with {n} symbols"),
        };
        breach.add(&[], &now.place, path.as_str(), what);
    }
    for (name, now) in &after.symbols {
        let is_new = |name: &String| !before.symbols.contains_key(name);
        let path = now.place.path.as_str();
        // What a file declared that could not be read before may have been there.
        let unread = before.files.get(path).is_some_and(|file| !file.is_read);
        let is_told = is_new_file(path) || now.outer.as_ref().is_some_and(is_new);
        if is_new(name) && !unread && !is_told {
            let what = format!("the {} was added", word(&now.shape));
            breach.add(&[], &now.place, name.as_str(), what);
        }
    }
}

/// The rules that a removal breaks: in its file, and in its package.
pub(super) fn no_delete(shape: &ShapeStanding) -> [&'static Rule; 2] {
    match shape {
        ShapeStanding::Message { .. } => {
            [&rules::MESSAGE_NO_DELETE, &rules::PACKAGE_MESSAGE_NO_DELETE]
        }
        ShapeStanding::Enum { .. } => [&rules::ENUM_NO_DELETE, &rules::PACKAGE_ENUM_NO_DELETE],
        ShapeStanding::Service { .. } => {
            [&rules::SERVICE_NO_DELETE, &rules::PACKAGE_SERVICE_NO_DELETE]
        }
        ShapeStanding::Extension => {
            [&rules::EXTENSION_NO_DELETE, &rules::PACKAGE_EXTENSION_NO_DELETE]
        }
    }
}

pub(super) fn word(shape: &ShapeStanding) -> &'static str {
    match shape {
        ShapeStanding::Message { .. } => "message",
        ShapeStanding::Enum { .. } => "enum",
        ShapeStanding::Service { .. } => "service",
        ShapeStanding::Extension => "extension",
    }
}
