//! `cargo xtask bench faces`: what a call costs in each language, beside what it is measured by in the same run.
//!
//! Each language has a program in `tests/bench/faces`, which prints one line for each measure. The packages are built as they
//! are shipped; the peers come from their registries, into folders of the build products, and nothing else needs them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, run};
use crate::mobile;
use crate::npm;
use crate::project::Project;
use crate::python;
use crate::python_package;

/// The programs.
const PROGRAMS: &str = "tests/bench/faces";

/// What the Python package is measured beside, and with; the tool that builds it.
const PYTHON_PEERS: [&str; 3] = ["maturin==1.16.*", "pyarrow==26.*", "zen-engine==2.1.3"];

/// What the npm package is measured beside.
const NPM_PEER: &str = "json-logic-engine@5.0.7";

/// What a line begins with whose bar is missed.
const MISSED: &str = "MISSED";

/// What is measured.
type Face = fn(&Project) -> Result<Vec<String>, String>;

/// The faces, by the names under which they are asked for.
const FACES: [(&str, Face); 5] =
    [("python", python), ("node", node), ("chromium", chromium), ("kotlin", kotlin), ("swift", swift)];

/// Measures the faces that are named, or all; false where a bar is missed and `--enforce` is among the words.
///
/// # Errors
/// A face that does not exist, a program that cannot be built or does not end well.
pub(crate) fn perform(project: &Project, words: &[String]) -> Result<bool, String> {
    let known = FACES.map(|(name, _)| name);
    let named: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "--enforce").collect();
    if let Some(unknown) = named.iter().find(|word| !known.contains(word)) {
        return Err(format!("there is no face `{unknown}`; there are {}, and `--enforce`", known.join(", ")));
    }
    let (mut report, mut missed) = (Vec::new(), 0_usize);
    for (name, measure) in FACES.iter().filter(|(name, _)| named.is_empty() || named.contains(name)) {
        let lines = measure(project)?;
        let measures = lines.into_iter().filter(|line| line.contains(": "));
        report.push(format!("\n{name}"));
        for line in measures {
            missed = missed.saturating_add(usize::from(line.starts_with(MISSED)));
            report.push(line);
        }
    }
    command::say(&report.join("\n"));
    command::say(&format!("\n{missed} missed"));
    Ok(missed == 0 || !words.iter().any(|word| word == "--enforce"))
}

/// The lines of a program that ends well.
fn lines(program: &mut Command) -> Result<Vec<String>, String> {
    let finished = run(program)?;
    if finished.success { Ok(finished.lines) } else { Err(format!("it ended with {}", finished.ending)) }
}

/// Copies the programs of a kind into a folder.
fn place(project: &Project, ending: &str, folder: &Path) -> Result<(), String> {
    let from = project.top.join(PROGRAMS);
    let problem = |problem| format!("`{}`: {problem}", from.display());
    for entry in fs::read_dir(&from).map_err(problem)? {
        let file = entry.map_err(problem)?.path();
        if let Some(name) = file.file_name().filter(|_| file.extension().is_some_and(|own| own == ending)) {
            fs::copy(&file, folder.join(name)).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        }
    }
    Ok(())
}

fn python(project: &Project) -> Result<Vec<String>, String> {
    let interpreter = python::environment(project, "bench-python", &PYTHON_PEERS.map(AsRef::as_ref))?;
    let wheel = python_package::built(project, &interpreter)?;
    python_package::install(project, &interpreter, &wheel)?;
    let native = lines(&mut project.cargo(&["run", "--release", "-p", "rollbook-bench", "--", "given", "--json"]))?;
    let picoseconds = native.iter().find_map(|line| line.split_once("\"picoseconds\":")?.1.split(',').next());
    let picoseconds = picoseconds.ok_or("the native loop says no time")?.to_owned();
    let members = project.target.join("bench-members.csv");
    fs::write(&members, drawn_members(project)?).map_err(|problem| format!("`{}`: {problem}", members.display()))?;
    let program = project.file("tests/bench/faces/python.py")?;
    lines(project.program(interpreter).args(["-E", "-B"]).arg(program).arg(picoseconds).arg(members))
}

/// The members of the native loop as CSV; nobody wants to read them.
fn drawn_members(project: &Project) -> Result<Vec<u8>, String> {
    let output = project.cargo(&["run", "--quiet", "--release", "-p", "rollbook-bench", "--", "--members"]).output();
    let output = output.map_err(|problem| format!("the members cannot be drawn: {problem}"))?;
    if output.status.success() { Ok(output.stdout) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// A project that has installed the npm package and its peer, with the programs beside them.
fn npm_project(project: &Project) -> Result<PathBuf, String> {
    let folder = npm::installed_with(project, &[NPM_PEER])?;
    place(project, "mjs", &folder)?;
    Ok(folder)
}

fn node(project: &Project) -> Result<Vec<String>, String> {
    let folder = npm_project(project)?;
    lines(Command::new("node").args(["--expose-gc", "node.mjs"]).current_dir(folder))
}

fn chromium(project: &Project) -> Result<Vec<String>, String> {
    let folder = npm_project(project)?;
    let mut bundle = Command::new(npm::tool(project, "esbuild"));
    bundle.args(["--bundle", "--format=esm", "--log-level=warning", "--outfile=peer.js", "peer-entry.mjs"]);
    fs::write(folder.join("peer-entry.mjs"), "export { LogicEngine } from \"json-logic-engine\";\n")
        .map_err(|problem| problem.to_string())?;
    command::succeed(bundle.current_dir(&folder))?;
    lines(Command::new("node").arg("chromium.mjs").arg(npm::chromium()?).current_dir(folder))
}

fn kotlin(project: &Project) -> Result<Vec<String>, String> {
    let program = project.file("tests/bench/faces/kotlin/Bench.kt")?;
    let program = fs::read_to_string(&program).map_err(|problem| format!("`{}`: {problem}", program.display()))?;
    mobile::kotlin::packed(project)?;
    let finished = mobile::kotlin::ran(project, "bench", &program)?;
    if finished.success { Ok(finished.lines) } else { Err(format!("it ended with {}", finished.ending)) }
}

fn swift(project: &Project) -> Result<Vec<String>, String> {
    let program = project.file("tests/bench/faces/swift/main.swift")?;
    let program = fs::read_to_string(&program).map_err(|problem| format!("`{}`: {problem}", program.display()))?;
    let finished = mobile::swift::ran(project, "bench", &program, &["--configuration", "release"])?;
    if finished.success { Ok(finished.lines) } else { Err(format!("it ended with {}", finished.ending)) }
}
