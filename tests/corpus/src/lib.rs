//! The cases that every language runs, as `README.md` beside this package describes them.
//!
//! `rollbook-corpus write` brings the results up to date, `check` says which files are stale, and `draw` writes a folder
//! with new cases in the same form.

mod case;
mod documents;
mod draw;
mod folder;
mod own;
mod perform;
pub mod told;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use fastrand::Rng;

use case::{Case, Expect, File};
use draw::Source;
use folder::Texts;

const CALL: &str = "rollbook-corpus write | check | draw SEED COUNT DOCUMENTS FOLDER";

/// Cases whose questions are written by hand; their results are filled in.
const WRITTEN: [&str; 5] = [
    "cases/explained.json",
    "cases/calls.json",
    "cases/refused.json",
    "cases/bad_input.json",
    "cases/two_charges.json",
];

/// Does what the words of the command line say.
#[must_use]
pub fn run() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["write"] => kept().and_then(|files| folder::write(here(), &files).map(|()| true)),
        ["check"] => kept().map(|files| {
            let stale = folder::stale(here(), &files);
            for file in &stale {
                say(&format!("`tests/corpus/{file}` is stale; `cargo xtask schema` writes it anew"));
            }
            stale.is_empty()
        }),
        ["draw", seed, count, documents, folder] => match (seed.parse(), count.parse()) {
            (Ok(seed), Ok(count)) => drawn(seed, count, Path::new(documents), Path::new(folder)).map(|()| true),
            _ => Err(CALL.to_owned()),
        },
        _ => Err(CALL.to_owned()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            say(&format!("error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) {
    // Where nobody listens, there is nobody to be told so.
    drop(writeln!(io::stdout(), "{line}"));
}

/// The folder of this package, whose files are checked in.
fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rule sets of the tests, with their own cases.
fn of_the_tests() -> Result<Vec<(String, File)>, String> {
    let folders = ["sound", "shapes"].map(|folder| own::of_folder(&here().join("..").join(folder)));
    folders.into_iter().collect::<Result<Vec<_>, _>>().map(|folders| folders.into_iter().flatten().collect())
}

/// The files that are checked in, as they should be today.
fn kept() -> Result<Texts, String> {
    let mut files = own::shipped()?;
    files.extend(of_the_tests()?);
    // One case of each rule set keeps its steps and explanations. Those of all others are answered anew in each run: here
    // they would be megabytes.
    for (_, file) in &mut files {
        for request in file.cases.iter_mut().filter_map(|case| case.request.as_mut()?.as_object_mut()).skip(1) {
            request.remove("trace");
        }
    }
    for name in WRITTEN {
        files.push((name.to_owned(), folder::read(here(), name)?));
    }
    folder::answer(&mut files)?;
    files.iter_mut().flat_map(|(_, file)| &mut file.cases).try_for_each(settle)?;
    folder::texts(&files, None)
}

/// Brings what the authors worked out into the form of answers: amounts get the decimals of their unit, and a setting that is
/// rejected is a wrong call here.
///
/// # Errors
/// When the answer says something else.
fn settle(case: &mut Case) -> Result<(), String> {
    let Some(expect) = &mut case.expect else { return Ok(()) };
    let result = case.results.first().map_or("", String::as_str);
    if result.starts_with("bad_setting: ") && expect.status.as_deref() == Some("rejected") {
        *expect = Expect { error: Some("bad_setting".to_owned()), ..Expect::default() };
    }
    expect.met_by(result).map_err(|why| format!("case `{}`: {why}\n{result}", case.name))
}

/// Writes a folder with drawn cases, and with the rule sets' own cases once more, with their steps and explanations.
fn drawn(seed: u64, count: usize, documents: &Path, folder: &Path) -> Result<(), String> {
    let lines = fs::read_to_string(documents).map_err(|problem| format!("`{}`: {problem}", documents.display()))?;
    let mut rng = Rng::with_seed(seed);
    let mut files = documents::read(&lines, &mut rng)?;
    let questions: usize = files.iter().map(|(_, file)| file.cases.len()).sum();

    let (shipped, of_the_tests) = (own::shipped()?, of_the_tests()?);
    let source = |(_, file): &(String, File)| Source::new(&file.rule_set()?, &file.cases);
    let sources = |files: &[(String, File)]| files.iter().map(source).collect::<Result<Vec<Source>, String>>();
    let shipped_sources = sources(&shipped)?;
    let other_sources = sources(&of_the_tests)?;
    let mut owned: Vec<(String, File)> = shipped.into_iter().chain(of_the_tests).collect();
    for (_, file) in &mut owned {
        "questions drawn, and the rule set's own cases with steps and explanations".clone_into(&mut file.about);
        file.cases.iter_mut().for_each(|case| case.expect = None);
    }
    for number in 0..count.checked_sub(questions).ok_or("there are more drawn documents than questions asked for")? {
        // A rule set that ships is drawn as often as all of the tests together.
        let (sources, first) = if rng.bool() { (&shipped_sources, 0) } else { (&other_sources, shipped_sources.len()) };
        let at = rng.usize(0..sources.len());
        let source = sources.get(at).ok_or("there is no rule set to draw for")?;
        let (_, file) = owned.get_mut(first.saturating_add(at)).ok_or("a rule set to draw for has no file")?;
        file.cases.push(source.case(format!("seed {seed} question {number}"), &mut rng));
    }
    files.extend(owned);
    folder::answer(&mut files)?;
    folder::write(folder, &folder::texts(&files, Some(seed))?)?;
    say(&format!("{count} cases drawn from seed {seed}"));
    Ok(())
}
