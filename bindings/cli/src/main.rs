//! The `rollbook` command: the library of this package on the process's own streams.

use std::process::ExitCode;

fn main() -> ExitCode {
    rollbook_cli::run_on_own_streams(std::env::args_os()).into()
}
