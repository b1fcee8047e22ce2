//! Makes the JavaScript beside the engine's WebAssembly: `rollbook-wasm-generator MODULE FOLDER NAME`.
//!
//! The generator has to be of exactly the version of the library; as a package of the workspace it is.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let [module, folder, name] = words.as_slice() else {
        return complain("usage: rollbook-wasm-generator MODULE FOLDER NAME");
    };
    let mut bindgen = Bindgen::new();
    let made = bindgen
        .input_path(module)
        .out_name(name)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).generate(folder));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => complain(&format!("{problem:#}")),
    }
}

fn complain(problem: &str) -> ExitCode {
    // Where standard error is closed, nobody is left to be told so.
    drop(writeln!(io::stderr(), "error: {problem}"));
    ExitCode::FAILURE
}
