//! A face: one thing that is checked, what came of it, and the table at the end.

use std::time::{Duration, Instant};

use crate::command::{self, Finished};
use crate::counts::Counts;
use crate::project::Project;

/// One thing that is checked.
#[derive(Debug)]
pub(crate) struct Face {
    /// What the table calls it.
    pub(crate) name: &'static str,
    /// Checks it.
    pub(crate) run: fn(&Project) -> Outcome,
}

/// What came of a face. A face that counted nothing has failed; see [`Outcome::of`].
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Checks that held.
    pub(crate) passed: u64,
    /// Checks that did not hold.
    pub(crate) failed: u64,
    /// What the reader has to know about the failures.
    pub(crate) reasons: Vec<String>,
}

impl Outcome {
    /// One check that held or, with the reason, did not.
    pub(crate) fn check(result: Result<(), String>) -> Self {
        match result {
            Ok(()) => Self { passed: 1, ..Self::default() },
            Err(reason) => Self { failed: 1, reasons: vec![reason], ..Self::default() },
        }
    }

    /// What a test tool counted. A test that did not run is a failure; so is a tool that failed without a failed test
    /// (it did not build, or it broke off), and a tool that counted nothing.
    pub(crate) fn of(finished: &Finished, counts: Counts) -> Self {
        let mut outcome = Self { passed: counts.passed, failed: counts.failed, reasons: Vec::new() };
        if counts.failed > 0 {
            outcome.reasons.push(format!("{} failed, see above", counts.failed));
        }
        if counts.not_run > 0 {
            outcome.failed = outcome.failed.saturating_add(counts.not_run);
            outcome.reasons.push(format!("{} ignored or skipped: a test runs or goes", counts.not_run));
        }
        if !finished.success && counts.failed == 0 {
            outcome.failed = outcome.failed.saturating_add(1);
            outcome.reasons.push(format!("it ended with {} though no test failed, see above", finished.ending));
        } else if outcome.passed == 0 && outcome.failed == 0 {
            outcome.failed = 1;
            outcome.reasons.push("it ran and counted no test".to_owned());
        }
        outcome
    }

    /// Adds what came of a further part of the same face.
    pub(crate) fn add(&mut self, part: Self) {
        self.passed = self.passed.saturating_add(part.passed);
        self.failed = self.failed.saturating_add(part.failed);
        self.reasons.extend(part.reasons);
    }

    /// What `attempt` came to, or one failure when it could not be made.
    pub(crate) fn attempt(attempt: Result<Self, String>) -> Self {
        attempt.unwrap_or_else(|reason| Self::check(Err(reason)))
    }
}

/// Runs the faces in order and prints the table and the count; whether all is well.
pub(crate) fn run_all(faces: &[Face], project: &Project) -> bool {
    let mut rows = Vec::with_capacity(faces.len());
    for face in faces {
        command::say(&format!("\n== {}", face.name));
        let start = Instant::now();
        let outcome = (face.run)(project);
        for reason in &outcome.reasons {
            command::say(&format!("FAILED {}: {reason}", face.name));
        }
        rows.push((face.name, outcome, start.elapsed()));
    }
    command::say(&report(&rows));
    !rows.is_empty() && rows.iter().all(|(_, outcome, _)| outcome.failed == 0)
}

/// The table of faces, the reasons of what failed and, last of all, the count.
fn report(rows: &[(&str, Outcome, Duration)]) -> String {
    let width = rows.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0);
    let mut lines = vec![String::new(), format!("{:width$}  passed  failed  seconds", "face")];
    for (name, outcome, time) in rows {
        let (passed, failed, seconds) = (outcome.passed, outcome.failed, time.as_secs_f64());
        lines.push(format!("{name:width$}  {passed:>6}  {failed:>6}  {seconds:>7.1}"));
    }
    lines.push(String::new());
    for (name, outcome, _) in rows {
        lines.extend(outcome.reasons.iter().map(|reason| format!("{name}: {reason}")));
    }
    let sum =
        |count: fn(&Outcome) -> u64| rows.iter().fold(0_u64, |sum, (_, outcome, _)| sum.saturating_add(count(outcome)));
    lines.push(format!("{} passed, {} failed", sum(|outcome| outcome.passed), sum(|outcome| outcome.failed)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Outcome, report};
    use crate::command::Finished;
    use crate::counts::Counts;

    fn ended(success: bool) -> Finished {
        Finished { lines: Vec::new(), success, ending: "exit status: 101".to_owned() }
    }

    #[test]
    fn tests_that_all_held_are_a_success() {
        let outcome = Outcome::of(&ended(true), Counts { passed: 3, failed: 0, not_run: 0 });
        assert_eq!(outcome, Outcome { passed: 3, failed: 0, reasons: vec![] });
    }

    #[test]
    fn an_ignored_test_is_a_failure() {
        let outcome = Outcome::of(&ended(true), Counts { passed: 3, failed: 0, not_run: 2 });
        assert_eq!((outcome.passed, outcome.failed), (3, 2));
        assert_eq!(outcome.reasons, ["2 ignored or skipped: a test runs or goes"]);
    }

    #[test]
    fn a_build_that_fails_is_one_failure() {
        let outcome = Outcome::of(&ended(false), Counts { passed: 3, failed: 0, not_run: 0 });
        assert_eq!((outcome.passed, outcome.failed), (3, 1));
        assert_eq!(outcome.reasons, ["it ended with exit status: 101 though no test failed, see above"]);
    }

    #[test]
    fn failed_tests_are_not_counted_again_for_the_exit_status() {
        let outcome = Outcome::of(&ended(false), Counts { passed: 3, failed: 2, not_run: 0 });
        assert_eq!((outcome.passed, outcome.failed), (3, 2));
    }

    #[test]
    fn a_tool_that_counted_nothing_has_failed() {
        let outcome = Outcome::of(&ended(true), Counts::default());
        assert_eq!((outcome.passed, outcome.failed), (0, 1));
        assert_eq!(outcome.reasons, ["it ran and counted no test"]);
    }

    #[test]
    fn a_face_that_cannot_run_has_failed_and_says_why() {
        let outcome = Outcome::attempt(Err("`python3` cannot be started".to_owned()));
        assert_eq!(outcome, Outcome { passed: 0, failed: 1, reasons: vec!["`python3` cannot be started".to_owned()] });
    }

    #[test]
    fn the_parts_of_a_face_are_counted_together() {
        let mut outcome = Outcome { passed: 3, failed: 1, reasons: vec!["one".to_owned()] };
        outcome.add(Outcome::check(Ok(())));
        outcome.add(Outcome::check(Err("other".to_owned())));
        let together = vec!["one".to_owned(), "other".to_owned()];
        assert_eq!(outcome, Outcome { passed: 4, failed: 2, reasons: together });
    }

    #[test]
    fn the_table_ends_with_the_count() {
        let failed = Outcome { passed: 120, failed: 2, reasons: vec!["2 failed, see above".to_owned()] };
        let rows = [
            ("format", Outcome::check(Ok(())), Duration::from_millis(240)),
            ("rust tests", failed, Duration::from_secs(61)),
        ];
        let expected = "
face        passed  failed  seconds
format           1       0      0.2
rust tests     120       2     61.0

rust tests: 2 failed, see above
121 passed, 2 failed";
        assert_eq!(report(&rows), expected);
    }
}
