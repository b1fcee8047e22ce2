//! The face that runs what the README tells a newcomer to run first.

use std::fs;

use crate::command::{self, Finished};
use crate::face::Outcome;
use crate::project::Project;

/// One check: the README's first command succeeds as it is written there, and answers.
pub(crate) fn first_command(project: &Project) -> Outcome {
    Outcome::check(read(project).and_then(|words| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        answered(&command::run(&mut project.cargo(&words))?)
    }))
}

/// A heading alone is no answer: success without a single row would say nothing about the sample roster.
fn answered(finished: &Finished) -> Result<(), String> {
    match finished.lines.len() {
        _ if !finished.success => Err(format!("the README's first command ended with {}", finished.ending)),
        0 | 1 => Err("the README's first command printed no row".to_owned()),
        _ => Ok(()),
    }
}

fn read(project: &Project) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(project.file("README.md")?).map_err(|problem| format!("`README.md`: {problem}"))?;
    first_cargo_run(&text).ok_or_else(|| "`README.md` shows no command `cargo run …` in a code block".to_owned())
}

/// The words after `cargo` of the first line of a code block that begins with `cargo run`.
fn first_cargo_run(markdown: &str) -> Option<Vec<String>> {
    let mut inside = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside && line.starts_with("cargo run ") {
            return Some(line.split_whitespace().skip(1).map(str::to_owned).collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{answered, first_cargo_run};
    use crate::command::Finished;

    fn printed(lines: &[&str], success: bool) -> Finished {
        let lines = lines.iter().copied().map(str::to_owned).collect();
        Finished { lines, success, ending: "exit status: 1".to_owned() }
    }

    #[test]
    fn a_roster_is_answered_by_a_heading_and_rows() {
        assert_eq!(answered(&printed(&["id,amount", "a,15.00"], true)), Ok(()));
    }

    #[test]
    fn success_without_a_row_is_no_answer() {
        for lines in [vec![], vec!["id,amount"]] {
            let problem = answered(&printed(&lines, true)).unwrap_err();
            assert_eq!(problem, "the README's first command printed no row");
        }
    }

    #[test]
    fn rows_without_success_are_a_failure() {
        let problem = answered(&printed(&["id,amount", "a,"], false)).unwrap_err();
        assert_eq!(problem, "the README's first command ended with exit status: 1");
    }

    #[test]
    fn the_first_command_stands_in_a_code_block() {
        let markdown = "Text.\ncargo run --not-this\n\n```rust\nlet a = 1;\n```\n\n```sh\ncargo run -p x -- dues a.csv\n\
                        cargo run second\n```\n";
        assert_eq!(first_cargo_run(markdown).unwrap().join(" "), "run -p x -- dues a.csv");
    }

    #[test]
    fn a_readme_without_a_command_has_none() {
        assert_eq!(first_cargo_run("```sh\ncargo xtask test\n```\ncargo run x\n"), None);
    }
}
