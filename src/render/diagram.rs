//! Mermaid diagrams as standalone SVG documents.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::time::Duration;

use merman::runtime::RuntimePolicy;
use merman::svg::{
    HostTheme, HostThemeAppearance, Presentation, PresentationRenderPolicy, RenderResourcePolicy,
    SvgPipeline, SvgRenderOptions, ThemeRole, sanitize_svg_id,
};
use merman::time::CivilDate;
use merman::{
    Engine, MermaidConfig, OperationControl, ParseOptions, RenderError, RenderOutput,
    RenderRequest, Renderer, SvgEnvironment, SvgRequest,
};
use serde_json::json;

use super::svg;
use crate::model::limits::{Limits, exceeds};

/// A drawn diagram, once for each colour scheme of the page.
///
/// Both are complete SVG documents with a size, without a background, scripts or references to
/// anything else, and the same for the same source on every machine. They carry style sheets, so
/// embed them with `<img>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// For light pages.
    pub light: String,
    /// For dark pages.
    pub dark: String,
}

/// Why a diagram could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagramError {
    /// One line for people.
    pub message: String,
    /// Line of the source at fault, counted from 1, when it is known.
    pub line: Option<u32>,
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DiagramError {}

/// Draws a Mermaid source; `id` becomes the id of the root element.
///
/// # Errors
/// The source is not a diagram of a known kind or has a mistake; it is longer, has more nodes and edges
/// or needs more seconds than the limits allow, or more resources than an interactive editor would
/// grant.
pub fn draw(source: &str, id: &str, limits: &Limits) -> Result<Diagram, DiagramError> {
    if exceeds(source.len(), limits.diagram_bytes) {
        let (length, longest) = (source.len(), limits.diagram_bytes);
        return Err(failure(format!("diagram of {length} bytes is longer than {longest} bytes")));
    }
    let light = draw_with(&LIGHT, source, id, limits)?;
    let dark = if sets_own_colours(source) {
        // The author chose colours for a light page, so the picture brings one along.
        on_paper(&light)
    } else {
        draw_with(&DARK, source, id, limits)?
    };
    Ok(Diagram { light, dark })
}

/// A renderer with the colours of one scheme.
struct Scheme {
    renderer: Renderer,
    policy: PresentationRenderPolicy,
}

static LIGHT: LazyLock<Scheme> =
    LazyLock::new(|| Scheme::new(HostThemeAppearance::Light, &LIGHT_ROLES, LIGHT_SERIES));
static DARK: LazyLock<Scheme> =
    LazyLock::new(|| Scheme::new(HostThemeAppearance::Dark, &DARK_ROLES, DARK_SERIES));

const FONT: &str = "Arial, Helvetica, Liberation Sans, sans-serif";

const LIGHT_SERIES: [&str; 8] =
    ["#9ec5f4", "#a8d8b0", "#f5cf8b", "#e8b3c8", "#c9bdf0", "#9fd8d8", "#f2b8a0", "#cfd6de"];
const DARK_SERIES: [&str; 8] =
    ["#2f5f96", "#2f6b45", "#7d5a17", "#7d3f5c", "#574a8f", "#226a6c", "#85452c", "#4b5563"];

const LIGHT_ROLES: [(ThemeRole, &str); 22] = [
    (ThemeRole::Canvas, "#ffffff"),
    (ThemeRole::Surface, "#eef3fa"),
    (ThemeRole::SurfaceAlt, "#f5f0fa"),
    (ThemeRole::SurfaceMuted, "#f4f5f7"),
    (ThemeRole::Text, "#1b2430"),
    (ThemeRole::SubtleText, "#4a5666"),
    (ThemeRole::Border, "#5b7fae"),
    (ThemeRole::Line, "#55606e"),
    (ThemeRole::EdgeLabelBackground, "#ffffff"),
    (ThemeRole::ClusterBackground, "#f7f8fa"),
    (ThemeRole::ClusterBorder, "#b4bcc8"),
    (ThemeRole::NoteBackground, "#fff6d6"),
    (ThemeRole::NoteBorder, "#c9a227"),
    (ThemeRole::NoteText, "#3b3000"),
    (ThemeRole::ActorBackground, "#eef3fa"),
    (ThemeRole::ActorBorder, "#5b7fae"),
    (ThemeRole::ActorText, "#1b2430"),
    (ThemeRole::ActivationBackground, "#dde7f4"),
    (ThemeRole::ActivationBorder, "#5b7fae"),
    (ThemeRole::Error, "#b3261e"),
    (ThemeRole::Warning, "#8a6100"),
    (ThemeRole::Success, "#2c7a2c"),
];

const DARK_ROLES: [(ThemeRole, &str); 22] = [
    (ThemeRole::Canvas, "#14181f"),
    (ThemeRole::Surface, "#233044"),
    (ThemeRole::SurfaceAlt, "#30294a"),
    (ThemeRole::SurfaceMuted, "#222832"),
    (ThemeRole::Text, "#e6eaf0"),
    (ThemeRole::SubtleText, "#b3bcc8"),
    (ThemeRole::Border, "#7ea3d6"),
    (ThemeRole::Line, "#a3adba"),
    (ThemeRole::EdgeLabelBackground, "#1b2029"),
    (ThemeRole::ClusterBackground, "#1c222c"),
    (ThemeRole::ClusterBorder, "#566070"),
    (ThemeRole::NoteBackground, "#40370f"),
    (ThemeRole::NoteBorder, "#c9a227"),
    (ThemeRole::NoteText, "#f8ecc0"),
    (ThemeRole::ActorBackground, "#233044"),
    (ThemeRole::ActorBorder, "#7ea3d6"),
    (ThemeRole::ActorText, "#e6eaf0"),
    (ThemeRole::ActivationBackground, "#34465f"),
    (ThemeRole::ActivationBorder, "#7ea3d6"),
    (ThemeRole::Error, "#ff8a80"),
    (ThemeRole::Warning, "#e5b94c"),
    (ThemeRole::Success, "#7bc67b"),
];

impl Scheme {
    fn new(
        appearance: HostThemeAppearance,
        roles: &[(ThemeRole, &str)],
        series: [&str; 8],
    ) -> Self {
        let mut theme = HostTheme::new().with_appearance(appearance);
        theme = theme.try_with_font_family(FONT).expect("the font list is valid CSS");
        for (role, colour) in roles {
            theme = theme.try_with_role(*role, *colour).expect("the colours are valid CSS");
        }
        theme = theme.try_with_series_palette(series).expect("the colours are valid CSS");
        let resolved = Presentation::new().with_theme(theme).resolve();
        // Labels as SVG text: an image has no HTML, and its fonts are those of the reader.
        let config = MermaidConfig::from_value(json!({
            "htmlLabels": false,
            "securityLevel": "strict",
            "flowchart": { "htmlLabels": false, "defaultRenderer": "dagre-wrapper" },
            "class": { "htmlLabels": false, "defaultRenderer": "dagre-wrapper" },
            "state": { "htmlLabels": false, "defaultRenderer": "dagre-wrapper" },
            "layout": "dagre",
        }));
        let today = CivilDate::new(2000, 1, 1).expect("the first of January exists");
        let runtime = RuntimePolicy::deterministic()
            .try_with_fixed_local_offset_minutes(0)
            .expect("zero is a valid offset")
            .with_fixed_today(Some(today));
        let engine = Engine::new().with_site_config(config).with_runtime_policy(runtime);
        let renderer = Renderer::new()
            .with_engine(resolved.materialize_engine(engine))
            .with_parse_options(ParseOptions::strict());
        Self { renderer, policy: resolved.render_policy() }
    }
}

fn draw_with(
    scheme: &Scheme,
    source: &str,
    id: &str,
    limits: &Limits,
) -> Result<String, DiagramError> {
    let request = SvgRequest {
        environment: SvgEnvironment::deterministic().with_resource_policy(resources(limits)),
        pipeline: Some(SvgPipeline::resvg_safe()),
        presentation: scheme.policy,
        options: SvgRenderOptions {
            diagram_id: Some(sanitize_svg_id(id)),
            ..SvgRenderOptions::default()
        },
        ..SvgRequest::default()
    };
    let deadline = Duration::from_secs(limits.diagram_seconds.into());
    let control = OperationControl::new().with_deadline(deadline);
    let render = || scheme.renderer.render(RenderRequest::svg(source, control, request));
    let output = catch_unwind(AssertUnwindSafe(render))
        .map_err(|_| failure("diagram cannot be drawn"))?
        .map_err(|error| explain(&error, source, limits))?;
    let RenderOutput::Svg(Some(output)) = output else {
        return Err(failure("no known kind of diagram on the first line"));
    };
    let cleaned = svg::clean(output.svg())
        .map_err(|error| failure(format!("diagram cannot be drawn: {error}")))?;
    // Boxes that stand for HTML labels have measured widths; the reader's font may be wider.
    let cleaned = cleaned.replace("style=\"overflow:hidden;", "style=\"overflow:visible;");
    sized(&cleaned).ok_or_else(|| failure("diagram is empty"))
}

/// What a diagram may cost, counted before it is laid out.
/// The layout of a tangle takes memory and time with more than the square of its edges, and looks at
/// the clock too seldom. Mermaid draws 500 edges unless told otherwise (`maxEdges`).
fn resources(limits: &Limits) -> RenderResourcePolicy {
    let most = usize::try_from(limits.diagram_elements.max(1)).unwrap_or(usize::MAX);
    RenderResourcePolicy::interactive()
        .with_override(ELEMENTS, most)
        .expect("the library has this limit, of at least one")
}

/// The name of the limit on nodes and edges.
const ELEMENTS: &str = "max_model_items";

fn explain(error: &RenderError, source: &str, limits: &Limits) -> DiagramError {
    match error {
        RenderError::Parse(diagnostic) => {
            let details = diagnostic.terminal_diagnostic_details();
            let line = details.span.map(|span| {
                let before = source.bytes().take(span.start.min(source.len()));
                let line = before.filter(|byte| *byte == b'\n').count() + 1;
                line.min(source.lines().count().max(1)) as u32
            });
            let message = diagnostic.terminal_safe_message();
            let message = message.lines().next().unwrap_or("diagram cannot be read").to_owned();
            DiagramError { message, line }
        }
        RenderError::Cancelled(_) => {
            let seconds = match limits.diagram_seconds {
                1 => "1 second".to_owned(),
                seconds => format!("{seconds} seconds"),
            };
            failure(format!("diagram takes longer than {seconds}"))
        }
        other if other.to_string().contains(ELEMENTS) => {
            let most = limits.diagram_elements;
            failure(format!("diagram has more than {most} nodes and edges"))
        }
        other => failure(other.to_string().lines().next().unwrap_or("diagram cannot be drawn")),
    }
}

fn failure(message: impl Into<String>) -> DiagramError {
    DiagramError { message: message.into(), line: None }
}

/// Gives the root element the size of its view box, in place of "as wide as the page".
fn sized(svg: &str) -> Option<String> {
    let end = svg.find('>')?;
    let (root, rest) = svg.split_at(end);
    let view_box = attribute(root, "viewBox")?;
    let mut numbers = view_box.split([' ', ',']).filter_map(|number| number.parse::<f64>().ok());
    let (width, height) = (numbers.nth(2)?, numbers.next()?);
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let mut out = String::with_capacity(svg.len() + 64);
    out.push_str(&["width", "height", "style"].iter().fold(root.to_owned(), |root, name| {
        match attribute(&root, name) {
            Some(value) => root.replacen(&format!(" {name}=\"{value}\""), "", 1),
            None => root,
        }
    }));
    out.push_str(&format!(" width=\"{}\" height=\"{}\"", width.ceil(), height.ceil()));
    out.push_str(rest);
    Some(out)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// Whether the author chose fills or a theme; other colours of ours would not go with them.
fn sets_own_colours(source: &str) -> bool {
    let settings = source.contains("%%{") || source.trim_start().starts_with("---");
    (settings && source.contains("theme"))
        || source.lines().map(str::trim_start).any(|line| {
            let styles = ["style ", "classDef ", "UpdateElementStyle"];
            let fills = line.contains("fill:") || line.contains("$bgColor");
            (fills && styles.iter().any(|word| line.starts_with(word)))
                || line.starts_with("rect rgb")
                || (line.starts_with("box ") && (line.contains('#') || line.contains("rgb")))
        })
}

/// Puts a light sheet behind a drawing.
fn on_paper(svg: &str) -> String {
    let Some(end) = svg.find('>') else { return svg.to_owned() };
    let (root, rest) = svg.split_at(end + 1);
    let view_box = attribute(root, "viewBox").unwrap_or_default();
    let numbers: Vec<&str> = view_box.split([' ', ',']).collect();
    let [x, y, width, height] = numbers[..] else { return svg.to_owned() };
    format!(
        "{root}<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" style=\"fill:#fff;stroke:none\"/>{rest}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(source: &str, id: &str) -> Result<Diagram, DiagramError> {
        super::draw(source, id, &Limits::default())
    }

    /// One small diagram of every kind, with a label that has to be visible.
    const KINDS: [(&str, &str, &str); 14] = [
        (
            "c4",
            "C4Context\n  title Bank\n  Person(a, \"Customer\", \"Pays\")\n  System(b, \"Ledger\", \"Books\")\n  Rel(a, b, \"Uses\")\n",
            "Customer",
        ),
        (
            "class",
            "classDiagram\n  class Animal {\n    +int age\n    +eat() void\n  }\n  Animal <|-- Duck\n",
            "Duck",
        ),
        (
            "er",
            "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int id PK\n    string note\n  }\n",
            "CUSTOMER",
        ),
        (
            "flowchart",
            "flowchart LR\n  A[Start] -->|go| B{Choice}\n  subgraph Box\n    B --> C((End))\n  end\n",
            "Choice",
        ),
        (
            "gantt",
            "gantt\n  dateFormat YYYY-MM-DD\n  title Plan\n  section Work\n  Draft :a1, 2024-01-01, 10d\n  Check :after a1, 5d\n",
            "Draft",
        ),
        (
            "git",
            "gitGraph\n  commit id: \"first\"\n  branch topic\n  commit id: \"second\"\n  checkout main\n  merge topic\n",
            "topic",
        ),
        (
            "journey",
            "journey\n  title Day\n  section Go\n    Make tea: 5: Me\n    Work: 1: Me, Cat\n",
            "tea",
        ),
        ("mindmap", "mindmap\n  root((Idea))\n    One\n      Deep\n    Two\n", "Idea"),
        ("pie", "pie title Pets\n  \"Dogs\" : 386\n  \"Cats\" : 85\n", "Dogs"),
        (
            "quadrant",
            "quadrantChart\n  title Reach\n  x-axis Low --> High\n  y-axis Few --> Many\n  quadrant-1 Expand\n  A: [0.3, 0.6]\n",
            "Expand",
        ),
        (
            "requirement",
            "requirementDiagram\n  requirement speed {\n    id: 1\n    text: fast enough\n    risk: high\n    verifymethod: test\n  }\n  element bench {\n    type: simulation\n  }\n  bench - satisfies -> speed\n",
            "speed",
        ),
        (
            "sequence",
            "sequenceDiagram\n  participant A as Alice\n  A->>+Bob: Hello\n  Note over A,Bob: think\n  Bob-->>-A: Bye\n  A-)Bob: later\n",
            "Alice",
        ),
        (
            "state",
            "stateDiagram-v2\n  [*] --> Idle\n  Idle --> Busy : work\n  Busy --> [*]\n",
            "Idle",
        ),
        (
            "timeline",
            "timeline\n  title Past\n  2002 : LinkedIn\n  2004 : Facebook : Google\n",
            "LinkedIn",
        ),
    ];

    #[test]
    fn every_kind_is_drawn_with_its_labels() {
        for (kind, source, label) in KINDS {
            let diagram = draw(source, "d").unwrap_or_else(|error| panic!("{kind}: {error:?}"));
            for drawn in [&diagram.light, &diagram.dark] {
                assert!(drawn.contains(label), "{kind}");
                let root = &drawn[..drawn.find('>').expect("a root")];
                assert!(root.contains(" width=\"") && !root.contains('%'), "{kind}: {root}");
                assert!(drawn.contains("<style>"), "{kind} lost its style sheet");
                assert_eq!(svg::clean(drawn).as_ref(), Ok(drawn), "{kind}");
            }
            assert_ne!(diagram.light, diagram.dark, "{kind}");
            assert_eq!(draw(source, "d"), Ok(diagram), "{kind}");
        }
    }

    #[test]
    fn mistakes_have_a_message_and_where_known_a_line() {
        let error = draw("flowchart TD\n  A --> B\n  C -->\n  D[\n", "d").expect_err("a mistake");
        assert!(!error.message.is_empty() && !error.message.contains('\n'));
        assert!(error.line.is_none_or(|line| (1..=5).contains(&line)), "{error:?}");
        assert!(draw("no diagram", "d").is_err());
        assert!(draw("", "d").is_err());
        assert!(draw(&"a".repeat(70_000), "d").is_err());
    }

    #[test]
    fn parts_are_counted_and_not_timed() {
        let tangle = |edges: usize| {
            let edge = |n: usize| format!("  a{} --> a{}\n", n * 7 % 100, n * n % 97);
            draw(&format!("flowchart TD\n{}", (0..edges).map(edge).collect::<String>()), "d")
        };
        let messages = (0..1_001).map(|_| "  A->>B: x\n").collect::<String>();
        let long = draw(&format!("sequenceDiagram\n{messages}"), "d");
        for refused in [tangle(1_000), tangle(4_000), long] {
            let message = refused.expect_err("it has too many parts").message;
            assert_eq!(message, "diagram has more than 1000 nodes and edges");
        }
        tangle(100).expect("it has few parts");
    }

    #[test]
    fn nothing_runs_or_loads() {
        let source = "flowchart TD\n  A[\"<script>alert(1)</script><img src=x onerror=alert(1)>\"] --> B\n  click A \"javascript:alert(1)\"\n  style A fill:url(http://x)\n";
        if let Ok(diagram) = draw(source, "d\" onload=\"x") {
            for bad in ["<script", "onerror=\"", "onload=\"", "javascript:", "url(http", "<img"] {
                assert!(!diagram.light.contains(bad), "{bad}");
            }
        }
    }

    #[test]
    fn own_fills_come_on_paper() {
        let dark = |source: &str| draw(source, "d").expect("a valid diagram").dark;
        let paper = "fill:#fff;stroke:none";
        assert!(dark("flowchart TD\n  A --> B\n  style A fill:#fff9c4\n").contains(paper));
        assert!(dark("flowchart TD\n  A:::x --> B\n  classDef x fill:#fff\n").contains(paper));
        assert!(!dark("flowchart TD\n  A[style] --> B\n").contains(paper));
    }

    #[test]
    fn own_themes_come_on_paper() {
        let source = "%%{init: {'theme': 'forest'}}%%\nflowchart TD\n  A --> B\n";
        let diagram = draw(source, "d").expect("a valid diagram");
        assert!(diagram.dark.contains("fill:#fff;stroke:none"));
    }
}
