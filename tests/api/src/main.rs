//! `rollbook-api rust SOURCES NAME`: prints what is public of the library with this name, whose `lib.rs` lies in a folder.
//! `rollbook-api kotlin|generated-kotlin|swift FILE…`: prints the public declarations of files.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use rollbook_api::{Language, Library, declarations, list};

const USAGE: &str = "usage: rollbook-api rust SOURCES NAME | kotlin FILE... | generated-kotlin FILE... | swift FILE...";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match listed(&words) {
        Ok(lines) => {
            let text: String = lines.into_iter().map(|line| format!("{line}\n")).collect();
            match write!(io::stdout(), "{text}") {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::FAILURE,
            }
        }
        Err(problem) => {
            // Where standard error is closed, nobody is left to be told so.
            drop(writeln!(io::stderr(), "error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

fn listed(words: &[String]) -> Result<Vec<String>, String> {
    let (language, rest) = words.split_first().ok_or(USAGE)?;
    let language = match (language.as_str(), rest) {
        ("rust", [sources, name]) => {
            let library = Library::read(Path::new(sources), name)?;
            return Ok(list(&library).into_iter().map(|entry| entry.line).collect());
        }
        ("kotlin", [_, ..]) => Language::Kotlin,
        ("generated-kotlin", [_, ..]) => Language::GeneratedKotlin,
        ("swift", [_, ..]) => Language::Swift,
        _ => return Err(USAGE.to_owned()),
    };
    let mut lines = Vec::new();
    for file in rest {
        let text = fs::read_to_string(file).map_err(|problem| format!("`{file}`: {problem}"))?;
        lines.extend(declarations(&text, language));
    }
    Ok(lines)
}
