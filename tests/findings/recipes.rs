//! The recipes of the guide, as far as they are commands of this program, and the action.

use super::*;

fn text(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join(path)).expect("it is part of the project")
}

/// The commands in the blocks of code of the guide, in their order.
fn commands() -> Vec<String> {
    let guide = text("content/guide/continuous-integration.md");
    let blocks = guide.split("```").skip(1).step_by(2);
    let lines = blocks.filter(|block| !block.starts_with("text")).flat_map(str::lines);
    let commands = lines.map(|line| line.trim().trim_start_matches("- "));
    let commands = commands.filter(|line| line.starts_with("lacuna "));
    commands
        .map(|line| {
            let line = line.split(" #").next().unwrap_or(line);
            line.split(" > ").next().unwrap_or(line).trim().to_owned()
        })
        .collect()
}

#[test]
fn every_command_of_the_guide_runs() {
    let folder = project(&[("a.md", "# A\n\n[x](b.md)\n"), ("b.md", "# B\n\nWords.\n")]);
    let commands = commands();
    assert!(commands.len() >= 6, "{commands:?}");
    for line in commands {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lacuna"));
        let arguments: Vec<&str> = line.split(' ').skip(1).collect();
        let run = command.args(arguments).current_dir(folder.path()).output().expect("it starts");
        assert_eq!(code(&run), Some(0), "{line}: {}", stderr(&run));
    }
    for path in ["index.html", "404.html", "_headers", "a.html"] {
        assert!(folder.path().join("public").join(path).is_file(), "{path}");
    }
}

#[test]
fn every_rule_of_the_guide_is_read() {
    let guide = text("content/guide/continuous-integration.md");
    let blocks = guide.split("```toml\n").skip(1);
    let mut count = 0;
    for block in blocks {
        let block = block.split("```").next().unwrap_or_default();
        let folder = project(&[("a.md", "# A\n\nWords.\n"), ("lacuna.toml", block)]);
        let run = check(folder.path(), &["--informational"]);
        assert_eq!(code(&run), Some(0), "{}", stderr(&run));
        count += 1;
    }
    assert!(count >= 1);
}

#[test]
fn no_input_of_the_action_is_written_into_a_script() {
    let action = text("action.yml");
    let mut script: Option<usize> = None;
    let mut scripts = 0;
    for line in action.lines() {
        let indent = line.len() - line.trim_start().len();
        if script.is_some_and(|at| indent <= at && !line.trim().is_empty()) {
            script = None;
        }
        assert!(script.is_none() || !line.contains("${{"), "{line}");
        if line.trim_start().starts_with("run: |") {
            script = Some(indent);
            scripts += 1;
        }
    }
    assert_eq!(scripts, 3);
    assert!(!action.contains("secrets") && !action.contains("token:"), "{action}");
}
