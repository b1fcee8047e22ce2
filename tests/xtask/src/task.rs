//! What the caller asks for.

/// What `--help` prints.
pub(crate) const HELP: &str = "\
The project's own tasks.

usage: cargo xtask <task> [options]

  test [--seed N]     every check that there is: the lints, the Rust tests, the README's command, the Python
                      package, the oracle, the engine against the oracle; ends with `N passed, N failed`. The rule sets and
                      rosters of the comparison are drawn from the seed, which is printed and new in each run.
  npm                 the part of `test` that builds and tests the npm package, which lies in `target/npm/package` then
  mobile              the part of `test` that builds and tests the packages for Kotlin and Swift
  lint                the part of `test` that only reads: format, clippy, documentation, the house rules
  bench [ARGUMENT]... the speed of the engine, as ratios measured in one run
  bench polars        a roster of a million members in CSV, beside the same rule written in polars, which it installs
  bench faces [FACE]..
                      what a call costs in python, node, chromium, kotlin, swift, beside their peers, which it
                      installs; with `--enforce` a missed bar is a failure
  docs [ARGUMENT]...  builds the book, where mdBook is installed, and the reference documentation; `--open` shows that
  schema [--check]    writes the checked-in files that are generated; `--check` only says whether they are fresh
  --help              this text

exit code: 0 all is well, 1 something failed, 2 a wrong call";

/// A task with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Prints [`HELP`].
    Help,
    /// Runs every face; without a seed one is drawn.
    Test { seed: Option<u64> },
    /// Runs the faces that only read.
    Lint,
    /// Runs the faces of the npm package.
    Npm,
    /// Runs the faces of the packages for Kotlin and Swift.
    Mobile,
    /// Runs the benchmarks with the rest of the call.
    Bench { rest: Vec<String> },
    /// Builds the documentation, the rest of the call goes to `cargo doc`.
    Docs { rest: Vec<String> },
    /// Writes the generated files, or only compares them.
    Schema { check: bool },
}

impl Task {
    /// Reads the words after `cargo xtask`.
    ///
    /// # Errors
    /// A task or an option that does not exist, a seed that is not a whole number below 2^64.
    pub(crate) fn read(arguments: &[String]) -> Result<Self, String> {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let passed_on = || arguments.iter().skip(1).cloned().collect();
        match words.as_slice() {
            [] => Err("no task is named".to_owned()),
            ["--help" | "-h" | "help", ..] | ["test" | "lint" | "npm" | "mobile" | "schema", "--help" | "-h"] => {
                Ok(Self::Help)
            }
            ["test"] => Ok(Self::Test { seed: None }),
            ["test", "--seed", seed] => Self::seeded(seed),
            ["test", option] if option.starts_with("--seed=") => Self::seeded(option.trim_start_matches("--seed=")),
            ["lint"] => Ok(Self::Lint),
            ["npm"] => Ok(Self::Npm),
            ["mobile"] => Ok(Self::Mobile),
            ["bench", ..] => Ok(Self::Bench { rest: passed_on() }),
            ["docs", ..] => Ok(Self::Docs { rest: passed_on() }),
            ["schema"] => Ok(Self::Schema { check: false }),
            ["schema", "--check"] => Ok(Self::Schema { check: true }),
            [task @ ("test" | "lint" | "npm" | "mobile" | "schema"), rest @ ..] => {
                Err(format!("`{task}` does not take `{}`", rest.join(" ")))
            }
            [task, ..] => Err(format!("there is no task `{task}`")),
        }
    }

    fn seeded(seed: &str) -> Result<Self, String> {
        let seed = seed.parse().map_err(|_| format!("the seed `{seed}` is not a whole number below 2^64"))?;
        Ok(Self::Test { seed: Some(seed) })
    }
}

#[cfg(test)]
mod tests {
    use super::Task;

    fn read(call: &str) -> Result<Task, String> {
        Task::read(&call.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_failing_comparison_can_be_repeated_by_its_seed() {
        assert_eq!(read("test --seed 17"), Ok(Task::Test { seed: Some(17) }));
        assert_eq!(read("test --seed=17"), Ok(Task::Test { seed: Some(17) }));
        assert_eq!(read("test"), Ok(Task::Test { seed: None }));
    }

    #[test]
    fn a_seed_that_is_no_number_is_refused() {
        assert_eq!(read("test --seed x"), Err("the seed `x` is not a whole number below 2^64".to_owned()));
        assert_eq!(read("test --seed"), Err("`test` does not take `--seed`".to_owned()));
    }

    #[test]
    fn a_task_that_does_not_exist_is_refused() {
        assert_eq!(read("tset"), Err("there is no task `tset`".to_owned()));
        assert_eq!(read("lint --fix"), Err("`lint` does not take `--fix`".to_owned()));
        assert_eq!(read(""), Err("no task is named".to_owned()));
    }

    #[test]
    fn what_follows_bench_goes_to_the_benchmark() {
        assert_eq!(read("bench load --help"), Ok(Task::Bench { rest: vec!["load".to_owned(), "--help".to_owned()] }));
    }

    #[test]
    fn help_is_found_where_people_look_for_it() {
        for call in ["--help", "-h", "help", "test --help", "lint -h", "schema --help"] {
            assert_eq!(read(call), Ok(Task::Help), "{call}");
        }
    }
}
