//! A project on the disk: its configuration, its files, its theme, where its site goes.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    Failure,
    args::Options,
    colour,
    config::{self, ConfigError},
    serve,
};
use crate::{
    engine::{self, Reading, cache::Cache, publish::Protected},
    model::{
        config::Config,
        day,
        version::{Label, Version},
    },
    render::theme::{Theme, ThemeError},
    serve::problems::Told,
    world::{Disk, Snapshot, World},
};

/// A project, opened but not read.
#[derive(Debug)]
pub struct Project {
    /// The configuration, with the options of the command line over it.
    pub config: Config,
    /// Its files.
    pub world: Disk,
    /// Where its site goes.
    pub output: PathBuf,
    /// The folder as the user named it.
    pub shown: String,
    folder_name: String,
    today: String,
}

/// Why a project cannot be opened.
enum Unusable {
    Config(ConfigError),
    Other(Failure),
}

fn other(text: String) -> Unusable {
    Unusable::Other(Failure(text))
}

impl Project {
    /// Opens the project in a folder.
    pub fn open(options: &Options, dir: &Path) -> Result<Self, Failure> {
        let color = colour(options, &std::io::stderr());
        Self::begin(options, dir).map_err(|error| match error {
            Unusable::Config(error) => Failure(error.render(color)),
            Unusable::Other(failure) => failure,
        })
    }

    /// Opens it, or gives what is wrong for the overlay in the browser.
    pub(super) fn open_or_tell(options: &Options, dir: &Path) -> Result<Self, Vec<Told>> {
        Self::begin(options, dir).map_err(|error| match error {
            Unusable::Config(error) => error.told(dir),
            Unusable::Other(Failure(text)) => vec![serve::plain(text)],
        })
    }

    fn begin(options: &Options, dir: &Path) -> Result<Self, Unusable> {
        let shown = dir.display().to_string();
        let root = dir.canonicalize().map_err(|error| other(format!("error: {shown}: {error}")))?;
        let loaded = config::load(dir, options.config.as_deref()).map_err(Unusable::Config)?;
        let mut config = loaded.config;
        overrule(options, &mut config);
        let output = options.output_dir.clone().unwrap_or_else(|| dir.join("site"));
        let world = Disk::new(&root, &excludes(&config, &root, &output))
            .map_err(|error| other(format!("error: {error}")))?;
        let folder_name = root
            .file_name()
            .map_or_else(|| "Site".to_owned(), |name| name.to_string_lossy().into_owned());
        Ok(Self { config, world, output, shown, folder_name, today: today() })
    }

    /// The same project as one version of its site, which lies in a folder of its own.
    pub(super) fn of_version(mut self, label: &Label) -> Self {
        let base_url = self.config.base_url.take();
        let below = |base: &String| format!("{}/{label}/", base.trim_end_matches('/'));
        self.config.base_url = base_url.as_ref().map(below);
        self.config.version = Some(Version { label: label.clone(), base_url });
        self.output = self.output.join(label.as_str());
        self
    }

    /// What a configuration leaves out, and the site itself.
    pub(super) fn excludes(&self, config: &Config) -> Vec<String> {
        excludes(config, self.world.root(), &self.output)
    }

    /// Reads every file.
    pub fn read(&self) -> Reading {
        Reading::of(&self.snapshot(), &self.config)
    }

    /// All files as they are now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::take(&self.world, &self.config.limits.of_files())
    }

    /// What the last build left.
    pub fn cache(&self) -> Cache {
        Cache::of(self.world.root())
    }

    /// What is particular to this run.
    pub fn settings(&self) -> engine::Options<'_> {
        engine::Options {
            config: &self.config,
            folder_name: &self.folder_name,
            today: Some(&self.today),
        }
    }

    /// The name of the root folder, and the day.
    pub(super) fn setting_words(&self) -> (String, String) {
        (self.folder_name.clone(), self.today.clone())
    }

    /// Folders that a site may not replace.
    pub fn protected(&self) -> Protected {
        let root = self.world.root();
        let folders = self.config.sources.iter().map(|source| root.join(source));
        Protected::new(root, folders.filter(|folder| folder.is_dir()).collect())
    }

    /// The theme: the default one, with the project's over it.
    ///
    /// # Errors
    /// When the project's theme cannot be read.
    pub fn theme(&self) -> Result<(Theme, Vec<ThemeError>), Failure> {
        let mut files = BTreeMap::new();
        let folder = self.world.root().join("themes").join(&self.config.theme);
        // A project may keep a theme called `default`; without one, the binary has it.
        if folder.is_dir() {
            let failure = |error| Failure(format!("error: the theme cannot be read: {error}"));
            let world = Disk::new(&folder, &[]).map_err(failure)?;
            for entry in world.list().entries {
                let bytes = world.read(&entry.path).map_err(failure)?;
                files.insert(entry.path.to_string(), bytes);
            }
        }
        Ok(Theme::new(files))
    }
}

/// Puts the options of the command line over a configuration.
pub(super) fn overrule(options: &Options, config: &mut Config) {
    if let Some(url) = &options.base_url {
        config.base_url = Some(url.clone());
    }
    config.drafts |= options.drafts;
}

fn excludes(config: &Config, root: &Path, output: &Path) -> Vec<String> {
    config.exclude.iter().cloned().chain(inside(root, output)).collect()
}

/// The output folder as a pattern to leave out, when it lies in the project.
fn inside(root: &Path, output: &Path) -> Option<String> {
    let absolute = std::path::absolute(output).ok()?;
    let resolved = absolute.canonicalize().unwrap_or(absolute);
    let below = resolved.strip_prefix(root).ok()?;
    let pattern = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    (!pattern.is_empty()).then(|| format!("/{pattern}/"))
}

/// The day, `YYYY-MM-DD` in UTC: `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the clock.
#[expect(clippy::disallowed_methods, reason = "the command line gives the day to the pure stages")]
fn today() -> String {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    day::of_seconds(latest().unwrap_or_else(|| i64::try_from(now()).unwrap_or(i64::MAX)))
}

/// The moment that no date may be later than: `SOURCE_DATE_EPOCH`, in seconds since 1970-01-01.
#[expect(clippy::disallowed_methods, reason = "the command line speaks for the environment")]
pub(super) fn latest() -> Option<i64> {
    std::env::var("SOURCE_DATE_EPOCH").ok()?.parse().ok()
}
