//! `rollbook-corpus`: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    rollbook_corpus::run()
}
