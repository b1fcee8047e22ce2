//! What of Android can be checked on a machine without its development kit: that the engine compiles for it, that the
//! archive is laid out as Android expects, and that the pages of the library are large enough.

use super::kotlin;
use crate::command::{self, run};
use crate::face::Outcome;
use crate::project::Project;

/// The processor of nearly all phones.
const TARGET: &str = "aarch64-linux-android";

/// What an archive without libraries holds.
const ENTRIES: [&str; 5] = [
    "AndroidManifest.xml",
    "META-INF/com/android/build/gradle/aar-metadata.properties",
    "R.txt",
    "classes.jar",
    "proguard.txt",
];

/// One check each: the engine compiles, the archive has its entries, the linker is told the size of pages.
pub(crate) fn checks(project: &Project) -> Outcome {
    let mut outcome = Outcome::default();
    for result in [compiles(project), archive(project), pages(project)] {
        let one = Outcome::check(result);
        outcome.passed = outcome.passed.saturating_add(one.passed);
        outcome.failed = outcome.failed.saturating_add(one.failed);
        outcome.reasons.extend(one.reasons);
    }
    outcome
}

fn compiles(project: &Project) -> Result<(), String> {
    command::succeed(project.program("rustup").args(["target", "add", TARGET]))?;
    command::succeed(&mut project.cargo(&["check", "--package", "rollbook-uniffi", "--target", TARGET]))
}

fn archive(project: &Project) -> Result<(), String> {
    let archive = project.target.join("kotlin").join("rollbook-layout.aar");
    let script = project.file("bindings/kotlin/android/aar.sh")?;
    let mut pack = project.program("bash");
    command::succeed(pack.arg(script).arg(kotlin::classes(project)).arg(&archive))?;
    let listed = run(project.program("jar").arg("--list").arg("--file").arg(&archive))?;
    let missing: Vec<_> = ENTRIES.iter().filter(|entry| !listed.lines.iter().any(|line| line == *entry)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("the archive for Android lacks {missing:?}")) }
}

/// Links for Android with a program that does nothing: there is none of Android's here, and what a linker is told is all
/// that is asked.
fn pages(project: &Project) -> Result<(), String> {
    let mut link =
        project.cargo(&["rustc", "--package", "rollbook-uniffi", "--target", TARGET, "--crate-type", "cdylib"]);
    link.env("CARGO_TARGET_AARCH64_LINUX_ANDROID_LINKER", "true").args(["--", "--print", "link-args"]);
    let linked = run(&mut link)?;
    if linked.lines.iter().any(|line| line.contains("-Wl,-z,max-page-size=16384")) {
        Ok(())
    } else {
        Err(format!("the engine for Android is not linked for pages of 16 KiB ({})", linked.ending))
    }
}
