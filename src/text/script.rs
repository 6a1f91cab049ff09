//! Data for the browser as scripts: pages that are opened from a folder may load nothing else.

/// A script that calls `function` with `arguments`, which are JSON between commas.
pub fn call(function: &str, arguments: &str) -> String {
    // Ends of lines in JSON and, until 2019, in a script.
    let arguments = arguments.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("{function}({arguments})\n")
}
