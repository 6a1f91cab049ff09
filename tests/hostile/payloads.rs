//! A project in which every text that a stranger may write tries to run something. All of it would
//! set `window.__pwn`.

use std::sync::LazyLock;

use super::project::{Project, Run, Site, files};

/// Raw HTML that runs, frames, submits, or changes how the rest of a page is read.
pub const MARKUP: &[&str] = &[
    "<script>window.__pwn=1</script>",
    "<ScRiPt>window.__pwn=1</sCrIpT>",
    "<script src=data:text/javascript,window.__pwn=1></script>",
    "<scr<script>ipt>window.__pwn=1</scr</script>ipt>",
    "<script\n>window.__pwn=1</script\n>",
    "<script/x>window.__pwn=1</script>",
    "<svg><script>window.__pwn=1</script></svg>",
    "<svg onload=window.__pwn=1>",
    "<svg/onload=window.__pwn=1//",
    "<svg><animate onbegin=window.__pwn=1 attributeName=x dur=1s></svg>",
    "<svg><a xlink:href=javascript:window.__pwn=1><text>x</text></a></svg>",
    "<svg><set attributeName=href to=javascript:window.__pwn=1></svg>",
    "<svg><style>*{background:url(javascript:window.__pwn=1)}</style></svg>",
    "<svg><foreignObject><img src=x onerror=window.__pwn=1></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=window.__pwn=1>\">",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.__pwn=1></style></table></math>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.__pwn=1>",
    "<math href=javascript:window.__pwn=1>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:window.__pwn=1>x</maction></math>",
    "<img src=x onerror=window.__pwn=1>",
    "<img src=x onerror =window.__pwn=1 //",
    "<img src=\"x\" onerror=\"window.__pwn=1\"",
    "<img/src=x/onerror=window.__pwn=1>",
    "<img src=x:x onerror\n=\nwindow.__pwn=1>",
    "<img src=`x` onerror=`window.__pwn=1`>",
    "<img \"\"\"><script>window.__pwn=1</script>\">",
    "<img src=javascript:window.__pwn=1>",
    "<img name=currentScript>",
    "<img id=body><img name=location>",
    "<image src=x onerror=window.__pwn=1>",
    "<body onload=window.__pwn=1>",
    "<html onmouseover=window.__pwn=1>",
    "<head><base href=//evil.example/></head>",
    "<base href=javascript:window.__pwn=1//>",
    "<iframe src=javascript:window.__pwn=1></iframe>",
    "<iframe srcdoc=\"<script>parent.__pwn=1</script>\"></iframe>",
    "<frameset onload=window.__pwn=1><frame src=x></frameset>",
    "<object data=javascript:window.__pwn=1></object>",
    "<embed src=javascript:window.__pwn=1>",
    "<applet code=x></applet>",
    "<meta http-equiv=refresh content=\"0;url=javascript:window.__pwn=1\">",
    "<meta http-equiv=Content-Security-Policy content=\"script-src *\">",
    "<link rel=stylesheet href=data:text/css,*{color:red}>",
    "<link rel=import href=data:text/html,x>",
    "<style>@import 'http://evil.example/';*{display:none}</style>",
    "<p style=\"background:url(javascript:window.__pwn=1)\">x</p>",
    "<form action=javascript:window.__pwn=1><input type=submit></form>",
    "<form id=document><input name=cookie></form>",
    "<button formaction=javascript:window.__pwn=1 autofocus onfocus=window.__pwn=1>x</button>",
    "<input autofocus onfocus=window.__pwn=1>",
    "<select autofocus onfocus=window.__pwn=1></select>",
    "<textarea autofocus onfocus=window.__pwn=1></textarea>",
    "<textarea><script>window.__pwn=1</script>",
    "<title><script>window.__pwn=1</script></title>",
    "<noscript><p title=\"</noscript><img src=x onerror=window.__pwn=1>\"></noscript>",
    "<template><script>window.__pwn=1</script></template>",
    "<xmp><img src=x onerror=window.__pwn=1></xmp>",
    "<plaintext><img src=x onerror=window.__pwn=1>",
    "<noembed><img src=x onerror=window.__pwn=1></noembed>",
    "<video><source onerror=window.__pwn=1></video>",
    "<audio src=x onerror=window.__pwn=1></audio>",
    "<details open ontoggle=window.__pwn=1><summary>x</summary></details>",
    "<marquee onstart=window.__pwn=1>x</marquee>",
    "<a href=javascript:window.__pwn=1>x</a>",
    "<a href=\" java\tscript:window.__pwn=1\">x</a>",
    "<a href=\"&#106;avascript:window.__pwn=1\">x</a>",
    "<a href=\"javascript&colon;window.__pwn=1\">x</a>",
    "<a href=\"\u{1}javascript:window.__pwn=1\">x</a>",
    "<a href=data:text/html,<script>window.__pwn=1</script>>x</a>",
    "<a href=x target=_blank ping=//evil.example/ onclick=window.__pwn=1>x</a>",
    "<a href=x\" onclick=\"window.__pwn=1\">x</a>",
    "<area href=javascript:window.__pwn=1><map name=x>",
    "<div onpointerenter=window.__pwn=1 tabindex=1 onfocus=window.__pwn=1 autofocus>x</div>",
    "<x onclick=window.__pwn=1 contenteditable>x</x>",
    "<custom-element onanimationstart=window.__pwn=1>x</custom-element>",
    "<!--><img src=x onerror=window.__pwn=1>-->",
    "<!-- --!><img src=x onerror=window.__pwn=1>-->",
    "<![CDATA[><img src=x onerror=window.__pwn=1>]]>",
    "<?xml version=1><img src=x onerror=window.__pwn=1>?>",
    "<!DOCTYPE x [<!ENTITY y \"<script>window.__pwn=1</script>\">]>&y;",
    "</main></body></html><script>window.__pwn=1</script>",
    "<table><td background=javascript:window.__pwn=1>x</td></table>",
    "<isindex action=javascript:window.__pwn=1>",
    "<keygen autofocus onfocus=window.__pwn=1>",
    "<portal src=javascript:window.__pwn=1>",
    "&#0;<script>window.__pwn=1</script>",
    "<b title='\"><img src=x onerror=window.__pwn=1>'>x</b>",
];

/// Events that elements tell of.
const EVENTS: &[&str] = &[
    "abort",
    "afterprint",
    "animationend",
    "animationiteration",
    "animationstart",
    "auxclick",
    "beforecopy",
    "beforecut",
    "beforeinput",
    "beforepaste",
    "beforetoggle",
    "beforeunload",
    "blur",
    "cancel",
    "canplay",
    "change",
    "click",
    "close",
    "contextmenu",
    "copy",
    "cuechange",
    "cut",
    "dblclick",
    "drag",
    "dragend",
    "dragenter",
    "dragleave",
    "dragover",
    "dragstart",
    "drop",
    "durationchange",
    "ended",
    "error",
    "focus",
    "focusin",
    "focusout",
    "formdata",
    "fullscreenchange",
    "gotpointercapture",
    "hashchange",
    "input",
    "invalid",
    "keydown",
    "keypress",
    "keyup",
    "load",
    "loadeddata",
    "loadedmetadata",
    "loadend",
    "loadstart",
    "message",
    "mousedown",
    "mouseenter",
    "mousemove",
    "mouseover",
    "mouseup",
    "mousewheel",
    "pagehide",
    "pageshow",
    "paste",
    "play",
    "playing",
    "pointerdown",
    "pointerover",
    "popstate",
    "progress",
    "readystatechange",
    "repeat",
    "reset",
    "resize",
    "scroll",
    "scrollend",
    "search",
    "securitypolicyviolation",
    "select",
    "selectstart",
    "show",
    "slotchange",
    "storage",
    "submit",
    "toggle",
    "touchstart",
    "transitionend",
    "transitionrun",
    "unhandledrejection",
    "unload",
    "volumechange",
    "webkitanimationend",
    "wheel",
];

/// Attributes that hold an address, each with an element that has it.
const LOADING: &[(&str, &str)] = &[
    ("a", "href"),
    ("a", "ping"),
    ("area", "href"),
    ("audio", "src"),
    ("base", "href"),
    ("blockquote", "cite"),
    ("body", "background"),
    ("button", "formaction"),
    ("del", "cite"),
    ("embed", "src"),
    ("form", "action"),
    ("frame", "longdesc"),
    ("frame", "src"),
    ("iframe", "src"),
    ("iframe", "srcdoc"),
    ("image", "href"),
    ("image", "xlink:href"),
    ("img", "dynsrc"),
    ("img", "longdesc"),
    ("img", "lowsrc"),
    ("img", "src"),
    ("img", "srcset"),
    ("img", "usemap"),
    ("input", "formaction"),
    ("input", "src"),
    ("ins", "cite"),
    ("link", "href"),
    ("object", "codebase"),
    ("object", "data"),
    ("q", "cite"),
    ("script", "src"),
    ("script", "xlink:href"),
    ("source", "src"),
    ("source", "srcset"),
    ("table", "background"),
    ("td", "background"),
    ("track", "src"),
    ("use", "href"),
    ("use", "xlink:href"),
    ("video", "poster"),
    ("video", "src"),
    ("x", "style"),
];

/// Elements that hear events, some of which sanitisers know and some of which nobody does.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "details",
    "div",
    "img",
    "input",
    "li",
    "p",
    "span",
    "svg",
    "table",
    "td",
    "video",
    "body",
    "math",
    "x",
    "custom-element",
];

/// Raw HTML of every event in every manner of writing an attribute, and of every attribute that holds
/// an address.
pub fn made_markup() -> Vec<String> {
    let of_event = |(n, event): (usize, &&str)| {
        let element = ELEMENTS[n % ELEMENTS.len()];
        let (before, is) = [
            (" ", "=window.__pwn=1"),
            ("/", "='window.__pwn=1'"),
            (" x=y ", "=\"window.__pwn=1\""),
            ("\t", " = window.__pwn=1"),
            (" x='>' ", "=`window.__pwn=1`"),
        ][n % 5];
        let event = if n % 3 == 0 { event.to_uppercase() } else { (*event).to_owned() };
        format!("<{element}{before}on{event}{is} autofocus tabindex=1>x</{element}>")
    };
    let of_address = |(n, (element, attribute)): (usize, &(&str, &str))| {
        let url = ADDRESSES[n % ADDRESSES.len()];
        format!("<{element} {attribute}=\"{url}\">x</{element}>")
    };
    let of_events = EVENTS.iter().enumerate().map(of_event);
    of_events.chain(LOADING.iter().enumerate().map(of_address)).collect()
}

/// Addresses that run something, as browsers read them.
pub const ADDRESSES: &[&str] = &[
    "javascript:window.__pwn=1",
    "JaVaScRiPt:window.__pwn=1",
    "javascript://%0awindow.__pwn=1",
    "java&#9;script:window.__pwn=1",
    "java&Tab;script:window.__pwn=1",
    "java&NewLine;script:window.__pwn=1",
    "&#106;avascript:window.__pwn=1",
    "&#0000106&#0000097&#0000118&#0000097script:window.__pwn=1",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;window.__pwn=1",
    "javascript&colon;window.__pwn=1",
    "&#1;javascript:window.__pwn=1",
    "\u{1}javascript:window.__pwn=1",
    "%6Aavascript:window.__pwn=1",
    "vbscript:window.__pwn=1",
    "livescript:window.__pwn=1",
    "data:text/html,<script>window.__pwn=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19wd249MTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=window.__pwn=1>",
    "DATA:text/html,x",
    "blob:http://evil.example/x",
    "view-source:javascript:window.__pwn=1",
    "jar:javascript:window.__pwn=1",
    "file:///etc/passwd",
    "feed:javascript:window.__pwn=1",
];

/// Words that would end the place they are written to.
pub const WORDS: &[&str] = &[
    "</title><script>window.__pwn=1</script>",
    "\"><img src=x onerror=window.__pwn=1>",
    "' onmouseover='window.__pwn=1",
    "]]><script>window.__pwn=1</script>",
    "</script><script>window.__pwn=1</script>",
    "\\\"-(window.__pwn=1)-\\\"",
    "\u{2028}window.__pwn=1//",
    "{{7*7}}{% raw %}{{ frame.root }}",
    "${window.__pwn=1}`",
    "a & b &amp; &lt;c",
    "\u{202e}gnp.exe",
];

/// Diagrams that try to leave their drawing.
pub const DIAGRAMS: &[&str] = &[
    "flowchart TD\n  A-->B\n  style A fill:red\"/><svg onload=\"window.__pwn=1\"><rect fill=\"x",
    "flowchart TD\n  A-->B\n  classDef x fill:red\"/><script>window.__pwn=1</script>\n  class A x",
    "flowchart TD\n  A-->B\n  linkStyle 0 stroke:red\" onload=\"window.__pwn=1",
    "flowchart TD\n  A-->B\n  style A stroke:#333\" onclick=\"window.__pwn=1\" x=\"",
    "flowchart TD\n  A-->B\n  style A stroke-dasharray:5\"><script>window.__pwn=1</script>",
    "flowchart TD\n  A-->B\n  style A color:red;background:url(http://evil.example/x)",
    "flowchart TD\n  A-->B\n  style A fill:url(http://evil.example/x)",
    "flowchart TD\n  A-->B\n  click A \"javascript:window.__pwn=1\"",
    "flowchart TD\n  A-->B\n  click A href \"javascript:window.__pwn=1\" _blank",
    "flowchart TD\n  A-->B\n  click A href \"http://evil.example/\"",
    "flowchart TD\n  A-->B\n  click A call alert(window.__pwn=1)",
    "%%{init: {\"themeVariables\": {\"fontFamily\": \"x\\\" onload=\\\"window.__pwn=1\"}}}%%\nflowchart TD\n  A-->B",
    "%%{init: {\"themeCSS\": \"</style><script>window.__pwn=1</script>\"}}%%\nflowchart TD\n  A-->B",
    "%%{init: {\"themeCSS\": \"@import url(http://evil.example/x); body{display:none}\"}}%%\nflowchart TD\n  A-->B",
    "%%{init: {\"securityLevel\": \"loose\", \"htmlLabels\": true}}%%\nflowchart TD\n  A[\"<img src=x onerror=window.__pwn=1>\"]-->B",
    "---\nconfig:\n  themeVariables:\n    primaryColor: 'red\"/><script>window.__pwn=1</script>'\n---\nflowchart TD\n  A-->B",
    "flowchart TD\n  A[\"<script>window.__pwn=1</script>\"]-->|\"<img src=x onerror=window.__pwn=1>\"|B",
    "sequenceDiagram\n  participant A as <img src=x onerror=window.__pwn=1>\n  A->>B: <script>window.__pwn=1</script>\n  link A: x @ javascript:window.__pwn=1",
    "classDiagram\n  class A[\"<img src=x onerror=window.__pwn=1>\"]\n  click A href \"javascript:window.__pwn=1\"",
    "stateDiagram-v2\n  [*] --> A : <img src=x onerror=window.__pwn=1>\n  classDef x fill:red\"onload=\"window.__pwn=1\n  class A x",
    "gantt\n  dateFormat YYYY-MM-DD\n  section <script>window.__pwn=1</script>\n  T :a, 2024-01-01, 1d\n  click a href \"javascript:window.__pwn=1\"",
    "pie title <svg onload=window.__pwn=1>\n  \"<img src=x onerror=window.__pwn=1>\" : 1",
    "erDiagram\n  A ||--o{ B : \"<script>window.__pwn=1</script>\"",
    "mindmap\n  root((<img src=x onerror=window.__pwn=1>))\n    ::icon(\"><script>window.__pwn=1</script>)",
];

/// Drawings that somebody put beside a text.
pub const DRAWINGS: &[&str] = &[
    "<svg xmlns='http://www.w3.org/2000/svg'><script>window.__pwn=1</script></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='window.__pwn=1'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='window.__pwn=1'/></foreignObject></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><use xlink:href='http://evil.example/x#y'/><use href='data:image/svg+xml,x#y'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><a href='#x'><set attributeName='href' to='javascript:window.__pwn=1'/><text y='9'>x</text></a></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml'><h:script>window.__pwn=1</h:script></svg>",
    "<?xml version='1.0'?><?xml-stylesheet href='javascript:window.__pwn=1'?><svg xmlns='http://www.w3.org/2000/svg'><style>@import 'http://evil.example/';rect{fill:url(http://evil.example/x)}</style></svg>",
    "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'window.__pwn=1'>]><svg xmlns='http://www.w3.org/2000/svg'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://evil.example/x.png'/><feImage href='http://evil.example/'/></svg>",
];

/// What a stranger might write into YAML as one value.
fn quoted(words: &str) -> String {
    serde_json::to_string(words).expect("text is JSON, and JSON is YAML")
}

/// Everything above, in every place that a text can have.
pub fn project() -> Project {
    let project = Project::new([("README.md", "# Hostile\n\nAll of it.\n")]);
    for (n, markup) in MARKUP.iter().enumerate() {
        let line = markup.replace('\n', " ");
        let text = format!(
            "# Page {n}\n\n{markup}\n\nWords {line} inline\n\n- item {line}\n\n> quote {line}\n\n\
             | a | b |\n|---|---|\n| {line} | x |\n\n## Heading {line}\n\n\
             [text {line}](b.md)\n\n![alt {line}](i.png \"title {line}\")\n\nnote[^1]\n\n\
             [^1]: footnote {line}\n\n**bold {line}**\n\n`code {line}`\n\n<details>\n\n{markup}\n\n</details>\n"
        );
        project.write(&format!("docs/markup-{n:02}.md"), text);
    }
    for (n, some) in made_markup().chunks(20).enumerate() {
        let mut text = format!("# Made {n}\n\n");
        for markup in some {
            text.push_str(&format!("{markup}\n\nWords {markup} inline\n\n"));
        }
        project.write(&format!("docs/made-{n:02}.md"), text);
    }
    let mut links = String::from("# Addresses\n\n");
    for (n, url) in ADDRESSES.iter().enumerate() {
        links.push_str(&format!(
            "[a]({url}) [b](<{url}>) ![c]({url}) <{url}> [d][r{n}]\n\n\
             <a href=\"{url}\">e</a> <img src=\"{url}\">\n\n[r{n}]: <{url}> \"t\"\n\n"
        ));
        let front = format!(
            "---\ntitle: T{n}\naliases: [{q}]\nredirect_from: {q}\npermalink: {q}\nurl: {q}\n---\n# T{n}\n\nx\n",
            q = quoted(url)
        );
        project.write(&format!("docs/front-{n:02}.md"), front);
    }
    project.write("docs/addresses.md", links);
    for (n, words) in WORDS.iter().enumerate() {
        let q = quoted(words);
        project.write(
            &format!("docs/words-{n:02}.md"),
            format!(
                "---\nid: {q}\ntitle: {q}\ndescription: {q}\ndate: {q}\nstatus: {q}\nauthor: {q}\n\
                 tags: [{q}]\nslug: {q}\ncovers: [{q}]\nsidebar_label: {q}\n---\n# {words}\n\n## {words}\n\n{words}\n\n\
                 ```\"{words}\n{words}\n```\n\n[[{words}]] ${words}$\n"
            ),
        );
        project.write(
            &format!("gaps/gap-{n:02}.md"),
            format!(
                "---\nid: HOST-{n}\ntitle: {q}\npriority: {q}\nstatus: {q}\ncategory: {q}\n\
                 evidence:\n  - {q}\ntargets: [{q}]\neffort: {q}\ntasks: [{q}]\n\
                 waived:\n  reason: {q}\n  owner: {q}\n---\n\n# {words}\n\n{words}\n"
            ),
        );
        project.write(
            &format!("adr/{n:04}-x.md"),
            format!(
                "# {n}. {words}\n\nDate: 2026-01-01 {words}\n\n## Status\n\nAccepted {words}\n\n\
                 Superseded by [{words}](javascript:window.__pwn=1)\n\n## Decision\n\n{words}\n"
            ),
        );
        let line = words.replace(['\u{2028}', '\n'], " ");
        project.write(
            &format!("schemas/s{n:02}.proto"),
            format!(
                "syntax = \"proto3\";\n// {line}\n// <script>window.__pwn=1</script> [x](javascript:window.__pwn=1)\n\
                 package hostile.p{n};\n\n// {line}\nmessage M{n} {{\n  // {line}\n  string a = 1 [deprecated = true, json_name = {j}];\n}}\n\
                 // {line}\nenum E{n} {{\n  // {line}\n  Z{n} = 0; // {line}\n}}\n",
                j = quoted(&line)
            ),
        );
        project
            .write(&format!("research/r{n:02}.txt"), format!("Title: {words}\n{words}\n{words}\n"));
    }
    let mut ledger = String::from("# Gap analysis <script>window.__pwn=1</script>\n\n");
    for (n, words) in WORDS.iter().enumerate() {
        ledger.push_str(&format!(
            "## GAP-{n:03}: {words}\n\n- **Status**: open {words}\n- **Priority**: P1\n- **Owner**: {words}\n\
             - **Recommendation**: Create docs/x{n}.md {words}\n- **Found in research**: {words} (lines 1-2)\n\
             - [ ] {words}\n\n"
        ));
    }
    project.write("docs/GAP-ANALYSIS.md", ledger);
    let mut figures = String::from("# Figures\n\n");
    for diagram in DIAGRAMS {
        figures.push_str(&format!("```mermaid\n{diagram}\n```\n\n"));
    }
    project.write("docs/figures.md", figures);
    let mut drawings = String::from("# Drawings\n\n");
    for (n, drawing) in DRAWINGS.iter().enumerate() {
        project.write(&format!("docs/drawing-{n}.svg"), drawing);
        drawings.push_str(&format!("![d](drawing-{n}.svg) [open](drawing-{n}.svg)\n\n"));
    }
    project.write("docs/drawings.md", drawings);
    let long = "x".repeat(10_000);
    project.write(
        "docs/fences.md",
        format!(
            "# Fences\n\n```\"><script>window.__pwn=1</script>\nx\n```\n\n\
             ```rust\"onclick=\"window.__pwn=1\nx\n```\n\n~~~ {long}\nx\n~~~\n\n\
             ```'><img src=x onerror=window.__pwn=1>\n</code></pre><script>window.__pwn=1</script>\n```\n\n\
             ```html\n<script>window.__pwn=1</script>\n```\n"
        ),
    );
    project.write(
        "docs/names.md",
        "# Names\n\n## currentScript {#currentScript}\n\n## location {#location}\n\n## body {#body}\n\n\
         ## documentElement {#documentElement onclick=window.__pwn=1 .x}\n\n<a name=\"currentScript\"></a>\
         <a id=\"querySelector\"></a>\n\n[out](https://example.org/)\n",
    );
    project
}

/// The site of [`project`], built once, and what the build said.
pub static BUILT: LazyLock<(Project, Site, Run)> = LazyLock::new(|| {
    let project = project();
    let run = project.build();
    run.assert_code(1);
    let site = files(&project.out());
    (project, site, run)
});
