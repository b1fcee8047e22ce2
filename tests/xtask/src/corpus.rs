//! The cases that every language runs: those that are checked in, and new ones drawn in each run.
//!
//! Each face is told by `ROLLBOOK_CORPUS` where they lie, and says in one line how many it has run. A face that says nothing, or
//! runs fewer than there are, has failed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::command::{self, Finished};
use crate::face::Outcome;
use crate::project::Project;

/// By which a face finds the cases: folders with commas between them.
pub(crate) const VARIABLE: &str = "ROLLBOOK_CORPUS";

/// How many cases are drawn in each run.
const DRAWN: &str = "10000";

/// How many rule sets are drawn for some of them, half of these with a fault, and how many questions to each.
const DOCUMENTS: u64 = 400;
const QUESTIONS: &str = "20";

/// The folders of cases of this run.
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    /// The folder that is checked in.
    pub(crate) own: PathBuf,
    /// The folder that was drawn.
    pub(crate) drawn: PathBuf,
    /// How many cases both have.
    cases: u64,
}

impl Corpus {
    /// The cases of this run; those to be drawn are drawn when they are first asked for.
    ///
    /// # Errors
    /// When they cannot be drawn.
    pub(crate) fn of(project: &Project) -> Result<Self, String> {
        static DRAWN: OnceLock<Result<Corpus, String>> = OnceLock::new();
        DRAWN.get_or_init(|| draw(project)).clone()
    }

    /// The value of [`VARIABLE`].
    pub(crate) fn folders(&self) -> String {
        format!("{},{}", self.own.display(), self.drawn.display())
    }

    /// What a face that ran says of its cases: that it ran all of them.
    pub(crate) fn counted(&self, finished: &Finished) -> Outcome {
        outcome(&finished.lines, self.cases)
    }
}

/// Whether the files that are checked in are what the engine gives today.
///
/// # Errors
/// With the files that are not.
pub(crate) fn fresh(project: &Project) -> Result<(), String> {
    let finished = command::run(project.own_program("rollbook-corpus")?.arg("check"))?;
    if finished.success { Ok(()) } else { Err(finished.lines.join("\n")) }
}

/// Writes what the engine gives today.
///
/// # Errors
/// When a case cannot be answered, or what was worked out by hand is no longer met.
pub(crate) fn write(project: &Project) -> Result<(), String> {
    command::succeed(project.own_program("rollbook-corpus")?.arg("write"))
}

fn draw(project: &Project) -> Result<Corpus, String> {
    let folder = project.target.join("corpus");
    let (own, drawn, documents) =
        (project.top.join("tests/corpus"), folder.join("drawn"), folder.join("documents.jsonl"));
    let problem = |problem| format!("`{}`: {problem}", folder.display());
    // That there is none yet is as good.
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).map_err(problem)?;
    command::say(&format!("seed {0}; `cargo xtask test --seed {0}` draws the same again", project.seed));
    let first = u128::from(project.seed).saturating_mul(u128::from(DOCUMENTS)).to_string();
    let mut generate = project.program("python3");
    generate.arg(project.file("tests/oracle/generate.py")?);
    generate.args(["--seed", &first, "--count", &DOCUMENTS.to_string(), "--probes", QUESTIONS]);
    let lines = fs::File::create(&documents).map_err(problem)?;
    let ended = generate.stdout(lines).status().map_err(|problem| format!("`python3` cannot be started: {problem}"))?;
    if !ended.success() {
        return Err(format!("rule sets cannot be drawn: `generate.py` ended with {ended}"));
    }
    let mut draw = project.program(project.released("rollbook-corpus")?);
    command::succeed(draw.args(["draw", &project.seed.to_string(), DRAWN]).arg(&documents).arg(&drawn))?;
    let cases = listed(&own)?.saturating_add(listed(&drawn)?);
    Ok(Corpus { own, drawn, cases })
}

/// How many cases the index of a folder lists.
fn listed(folder: &Path) -> Result<u64, String> {
    let index = folder.join("index.json");
    let text = fs::read_to_string(&index).map_err(|problem| format!("`{}`: {problem}", index.display()))?;
    cases_of(&text).ok_or_else(|| format!("`{}` does not say how many cases there are", index.display()))
}

fn cases_of(index: &str) -> Option<u64> {
    let (_, rest) = index.split_once("\"cases\":")?;
    rest.split([',', '\n']).next()?.trim().parse().ok()
}

fn outcome(lines: &[String], cases: u64) -> Outcome {
    let said = lines.iter().rev().find_map(|line| {
        let (passed, failed) = line.split_once("corpus: ")?.1.split_once(" passed, ")?;
        Some((passed.parse::<u64>().ok()?, failed.strip_suffix(" failed")?.parse::<u64>().ok()?))
    });
    match said {
        Some((passed, 0)) if passed == cases => Outcome { passed, failed: 0, reasons: Vec::new() },
        Some((passed, failed)) => {
            let reason = format!("{passed} of the {cases} cases of the corpus hold");
            Outcome { passed, failed: failed.max(1), reasons: vec![reason] }
        }
        None => Outcome::check(Err("it does not say how many cases of the corpus it ran".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{cases_of, outcome};

    fn said(line: &str) -> (u64, u64) {
        let outcome = outcome(&["before".to_owned(), line.to_owned(), "after".to_owned()], 12);
        (outcome.passed, outcome.failed)
    }

    #[test]
    fn a_face_that_ran_every_case_has_passed_as_many() {
        assert_eq!(said("corpus: 12 passed, 0 failed"), (12, 0));
        assert_eq!(said("# corpus: 12 passed, 0 failed"), (12, 0));
    }

    #[test]
    fn a_face_that_ran_fewer_cases_than_there_are_has_failed() {
        assert_eq!(said("corpus: 11 passed, 0 failed"), (11, 1));
        assert_eq!(said("corpus: 0 passed, 0 failed"), (0, 1));
    }

    #[test]
    fn a_face_that_says_nothing_of_the_corpus_has_failed() {
        assert_eq!(said("12 passed, 0 failed"), (0, 1));
    }

    #[test]
    fn a_case_that_does_not_hold_is_a_failure() {
        assert_eq!(said("corpus: 10 passed, 2 failed"), (10, 2));
    }

    #[test]
    fn an_index_says_how_many_cases_there_are() {
        assert_eq!(cases_of("{\n  \"cases\": 1318,\n  \"files\": {}\n}"), Some(1318));
        assert_eq!(cases_of("{}"), None);
    }
}
