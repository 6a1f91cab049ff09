//! Reads `lacuna.toml`, and points at what is wrong in it.

#![expect(clippy::disallowed_methods, reason = "the configuration is read before there is a world")]

mod advice;
mod keys;

use std::{
    fmt, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use toml::de::DeTable;

pub use keys::check_base_url;

use super::serve;

use crate::{
    diag::{
        Severity,
        human::{Color, Sheet},
    },
    model::config::{Config, FILE_NAME},
    serve::problems::Told,
    text::{LineIndex, Span},
};

/// A configuration and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The settings; the defaults where the file says nothing.
    pub config: Config,
    /// The file that was read, if there is one.
    pub file: Option<PathBuf>,
}

/// A configuration that cannot be used, with everything that is wrong in it.
#[derive(Clone, Debug)]
pub struct ConfigError {
    path: String,
    text: Option<String>,
    problems: Vec<Problem>,
}

impl ConfigError {
    /// Every problem as a person reads it, in the order of the file.
    pub fn render(&self, color: Color) -> String {
        let sheet = |problem: &Problem| {
            let sheet = Sheet {
                severity: Severity::Error,
                code: None,
                message: &problem.message,
                path: &self.path,
                text: self.text.as_deref(),
                span: problem.span,
                help: problem.help.as_deref(),
            };
            sheet.render(color)
        };
        self.problems.iter().map(sheet).collect::<Vec<_>>().join("\n")
    }
}

impl ConfigError {
    /// Every problem for the overlay in the browser, which names files from the root on.
    pub(super) fn told(&self, root: &Path) -> Vec<Told> {
        let path = Path::new(&self.path).strip_prefix(root);
        let path = path.map_or_else(|_| self.path.clone(), display);
        let told = |problem: &Problem| {
            let place = problem.span.zip(self.text.as_deref());
            let (line, column) = place
                .map_or((0, 0), |(span, text)| LineIndex::new(text).position(span.start, text));
            let problems = vec![problem.clone()];
            let one = Self { path: path.clone(), text: self.text.clone(), problems };
            Told {
                path: path.clone(),
                line,
                column,
                help: problem.help.clone().unwrap_or_default(),
                ..serve::of_configuration(problem.message.clone(), one.render(Color::Never))
            }
        };
        self.problems.iter().map(told).collect()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Color::Never))
    }
}

impl std::error::Error for ConfigError {}

/// One thing that is wrong in the file.
#[derive(Clone, Debug)]
struct Problem {
    message: String,
    span: Option<Span>,
    help: Option<String>,
}

/// Loads `explicit`, which must exist, or else `lacuna.toml` in `root`, which need not.
///
/// Themes are looked for in `root`, wherever the file is.
pub fn load(root: &Path, explicit: Option<&Path>) -> Result<Loaded, ConfigError> {
    let path = explicit.map_or_else(|| root.join(FILE_NAME), Path::to_owned);
    let unusable = |message: String| ConfigError {
        path: display(&path),
        text: None,
        problems: vec![Problem { message, span: None, help: None }],
    };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if explicit.is_none() && error.kind() == ErrorKind::NotFound => {
            return Ok(Loaded { config: Config::default(), file: None });
        }
        Err(error) => return Err(unusable(format!("cannot read the configuration: {error}"))),
    };
    let text = String::from_utf8(bytes)
        .map_err(|_| unusable("the configuration is not valid UTF-8".to_owned()))?;
    match parse(root, &text) {
        Ok(mut config) => {
            place_waivers(&mut config, &text, explicit);
            Ok(Loaded { config, file: Some(path) })
        }
        Err(problems) => Err(ConfigError { path: display(&path), text: Some(text), problems }),
    }
}

/// Reads the text of a `lacuna.toml` that lies in `root`.
///
/// # Errors
/// Everything that is wrong in it.
pub fn read(root: &Path, text: &str) -> Result<Config, ConfigError> {
    let problem = |problems| ConfigError {
        path: FILE_NAME.to_owned(),
        text: Some(text.to_owned()),
        problems,
    };
    let mut config = parse(root, text).map_err(problem)?;
    place_waivers(&mut config, text, None);
    Ok(config)
}

/// Gives waivers their lines. The places of waivers and rules in a file other than the project's own are not kept, for
/// diagnostics show the lines of that one.
fn place_waivers(config: &mut Config, text: &str, explicit: Option<&Path>) {
    let index = LineIndex::new(text);
    for waiver in &mut config.waiver {
        waiver.line = waiver.span.map_or(1, |span| index.line(span.start));
        waiver.span = waiver.span.filter(|_| explicit.is_none());
    }
    if explicit.is_some() {
        config.gate.rules.iter_mut().for_each(|rule| rule.span = None);
    }
}

/// The path as a person would type it: `lacuna.toml`, not `./lacuna.toml`.
pub(super) fn display(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

fn parse(root: &Path, text: &str) -> Result<Config, Vec<Problem>> {
    match DeTable::parse(text) {
        Ok(table) => keys::read(root, table.get_ref()),
        Err(error) => Err(vec![Problem {
            message: error.message().to_owned(),
            span: error.span().map(Span::from),
            help: None,
        }]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(root.path().join("themes/paper")).expect("writable");
        root
    }

    fn fails(text: &str) -> String {
        let root = root();
        fs::write(root.path().join(FILE_NAME), text).expect("writable");
        let error = load(root.path(), None).expect_err(text).to_string();
        error.replace(&format!("{}/", root.path().display()), "")
    }

    #[test]
    fn absent_is_default_unless_asked_for() {
        let root = root();
        let loaded = load(root.path(), None).expect("an absent file is fine");
        assert_eq!(loaded, Loaded { config: Config::default(), file: None });
        let error = load(root.path(), Some(Path::new("./none.toml"))).expect_err("asked for");
        assert!(error.to_string().contains("--> none.toml\n"), "{error}");
    }

    #[test]
    fn reads_every_key() {
        let root = root();
        let text = "title = 'T'\nbase_url = 'https://x.org/a/'\ntheme = 'paper'\n\
            repository = 'https://github.com/o/n'\nbranch = 'main'\ndrafts = true\n\
            history = true\ntwins = false\ntables = false\ncompress = ['gzip', 'brotli']\n\
            sources = ['docs', '.']\nexclude = ['**/*.bak']\n\
            [[collection]]\nkind = 'research'\npath = 'notes/*'\n\
            [substance]\nwords = 80\nallow = ['todo']\n\
            [diagnostics]\nbroken-link = 'off'\n\
            [[diagnostics.folder]]\npath = 'docs/old'\nempty-file = 'error'\n\
            [external]\nskip = ['https://x.org/**']\nallow = ['::1', 'wiki']\n\
            [content]\nraw_html = 'escape'\n[limits]\nfiles = 7\ntext_bytes = 1_000\n\
            [weights]\nP0 = 0x10\nnone = 0\n\
            [vocabulary]\ngap = ['chasm']\n[vocabulary.label]\nimpact = ['so what']\n";
        fs::write(root.path().join(FILE_NAME), text).expect("writable");
        let loaded = load(root.path(), None).expect("valid");
        let by_serde: Config = toml::from_str(text).expect("the model reads the same text");
        assert_eq!(loaded.config, by_serde);
        assert!(loaded.file.is_some());
    }

    #[test]
    fn waivers_know_their_lines() {
        let root = root();
        let text = "title = 'T'\n[[waiver]]\ngap = 'A-1'\nuntil = 2026-12-01\n";
        fs::write(root.path().join(FILE_NAME), text).expect("writable");
        let waiver = &load(root.path(), None).expect("valid").config.waiver[0];
        assert_eq!((waiver.gap.as_str(), waiver.line), ("A-1", 3));
        assert_eq!((waiver.until.as_deref(), waiver.reason.as_deref()), (Some("2026-12-01"), None));
        assert_eq!(waiver.span.map(|span| &text[span.start..span.end]), Some("'A-1'"));
    }

    #[test]
    fn points_at_the_place_and_guesses_the_name() {
        let expected = "error: `titel` is no setting
 --> lacuna.toml:2:1
  |
2 | titel = 'x'
  | ^^^^^
  |
  = help: did you mean `title`?
";
        assert_eq!(fails("# one\ntitel = 'x'\n"), expected);
        for (text, place, help) in [
            ("[[collection]]\nkin = 'gap'\npath = 'x'", ":2:1", "did you mean `kind`?"),
            ("[[collection]]\nkind = 'desicion'\npath = 'x'", ":2:8", "did you mean `decision`?"),
            ("[diagnostics]\nbroken-lnk = 'off'", ":2:1", "did you mean `broken-link`?"),
            ("[diagnostics]\nbroken-link = 'wraning'", ":2:15", "did you mean `warning`?"),
            ("theme = 'papper'", ":1:9", "did you mean `paper`?"),
            ("[vocabulary]\ngaap = ['x']", ":2:1", "did you mean `gap`?"),
            ("[vocabulary.label]\nimpakt = ['x']", ":2:1", "did you mean `label.impact`?"),
            ("[substance]\nallow = ['lorm']", ":2:10", "did you mean `lorem`?"),
            ("[gate]\ncovrage = 60", ":2:1", "did you mean `coverage`?"),
            ("[gate.priority]\nP7 = 60", ":2:1", "did you mean `P"),
            ("[[diagnostics.folder]]\npath = 'a'\nbroken-lnk = 'off'", ":3:1", "broken-link"),
            ("[diagnostics]\ngate-failed = 'off'", ":2:1", "--informational"),
            ("[[waiver]]\ngap = 'A-1'\nowners = 'x'", ":3:1", "did you mean `owner`?"),
            ("compress = ['gzip', 'brotly']", ":1:21", "did you mean `brotli`?"),
            ("zzzzzz = 1", ":1:1", "the settings are `title`, `base_url`"),
        ] {
            let error = fails(text);
            assert!(error.contains(&format!("lacuna.toml{place}\n")), "{error}");
            assert!(error.contains(help), "{error}");
        }
    }

    #[test]
    fn refuses_what_cannot_work() {
        for (text, message, place) in [
            ("title = 3", "`title` must be text", ":1:9"),
            ("sources = ['a', 1]", "`sources` must be a list of texts", ":1:17"),
            ("sources = ['../a']", "inside the project", ":1:12"),
            ("exclude = ['a[']", "glob", ":1:12"),
            ("base_url = 'ftp://x'", "must begin with `https://` or `http://`", ":1:12"),
            ("repository = 'https://x'", "must name a host and a repository", ":1:14"),
            ("twins = 'no'", "must be `true` or `false`", ":1:9"),
            ("compress = true", "must be a list of `gzip` and `brotli`", ":1:12"),
            ("drafts = 1", "must be `true` or `false`", ":1:10"),
            ("theme = '../x'", "name of a folder in `themes/`", ":1:9"),
            ("collection = 'x'", "must be a list of tables", ":1:14"),
            ("[collection]\nkind = 'gap'\npath = 'x'", "must be a list of tables", ":1:1"),
            ("[[collection]]\nkind = 'gap'", "`path` is missing", ":1:1"),
            ("[[collection]]\nkind = 'gap'\npath = '{'", "glob", ":3:8"),
            ("diagnostics = []", "must be a table", ":1:15"),
            ("[substance]\nwords = 0", "whole number from 1", ":2:9"),
            ("[[waiver]]\nreason = 'x'", "`gap` is missing", ":1:1"),
            ("weights = 3", "must be a table", ":1:11"),
            ("[external]\nallow = ['http://x']", "no name of a host", ":2:10"),
            ("[external]\nskip = ['a[']", "glob", ":2:9"),
            ("gate = 3", "must be a table", ":1:8"),
            ("[gate]\nallow_empty = true", "the gate has no rule", ":1:1"),
            ("[gate]\ncoverage = 101", "a whole number from 0 to 100", ":2:12"),
            ("[gate.dimension]\nx = 6.5", "a whole number from 0 to 100", ":2:5"),
            ("[gate]\nmax_drift = -1", "a whole number of gaps", ":2:13"),
            ("[gate]\nexpired_waivers = 'x'", "`x` is no value", ":2:19"),
            ("[gate]\nno_regression = 1", "must be `true` or `false`", ":2:17"),
            ("[[diagnostics.folder]]\nempty-file = 'off'", "`path` is missing", ":1:1"),
            ("[[diagnostics.folder]]\npath = '../a'", "inside the project", ":2:8"),
            ("[diagnostics]\nfolder = 'x'", "must be a list of tables", ":2:10"),
            ("[weights]\nP0 = 2.5", "must be a whole number from 0 to 1000", ":2:6"),
            ("[weights]\nnone = 1001", "must be a whole number", ":2:8"),
            ("[weights]\nP9 = 1", "`P9` is no priority", ":2:1"),
            ("vocabulary = 3", "must be a table", ":1:14"),
            ("[vocabulary]\ngap = 'x'", "must be a list of texts", ":2:7"),
            ("[vocabulary]\ngap = ['']", "must have a word", ":2:8"),
            ("title = ", "", ":1:"),
            ("title = 'a'\ntitle = 'b'", "", ":2:"),
        ] {
            let error = fails(text);
            assert!(error.contains(message), "{text}: {error}");
            assert!(error.contains(&format!("lacuna.toml{place}")), "{text}: {error}");
        }
    }

    #[test]
    fn tells_of_every_problem_in_the_order_of_the_file() {
        let error = fails("zzz = 1\naaa = 2\n[diagnostics]\nfoo = 'off'\n");
        let places: Vec<_> = error.lines().filter(|line| line.contains("-->")).collect();
        assert_eq!(places.len(), 3, "{error}");
        assert!(places[0].ends_with(":1:1") && places[2].ends_with(":4:1"), "{error}");
    }
}
