//! Counting: what a tool's output says about how many tests passed and failed.

/// How many tests a tool reports.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Tests that ran and held.
    pub(crate) passed: u64,
    /// Tests that ran and did not hold, or broke.
    pub(crate) failed: u64,
    /// Tests that exist and did not run, or whose outcome was excused: ignored, skipped, expected to fail.
    pub(crate) not_run: u64,
}

impl Counts {
    /// Adds the number that a tool puts before a word; other words (`filtered out`, `warnings`) count nothing.
    fn add(&mut self, number: u64, word: &str) {
        let counted = match word {
            "passed" => &mut self.passed,
            "failed" | "error" | "errors" => &mut self.failed,
            "ignored" | "skipped" | "deselected" | "xfailed" | "xpassed" => &mut self.not_run,
            _ => return,
        };
        *counted = counted.saturating_add(number);
    }

    /// Adds a list of numbers with their words: `3 passed`, `1 failed`.
    fn add_all<'a>(&mut self, parts: impl Iterator<Item = &'a str>) {
        for part in parts {
            if let Some((number, word)) = part.trim().split_once(' ')
                && let Ok(number) = number.parse()
            {
                self.add(number, word);
            }
        }
    }
}

/// The sum over all lines `test result: ok. 3 passed; 0 failed; 0 ignored; …`, one of which ends each Rust test binary.
pub(crate) fn of_libtest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        if let Some((_, numbers)) = line.strip_prefix("test result: ").and_then(|result| result.split_once(". ")) {
            counts.add_all(numbers.split(';'));
        }
    }
    counts
}

/// The numbers of pytest's last line, `==== 3 passed, 1 skipped in 0.12s ====`; nothing counted where there is none.
pub(crate) fn of_pytest(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    let summary = lines.iter().rev().find_map(|line| line.trim_matches(['=', ' ']).rsplit_once(" in "));
    if let Some((numbers, _)) = summary {
        counts.add_all(numbers.split(','));
    }
    counts
}

/// The numbers by which the test runner of Node ends its report: `# pass 3`, `# fail 0`, `# skipped 0` and so on.
pub(crate) fn of_tap(lines: &[String]) -> Counts {
    let mut counts = Counts::default();
    for (word, number) in lines.iter().filter_map(|line| line.strip_prefix("# ")?.split_once(' ')) {
        let Ok(number) = number.parse() else { continue };
        match word {
            "pass" => counts.add(number, "passed"),
            "fail" | "cancelled" => counts.add(number, "failed"),
            "skipped" | "todo" => counts.add(number, "skipped"),
            _ => {}
        }
    }
    counts
}

/// The last line `Tests run: 3, Failures: 0, Errors: 0, Skipped: 0` of Maven, which sums up its classes of tests.
pub(crate) fn of_surefire(lines: &[String]) -> Counts {
    let sum = |line: &String| {
        // The line of one class goes on with its time.
        let (_, numbers) = line.split_once("Tests run: ").filter(|_| !line.contains("Time elapsed"))?;
        let numbers = numbers.split(", ").map(|part| part.rsplit(' ').next().and_then(|number| number.parse().ok()));
        numbers.collect::<Option<Vec<u64>>>().and_then(|numbers| <[u64; 4]>::try_from(numbers).ok())
    };
    let Some([run, failures, errors, skipped]) = lines.iter().rev().find_map(sum) else { return Counts::default() };
    let failed = failures.saturating_add(errors);
    Counts { passed: run.saturating_sub(failed).saturating_sub(skipped), failed, not_run: skipped }
}

/// The last line `Executed 3 tests, with 0 failures (0 unexpected) in …` of `XCTest`, which sums up all its classes; a test
/// that was skipped stands in it as `with 1 test skipped and`.
pub(crate) fn of_xctest(lines: &[String]) -> Counts {
    let sum = |line: &String| {
        let (run, rest) = line.trim().strip_prefix("Executed ")?.split_once(" test")?;
        let (_, rest) = rest.split_once("with ")?;
        let (skipped, rest) = rest.split_once(" skipped and ").map_or((Some(0), rest), |(skipped, rest)| {
            (skipped.split(' ').next().and_then(|number| number.parse().ok()), rest)
        });
        Some((run.parse::<u64>().ok()?, rest.split(' ').next()?.parse::<u64>().ok()?, skipped?))
    };
    let Some((run, failed, not_run)) = lines.iter().rev().find_map(sum) else { return Counts::default() };
    Counts { passed: run.saturating_sub(failed).saturating_sub(not_run), failed, not_run }
}

/// The numbers of a last line that is exactly `N passed, N failed`, by which the project's own programs end.
pub(crate) fn of_last_line(lines: &[String]) -> Option<Counts> {
    let (passed, failed) = lines.iter().rev().find(|line| !line.trim().is_empty())?.split_once(" passed, ")?;
    let failed = failed.strip_suffix(" failed")?;
    Some(Counts { passed: passed.parse().ok()?, failed: failed.parse().ok()?, not_run: 0 })
}

#[cfg(test)]
mod tests {
    use super::{Counts, of_last_line, of_libtest, of_pytest, of_surefire, of_tap, of_xctest};

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn every_rust_test_binary_is_counted() {
        let output = lines(
            "running 3 tests\ntest a ... ok\n\n\
             test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\
             test result: FAILED. 4 passed; 2 failed; 1 ignored; 5 measured; 6 filtered out; finished in 1.25s\n",
        );
        assert_eq!(of_libtest(&output), Counts { passed: 7, failed: 2, not_run: 1 });
    }

    #[test]
    fn a_result_that_a_test_quotes_is_not_counted() {
        let output = lines("  left: \"test result: ok. 3 passed; 0 failed\"\nlast test result: ok. 9 passed; 0 failed");
        assert_eq!(of_libtest(&output), Counts::default());
    }

    #[test]
    fn a_build_that_fails_counts_nothing() {
        assert_eq!(of_libtest(&lines("error: could not compile `rollbook`")), Counts::default());
    }

    #[test]
    fn pytest_is_counted_by_its_summary_line() {
        let counted = |summary: &str| of_pytest(&lines(&format!("3 passed in a line that is not the last\n{summary}")));
        assert_eq!(
            counted("======= 2 failed, 10 passed, 1 skipped, 3 warnings in 61.02s (0:01:01) ======="),
            Counts { passed: 10, failed: 2, not_run: 1 }
        );
        assert_eq!(counted("12 passed in 0.01s"), Counts { passed: 12, failed: 0, not_run: 0 });
        assert_eq!(counted("=== 1 passed, 2 errors in 0.1s ==="), Counts { passed: 1, failed: 2, not_run: 0 });
    }

    #[test]
    fn an_excused_test_is_a_test_that_did_not_run() {
        let summary = lines("== 1 passed, 1 deselected, 1 xfailed, 1 xpassed in 0.05s ==");
        assert_eq!(of_pytest(&summary), Counts { passed: 1, failed: 0, not_run: 3 });
    }

    #[test]
    fn pytest_without_tests_counts_nothing() {
        assert_eq!(of_pytest(&lines("===== no tests ran in 0.01s =====")), Counts::default());
        assert_eq!(of_pytest(&[]), Counts::default());
    }

    #[test]
    fn node_is_counted_by_the_summary_of_its_report() {
        let report = lines(
            "ok 1 - a\n1..5\n# tests 5\n# suites 0\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 9.5",
        );
        assert_eq!(of_tap(&report), Counts { passed: 2, failed: 2, not_run: 1 });
        assert_eq!(of_tap(&lines("not ok 1 - broken off")), Counts::default());
    }

    #[test]
    fn maven_is_counted_by_the_sum_of_its_classes() {
        let output = lines(
            "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.3 s -- in org.rollbook.AmountTest\n\
             [ERROR] Tests run: 9, Failures: 1, Errors: 2, Skipped: 1\n[INFO] BUILD FAILURE",
        );
        assert_eq!(of_surefire(&output), Counts { passed: 5, failed: 3, not_run: 1 });
        assert_eq!(of_surefire(&lines("[INFO] No tests to run.")), Counts::default());
    }

    #[test]
    fn swift_is_counted_by_the_sum_of_its_classes() {
        let output = |skipped: &str, failed: u64| {
            lines(&format!(
                "\t Executed 2 tests, with 0 failures (0 unexpected) in 0.1 (0.1) seconds\n\
                 \t Executed 7 tests, with {skipped}{failed} failures (0 unexpected) in 0.1 (0.1) seconds"
            ))
        };
        assert_eq!(of_xctest(&output("", 0)), Counts { passed: 7, failed: 0, not_run: 0 });
        assert_eq!(of_xctest(&output("1 test skipped and ", 2)), Counts { passed: 4, failed: 2, not_run: 1 });
        assert_eq!(of_xctest(&lines("error: no such module")), Counts::default());
    }

    #[test]
    fn the_last_line_of_our_programs_is_the_count() {
        let output = lines("seed 7\n1 passed, 1 failed\n9998 passed, 2 failed\n\n");
        assert_eq!(of_last_line(&output), Some(Counts { passed: 9998, failed: 2, not_run: 0 }));
    }

    #[test]
    fn any_other_last_line_is_no_count() {
        for output in ["", "3 passed", "3 passed, 1 failed, 2 skipped", "3 passed, x failed", "3 passed, 0 failed\nbye"]
        {
            assert_eq!(of_last_line(&lines(output)), None, "{output}");
        }
    }
}
