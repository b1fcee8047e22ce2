//! Writes the Kotlin and the Swift beside the engine: `rollbook-uniffi-generator LIBRARY SETTINGS KOTLIN SWIFT`.
//!
//! What the engine exports is read out of the built library. The generator has to be of exactly the version that the
//! library was built with; as a package of the workspace it is.

mod kotlin;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [library, settings, kotlin, swift] = words.as_slice() else {
        return complain("usage: rollbook-uniffi-generator LIBRARY SETTINGS KOTLIN SWIFT");
    };
    for (language, folder) in [(TargetLanguage::Kotlin, kotlin), (TargetLanguage::Swift, swift)] {
        let made = generate(GenerateOptions {
            languages: vec![language],
            source: library.into(),
            out_dir: folder.into(),
            config_override: Some(settings.into()),
            ..GenerateOptions::default()
        });
        if let Err(problem) = made {
            return complain(&format!("{problem:#}"));
        }
    }
    match kotlin::lightened(&Path::new(kotlin).join("org/rollbook/rollbook.kt")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => complain(&problem),
    }
}

fn complain(problem: &str) -> ExitCode {
    // Where standard error is closed, nobody is left to be told so.
    drop(writeln!(io::stderr(), "error: {problem}"));
    ExitCode::FAILURE
}
