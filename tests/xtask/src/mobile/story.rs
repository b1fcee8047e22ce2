//! The example that every language has: what it prints is the same in all of them.

use std::fs;

use crate::command::Finished;
use crate::generated::STORY;
use crate::project::Project;

/// The text of an example.
///
/// # Errors
/// When it cannot be read.
pub(super) fn program(project: &Project, path: &str) -> Result<String, String> {
    fs::read_to_string(project.file(path)?).map_err(|problem| format!("`{path}`: {problem}"))
}

/// That the example printed the story, line after line; what the tool says before and after is left aside.
///
/// # Errors
/// The first line that was not printed where it belongs.
pub(super) fn told(project: &Project, finished: &Finished) -> Result<(), String> {
    compare(&program(project, STORY)?, finished)
}

fn compare(story: &str, finished: &Finished) -> Result<(), String> {
    if !finished.success {
        return Err(format!("the example ended with {}", finished.ending));
    }
    let mut wanted = story.lines();
    let first = wanted.next().ok_or_else(|| format!("`{STORY}` is empty"))?;
    let mut printed = finished.lines.iter().skip_while(|line| line.trim_end() != first);
    printed.next().ok_or_else(|| format!("the example did not print `{first}`"))?;
    for wanted in wanted {
        match printed.next() {
            Some(line) if line.trim_end() == wanted => {}
            Some(line) => return Err(format!("the example printed `{line}` in place of `{wanted}`")),
            None => return Err(format!("the example ended before `{wanted}`")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::command::Finished;

    fn printed(text: &str, success: bool) -> Finished {
        Finished { lines: text.lines().map(str::to_owned).collect(), success, ending: "exit status: 1".to_owned() }
    }

    #[test]
    fn the_story_stands_among_what_the_tool_says() {
        assert_eq!(compare("Amount\n  81.00\n", &printed("[INFO] run\nAmount\n  81.00\n[INFO] done", true)), Ok(()));
    }

    #[test]
    fn a_line_that_differs_or_is_missing_is_named() {
        let problem = |text| compare("Amount\n  81.00\n", &printed(text, true)).unwrap_err();
        assert_eq!(problem("Amount\n  81"), "the example printed `  81` in place of `  81.00`");
        assert_eq!(problem("Amount"), "the example ended before `  81.00`");
        assert_eq!(problem(""), "the example did not print `Amount`");
        let failed = compare("Amount", &printed("Amount", false)).unwrap_err();
        assert_eq!(failed, "the example ended with exit status: 1");
    }
}
