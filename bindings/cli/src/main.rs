//! The `rollbook` command: the library of this package on the process's own streams.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut stdin = std::io::stdin().lock();
    let mut stdout = std::io::stdout().lock();
    let mut stderr = std::io::stderr().lock();
    rollbook_cli::run(std::env::args_os(), &mut stdin, &mut stdout, &mut stderr).into()
}
