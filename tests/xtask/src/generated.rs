//! Files that are checked in and written by the project itself. A stale one is found by `lint` and `test`.
//!
//! Among them are the lists of what is public, so that whoever changes it sees and shows the change. Those of packages that
//! have to be built first are compared where these are tested.

use std::env;
use std::fs;
use std::process::Command;

use crate::command;
use crate::corpus;
use crate::face::Outcome;
use crate::mobile;
use crate::project::Project;

/// Makes the text of a generated file.
type Text = fn(&Project) -> Result<String, String>;

/// The generated files: the path from the top of the repository, and the function that makes the text.
const FILES: &[(&str, Text)] = &[
    ("docs/rule-set.schema.json", json_schema),
    ("core/api.txt", core_api),
    ("bindings/python/api.txt", python_api),
    ("bindings/kotlin/api.txt", kotlin_api),
    ("bindings/swift/api.txt", swift_api),
    (STORY, story),
    (mobile::KOTLIN, |project| mobile::generated(project, mobile::KOTLIN)),
    (mobile::SWIFT, |project| mobile::generated(project, mobile::SWIFT)),
    (mobile::HEADER, |project| mobile::generated(project, mobile::HEADER)),
];

/// What the example of every language prints.
pub(crate) const STORY: &str = "examples/a-member.txt";

/// By this variable lists of packages are written in place of being compared.
const WRITE: &str = "ROLLBOOK_WRITE_API";

/// The JSON Schema of rule sets, as the command prints it.
fn json_schema(project: &Project) -> Result<String, String> {
    printed(project.own_program("rollbook")?.arg("schema"))
}

/// What the example in Rust prints.
fn story(project: &Project) -> Result<String, String> {
    printed(&mut project.cargo(&["run", "--quiet", "--package", "rollbook", "--example", "a_member"]))
}

/// What is public of the library.
fn core_api(project: &Project) -> Result<String, String> {
    public_of(project, "rust", &["core/src".to_owned(), "rollbook".to_owned()])
}

/// What is public of the package for Kotlin: of the part that is written, then of the part that is generated.
fn kotlin_api(project: &Project) -> Result<String, String> {
    let written =
        public_of(project, "kotlin", &sources(project, "bindings/kotlin/src/main/kotlin/org/rollbook", "kt")?)?;
    Ok(written + &public_of(project, "generated-kotlin", &[mobile::KOTLIN.to_owned()])?)
}

/// What is public of the package for Swift.
fn swift_api(project: &Project) -> Result<String, String> {
    public_of(project, "swift", &sources(project, "bindings/swift/Sources/Rollbook", "swift")?)
}

/// The lines of the lister for a language.
fn public_of(project: &Project, language: &str, words: &[String]) -> Result<String, String> {
    printed(project.own_program("rollbook-api")?.arg(language).args(words))
}

/// The sources in a folder, in order.
fn sources(project: &Project, folder: &str, ending: &str) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(project.top.join(folder)).map_err(|problem| format!("`{folder}`: {problem}"))?;
    let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
    let ending = format!(".{ending}");
    let mut files: Vec<String> =
        names.filter(|name| name.ends_with(&ending)).map(|name| format!("{folder}/{name}")).collect();
    files.sort();
    Ok(files)
}

/// What is public of the Python package.
fn python_api(project: &Project) -> Result<String, String> {
    let mut python = project.program("python3");
    printed(python.args(["bindings/python/tests/public_api.py", "bindings/python/python/rollbook"]))
}

/// What a program prints, whose end is a success.
fn printed(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let printed = command.output().map_err(|problem| format!("`{name}` cannot be started: {problem}"))?;
    if !printed.status.success() {
        let said = String::from_utf8_lossy(&printed.stderr);
        return Err(format!("`{name}` ended with {}: {}", printed.status, said.trim()));
    }
    String::from_utf8(printed.stdout).map_err(|problem| format!("`{name}` prints no UTF-8: {problem}"))
}

/// That a checked-in list of a package is what was made of the package just built; with the variable [`WRITE`] set, it is
/// written anew.
pub(crate) fn listed(project: &Project, path: &str, made: &str) -> Result<(), String> {
    if env::var_os(WRITE).is_some() {
        fs::write(project.top.join(path), made).map_err(|problem| format!("`{path}`: {problem}"))?;
        command::say(&format!("wrote {path}"));
        return Ok(());
    }
    compare(project, path, made)
        .map_err(|stale| stale.replace("`cargo xtask schema`", &format!("the same task with {WRITE}=1")))
}

/// Whether there are generated files.
pub(crate) fn any() -> bool {
    FILES.iter().next().is_some()
}

/// One check a file: that it is what its function makes today.
pub(crate) fn fresh(project: &Project) -> Outcome {
    let mut outcome = Outcome::default();
    for (path, text) in FILES {
        outcome.add(Outcome::check(text(project).and_then(|text| compare(project, path, &text))));
    }
    outcome.add(Outcome::check(corpus::fresh(project)));
    outcome
}

/// Writes the generated files, or says which of them are stale; whether all is well.
///
/// # Errors
/// When a text cannot be made or a file not be written.
pub(crate) fn perform(project: &Project, check: bool) -> Result<bool, String> {
    if !any() {
        command::say("no file of this repository is generated yet");
    }
    if check {
        let outcome = fresh(project);
        outcome.reasons.iter().for_each(|reason| command::complain(reason));
        return Ok(outcome.failed == 0);
    }
    for (path, text) in FILES {
        fs::write(project.top.join(path), text(project)?).map_err(|problem| format!("`{path}`: {problem}"))?;
        command::say(&format!("wrote {path}"));
    }
    corpus::write(project)?;
    command::say("wrote the results of tests/corpus");
    Ok(true)
}

fn compare(project: &Project, path: &str, made: &str) -> Result<(), String> {
    let found = fs::read_to_string(project.file(path)?).map_err(|problem| format!("`{path}`: {problem}"))?;
    match first_difference(&found, made) {
        None => Ok(()),
        Some(line) => Err(format!("`{path}` is stale from line {line} on; `cargo xtask schema` writes it anew")),
    }
}

/// The first line, counted from 1, in which two texts differ.
fn first_difference(found: &str, made: &str) -> Option<usize> {
    if found == made {
        return None;
    }
    let same = found.split_inclusive('\n').zip(made.split_inclusive('\n')).take_while(|(found, made)| found == made);
    Some(same.count().saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn a_fresh_file_has_no_difference() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    }

    #[test]
    fn a_stale_file_is_shown_by_its_first_line_that_differs() {
        assert_eq!(first_difference("a\nb\nc\n", "a\nx\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
        assert_eq!(first_difference("a\nb\n", "a\n"), Some(2));
        assert_eq!(first_difference("", "a\n"), Some(1));
    }

    #[test]
    fn a_missing_end_of_line_is_a_difference() {
        assert_eq!(first_difference("a\nb", "a\nb\n"), Some(2));
    }
}
