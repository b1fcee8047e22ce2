//! The package for Swift, on Linux: its tests, then a new package that uses it as its README says.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::{place, readme, story};
use crate::command::{self, Finished, run};
use crate::corpus::{self, Corpus};
use crate::counts;
use crate::face::Outcome;
use crate::project::Project;

/// The package.
const PACKAGE: &str = "bindings/swift";

/// What the linker is told: where the engine lies, seen from the folder in which the package is built.
const LINK: [&str; 2] = ["-Xlinker", "-L../library"];

/// The tests of the package.
pub(crate) fn tests(project: &Project) -> Outcome {
    Outcome::attempt(copied(project).and_then(|folder| {
        let corpus = Corpus::of(project)?;
        // Inside the folder, since Swift may see nothing else of the machine.
        for (name, cases) in [("own", &corpus.own), ("drawn", &corpus.drawn)] {
            copy_cases(cases, &folder.join("corpus").join(name))?;
        }
        let finished = swift(project, &folder, "package", &["test", "--scratch-path", "../built"])?;
        let mut outcome = Outcome::of(&finished, counts::of_xctest(&finished.lines));
        outcome.add(corpus.counted(&finished));
        Ok(outcome)
    }))
}

/// A new package that has ours as its only dependency prints what the README says, and tells the story of the example.
pub(crate) fn ten_lines(project: &Project) -> Outcome {
    Outcome::attempt(copied(project).and_then(|folder| {
        let code = readme::code(project, "bindings/swift/README.md", "swift")?;
        let finished = run_program(project, &folder, "consumer", &code, &[])?;
        let mut outcome = readme::compare(&code, &finished);
        let example = story::program(project, "examples/swift/main.swift")?;
        let finished = run_program(project, &folder, "consumer", &example, &[])?;
        outcome.add(Outcome::check(story::told(project, &finished)));
        Ok(outcome)
    }))
}

/// Runs a program of a package of its own, which has ours as its only dependency.
///
/// # Errors
/// When the engine cannot be built or Swift not be started.
pub(crate) fn ran(project: &Project, name: &str, program: &str, options: &[&str]) -> Result<Finished, String> {
    run_program(project, &copied(project)?, name, program, options)
}

fn run_program(
    project: &Project,
    folder: &Path,
    name: &str,
    program: &str,
    options: &[&str],
) -> Result<Finished, String> {
    let consumer = folder.join(name);
    place(&project.file("bindings/swift/consumer/Package.swift")?, &consumer.join("Package.swift"))?;
    let main = consumer.join("Sources/consumer/main.swift");
    fs::create_dir_all(main.with_file_name("")).map_err(|problem| format!("`{}`: {problem}", main.display()))?;
    fs::write(&main, program).map_err(|problem| format!("`{}`: {problem}", main.display()))?;
    let built = format!("../built-{name}");
    let call: Vec<&str> = ["run", "--scratch-path", &built].into_iter().chain(options.iter().copied()).collect();
    swift(project, folder, name, &call)
}

/// Copies the package beside the engine, with the times of its files, by which Swift knows what changed.
fn copied(project: &Project) -> Result<PathBuf, String> {
    let folder = project.target.join("swift");
    let package = folder.join("package");
    place(&project.released("librollbook_uniffi.a")?, &folder.join("library").join("librollbook_uniffi.a"))?;
    // That it does not exist yet is as good.
    drop(fs::remove_dir_all(&package));
    let mut copy = project.program("cp");
    command::succeed(copy.args(["--recursive", "--preserve=timestamps", PACKAGE]).arg(&package))?;
    Ok(folder)
}

/// Copies a folder of cases.
fn copy_cases(from: &Path, to: &Path) -> Result<(), String> {
    drop(fs::remove_dir_all(to));
    for part in ["", "cases"] {
        let problem = |problem| format!("`{}`: {problem}", from.display());
        for entry in fs::read_dir(from.join(part)).map_err(problem)? {
            let file = entry.map_err(problem)?.path();
            if let Some(name) = file.file_name().filter(|_| file.extension().is_some_and(|ending| ending == "json")) {
                place(&file, &to.join(part).join(name))?;
            }
        }
    }
    Ok(())
}

/// Runs Swift in a part of the folder, in the machine's own tool chain or in one that is unpacked for it.
fn swift(project: &Project, folder: &Path, part: &str, call: &[&str]) -> Result<Finished, String> {
    let script = project.file("bindings/swift/scripts/linux.sh")?;
    let words: Vec<&str> = call.iter().chain(LINK.iter()).copied().collect();
    let command = format!("cd {part} && exec swift {}", words.join(" "));
    // What Swift says while it builds belongs to what it says at the end.
    let mut swift = project.program("bash");
    swift.arg(script).arg(cache()?).arg(folder).args(["bash", "-c", &command]);
    run(swift.env(corpus::VARIABLE, "../corpus/own,../corpus/drawn"))
}

/// Where tool chains are kept, outside the checkout.
fn cache() -> Result<PathBuf, String> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).or_else(home);
    Ok(cache.ok_or("neither XDG_CACHE_HOME nor HOME says where a tool chain can be kept")?.join("rollbook"))
}
