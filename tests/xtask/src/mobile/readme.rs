//! The ten lines of a README, run as they stand there: what each line prints stands beside it.

use std::fs;

use crate::command::Finished;
use crate::face::Outcome;
use crate::project::Project;

/// The first block of code in a language.
///
/// # Errors
/// When the README has none.
pub(super) fn code(project: &Project, readme: &str, language: &str) -> Result<String, String> {
    let text = fs::read_to_string(project.file(readme)?).map_err(|problem| format!("`{readme}`: {problem}"))?;
    let (_, rest) = text.split_once(&format!("```{language}\n")).ok_or_else(|| format!("`{readme}` has no code"))?;
    rest.split_once("```").map(|(code, _)| code.to_owned()).ok_or_else(|| format!("`{readme}`: code without end"))
}

/// One check for each line of the code that prints: that it printed what the comment beside it says.
pub(super) fn compare(code: &str, finished: &Finished) -> Outcome {
    let mut outcome = Outcome::default();
    let mut printed = finished.lines.iter();
    let prints = code.lines().filter(|line| line.contains("print"));
    for wanted in prints.filter_map(|line| line.rsplit_once(" // ").map(|(_, wanted)| wanted)) {
        if printed.any(|line| line.trim() == wanted) {
            outcome.passed = outcome.passed.saturating_add(1);
        } else {
            outcome.failed = outcome.failed.saturating_add(1);
            outcome.reasons.push(format!("`{wanted}` was not printed"));
        }
    }
    if !finished.success || outcome.passed == 0 {
        outcome.failed = outcome.failed.saturating_add(1);
        outcome.reasons.push(format!("the code of the README ended with {}", finished.ending));
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::command::Finished;

    fn printed(text: &str) -> Finished {
        let lines = text.lines().map(str::to_owned).collect();
        Finished { lines, success: true, ending: "exit status: 0".to_owned() }
    }

    #[test]
    fn each_line_prints_what_stands_beside_it_in_that_order() {
        let code = "println(a) // charged\ncall() // missing is not zero\nif (b) { print(c) } // 81.00\n";
        let outcome = compare(code, &printed("charged\n81.00"));
        assert_eq!((outcome.passed, outcome.failed), (2, 0));
        let outcome = compare(code, &printed("81.00\ncharged"));
        assert_eq!((outcome.passed, outcome.failed), (1, 1));
    }

    #[test]
    fn code_that_prints_nothing_has_failed() {
        assert_eq!(compare("call()", &printed("")).failed, 1);
    }
}
