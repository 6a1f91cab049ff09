//! Syntax highlighting into a dozen flat classes.

mod uncoloured;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::{ClearAmount, ParseState, Scope, ScopeStackOp, SyntaxReference, SyntaxSet};

use super::html::{escape, escape_into};
use crate::model::limits::Limits;
pub use uncoloured::{Uncoloured, uncoloured};

/// Highlights `source` and returns the inner HTML of a `<code>` element.
///
/// `language` is the info string of a fence; its first word counts (`rust,ignore` is Rust). Spans
/// carry one class each, `hl-k` keyword, `hl-s` string, `hl-c` comment, `hl-n` number or constant,
/// `hl-t` type, `hl-f` function, `hl-v` variable, `hl-o` operator, `hl-a` attribute, key or tag,
/// `hl-m` macro or annotation, `hl-i` inserted and `hl-d` deleted, and never cross a line.
/// Unknown languages, and what [`uncoloured`] names, come back as escaped text.
#[must_use]
pub fn highlight(source: &str, language: &str, limits: &Limits) -> String {
    let coloured = match uncoloured(source, language, limits) {
        None => source.len(),
        Some(rest) => source.split_inclusive('\n').take(rest.from - 1).map(str::len).sum(),
    };
    let (coloured, rest) = source.split_at(coloured);
    let highlighted = match resolve(language) {
        Some(Grammar::Syntax(syntax)) => highlight_source(coloured, syntax),
        Some(Grammar::Session) => highlight_session(coloured),
        _ => None,
    };
    match highlighted {
        Some(html) if rest.is_empty() => html,
        Some(html) => html + &escape(rest),
        None => escape(source).into_owned(),
    }
}

/// Says whether `language`, the info string of a fence, names a language with highlighting rules
/// or one of the names for text without any (`text`, `plain`).
#[must_use]
pub fn knows(language: &str) -> bool {
    resolve(language).is_some()
}

/// How a language is highlighted.
#[derive(Clone, Copy)]
enum Grammar {
    /// By the rules of this syntax.
    Syntax(&'static SyntaxReference),
    /// A terminal session: commands after a prompt, and their output.
    Session,
    /// On purpose not at all.
    Plain,
}

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Every name a fence may use, in lower case.
static NAMES: LazyLock<HashMap<String, Grammar>> = LazyLock::new(|| {
    let mut names = HashMap::with_capacity(1024);
    for syntax in SYNTAXES.syntaxes() {
        names.insert(syntax.name.to_ascii_lowercase(), Grammar::Syntax(syntax));
    }
    for syntax in SYNTAXES.syntaxes() {
        for extension in &syntax.file_extensions {
            names.insert(extension.to_ascii_lowercase(), Grammar::Syntax(syntax));
        }
    }
    for (alias, name) in ALIASES {
        if let Some(grammar) = names.get(*name).copied() {
            names.insert((*alias).to_owned(), grammar);
        }
    }
    for plain in ["text", "txt", "plain", "plaintext", "none", "output", "ascii", "mermaid", "math"]
    {
        names.insert(plain.to_owned(), Grammar::Plain);
    }
    for session in ["console", "terminal", "shell-session", "shellsession", "sh-session"] {
        names.insert(session.to_owned(), Grammar::Session);
    }
    names
});

/// Names people write that the syntax set does not list, with one it does.
const ALIASES: &[(&str, &str)] = &[
    ("asm", "assembly (x86_64)"),
    ("bash", "bourne again shell (bash)"),
    ("cjs", "js"),
    ("csharp", "c#"),
    ("docker", "dockerfile"),
    ("elisp", "el"),
    ("golang", "go"),
    ("gql", "graphql"),
    ("hcl", "tf"),
    ("html5", "html"),
    // The syntax of this name loops for ever on some sources; the other one reads the same files.
    ("htc", "javascript (babel)"),
    ("javascript", "javascript (babel)"),
    ("javascriptreact", "jsx"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("ksh", "bourne again shell (bash)"),
    ("make", "makefile"),
    ("mts", "ts"),
    ("cts", "ts"),
    ("node", "js"),
    ("objc", "objective-c"),
    ("patch", "diff"),
    ("posh", "ps1"),
    ("proto2", "proto"),
    ("proto3", "proto"),
    ("protobuf", "proto"),
    ("ps", "ps1"),
    ("pwsh", "ps1"),
    ("py3", "py"),
    ("python3", "py"),
    ("shell", "bourne again shell (bash)"),
    ("sh", "bourne again shell (bash)"),
    ("zsh", "bourne again shell (bash)"),
    ("terraform", "tf"),
    ("tsx", "typescriptreact"),
    ("typescriptreact", "tsx"),
    ("udiff", "diff"),
    ("viml", "vim"),
    ("yml", "yaml"),
];

fn resolve(language: &str) -> Option<Grammar> {
    let start = language.trim_start_matches(|c: char| c.is_whitespace() || c == '{' || c == '.');
    let end = start.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}' | ':' | ';'));
    let word = &start[..end.unwrap_or(start.len())];
    if word.is_empty() {
        return None;
    }
    if let Some(grammar) = NAMES.get(word) {
        return Some(*grammar);
    }
    NAMES.get(&word.to_ascii_lowercase()).copied()
}

/// What a piece of source is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Keyword,
    Text,
    Comment,
    Constant,
    Type,
    Function,
    Variable,
    Operator,
    Attribute,
    Macro,
    Inserted,
    Deleted,
}

impl Class {
    const fn open(self) -> &'static str {
        match self {
            Self::Keyword => "<span class=\"hl-k\">",
            Self::Text => "<span class=\"hl-s\">",
            Self::Comment => "<span class=\"hl-c\">",
            Self::Constant => "<span class=\"hl-n\">",
            Self::Type => "<span class=\"hl-t\">",
            Self::Function => "<span class=\"hl-f\">",
            Self::Variable => "<span class=\"hl-v\">",
            Self::Operator => "<span class=\"hl-o\">",
            Self::Attribute => "<span class=\"hl-a\">",
            Self::Macro => "<span class=\"hl-m\">",
            Self::Inserted => "<span class=\"hl-i\">",
            Self::Deleted => "<span class=\"hl-d\">",
        }
    }
}

/// What a scope does to the class of the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing: the class of the enclosing scope stays.
    Inherit,
    /// No class, as at the start of a file.
    Reset,
    /// This class.
    Class(Class),
    /// This class, whatever is inside.
    Whole(Class),
}

/// Scope prefixes and their effect; the longest prefix wins.
const RULES: &[(&str, Effect)] = {
    use self::Class::{
        Attribute, Comment, Constant, Deleted, Function, Inserted, Keyword, Macro, Operator, Text,
        Type, Variable,
    };
    use self::Effect::{Class, Inherit, Reset, Whole};
    &[
        ("comment", Whole(Comment)),
        ("constant", Class(Constant)),
        ("constant.character.escape", Inherit),
        ("constant.other.symbol", Class(Text)),
        ("entity.name", Class(Type)),
        ("entity.name.constant", Class(Constant)),
        ("entity.name.function", Class(Function)),
        ("entity.name.macro", Class(Macro)),
        ("entity.name.tag", Class(Attribute)),
        ("entity.name.label", Class(Variable)),
        ("entity.name.lifetime", Class(Variable)),
        ("entity.other.attribute-name", Class(Attribute)),
        ("entity.other.inherited-class", Class(Type)),
        ("keyword", Class(Keyword)),
        ("keyword.operator", Class(Operator)),
        ("keyword.operator.word", Class(Keyword)),
        ("keyword.operator.logical.python", Class(Keyword)),
        ("keyword.operator.expression", Class(Keyword)),
        ("keyword.operator.new", Class(Keyword)),
        ("markup.deleted", Whole(Deleted)),
        ("markup.heading", Class(Keyword)),
        ("markup.inserted", Whole(Inserted)),
        ("markup.quote", Class(Comment)),
        ("markup.raw", Class(Text)),
        ("markup.underline.link", Class(Text)),
        ("meta.annotation", Whole(Macro)),
        ("meta.attribute.rust", Whole(Macro)),
        ("meta.decorator", Class(Macro)),
        ("meta.diff.header", Whole(Macro)),
        ("meta.diff.range", Whole(Macro)),
        ("meta.embedded", Reset),
        ("meta.interpolation", Reset),
        ("meta.mapping.key", Whole(Attribute)),
        ("meta.structure.dictionary.key", Whole(Attribute)),
        ("meta.template.expression", Reset),
        ("source", Reset),
        ("source.regexp", Inherit),
        ("storage", Class(Keyword)),
        ("string", Class(Text)),
        ("support.class", Class(Type)),
        ("support.constant", Class(Constant)),
        ("support.function", Class(Function)),
        ("support.macro", Class(Macro)),
        ("support.module", Class(Type)),
        ("support.type", Class(Type)),
        ("support.type.property-name", Class(Attribute)),
        ("text", Reset),
        ("variable.annotation", Class(Macro)),
        ("variable.function", Class(Function)),
        ("variable.language", Class(Keyword)),
        ("variable.other.constant", Class(Constant)),
        ("variable.other.readwrite.shell", Class(Variable)),
        ("variable.parameter", Class(Variable)),
    ]
};

/// [`RULES`] as scopes, longest first.
static SCOPES: LazyLock<Vec<(Scope, Effect)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("rules have few and short scopes");
    let mut rules: Vec<_> = RULES.iter().map(|(name, effect)| (scope(name), *effect)).collect();
    rules.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    rules
});

thread_local! {
    /// Effects already looked up; a syntax set has some thousand scopes, so this stays small.
    static EFFECTS: RefCell<HashMap<Scope, Effect>> = RefCell::new(HashMap::with_capacity(512));
}

fn effect(seen: &mut HashMap<Scope, Effect>, scope: Scope) -> Effect {
    *seen.entry(scope).or_insert_with(|| {
        let rule = SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
        rule.map_or(Effect::Inherit, |(_, effect)| *effect)
    })
}

fn highlight_source(source: &str, syntax: &SyntaxReference) -> Option<String> {
    let mut spans = Spans::with_capacity(source.len() * 2);
    highlight_into(&mut spans, source, syntax)?;
    Some(spans.finish())
}

/// Highlights what follows a prompt as shell, and leaves the output alone.
fn highlight_session(source: &str) -> Option<String> {
    let shell = SYNTAXES.find_syntax_by_extension("sh")?;
    let mut spans = Spans::with_capacity(source.len() * 2);
    let mut continued = Continued::No;
    for line in source.split_inclusive('\n') {
        let prompt = ["$ ", "% ", "# "].into_iter().find(|prompt| line.starts_with(prompt));
        if prompt.is_none() && continued == Continued::No {
            spans.push(line, None);
            continue;
        }
        let (prompt, command) = line.split_at(prompt.map_or(0, str::len));
        spans.push(prompt, Some(Class::Operator));
        highlight_into(&mut spans, command, shell)?;
        continued = match command.trim_end().ends_with('\\') {
            true => Continued::Yes,
            false => Continued::No,
        };
    }
    Some(spans.finish())
}

/// Whether the next line of a session still belongs to the command.
#[derive(PartialEq, Eq)]
enum Continued {
    Yes,
    No,
}

/// Appends highlighted `source`; `None` when the rules of the syntax fail on it.
fn highlight_into(spans: &mut Spans, source: &str, syntax: &SyntaxReference) -> Option<()> {
    EFFECTS.with_borrow_mut(|seen| {
        let mut state = ParseState::new(syntax);
        let mut stack = Stack::default();
        for line in source.split_inclusive('\n') {
            let mut from = 0;
            for (at, op) in state.parse_line(line, &SYNTAXES).ok()? {
                if at > from {
                    spans.push(&line[from..at], stack.class());
                    from = at;
                }
                stack.apply(&op, seen);
            }
            spans.push(&line[from..], stack.class());
        }
        Some(())
    })
}

/// Effects of the open scopes, each already combined with those around it.
#[derive(Default)]
struct Stack {
    open: Vec<Effect>,
    cleared: Vec<Vec<Effect>>,
}

impl Stack {
    fn class(&self) -> Option<Class> {
        match self.open.last() {
            Some(Effect::Class(class) | Effect::Whole(class)) => Some(*class),
            _ => None,
        }
    }

    fn apply(&mut self, op: &ScopeStackOp, seen: &mut HashMap<Scope, Effect>) {
        match op {
            ScopeStackOp::Push(scope) => {
                let around = self.open.last().copied().unwrap_or(Effect::Reset);
                let combined = match (around, effect(seen, *scope)) {
                    (Effect::Whole(_), _) | (_, Effect::Inherit) => around,
                    (_, effect) => effect,
                };
                self.open.push(combined);
            }
            ScopeStackOp::Pop(count) => {
                self.open.truncate(self.open.len().saturating_sub(*count));
            }
            ScopeStackOp::Clear(amount) => {
                let keep = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(*count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(keep));
            }
            ScopeStackOp::Restore => {
                self.open.extend(self.cleared.pop().unwrap_or_default());
            }
            ScopeStackOp::Noop => {}
        }
    }
}

/// Writes escaped text in spans, joining neighbours of one class and leaving space unwrapped.
struct Spans {
    html: String,
    open: Option<Class>,
    /// Length of `html` without the white space at its end.
    text_end: usize,
}

impl Spans {
    fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), open: None, text_end: 0 }
    }

    fn push(&mut self, text: &str, class: Option<Class>) {
        let blank = |c: char| c.is_ascii_whitespace();
        let body = text.trim_matches(blank);
        if body.is_empty() {
            self.space(text);
            return;
        }
        let start = text.len() - text.trim_start_matches(blank).len();
        self.space(&text[..start]);
        if self.open != class {
            self.close();
            if let Some(class) = class {
                self.html.push_str(class.open());
            }
            self.open = class;
        }
        escape_into(&mut self.html, body);
        self.text_end = self.html.len();
        self.space(&text[start + body.len()..]);
    }

    fn space(&mut self, space: &str) {
        if space.contains('\n') {
            self.close();
        }
        self.html.push_str(space);
    }

    /// Ends the open span before the white space written last.
    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.insert_str(self.text_end, "</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlight(source: &str, language: &str) -> String {
        super::highlight(source, language, &Limits::default())
    }

    /// The text of highlighted HTML, without tags and entities.
    fn text(html: &str) -> String {
        let mut out = String::new();
        for part in html.split('<') {
            out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        }
        out.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    #[test]
    fn rust_gets_flat_classes() {
        assert_eq!(
            highlight("fn main() { // hi <b>\n    let x = \"a\\n\";\n}\n", "rust,ignore"),
            "<span class=\"hl-k\">fn</span> <span class=\"hl-f\">main</span>() { \
             <span class=\"hl-c\">// hi &lt;b&gt;</span>\n    <span class=\"hl-k\">let</span> x \
             <span class=\"hl-o\">=</span> <span class=\"hl-s\">&quot;a\\n&quot;</span>;\n}\n"
        );
    }

    #[test]
    fn common_languages_are_known_and_coloured() {
        for (language, source) in [
            ("rs", "pub struct A;"),
            ("ts", "const a: string = `x${1}`;"),
            ("tsx", "const a = <b>x</b>;"),
            ("js", "function f() { return 1 }"),
            ("jsx", "const a = 1;"),
            ("sh", "echo \"$HOME\" # c"),
            ("bash", "if true; then echo a; fi"),
            ("py", "def f(x):\n    return 'a'"),
            ("yml", "a: \"b\""),
            ("yaml", "a: 1"),
            ("proto", "message A { string b = 1; }"),
            ("protobuf", "syntax = \"proto3\";"),
            ("proto3", "syntax = \"proto3\";"),
            ("console", "$ echo \"a\"\na"),
            ("json", "{\"a\": 1}"),
            ("jsonc", "{\"a\": 1}"),
            ("toml", "a = 1"),
            ("go", "func main() {}"),
            ("golang", "package main"),
            ("dockerfile", "FROM a"),
            ("sql", "select 1"),
            ("diff", "+a\n-b\n"),
            ("html", "<a href=\"x\">y</a>"),
            ("css", "a { color: red }"),
            ("c", "int main() { return 0; }"),
            ("cpp", "class A {};"),
            ("c++", "class A {};"),
            ("java", "class A {}"),
            ("kotlin", "fun a() = 1"),
            ("ruby", "def a; end"),
            ("php", "<?php echo 1;"),
            ("cs", "class A {}"),
            ("csharp", "class A {}"),
            ("swift", "let a = 1"),
            ("hcl", "a = \"b\""),
            ("ini", "[a]\nb=c"),
            ("xml", "<a b=\"c\"/>"),
            ("graphql", "type A { b: Int }"),
            ("makefile", "all:\n\techo a"),
            ("nix", "{ a = 1; }"),
            ("lua", "local a = 1"),
            ("zig", "const a = 1;"),
            ("powershell", "$a = 1"),
            ("vue", "<template></template>"),
            ("svelte", "<p>{a}</p>"),
        ] {
            assert!(knows(language), "{language}");
            let html = highlight(source, language);
            assert!(html.contains("<span class=\"hl-"), "{language}: {html}");
            assert_eq!(text(&html), source, "{language}");
        }
    }

    #[test]
    fn keys_and_changes_have_classes() {
        assert!(highlight("{\"a\": \"b\"}", "json").contains("<span class=\"hl-a\">&quot;a&quot;"));
        let diff = highlight("+new\n-old\n", "diff");
        assert_eq!(diff, "<span class=\"hl-i\">+new</span>\n<span class=\"hl-d\">-old</span>\n");
    }

    #[test]
    fn session_output_stays_plain() {
        let html = highlight("$ ls \\\n  -l\nif <a>\n", "console");
        assert!(html.starts_with("<span class=\"hl-o\">$</span> "), "{html}");
        assert!(html.ends_with("\nif &lt;a&gt;\n"), "{html}");
    }

    #[test]
    fn unknown_and_outsized_sources_are_escaped() {
        assert_eq!(highlight("<a & b>", ""), "&lt;a &amp; b&gt;");
        assert_eq!(highlight("<a>", "no-such-language"), "&lt;a&gt;");
        assert!(!knows("no-such-language") && !knows("") && knows("text"));
        let long = format!("let a = \"{}\";", "x".repeat(5000));
        assert!(!highlight(&long, "rust").contains("<span"));
        assert!(!highlight(&"let a;\n".repeat(60_000), "rust").contains("<span"));
    }

    #[test]
    fn javascript_ends() {
        // The other JavaScript syntax of the set never returns from this.
        assert!(highlight("a\n\n  /* e\n", "javascript").contains("hl-c"));
    }

    #[test]
    fn text_survives_any_language() {
        let source = "<!-- a --> 'b\" ${c} \\ é\t#{d}\r\n\n  /* e\n f */ @g `h` &amp; 日本 -->\n";
        for syntax in SYNTAXES.syntaxes() {
            let html = highlight(source, &syntax.name);
            assert_eq!(text(&html), source, "{}", syntax.name);
            assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
        }
    }
}
