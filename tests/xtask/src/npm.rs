//! The faces of the npm package: built as it is published, packed, and tested from the tarball.

mod build;
pub(crate) mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, run};
use crate::corpus::{self, Corpus};
use crate::counts;
use crate::face::Outcome;
use crate::generated::{self, STORY};
use crate::project::Project;

/// The most that each engine may weigh without rule sets, compressed by brotli, in bytes. It goes down, or up by what the
/// language gains: what they weigh, part by part, is told in the record of decisions 0023.
const ENGINE_BUDGETS: [&str; 2] = ["engine_bg.wasm=173500", "full_bg.wasm=326000"];

/// The tests, and the list of what they need.
const TESTS: &str = "bindings/wasm/tests";

/// The examples, which the tests run.
const EXAMPLES: &str = "examples/javascript";

/// Where the package is built and tested, below the folder of build products.
#[derive(Debug)]
struct Folders {
    /// The package as it is published.
    package: PathBuf,
    /// The tools that build and check it.
    tools: PathBuf,
    /// A project that has installed the tarball; it lies among the tools, so that it finds them.
    consumer: PathBuf,
}

impl Folders {
    fn of(project: &Project) -> Self {
        let tools = project.target.join("npm");
        Self { package: tools.join("package"), consumer: tools.join("consumer"), tools }
    }

    /// A program of an installed npm package.
    fn tool(&self, name: &str) -> PathBuf {
        self.tools.join("node_modules").join(".bin").join(name)
    }
}

/// The package is packed and sound: its types, its entries, its size; one check each.
pub(crate) fn package(project: &Project) -> Outcome {
    Outcome::attempt(installed(project).map(|folders| {
        let checks: [&dyn Fn() -> Result<(), String>; 5] = [
            &|| {
                let mut size = Command::new("node");
                command::succeed(size.arg("size.mjs").args(ENGINE_BUDGETS).current_dir(&folders.consumer))
            },
            &|| {
                command::succeed(
                    Command::new(folders.tool("publint")).args(["run", "--strict"]).current_dir(&folders.package),
                )
            },
            &|| {
                let mut attw = Command::new(folders.tool("attw"));
                command::succeed(
                    attw.args([
                        "--pack",
                        "--profile",
                        "esm-only",
                        "--exclude-entrypoints",
                        "./rollbook.wasm",
                        "./rollbook-full.wasm",
                        "--",
                        ".",
                    ])
                    .current_dir(&folders.package),
                )
            },
            &|| command::succeed(Command::new(folders.tool("tsc")).args(["-p", "."]).current_dir(&folders.consumer)),
            &|| generated::listed(project, "bindings/wasm/api.txt", &declarations(&folders.package.join("dist"))?),
        ];
        let mut outcome = Outcome::default();
        for check in checks {
            let one = Outcome::check(check());
            outcome.passed = outcome.passed.saturating_add(one.passed);
            outcome.failed = outcome.failed.saturating_add(one.failed);
            outcome.reasons.extend(one.reasons);
        }
        outcome
    }))
}

/// What is declared in the modules of the package that its users can name, without the comments. The rule sets that ship are
/// listed elsewhere.
fn declarations(dist: &Path) -> Result<String, String> {
    let mut all = String::new();
    for module in ["node", "browser", "workerd", "slim", "engines", "loading", "rules", "forms", "errors", "types"] {
        let file = dist.join(module).with_extension("d.ts");
        let text = fs::read_to_string(&file).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        let mut comment = false;
        all.push_str(&format!("// {module}\n"));
        for line in text.lines() {
            comment |= line.trim_start().starts_with("/**");
            if !comment && !line.trim_start().starts_with("//") {
                all.push_str(&format!("{line}\n"));
            }
            comment &= !line.contains("*/");
        }
    }
    Ok(all)
}

/// The tests in Node, of the package as it was installed from the tarball.
pub(crate) fn node(project: &Project) -> Outcome {
    Outcome::attempt(installed(project).and_then(|folders| {
        let mut tests = Command::new("node");
        tests
            .args(["--test", "--test-reporter=tap"])
            .args(test_files(&folders.consumer)?)
            .current_dir(&folders.consumer);
        let corpus = Corpus::of(project)?;
        let finished = run(tests.env(corpus::VARIABLE, corpus.folders()))?;
        let mut outcome = Outcome::of(&finished, counts::of_tap(&finished.lines));
        outcome.add(corpus.counted(&finished));
        Ok(outcome)
    }))
}

/// The tests in Chromium, of the same tarball, under a strict Content-Security-Policy.
pub(crate) fn browser(project: &Project) -> Outcome {
    Outcome::attempt(installed(project).and_then(|folders| {
        let browser = chromium()?;
        let mut tests = Command::new("node");
        let corpus = Corpus::of(project)?;
        tests.arg("chromium.mjs").arg(browser).env(corpus::VARIABLE, corpus.folders());
        let finished = run(tests.current_dir(&folders.consumer))?;
        let counts = counts::of_last_line(&finished.lines)
            .ok_or_else(|| format!("it ended with {} and without a last line `N passed, N failed`", finished.ending))?;
        let mut outcome = Outcome::of(&finished, counts);
        outcome.add(corpus.counted(&finished));
        Ok(outcome)
    }))
}

/// The browser; where there is none, the package of the distribution is installed.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    let program = Path::new("/usr/bin/chromium");
    if !program.is_file() {
        command::succeed(Command::new("apt-get").arg("update"))?;
        command::succeed(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends", "chromium"]))?;
    }
    Ok(program.to_owned())
}

/// The files that hold tests, in order.
fn test_files(folder: &Path) -> Result<Vec<String>, String> {
    let unreadable = |problem| format!("`{}`: {problem}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Builds and packs the package and installs the tarball into a project of its own, with the tests beside it.
fn installed(project: &Project) -> Result<Folders, String> {
    let folders = Folders::of(project);
    install(project, &folders, &[])?;
    Ok(folders)
}

/// The project that has installed the tarball, with further packages from the registry.
///
/// # Errors
/// When the package cannot be built, or npm does not succeed.
pub(crate) fn installed_with(project: &Project, packages: &[&str]) -> Result<PathBuf, String> {
    let folders = Folders::of(project);
    install(project, &folders, packages)?;
    Ok(folders.consumer)
}

/// A program of the packages that build and check ours.
pub(crate) fn tool(project: &Project, name: &str) -> PathBuf {
    Folders::of(project).tool(name)
}

fn install(project: &Project, folders: &Folders, packages: &[&str]) -> Result<(), String> {
    build::package(project, folders)?;
    build::emptied(&folders.consumer)?;
    for folder in [TESTS, EXAMPLES] {
        build::copy_files(&project.top.join(folder), &folders.consumer)?;
    }
    let story = project.file(STORY)?;
    fs::copy(&story, folders.consumer.join("a-member.txt"))
        .map_err(|problem| format!("`{}`: {problem}", story.display()))?;
    let mut pack = Command::new("npm");
    pack.args(["pack", "--silent", "--pack-destination"]).arg(&folders.consumer).current_dir(&folders.package);
    let packed = run(&mut pack)?;
    let tarball = packed.lines.last().filter(|_| packed.success).ok_or("`npm pack` packed nothing")?;
    let mut install = Command::new("npm");
    // What the tests need beside the package stands one folder above.
    install.args(["install", "--no-save", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock"]);
    command::succeed(install.arg(format!("./{tarball}")).args(packages).current_dir(&folders.consumer))
}
