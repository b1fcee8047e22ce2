//! Running the command inside the test, on memory.

use std::path::PathBuf;
use std::process::Command;

/// What a command said and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub code: u8,
    pub out: String,
    pub err: String,
}

/// Runs the command with a standard input.
pub(crate) fn rollbook_with(arguments: &[&str], stdin: &[u8]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("rollbook").chain(arguments.iter().copied());
    let code = rollbook_cli::run(words, &mut &stdin[..], &mut out, &mut err);
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// Runs the command.
pub(crate) fn rollbook(arguments: &[&str]) -> Ran {
    rollbook_with(arguments, b"")
}

/// The dues of a roster for November 2026 by the built-in rules, in English.
pub(crate) fn dues(roster: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    let question = ["dues", "-", "--rules", "cpc", "--period", "2026-11", "--lang", "en"];
    rollbook_with(&[&question, more].concat(), roster.as_ref())
}

/// The program itself, for what only a process has.
pub(crate) fn process() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rollbook"))
}

/// A small sound rule set in a file, with these lines behind it.
pub(crate) fn club(more: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("club.yaml");
    let text = "\
rollbook: 1
id: club
edition: 1
languages: [en]
title: Dues of a club
currency: EUR
answers: dues
sources:
  statutes: { title: Statutes, issued: 2020-01-01, in_force: 2020-01-01, attested: official }
facts:
  paid: { kind: money per month, at_least: 0 }
charges:
  dues:
    per: month
    tariff:
      - { cite: statutes art. 1, amount: paid }
    round:
      - { cite: statutes art. 2, is: half_up to 0.01 }
";
    std::fs::write(&path, format!("{text}{more}")).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path).canonicalize().unwrap()
}

impl Ran {
    /// The rows of the output without its headings.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(self.out.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    /// One column of the output, by its heading.
    pub(crate) fn column(&self, heading: &str) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().from_reader(self.out.as_bytes());
        let at =
            reader.headers().unwrap().iter().collect::<Vec<_>>().iter().rposition(|known| *known == heading).unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    }

    /// That the command ended with 2 and one line; gives the line.
    pub(crate) fn failure(&self) -> &str {
        assert_eq!(self.code, 2, "{self:?}");
        let line = self.err.strip_prefix("rollbook: ").unwrap_or_else(|| panic!("{self:?}"));
        assert_eq!(line.matches('\n').count(), 1, "{self:?}");
        line.trim_end()
    }
}
