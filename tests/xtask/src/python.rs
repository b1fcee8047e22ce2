//! The oracle in Python: its own tests, and the engine compared with it; and how environments of Python are made.

use std::ffi::OsStr;
use std::path::PathBuf;

use crate::command::{self, run};
use crate::counts;
use crate::face::Outcome;
use crate::project::Project;

/// How many rule sets and rosters one comparison draws.
const COMPARISONS: &str = "10000";

/// The tests of the oracle itself, by pytest.
pub(crate) fn oracle_tests(project: &Project) -> Outcome {
    Outcome::attempt(oracle_environment(project).and_then(|python| {
        let finished = run(project.program(python).args(["-m", "pytest", "tests/oracle"]))?;
        Ok(Outcome::of(&finished, counts::of_pytest(&finished.lines)))
    }))
}

/// The engine against the oracle, on rule sets and rosters that are drawn from the seed.
pub(crate) fn comparison(project: &Project) -> Outcome {
    Outcome::attempt(compare(project))
}

fn compare(project: &Project) -> Result<Outcome, String> {
    let program = project.file("tests/oracle/compare.py")?;
    let python = oracle_environment(project)?;
    let engine = project.released("rollbook-lines")?;
    let seed = project.seed.to_string();
    command::say(&format!("seed {seed}; `cargo xtask test --seed {seed}` draws the same again"));
    let mut compare = project.program(python);
    compare.arg(program).arg("--engine").arg(engine).args(["--count", COMPARISONS, "--seed", &seed]);
    let finished = run(&mut compare)?;
    let counts = counts::of_last_line(&finished.lines).ok_or_else(|| {
        format!("it ended with {} and without a last line `N passed, N failed` (seed {seed})", finished.ending)
    })?;
    let mut outcome = Outcome::of(&finished, counts);
    if outcome.failed > 0 {
        outcome.reasons.push(format!("`cargo xtask test --seed {seed}` shows it again"));
    }
    Ok(outcome)
}

/// The Python of the oracle's environment, with what the oracle needs.
fn oracle_environment(project: &Project) -> Result<PathBuf, String> {
    let requirements = project.file("tests/oracle/requirements.txt")?;
    environment(project, "venv", &["pytest==8.*".as_ref(), "-r".as_ref(), requirements.as_os_str()])
}

/// The Python of an environment of our own in `folder` of the build products, where pip installed what is `wanted`;
/// made when it is missing or no longer starts.
///
/// # Errors
/// When there is no Python to make it with, or pip cannot install what is wanted.
pub(crate) fn environment(project: &Project, folder: &str, wanted: &[&OsStr]) -> Result<PathBuf, String> {
    let folder = project.target.join(folder);
    let python = folder.join("bin").join("python");
    // Its Python is a link to the machine's, which an update can take away.
    if !python.is_file() || command::succeed(project.program(&python).arg("--version")).is_err() {
        command::succeed(project.program("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    }
    let mut install = project.program(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command::succeed(install.args(wanted))?;
    Ok(python)
}
