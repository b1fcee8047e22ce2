//! The faces, in the order in which they run. To add one is to add its line to the list.

use std::process::Command;

use crate::command::{self, run};
use crate::corpus::{self, Corpus};
use crate::counts;
use crate::face::{Face, Outcome};
use crate::project::Project;
use crate::{generated, mobile, npm, python, python_package, readme, tree};

/// What only reads.
pub(crate) fn of_lint() -> Vec<Face> {
    let mut faces = vec![
        Face { name: "format", run: format },
        Face { name: "clippy", run: clippy },
        Face { name: "documentation", run: documentation },
        Face { name: "length of files", run: tree::short_files },
        Face { name: "no private paths", run: tree::no_private_paths },
    ];
    if generated::any() {
        faces.push(Face { name: "generated files", run: generated::fresh });
    }
    faces
}

/// Everything: what `lint` checks, then what runs the code.
pub(crate) fn of_test() -> Vec<Face> {
    let mut faces = of_lint();
    faces.extend([
        Face { name: "rust tests", run: rust_tests },
        Face { name: "core without yaml", run: core_without_yaml },
        Face { name: "README command", run: readme::first_command },
        Face { name: "python package", run: python_package::tests },
        Face { name: "oracle", run: python::oracle_tests },
        Face { name: "engine against oracle", run: python::comparison },
    ]);
    faces.extend(of_npm());
    faces.extend(of_mobile());
    faces
}

/// The npm package: what is published, its tests in the hosts that run it, and the web page that stands on it.
pub(crate) fn of_npm() -> Vec<Face> {
    vec![
        Face { name: "npm package", run: npm::package },
        Face { name: "npm package in Node", run: npm::node },
        Face { name: "npm package in Chromium", run: npm::browser },
        Face { name: "web page in Chromium", run: npm::page::tests },
    ]
}

/// The packages for Kotlin and Swift, and what of Android can be checked without its tools.
pub(crate) fn of_mobile() -> Vec<Face> {
    vec![
        Face { name: "Kotlin package", run: mobile::kotlin::tests },
        Face { name: "Kotlin package in a new project", run: mobile::kotlin::ten_lines },
        Face { name: "Android", run: mobile::android::checks },
        Face { name: "Swift package", run: mobile::swift::tests },
        Face { name: "Swift package in a new project", run: mobile::swift::ten_lines },
    ]
}

/// The programs that belong to no library of their name.
const PROGRAMS: [&str; 5] =
    ["rollbook-bench", "rollbook-lines", "rollbook-uniffi-generator", "rollbook-wasm-generator", "xtask"];

/// `cargo doc`, for which a broken link is an error.
pub(crate) fn rustdoc_command(project: &Project) -> Command {
    let mut rustdoc = project.cargo(&["doc", "--workspace", "--no-deps", "--all-features"]);
    rustdoc.env("RUSTDOCFLAGS", "-D warnings");
    rustdoc
}

fn format(project: &Project) -> Outcome {
    Outcome::check(command::succeed(&mut project.cargo(&["fmt", "--all", "--check"])))
}

fn clippy(project: &Project) -> Outcome {
    // All of it, and once more what the small engine of the browser is built of.
    let whole: &[&str] = &["--workspace", "--all-targets", "--all-features"];
    let reduced: &[&str] = &["-p", "rollbook", "-p", "rollbook-wasm", "--no-default-features"];
    let call = |packages| {
        let mut call = project.cargo(&["clippy"]);
        command::succeed(call.args(packages).args(["--", "-D", "warnings"]))
    };
    Outcome::check(call(whole).and_then(|()| call(reduced)))
}

fn documentation(project: &Project) -> Outcome {
    // With the examples it rests on what clippy has compiled; without them all of that has other features.
    let mut all = rustdoc_command(project);
    all.args(["--lib", "--examples"]).args(PROGRAMS.iter().flat_map(|program| ["--bin", program]));
    Outcome::check(command::succeed(&mut all))
}

/// Unit, integration and documentation tests, all of them, also after the first that fails.
fn rust_tests(project: &Project) -> Outcome {
    Outcome::attempt(Corpus::of(project).and_then(|corpus| {
        let mut test = project.cargo(&["test", "--no-fail-fast", "--workspace", "--all-features"]);
        let finished = run(test.env(corpus::VARIABLE, corpus.folders()))?;
        let mut outcome = Outcome::of(&finished, counts::of_libtest(&finished.lines));
        outcome.add(corpus.counted(&finished));
        Ok(outcome)
    }))
}

/// The engine as the browser gets it: JSON only, no rule sets inside.
fn core_without_yaml(project: &Project) -> Outcome {
    let mut test = project.cargo(&["test", "--no-fail-fast", "-p", "rollbook", "--no-default-features"]);
    Outcome::attempt(run(&mut test).map(|finished| Outcome::of(&finished, counts::of_libtest(&finished.lines))))
}
