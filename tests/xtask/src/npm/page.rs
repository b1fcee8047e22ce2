//! The face of the example of a web page: built as its readers build it, and used in Chromium.

use std::path::Path;
use std::process::Command;

use super::{Folders, build, chromium};
use crate::command::{self, run};
use crate::counts;
use crate::face::Outcome;
use crate::project::Project;

/// Where the page lies.
const PAGE: &str = "examples/web";

/// Its folders, without what is installed and built.
const INSIDE: [&str; 4] = ["public", "src", "src/react", "tests"];

/// Its files beside the lists of what is to be installed.
const FILES: [&str; 4] = ["index.html", "react.html", "tsconfig.json", "vite.config.ts"];

/// How its lists name the package that it stands on, and how that is named from where it is tested.
const PACKAGE: [&str; 2] = ["../../target/npm/package", "../package"];

/// The page is sound by the compiler, is built, and does in Chromium what it promises, without a network too.
pub(crate) fn tests(project: &Project) -> Outcome {
    Outcome::attempt(built(project))
}

fn built(project: &Project) -> Result<Outcome, String> {
    let folders = Folders::of(project);
    build::package(project, &folders)?;
    let folder = folders.tools.join("web");
    install(&project.top.join(PAGE), &folder)?;
    let program = |name: &str| Command::new(folder.join("node_modules").join(".bin").join(name));
    let mut outcome = Outcome::check(command::succeed(program("tsc").current_dir(&folder)));
    command::succeed(program("vite").args(["build", "--logLevel", "warn"]).current_dir(&folder))?;
    let browser = chromium()?;
    let mut tests = Command::new("node");
    let finished = run(tests.arg("tests/chromium.mjs").arg(browser).current_dir(&folder))?;
    let counts = counts::of_last_line(&finished.lines)
        .ok_or_else(|| format!("it ended with {} and without a last line `N passed, N failed`", finished.ending))?;
    outcome.add(Outcome::of(&finished, counts));
    Ok(outcome)
}

/// Copies the page beside the package and installs what it needs.
fn install(page: &Path, folder: &Path) -> Result<(), String> {
    let [from, to] = PACKAGE;
    let lists = build::lists(page)?.map(|(name, text)| (name, text.replace(from, to)));
    build::installed_by(&lists, folder)?;
    for file in FILES {
        build::copy(&page.join(file), &folder.join(file))?;
    }
    for inside in INSIDE {
        build::emptied(&folder.join(inside))?;
        build::copy_files(&page.join(inside), &folder.join(inside))?;
    }
    Ok(())
}
