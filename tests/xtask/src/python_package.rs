//! The face of the Python package: its wheel is built, weighed, tested, and installed where nothing else is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, run};
use crate::corpus::{self, Corpus};
use crate::counts;
use crate::face::Outcome;
use crate::project::Project;
use crate::python;

/// What a wheel may weigh at most, in bytes; this only goes down.
const HEAVIEST_WHEEL: u64 = 3_000_000;

/// Where the package lies.
const PACKAGE: &str = "bindings/python";

/// Everything that is checked of the package; what cannot be built has failed.
pub(crate) fn tests(project: &Project) -> Outcome {
    Outcome::attempt(checked(project))
}

fn checked(project: &Project) -> Result<Outcome, String> {
    let requirements = project.file("bindings/python/tests/requirements.txt")?;
    let python = python::environment(project, "python-package", &["-r".as_ref(), requirements.as_os_str()])?;
    let wheel = built(project, &python)?;
    install(project, &python, &wheel)?;
    let mut outcome = Outcome::check(light_enough(&wheel));
    outcome.add(pytest(project, &python)?);
    outcome.add(Outcome::check(typed(project, &python)));
    outcome.add(Outcome::check(stubs_are_true(project, &python)));
    outcome.add(Outcome::check(readme_in_a_fresh_environment(project, &wheel)));
    Ok(outcome)
}

/// Builds the wheel into a folder that holds nothing else.
///
/// # Errors
/// When it cannot be built by the maturin of this Python.
pub(crate) fn built(project: &Project, python: &Path) -> Result<PathBuf, String> {
    let folder = project.target.join("wheels");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).map_err(|problem| format!("the old wheels cannot be removed: {problem}"))?;
    }
    let mut build = in_package(project, python);
    // The profile is named in the package's own settings.
    build.args(["-m", "maturin", "build", "--locked", "--compression-level", "9", "--out"]).arg(&folder);
    command::succeed(build.env("CARGO_TARGET_DIR", &project.target))?;
    let wheels = fs::read_dir(&folder).map_err(|problem| format!("no wheel was built: {problem}"))?;
    let mut wheels = wheels.filter_map(Result::ok).map(|entry| entry.path());
    match (wheels.next(), wheels.next()) {
        (Some(wheel), None) => Ok(wheel),
        _ => Err("not exactly one wheel was built".to_owned()),
    }
}

/// Installs the wheel anew, since its version does not change while it is developed.
///
/// # Errors
/// When pip does not succeed.
pub(crate) fn install(project: &Project, python: &Path, wheel: &Path) -> Result<(), String> {
    let mut install = project.program(python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall", "--no-deps"]);
    command::succeed(install.arg(wheel))
}

/// One check: the wheel is no heavier than promised.
fn light_enough(wheel: &Path) -> Result<(), String> {
    let weight = fs::metadata(wheel).map_err(|problem| format!("the wheel cannot be weighed: {problem}"))?.len();
    command::say(&format!("the wheel has {weight} bytes"));
    if weight <= HEAVIEST_WHEEL {
        Ok(())
    } else {
        Err(format!("the wheel has {weight} bytes, more than {HEAVIEST_WHEEL}"))
    }
}

/// The package's own tests; its README and docstrings are among them.
fn pytest(project: &Project, python: &Path) -> Result<Outcome, String> {
    let corpus = Corpus::of(project)?;
    let mut tests = in_package(project, python);
    let finished = run(tests.args(["-m", "pytest"]).env(corpus::VARIABLE, corpus.folders()))?;
    let mut outcome = Outcome::of(&finished, counts::of_pytest(&finished.lines));
    outcome.add(corpus.counted(&finished));
    Ok(outcome)
}

/// One check: package and tests are typed without a hole.
fn typed(project: &Project, python: &Path) -> Result<(), String> {
    command::succeed(in_package(project, python).args(["-m", "mypy", "--strict", "-p", "rollbook"]))?;
    command::succeed(in_package(project, python).args(["-m", "mypy", "--strict", "tests", "../../examples/python"]))
}

/// One check: the stubs say what the built module has.
fn stubs_are_true(project: &Project, python: &Path) -> Result<(), String> {
    let call = ["-m", "mypy.stubtest", "rollbook", "--allowlist", "tests/stubtest-allowlist.txt"];
    command::succeed(in_package(project, python).args(call))
}

/// One check: where only the wheel is installed, the README's first example runs.
fn readme_in_a_fresh_environment(project: &Project, wheel: &Path) -> Result<(), String> {
    let program = project.file("bindings/python/tests/readme.py")?;
    let wanted = ["--no-index".as_ref(), "--force-reinstall".as_ref(), wheel.as_os_str()];
    let python = python::environment(project, "python-fresh", &wanted)?;
    command::succeed(project.program(python).arg("-I").arg(program))
}

/// A Python at the top of the package. What it imports is the installed wheel: the sources lie one folder deeper.
fn in_package(project: &Project, python: &Path) -> Command {
    let mut command = project.program(python);
    command.current_dir(project.top.join(PACKAGE)).env("MYPY_CACHE_DIR", project.target.join("mypy"));
    command
}
