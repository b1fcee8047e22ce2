//! The faces of the packages for phones, whose tests run here on the JVM and on Linux, and the sources that are generated
//! for them out of the built engine.

pub(crate) mod android;
pub(crate) mod kotlin;
mod readme;
mod story;
pub(crate) mod swift;

use std::fs;
use std::path::Path;

use crate::command;
use crate::project::Project;

/// The generated Kotlin.
pub(crate) const KOTLIN: &str = "bindings/kotlin/src/main/generated/org/rollbook/rollbook.kt";
/// The generated Swift.
pub(crate) const SWIFT: &str = "bindings/swift/Sources/Rollbook/Generated.swift";
/// The C header beside the generated Swift.
pub(crate) const HEADER: &str = "bindings/swift/Sources/RollbookFFI/RollbookFFI.h";

/// The text of a generated file, as the engine of today makes it.
///
/// # Errors
/// When the engine or the generator cannot be built.
pub(crate) fn generated(project: &Project, file: &str) -> Result<String, String> {
    let folder = project.target.join("mobile");
    let built = project.target.join("debug");
    let mut generator = project.own_program("rollbook-uniffi-generator")?;
    generator.arg(built.join(shared_library())).arg("bindings/uniffi/uniffi.toml");
    command::succeed(generator.arg(folder.join("kotlin")).arg(folder.join("swift")))?;
    let made = match file {
        KOTLIN => folder.join("kotlin/org/rollbook/rollbook.kt"),
        SWIFT => folder.join("swift/Generated.swift"),
        _ => folder.join("swift/RollbookFFI.h"),
    };
    let text = fs::read_to_string(&made).map_err(|problem| format!("`{}`: {problem}", made.display()))?;
    // The templates leave blanks at the ends of lines.
    Ok(text.lines().map(|line| format!("{}\n", line.trim_end())).collect())
}

/// The file name of the shared library on this system.
fn shared_library() -> String {
    format!("{}rollbook_uniffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// Copies a file and makes the folder for it.
fn place(from: &Path, to: &Path) -> Result<(), String> {
    let problem = |problem| format!("`{}`: {problem}", to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(problem)?;
    }
    fs::copy(from, to).map(drop).map_err(|problem| format!("`{}`: {problem}", from.display()))
}
