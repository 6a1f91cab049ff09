//! A project in memory and random edits to it: of every kind of file, of the set of files, of the
//! configuration and of the theme.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use lacuna::{
    cli::config,
    engine::{
        Reading,
        accept::{Choice, accept},
    },
    model::config::Config,
    path::RelPath,
    read::lock,
    render::theme::Theme,
    world::{Memory, Snapshot},
};

/// Numbers that depend on the seed alone (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// One edit. Numbers choose among what is there when it is applied.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Words are added to the end of a text.
    Prose { file: usize, words: usize },
    /// A line is added in the middle of a text, so that lines move.
    Line { file: usize, line: usize },
    /// A heading is added or changed.
    Heading { file: usize, title: usize },
    /// The file is one of the samples again, or for the first time.
    Write { sample: usize, variant: usize },
    /// The file is gone.
    Delete { file: usize },
    /// The file has another name.
    Rename { file: usize, name: usize },
    /// Two files have each other's content.
    Swap { one: usize, other: usize },
    /// Metadata is put before a text.
    FrontMatter { file: usize, front: usize },
    /// Bytes that are no text, or metadata that cannot be read.
    Break { file: usize, how: usize },
    /// What a template or an asset of the theme is.
    Theme { what: usize },
    /// What the configuration says.
    Configure { what: usize },
    /// One more thing that the configuration says, or one less.
    Setting { what: usize },
    /// The file lies in another folder, under its name.
    Move { file: usize, folder: usize },
    /// All that lies in a folder lies in another.
    MoveFolder { from: usize, to: usize },
    /// A file of a name that no sample has, and of a kind of its own.
    Create { name: usize, kind: usize },
    /// A declaration of a schema is another.
    Schema { file: usize, how: usize },
    /// All citations are accepted as they stand.
    Accept,
}

impl Edit {
    pub fn random(random: &mut Random) -> Self {
        let mut n = |bound| random.below(bound);
        match n(22) {
            0 | 1 => Self::Prose { file: n(100), words: n(40) },
            2 => Self::Line { file: n(100), line: n(30) },
            3 | 4 => Self::Heading { file: n(100), title: n(8) },
            5 | 6 => Self::Write { sample: n(SAMPLES.len()), variant: n(4) },
            7 => Self::Delete { file: n(100) },
            8 => Self::Rename { file: n(100), name: n(12) },
            9 => Self::Swap { one: n(100), other: n(100) },
            10 => Self::FrontMatter { file: n(100), front: n(FRONTS.len()) },
            11 => Self::Break { file: n(100), how: n(BROKEN.len()) },
            12 => Self::Theme { what: n(9) },
            13 => Self::Configure { what: n(CONFIGURATIONS.len()) },
            14 => Self::Setting { what: n(SETTINGS.len()) },
            15 => Self::Move { file: n(100), folder: n(FOLDERS.len()) },
            16 => Self::MoveFolder { from: n(FOLDERS.len()), to: n(FOLDERS.len()) },
            17 | 18 => Self::Create { name: n(6), kind: n(KINDS.len()) },
            19 | 20 => Self::Schema { file: n(100), how: n(SCHEMAS.len()) },
            _ => Self::Accept,
        }
    }
}

/// Files that a project begins with; `{v}` is the variant.
const SAMPLES: &[(&str, &str)] = &[
    ("README.md", "# Lamps\n\nSee [the plan](docs/plan.md), [[ADR-1]] and [[G-{v}]].\n"),
    (
        "docs/plan.md",
        "# Plan {v}\n\n## Light\n\nThe lamp is lit by `lamp.v1.Lamp`. See \
        [switches](switch.md#wiring) and ![a lamp](lamp.svg).\n\n```rust\nfn light(n: u32) -> u32 \
        { n + {v} }\n```\n",
    ),
    (
        "docs/switch.md",
        "---\ntitle: Switches {v}\ncovers: [G-1]\n---\n# Switches\n\n## Wiring\n\n\
        Wires lead to [the plan](plan.md). What the notes say in research/notes.txt (lines 2-4) \
        holds for every switch, and the lamp of G-1 is described here at length.\n",
    ),
    ("docs/guide/index.md", "# Guide\n\n- [first](a.md)\n- [second](b.md#end-{v})\n"),
    ("docs/guide/a.md", "# First\n\n[[Plan {v}]] comes first.\n\n<script>x()</script>\n"),
    ("docs/guide/b.md", "# Second\n\n## End {v}\n\n$a^2$ and [back](../plan.md#light).\n"),
    ("docs/SUMMARY.md", "# Summary\n\n- [Plan](plan.md)\n- [Guide](guide/index.md)\n"),
    ("adr/0001-lamps.md", "# 1. Lamps\n\n## Status\n\nAccepted\n\n## Context\n\nDark {v}.\n"),
    (
        "adr/0002-more-lamps.md",
        "# 2. More lamps\n\n## Status\n\nAccepted\n\nSupersedes \
        [1. Lamps](0001-lamps.md)\n\n## Context\n\nStill dark {v}.\n",
    ),
    (
        "gaps/g-1.md",
        "---\nid: G-1\ntitle: No switch {v}\npriority: P1\ntargets: [docs/switch.md]\n\
        evidence: ['research/notes.txt (lines 2-4)']\n---\nNobody can switch the lamp.\n",
    ),
    (
        "gaps/g-2.md",
        "---\nid: G-2\ntitle: No bulb\npriority: P{v}\ntargets: [docs/bulb.md]\n---\n\
        There is no bulb.\n",
    ),
    (
        "GAP-ANALYSIS.md",
        "# Gap analysis\n\n**Total gaps:** {v}\n\n## GAP-10: No cable\n\n**Status:** \
        ❌ Missing\n**Priority:** P0\n**Evidence:** `notes.txt` (lines 1-3)\n**Action:** Create \
        docs/cable.md\n\n## GAP-11: No fuse\n\n**Status:** ✅ Done\n**Priority:** P2\n**Action:** \
        Create docs/plan.md\n",
    ),
    (
        "research/notes.txt",
        "Notes {v}\nA lamp needs a switch.\nA switch needs wires.\nWires need \
        care.\nThe end.\n",
    ),
    ("research/more.md", "# More notes\n\nA fuse saves the cable {v}.\n"),
    (
        "proto/lamp.proto",
        "syntax = \"proto3\";\npackage lamp.v1;\nimport \"wire.proto\";\n// A lamp \
        {v}.\nmessage Lamp {\n  // Its wire.\n  Wire wire = 1;\n  int32 n{v} = 2;\n}\n",
    ),
    (
        "proto/wire.proto",
        "syntax = \"proto3\";\npackage lamp.v1;\n// A wire.\nmessage Wire { string \
        colour{v} = 1; }\n",
    ),
    (
        "docs/views.md",
        "# Views {v}\n\n```lacuna\nkind: gaps\nwhere: coverage != \"waived\"\ncolumns: id, title, \
        priority, coverage, targets\nsort: -priority, id\nlimit: {v}\n```\n\n> ```lacuna\n> kind: \
        documents\n> as: list\n> columns: title, words, links, covers\n> ```\n\n- ```lacuna\n  \
        kind: records\n  as: pie\n  by: kind\n  ```\n\n```lacuna\nkind: decisions\nas: graph\n```\n",
    ),
    (
        "docs/guide/board.md",
        "# Board\n\n```lacuna\nkind: gaps\nas: matrix\nby: priority, coverage\n```\n\n```lacuna\nkind: \
        decisions\nas: bar\nby: status\n```\n\n```lacuna\nkind: symbols\nwhere: members > {v} and \
        nothing\n```\n\n```lacuna\nkind: gaps\nwhere: links < title\n```\n",
    ),
    (
        "docs/lamp.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{v}0\" height=\"10\"></svg>",
    ),
    ("docs/flow.mmd", "flowchart LR\n  a --> b{v}\n"),
];

const FRONTS: &[&str] = &[
    "---\nid: G-1\ntitle: Another\n---\n",
    "---\nid: ADR-1\n---\n",
    "---\ndraft: true\n---\n",
    "---\ntitle: Named\naliases: [old-name, /docs/old/]\n---\n",
    "+++\nweight = 3\n+++\n",
    "---\nslug: elsewhere\n---\n",
];

const BROKEN: &[&[u8]] = &[
    b"---\ntitle: [open\n---\n# Broken\n",
    b"# Bad \xff\xfe bytes\n\n[x](y.md)\n",
    b"",
    b"syntax = \"proto3\";\nmessage {\n",
    b"# Same\n\n# Same\n\n[[nothing]] [gone](gone.md) <b onclick='x()'>\n",
];

const CONFIGURATIONS: &[&str] = &[
    "",
    "title = \"Lamps and switches\"\n",
    "base_url = \"https://lamps.example/docs/\"\n",
    "twins = false\n",
    "exclude = [\"research/\"]\n[diagnostics]\nbroken-link = \"error\"\n",
    "sources = [\"docs\", \"adr\"]\n",
    "drafts = true\n[[waiver]]\ngap = \"G-2\"\nreason = \"No money\"\nowner = \"Light team\"\n",
    "[limits]\nfiles = 9\ntext_bytes = 300\ncode_line_bytes = 20\n",
    "[limits]\nnested_blocks = 1\ndiagram_bytes = 20\nformula_bytes = 2\npage_formulas = 1\n[content]\nraw_html = \"escape\"\n",
    "title = [broken\n",
];

/// Single keys, each with what stands before it.
const SETTINGS: &[&str] = &[
    "title = \"Lamps\"",
    "tables = false",
    "compress = [\"gzip\"]",
    "branch = \"trunk\"\nrepository = \"https://example.org/lamps\"",
    "exclude = [\"docs/guide/**\"]",
    "[substance]\nwords = 3",
    "[weights]\nP1 = 7",
    "[gate]\ncoverage = 60",
    "[diagnostics]\nbroken-link = \"off\"\ncitation-moved = \"error\"",
    "[[collection]]\nkind = \"research\"\npath = \"docs/guide/**\"",
    "[vocabulary.label]\nimpact = [\"Nobody can\"]",
];

const FOLDERS: &[&str] =
    &["", "docs", "docs/guide", "adr", "gaps", "research", "proto", "notes/old"];

/// Files of kinds that no sample has, and others that tell more of the samples.
const KINDS: &[(&str, &str)] = &[
    ("md", "# New {v}\n\nSee [the plan](../docs/plan.md#light), lamp.v1.Lamp and [[ADR-2]].\n"),
    (
        "md",
        "---\nid: GAP-2{v}\nstatus: open\ntargets: [docs/plan.md]\ntitle: No end\n---\nNever.\n",
    ),
    ("txt", "Source Lines: 1-4\nA lamp needs a switch.\nA switch needs wires.\n{v}\n"),
    ("png", "no picture {v}"),
    ("csv", "id,title\nG-1,No switch {v}\n"),
    ("mmd", "sequenceDiagram\n  A->>B: {v}\n"),
    ("rs", "fn light() {{\n    {v};\n}}\n"),
    (
        "proto",
        "syntax = \"proto3\";\npackage lamp.v{v};\nimport \"lamp.proto\";\nmessage Shade { lamp.v1.Lamp lamp = 1; }\n",
    ),
];

/// What is written where something else stood in a schema.
const SCHEMAS: &[(&str, &str)] = &[
    ("message Lamp", "message Lantern"),
    ("message Lantern", "message Lamp"),
    ("package lamp.v1;", "package lamp.v2;"),
    ("package lamp.v2;", "package lamp.v1;"),
    ("string colour", "repeated bytes colour"),
    ("// Its wire.", "// Its [wire](../docs/switch.md), see [[G-1]]."),
    ("import \"wire.proto\";", ""),
    ("syntax = \"proto3\";", "syntax = \"proto2\";"),
    ("}\n", "  reserved 9;\n}\n"),
    ("", "\nenum Light { LIGHT_OFF = 0; LIGHT_ON = 1 [deprecated = true]; }\n"),
    ("", "\nservice Switch { rpc Turn(Lamp) returns (stream Lamp); }\n"),
    (
        "",
        "\nmessage Bulb { oneof kind { Wire wire = 1; Bulb bulb = 2; } map<string, Bulb> more = 3; }\n",
    ),
];

/// Where a project has its templates.
const THEME: &str = "themes/default/";

/// Files by path.
pub struct Project {
    files: BTreeMap<String, Vec<u8>>,
    /// The last configuration that could be read.
    config: Config,
    theme: Arc<Theme>,
}

impl Project {
    pub fn new() -> Self {
        let theme = Arc::new(Theme::new(BTreeMap::new()).0);
        let mut project = Self { files: BTreeMap::new(), config: Config::default(), theme };
        (0..SAMPLES.len()).for_each(|sample| project.write(sample, 1));
        project
    }

    pub fn world(&self) -> Memory {
        Memory::new(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())))
    }

    pub fn config(&self) -> Config {
        self.config.clone()
    }

    pub fn theme(&self) -> Arc<Theme> {
        self.theme.clone()
    }

    /// An edit to prose may run the stages of one file and that which looks at lines of others, once for
    /// each, never all those of the whole project.
    pub fn most_stages_for_prose(&self) -> u64 {
        16 + self.files.len() as u64
    }

    /// Does the edit, and gives the files that are not what they were.
    pub fn apply(&mut self, edit: &Edit) -> BTreeSet<RelPath> {
        let before = self.files.clone();
        self.edit(edit);
        let all = before.keys().chain(self.files.keys());
        let changed = all.filter(|path| before.get(*path) != self.files.get(*path));
        let changed: BTreeSet<RelPath> = changed.filter_map(|path| RelPath::new(path)).collect();
        if changed.iter().any(|path| path.as_str().starts_with(THEME)) {
            let below = |(path, bytes): (&String, &Vec<u8>)| {
                Some((path.strip_prefix(THEME)?.to_owned(), bytes.clone()))
            };
            self.theme = Arc::new(Theme::new(self.files.iter().filter_map(below).collect()).0);
        }
        changed
    }

    fn edit(&mut self, edit: &Edit) {
        match *edit {
            Edit::Prose { file, words } => {
                let more =
                    format!("\n\nMore words of G-{}: {}\n", words % 3, "lamp ".repeat(words));
                self.change(file, |text| text.push_str(&more));
            }
            Edit::Line { file, line } => self.change(file, |text| {
                let mut lines: Vec<&str> = text.lines().collect();
                let at = line.min(lines.len());
                lines.insert(at, "A line between.");
                *text = lines.join("\n") + "\n";
            }),
            Edit::Heading { file, title } => self.change(file, |text| {
                let heading = format!("# Title {title}");
                match text.lines().position(|line| line.starts_with("# ")) {
                    Some(at) => {
                        let lines: Vec<&str> = text.lines().collect();
                        *text = text.replacen(lines[at], &heading, 1);
                    }
                    None => text.push_str(&format!("\n{heading}\n")),
                }
            }),
            Edit::Write { sample, variant } => self.write(sample, variant),
            Edit::Delete { file } => {
                let path = self.path(file);
                self.files.remove(&path);
            }
            Edit::Rename { file, name } => {
                let path = self.path(file);
                let bytes = self.files.remove(&path).unwrap_or_default();
                let folder = path.rsplit_once('/').map_or("docs", |(folder, _)| folder);
                let extension = path.rsplit_once('.').map_or("md", |(_, extension)| extension);
                let folder = if name % 3 == 0 { "docs/guide" } else { folder };
                self.files.insert(format!("{folder}/name-{name}.{extension}"), bytes);
            }
            Edit::Swap { one, other } => {
                let (one, other) = (self.path(one), self.path(other));
                let (first, second) =
                    (self.files.get(&one).cloned(), self.files.get(&other).cloned());
                if let (Some(first), Some(second)) = (first, second) {
                    self.files.insert(one, second);
                    self.files.insert(other, first);
                }
            }
            Edit::FrontMatter { file, front } => {
                self.change(file, |text| *text = format!("{}{text}", FRONTS[front]));
            }
            Edit::Break { file, how } => {
                let path = self.path(file);
                self.files.insert(path, BROKEN[how].to_vec());
            }
            Edit::Theme { what } => self.change_theme(what),
            Edit::Configure { what } => self.configure(CONFIGURATIONS[what].to_owned()),
            Edit::Setting { what } => {
                let bytes = self.files.get("lacuna.toml").cloned().unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes);
                let line = format!("{}\n", SETTINGS[what]);
                // What is no key of a table comes before all tables.
                let is_table = line.starts_with('[');
                let text = match text.contains(&line) {
                    true => text.replacen(&line, "", 1),
                    false if is_table => format!("{text}{line}"),
                    false => format!("{line}{text}"),
                };
                self.configure(text);
            }
            Edit::Move { file, folder } => {
                let path = self.path(file);
                let name = path.rsplit_once('/').map_or(&*path, |(_, name)| name);
                let to = below(FOLDERS[folder], name);
                let bytes = self.files.remove(&path).unwrap_or_default();
                self.files.insert(to, bytes);
            }
            Edit::MoveFolder { from, to } => {
                let (from, to) = (FOLDERS[from], FOLDERS[to]);
                let moved: Vec<String> = self.contents().filter(|path| is_in(path, from)).collect();
                for path in moved {
                    let bytes = self.files.remove(&path).unwrap_or_default();
                    let name = path[from.len()..].trim_start_matches('/');
                    self.files.insert(below(to, name), bytes);
                }
            }
            Edit::Create { name, kind } => {
                let (extension, text) = KINDS[kind];
                let path = below(FOLDERS[(name + kind) % FOLDERS.len()], &format!("new-{name}"));
                let text = text.replace("{v}", &name.to_string());
                self.files.insert(format!("{path}.{extension}"), text.into_bytes());
            }
            Edit::Schema { file, how } => {
                let schemas: Vec<String> =
                    self.contents().filter(|path| path.ends_with(".proto")).collect();
                let Some(path) = schemas.get(file % schemas.len().max(1)) else { return };
                let text = String::from_utf8_lossy(&self.files[path]).into_owned();
                let (what, instead) = SCHEMAS[how];
                let text = match what {
                    "" => format!("{text}{instead}"),
                    what => text.replacen(what, instead, 1),
                };
                self.files.insert(path.clone(), text.into_bytes());
            }
            Edit::Accept => {
                let snapshot = Snapshot::take(&self.world(), &self.config.limits.of_files());
                let reading = Reading::of(&snapshot, &self.config);
                let lock = lock::write(&accept(&reading, Choice::All));
                self.files.insert("lacuna.lock".to_owned(), lock.into_bytes());
            }
        }
        // A project is never without a file.
        if self.files.len() < 3 {
            (0..SAMPLES.len()).for_each(|sample| self.write(sample, 2));
        }
    }

    fn change_theme(&mut self, what: usize) {
        let mut put = |name: &str, text: &str| {
            self.files.insert(format!("{THEME}{name}"), text.as_bytes().to_vec());
        };
        match what {
            0 => put(
                "not_found.html",
                "{% extends \"base.html\" %}{% block content %}Gone{% endblock %}",
            ),
            1 => put("assets/lacuna.css", "body { color: red }"),
            2 => put("section.html", "{{ nothing.at.all }}"),
            3 => put("gap.html", "{% if %}"),
            4 => put("base.md", "{{ frame.title }}: {% block content %}{% endblock %}"),
            5 => put("assets/own.js", "\"use strict\";"),
            6 => put(
                "decision.html",
                "{% extends \"base.html\" %}{% block content %}{{ frame.title }}{% endblock %}",
            ),
            7 => drop(self.files.remove("themes/default/section.html")),
            _ => self.files.retain(|path, _| !path.starts_with("themes/")),
        }
    }

    fn configure(&mut self, text: String) {
        if let Ok(config) = config::read(Path::new("."), &text) {
            self.config = config;
        }
        self.files.insert("lacuna.toml".to_owned(), text.into_bytes());
    }

    fn write(&mut self, sample: usize, variant: usize) {
        let (path, text) = SAMPLES[sample];
        let text = text.replace("{v}", &variant.to_string());
        self.files.insert(path.to_owned(), text.into_bytes());
    }

    /// The paths of everything but the theme, the configuration and what was accepted.
    fn contents(&self) -> impl Iterator<Item = String> + '_ {
        let own = ["lacuna.toml", "lacuna.lock"];
        let paths = self.files.keys().filter(|path| !path.starts_with("themes/"));
        paths.filter(move |path| !own.contains(&path.as_str())).cloned()
    }

    /// The path that a number means.
    fn path(&self, file: usize) -> String {
        let paths: Vec<String> = self.contents().collect();
        paths.get(file % paths.len().max(1)).cloned().unwrap_or_else(|| "README.md".to_owned())
    }

    fn change(&mut self, file: usize, edit: impl FnOnce(&mut String)) {
        let path = self.path(file);
        let bytes = self.files.get(&path).cloned().unwrap_or_default();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        edit(&mut text);
        self.files.insert(path, text.into_bytes());
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
}

fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
