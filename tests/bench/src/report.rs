//! The call and the report.

use std::fmt::Write as _;

use crate::work::Line;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
The speed of the engine: each line is a ratio to other work of the same run.

usage: cargo xtask bench [line]... [options]

  given       an answer, base given, without trace
  derived     an answer, base from the items of the pay slip
  named       an answer, facts told by name as text
  traced      an answer with its steps
  rendered    an answer explained in Chinese and in English
  load        loading and checking the rule set
  roster      the command over a roster in CSV
  workbook    the command over a roster in XLSX

Without a line all are measured.

  --quick     fewer and shorter turns
  --json      one JSON object for each line
  --members   prints the members that are answered for, base given, as CSV, and measures nothing
  --enforce   exit code 1 when a bar is missed
  --help      this text";

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Fewer and shorter turns.
    pub(crate) quick: bool,
    /// JSON in place of the table.
    pub(crate) json: bool,
    /// A bar that is missed is a failure.
    pub(crate) enforce: bool,
    /// The lines that are measured; all, if none is named.
    lines: Vec<String>,
}

const LINES: [&str; 8] = ["given", "derived", "named", "traced", "rendered", "load", "roster", "workbook"];

impl Options {
    /// Reads the words of the call; none is a call for help.
    ///
    /// # Errors
    /// A line or an option that does not exist.
    pub(crate) fn read(words: &[String]) -> Result<Option<Self>, String> {
        let mut options = Self::default();
        for word in words {
            match word.as_str() {
                "--quick" => options.quick = true,
                "--json" => options.json = true,
                "--enforce" => options.enforce = true,
                "--help" | "-h" => return Ok(None),
                line if LINES.contains(&line) => options.lines.push(line.to_owned()),
                other if !other.starts_with('-') => return Err(format!("there is no line `{other}`")),
                other => return Err(format!("there is no option `{other}`")),
            }
        }
        Ok(Some(options))
    }

    /// Whether a line is measured.
    pub(crate) fn wants(&self, line: &str) -> bool {
        self.lines.is_empty() || self.lines.iter().any(|wanted| wanted == line)
    }
}

/// The report in the form asked for, without a line end behind it.
pub(crate) fn report(lines: &[Line], options: &Options) -> String {
    let lines: Vec<String> = if options.json {
        lines.iter().map(as_json).collect()
    } else {
        let head = format!("{:<38} {:>8} {:>7}  {:<7} {:>11} {:>11}", "", "ratio", "bar", "", "one", "peer's one");
        std::iter::once(head).chain(lines.iter().map(as_text)).collect()
    };
    lines.join("\n")
}

fn as_text(line: &Line) -> String {
    let (bar, met) = match line.bar {
        Some(bar) => (hundredths(bar), if line.is_met() { "met" } else { "MISSED" }),
        None => ("-".to_owned(), ""),
    };
    let ratio = hundredths(line.ratio.hundredths);
    let (candidate, peer) = (duration(line.ratio.candidate), duration(line.ratio.peer));
    let mut text = format!("{:<38} {ratio:>8} {bar:>7}  {met:<7} {candidate:>11} {peer:>11}", line.name);
    // Writing to a string cannot fail.
    let _ = write!(text, "\n    against {}; {}", line.peer, line.remark);
    text
}

fn as_json(line: &Line) -> String {
    let bar = line.bar.map_or_else(|| "null".to_owned(), hundredths);
    format!(
        r#"{{"name":"{}","peer":"{}","ratio":{},"bar":{bar},"met":{},"picoseconds":{},"peer_picoseconds":{},"remark":"{}"}}"#,
        line.name,
        line.peer,
        hundredths(line.ratio.hundredths),
        line.is_met(),
        line.ratio.candidate,
        line.ratio.peer,
        line.remark
    )
}

fn hundredths(value: u128) -> String {
    let (whole, rest) = (value.checked_div(100).unwrap_or(0), value.checked_rem(100).unwrap_or(0));
    format!("{whole}.{rest:02}")
}

/// Picoseconds in the unit that reads best.
fn duration(picoseconds: u128) -> String {
    let (unit, name) = match picoseconds {
        0..1_000_000 => (1_000, "ns"),
        1_000_000..1_000_000_000 => (1_000_000, "µs"),
        _ => (1_000_000_000, "ms"),
    };
    let per_hundred = picoseconds.saturating_mul(100).checked_div(unit).unwrap_or(0);
    format!("{} {name}", hundredths(per_hundred))
}

#[cfg(test)]
mod tests {
    use super::{Options, duration};

    #[test]
    fn options_are_read_in_any_order_and_unknown_ones_refused() {
        let read = |call: &str| Options::read(&call.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(read("--json --quick"), Ok(Some(Options { quick: true, json: true, ..Options::default() })));
        assert_eq!(read("--enforce"), Ok(Some(Options { enforce: true, ..Options::default() })));
        assert_eq!(read("--help"), Ok(None));
        assert_eq!(read("--fast"), Err("there is no option `--fast`".to_owned()));
    }

    #[test]
    fn a_duration_is_shown_in_the_unit_that_reads_best() {
        assert_eq!(duration(312_340), "312.34 ns");
        assert_eq!(duration(5_400_000), "5.40 µs");
        assert_eq!(duration(4_999_000_000), "4.99 ms");
    }
}
