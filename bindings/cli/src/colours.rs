//! Colours for people at a terminal: diagnostics stand out by their first words. Nothing is coloured in a file or a pipe, on a
//! terminal that cannot show it, or where `NO_COLOR` is set.

use std::io;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

/// Diagnostics as they are shown on standard output: coloured where it is a terminal that shows colours and they are wanted.
pub(crate) fn of_stdout(text: &str) -> String {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => text.to_owned(),
        _ => painted(text),
    }
}

/// The same text with the first words of errors, warnings, places and helps in colours.
fn painted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match marked(line) {
            Some((before, words, style)) => {
                let rest = line.get(before.saturating_add(words)..).unwrap_or_default();
                let words = line.get(before..before.saturating_add(words)).unwrap_or_default();
                out.push_str(line.get(..before).unwrap_or_default());
                out.push_str(&format!("{style}{words}{style:#}{rest}"));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// Where the words of a line begin that are coloured, how long they are, and how they look.
fn marked(line: &str) -> Option<(usize, usize, Style)> {
    let kinds = [("error[", AnsiColor::Red), ("warning[", AnsiColor::Yellow)];
    for (kind, colour) in kinds {
        if line.starts_with(kind) {
            return Some((0, line.find(']')?.saturating_add(1), colour.on_default().bold()));
        }
    }
    let trimmed = line.trim_start();
    let before = line.len().saturating_sub(trimmed.len());
    let words = ["--> ", "= help:", "= note:"].into_iter().find(|words| trimmed.starts_with(words))?;
    Some((before, words.trim_end().len(), AnsiColor::Cyan.on_default()))
}

#[cfg(test)]
mod tests {
    use super::painted;

    #[test]
    fn the_first_words_of_diagnostics_are_coloured_and_nothing_else_changes() {
        let plain = "error[bad_band]: `rate` and `amount` stand together\n   --> a.yaml:4:4\n 4 | - { error[x] }\n   = help: one\n\n1 error\n";
        let shown = painted(plain);
        assert!(shown.starts_with("\u{1b}[1m\u{1b}[31merror[bad_band]\u{1b}[0m: `rate`"), "{shown:?}");
        assert!(shown.contains("\u{1b}[36m-->\u{1b}[0m a.yaml"), "{shown:?}");
        assert!(shown.contains(" 4 | - { error[x] }\n") && shown.ends_with("\n\n1 error\n"), "{shown:?}");
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), plain);
    }
}
