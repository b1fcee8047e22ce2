//! A file read, laid out, compared with what it was, and written.

use std::panic::catch_unwind;
use std::path::PathBuf;

use clap::Args;
use pretty_yaml::config::{FormatOptions, LanguageOptions, LayoutOptions, LineBreak};
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::yaml::read_yaml;
use yaml_parser::SyntaxKind;

use crate::failure::Failure;
use crate::rules::{read_text, read_text_from, rendered};
use crate::{ATTENTION, DONE, Streams};

const FMT: &str = "\
Lays out indents, blanks, quotes and long lines. What the file says, the order of
its keys and its comments stay: both texts are read again and compared, and where
anything else would change nothing is written.

How it ends (exit code):
  0  every file is laid out
  1  with --check: a file is not, and is named
  2  it could not run: a file that cannot be read as a rule set, or written

Examples:
  rollbook fmt my-rules.yaml my-rules.cases.yaml
  rollbook fmt --check rules/*.yaml
  rollbook fmt - < my-rules.yaml";

/// A list or map in brackets stands on one line, however long: broken, its closing bracket would stand where YAML, read
/// strictly, does not allow it.
const WIDTH: usize = 100_000;

#[derive(Debug, Args)]
#[command(after_help = FMT)]
pub(crate) struct Fmt {
    /// Rule sets or files of cases in YAML; `-` reads standard input and writes standard output
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Write nothing; say which files are not laid out
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Fmt, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut waiting = 0_usize;
    for path in &arguments.files {
        let is_stream = path.as_os_str() == "-";
        let name = if is_stream { "standard input".to_owned() } else { path.display().to_string() };
        let text = if is_stream { read_text_from(streams.stdin, &name)? } else { read_text(path)? };
        let laid_out = laid_out(&text, &name, streams)?;
        if arguments.check {
            if laid_out != text {
                waiting = waiting.saturating_add(1);
                streams.say(&format!("{name} is not laid out\n"))?;
            }
        } else if is_stream {
            streams.say(&laid_out)?;
        } else if laid_out != text {
            crate::show::put(Some(path), &laid_out, streams)?;
        }
    }
    Ok(if waiting > 0 { ATTENTION } else { DONE })
}

/// The text laid out.
fn laid_out(text: &str, name: &str, streams: &mut Streams<'_>) -> Result<String, Failure> {
    let plain = text.trim_start_matches('\u{feff}');
    if plain.trim_start().starts_with('{') {
        return Err(Failure::new(format!("{name} is JSON; only YAML is laid out")));
    }
    // What the strict reader takes is small, not nested deeply, and has no part of YAML that rule sets do without.
    let before = read_yaml(plain, &Limits::default()).map_err(|faults| {
        streams.note(&rendered(&faults, name, plain));
        Failure::new(format!("{name} is not laid out: it cannot be read"))
    })?;
    let options = options(plain);
    let laid_out = catch_unwind(|| pretty_yaml::format_text(plain, &options));
    let Ok(Ok(after)) = laid_out else {
        return Err(Failure::new(format!("{name} is not laid out: its layout is not understood")));
    };
    let same = |text: &String| {
        let read = read_yaml(text, &Limits::default());
        read.is_ok_and(|after| before.says_the_same(&after)) && comments(plain) == comments(text)
    };
    // What looks like a row inside a longer text is no row, and stays as it is.
    [in_columns(&after), after]
        .into_iter()
        .find(same)
        .ok_or_else(|| Failure::new(format!("{name} is not laid out: something that it says would be lost")))
}

/// Keys that follow one another with a map in braces each, like the rows of a table: their braces stand in one column.
fn in_columns(text: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut whole = String::with_capacity(text.len());
    for rows in lines.chunk_by(|one, other| row(one).zip(row(other)).is_some_and(|(one, other)| one.0 == other.0)) {
        let widest = rows.iter().filter_map(|line| row(line)).map(|(_, key, _)| key.len()).max().unwrap_or(0);
        for line in rows {
            match row(line) {
                Some((indent, key, map)) => {
                    let blanks = widest.saturating_sub(key.len()).saturating_add(1);
                    whole.push_str(&format!("{indent}{key}{}{map}", " ".repeat(blanks)));
                }
                None => whole.push_str(line),
            }
        }
    }
    whole
}

/// A line `key: { … }` as its indent, the key with its colon, and the map.
fn row(line: &str) -> Option<(&str, &str, &str)> {
    let key_on = line.trim_start_matches(' ');
    let (key, map) = key_on.split_once(' ')?;
    let name = key.strip_suffix(':')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let indent = line.strip_suffix(key_on)?;
    (is_name && map.starts_with('{')).then_some((indent, key, map))
}

fn options(text: &str) -> FormatOptions {
    let line_break = if text.contains("\r\n") { LineBreak::Crlf } else { LineBreak::Lf };
    FormatOptions {
        layout: LayoutOptions { print_width: WIDTH, indent_width: 2, line_break },
        language: LanguageOptions {
            trailing_comma: false,
            bracket_spacing: true,
            prefer_single_line: true,
            ..LanguageOptions::default()
        },
    }
}

/// The comments in their order, without blanks at their ends.
fn comments(text: &str) -> Option<Vec<String>> {
    let tree = yaml_parser::parse(text).ok()?;
    let comments = tree.descendants_with_tokens().filter_map(|element| {
        let token = element.into_token()?;
        (token.kind() == SyntaxKind::COMMENT).then(|| token.text().trim_end().to_owned())
    });
    Some(comments.collect())
}
