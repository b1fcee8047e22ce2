//! The package for Kotlin: built and tested by Maven, then used by a new project as its README says.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::{place, readme, shared_library, story};
use crate::command::{self, Finished, run};
use crate::corpus::{self, Corpus};
use crate::counts;
use crate::face::Outcome;
use crate::project::Project;

/// The package.
const PACKAGE: &str = "bindings/kotlin";

/// The folders of JNA for the systems that can build the package, by the names that Rust gives them.
const FOLDERS: [(&str, &str, &str); 5] = [
    ("linux", "x86_64", "linux-x86-64"),
    ("linux", "aarch64", "linux-aarch64"),
    ("macos", "x86_64", "darwin-x86-64"),
    ("macos", "aarch64", "darwin-aarch64"),
    ("windows", "x86_64", "win32-x86-64"),
];

/// The tests of the package in `JUnit`, and the package itself in a repository below the build products.
pub(crate) fn tests(project: &Project) -> Outcome {
    Outcome::attempt(Corpus::of(project).and_then(|corpus| {
        let finished = installed(project, &corpus)?;
        let mut outcome = Outcome::of(&finished, counts::of_surefire(&finished.lines));
        outcome.add(corpus.counted(&finished));
        Ok(outcome)
    }))
}

/// A new Maven project that has the package as its only dependency prints what the README says, and tells the story of the
/// example.
pub(crate) fn ten_lines(project: &Project) -> Outcome {
    Outcome::attempt(used(project))
}

/// Packs the classes of the package for Android, without an engine for it.
pub(super) fn classes(project: &Project) -> PathBuf {
    build(project).join("build").join("classes")
}

fn build(project: &Project) -> PathBuf {
    project.target.join("kotlin")
}

fn installed(project: &Project, corpus: &Corpus) -> Result<Finished, String> {
    native(project)?;
    let mut install = maven(project, "install");
    run(install.env(corpus::VARIABLE, corpus.folders()).current_dir(project.top.join(PACKAGE)))
}

/// Puts the package into the repository below the build products, without its tests.
///
/// # Errors
/// When it cannot be built.
pub(crate) fn packed(project: &Project) -> Result<(), String> {
    native(project)?;
    let mut install = maven(project, "install");
    command::succeed(install.arg("-Dmaven.test.skip=true").current_dir(project.top.join(PACKAGE)))
}

/// Builds the engine and lays it where the jar takes it from.
fn native(project: &Project) -> Result<(), String> {
    let here = (std::env::consts::OS, std::env::consts::ARCH);
    let known = FOLDERS.iter().find(|(system, processor, _)| (*system, *processor) == here);
    let (_, _, folder) = known.ok_or_else(|| format!("the jar has no folder for {} on {}", here.0, here.1))?;
    let name = shared_library();
    let shipped = build(project).join("native").join(folder).join(&name);
    place(&project.released(&name)?, &shipped)?;
    // What a debugger would need is four fifths of it.
    command::succeed(project.program("strip").arg("-S").arg(&shipped))?;
    // Classes whose sources are gone would be packed and tested on.
    drop(fs::remove_dir_all(build(project).join("build")));
    Ok(())
}

fn used(project: &Project) -> Result<Outcome, String> {
    let code = readme::code(project, "bindings/kotlin/README.md", "kotlin")?;
    let (imports, body): (Vec<_>, Vec<_>) = code.lines().partition(|line| line.starts_with("import "));
    let program = format!("{}\n\nfun main() {{\n{}\n}}\n", imports.join("\n"), body.join("\n"));
    let mut outcome = readme::compare(&code, &ran(project, "consumer", &program)?);
    let example = ran(project, "consumer", &story::program(project, "examples/kotlin/AMember.kt")?)?;
    outcome.add(Outcome::check(story::told(project, &example)));
    Ok(outcome)
}

/// Runs a program of a project of its own, which has the package as its only dependency.
///
/// # Errors
/// When Maven cannot be started.
pub(crate) fn ran(project: &Project, name: &str, program: &str) -> Result<Finished, String> {
    let consumer = build(project).join(name);
    let source = consumer.join("src/main/kotlin");
    fs::create_dir_all(&source).map_err(|problem| format!("`{}`: {problem}", source.display()))?;
    place(&project.file("bindings/kotlin/consumer/pom.xml")?, &consumer.join("pom.xml"))?;
    let main = source.join("Main.kt");
    fs::write(&main, program).map_err(|problem| format!("`{}`: {problem}", main.display()))?;
    let mut maven = maven(project, "compile");
    // The program runs inside Maven: with a heap that does not grow, so that it can see whether other memory does.
    maven.env("MAVEN_OPTS", "-Xms512m -Xmx512m -XX:+AlwaysPreTouch -XX:+UseSerialGC");
    run(maven.arg("exec:java").current_dir(&consumer))
}

/// Maven with a repository of its own, so that nothing of the user's is read or written.
fn maven(project: &Project, goal: &str) -> Command {
    let mut maven = Command::new("mvn");
    let folder = build(project);
    maven.args(["--batch-mode", "--no-transfer-progress", goal]);
    maven.arg(format!("-Dmaven.repo.local={}", folder.join("repository").display()));
    maven.arg(format!("-Drollbook.build={}", folder.display()));
    maven
}
