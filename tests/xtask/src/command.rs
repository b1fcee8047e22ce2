//! Running a tool: its output streams through to the reader and is kept for counting.

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What a tool that ran to its end has left.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The lines of its standard output, without colours.
    pub(crate) lines: Vec<String>,
    /// Whether it said that all is well.
    pub(crate) success: bool,
    /// How it ended, for a message: `exit status: 101`.
    pub(crate) ending: String,
}

/// Runs a command to its end. Standard output is passed on line by line and kept, standard error passes untouched.
///
/// # Errors
/// When the program cannot be started or its output not be read.
pub(crate) fn run(command: &mut Command) -> Result<Finished, String> {
    let program = program_name(command);
    say(&format!("$ {}", shown(command)));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|problem| format!("`{program}` cannot be started: {problem}"))?;
    let mut lines = Vec::new();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).map_err(|problem| format!("output of `{program}`: {problem}"))? > 0 {
            pass_on(&line);
            lines.push(without_colours(String::from_utf8_lossy(&line).trim_end()));
            line.clear();
        }
    }
    let status = child.wait().map_err(|problem| format!("`{program}` was lost: {problem}"))?;
    Ok(Finished { lines, success: status.success(), ending: status.to_string() })
}

/// Runs a command of which only the success matters.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let finished = run(command)?;
    if finished.success { Ok(()) } else { Err(format!("`{}` ended with {}", shown(command), finished.ending)) }
}

/// Writes a line to standard output. A reader who has gone away is no reason to stop checking.
pub(crate) fn say(line: &str) {
    pass_on(line.as_bytes());
}

/// Writes a line to standard error.
pub(crate) fn complain(line: &str) {
    // Where standard error is closed, nobody is left to be told so.
    drop(writeln!(io::stderr(), "{line}"));
}

/// Passes a line on; one that its program left open is closed, so that what follows begins a line of its own.
fn pass_on(line: &[u8]) {
    let mut output = io::stdout().lock();
    let end: &[u8] = if line.ends_with(b"\n") { b"" } else { b"\n" };
    drop(output.write_all(line).and_then(|()| output.write_all(end)).and_then(|()| output.flush()));
}

/// The command as one would type it; the program by its name alone, the place where it lies says nothing.
fn shown(command: &Command) -> String {
    let arguments = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program_name(command)).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn program_name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

/// A line without the escape sequences by which terminals colour: tools can be told to colour into a pipe.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            // `ESC [ 32 m`: everything up to the letter that ends the sequence.
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{run, succeed, without_colours};

    #[test]
    fn coloured_output_counts_like_plain_output() {
        let coloured = "test result: \u{1b}[32mok\u{1b}[0m. 3 passed; 0 failed";
        assert_eq!(without_colours(coloured), "test result: ok. 3 passed; 0 failed");
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let problem = run(&mut Command::new("/nowhere/no-such-program")).unwrap_err();
        assert!(problem.starts_with("`no-such-program` cannot be started: "), "{problem}");
    }

    #[test]
    fn a_program_that_fails_is_a_failure_with_its_call() {
        let problem = succeed(&mut Command::new("false")).unwrap_err();
        assert_eq!(problem, "`false` ended with exit status: 1");
    }

    #[test]
    fn what_a_program_prints_is_kept_line_by_line() {
        let finished = run(Command::new("printf").arg("one\\ntwo")).unwrap();
        assert_eq!(finished.lines, ["one", "two"]);
        assert!(finished.success);
    }
}
