//! The command over long rosters, from file to file, against the bare reading of the same input and writing of the same
//! output.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::measure::{Effort, ratio};
use crate::work::Line;

/// The word that makes this program the command, in a process of its own.
pub(crate) const COMMAND: &str = "--command";
/// So many rows of the output the peer knows; it writes them again and again.
const KNOWN: usize = 4096;

/// A folder with the files of a run.
struct Files {
    folder: tempfile::TempDir,
    ending: &'static str,
}

impl Files {
    fn new(ending: &'static str) -> Result<Self, String> {
        Ok(Self { folder: tempfile::tempdir().map_err(told)?, ending })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.{}", self.ending))
    }

    /// The words of the command over the roster, on so many cores.
    fn words(&self, threads: &str) -> Vec<String> {
        let (roster, out) = (self.path("roster"), self.path("dues"));
        let [roster, out] = [roster, out].map(|path| path.display().to_string());
        let words =
            ["rollbook", "dues", &roster, "--rules", "cpc", "--period", "2026-11", "--out", &out, "--threads", threads];
        words.map(str::to_owned).to_vec()
    }

    fn size(&self, name: &str) -> u64 {
        fs::metadata(self.path(name)).map_or(0, |file| file.len())
    }
}

/// The command over a roster in CSV, on one core and on two.
pub(crate) fn text(rows: u32, turns: usize) -> Result<Vec<Line>, String> {
    let files = Files::new("csv")?;
    fs::write(files.path("roster"), invented(rows)).map_err(told)?;
    let cores = [("1", "rollbook dues, CSV to CSV, a row", 600), ("2", "the same with a second core", 350)];
    let measured = cores.map(|(threads, name, bar)| {
        let words = files.words(threads);
        let peak = run_apart(&words)?;
        let known = csv_rows(&files.path("dues"))?;
        let effort = Effort { turns, repeats: 1 };
        let peer = || rewritten(&files.path("roster"), &files.path("peer"), &known);
        peer().map_err(told)?;
        let ratio = ratio(effort, u128::from(rows), &mut || drop(black_box(peer())), &mut || run(&words));
        let [read, wrote, peer_wrote] = ["roster", "dues", "peer"].map(|name| files.size(name));
        let remark =
            format!("{rows} rows, {read} bytes in, {wrote} out, the peer {peer_wrote}; {peak} MB resident at most");
        Ok(Line { name, peer: "csv, reading and writing on one core", bar: Some(bar), ratio, remark })
    });
    measured.into_iter().collect()
}

/// The command over a roster in a workbook.
pub(crate) fn workbook(rows: u32, turns: usize) -> Result<Line, String> {
    let files = Files::new("xlsx")?;
    let roster = files.path("roster");
    to_workbook(&invented(rows), &roster)?;
    let words = files.words("2");
    let peak = run_apart(&words)?;
    let known = sheet(&files.path("dues"))?;
    let effort = Effort { turns, repeats: 1 };
    let peer = || sheet(&roster).and_then(|cells| write_sheet(&known, &files.path("peer")).map(|()| cells.len()));
    peer()?;
    let ratio = ratio(effort, u128::from(rows), &mut || drop(black_box(peer())), &mut || run(&words));
    let remark = format!(
        "{rows} rows, {} bytes in, {} out; {peak} MB resident at most",
        files.size("roster"),
        files.size("dues")
    );
    let peer = "calamine and rust_xlsxwriter, reading and writing";
    Ok(Line { name: "rollbook dues, XLSX to XLSX, a row", peer, bar: Some(200), ratio, remark })
}

fn run(words: &[String]) {
    black_box(rollbook_cli::run(words, &mut io::empty(), &mut io::sink(), &mut io::sink()));
}

/// Runs the command in a process of its own; gives the most memory that it had, in MB.
fn run_apart(words: &[String]) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(told)?;
    let ran = Command::new(program).arg(COMMAND).args(words).output().map_err(told)?;
    if !ran.status.success() {
        return Err(format!("the command failed: {}", String::from_utf8_lossy(&ran.stderr)));
    }
    String::from_utf8_lossy(&ran.stdout).trim().parse().map_err(told)
}

/// Runs the command and prints the most memory that the process has had, in MB.
pub(crate) fn command(words: &[String]) -> ExitCode {
    let words = words.get(1..).unwrap_or_default();
    let code = rollbook_cli::run(words, &mut io::empty(), &mut io::sink(), &mut io::stderr());
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap_or(0);
    let printed = writeln!(io::stdout(), "{}", kilobytes.checked_div(1000).unwrap_or(0));
    if printed.is_ok() { ExitCode::from(code) } else { ExitCode::FAILURE }
}

/// Reads one file and writes another, whose rows are known.
fn rewritten(from: &Path, to: &Path, known: &[csv::ByteRecord]) -> Result<(), csv::Error> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(from)?;
    let mut writer = csv::WriterBuilder::new().buffer_capacity(64 * 1024).flexible(true).from_path(to)?;
    let mut record = csv::ByteRecord::new();
    let mut known = known.iter().cycle();
    while reader.read_byte_record(&mut record)? {
        black_box(&record);
        if let Some(row) = known.next() {
            writer.write_byte_record(row)?;
        }
    }
    Ok(writer.flush()?)
}

fn csv_rows(path: &Path) -> Result<Vec<csv::ByteRecord>, String> {
    let mut reader = csv::ReaderBuilder::new().from_path(path).map_err(told)?;
    reader.byte_records().take(KNOWN).collect::<Result<_, _>>().map_err(told)
}

/// The cells of the first sheet.
fn sheet(path: &Path) -> Result<Vec<Vec<Data>>, String> {
    let mut book: Xlsx<_> = open_workbook(path).map_err(told)?;
    let range = book.worksheet_range_at(0).ok_or("there is no sheet")?.map_err(told)?;
    Ok(range.rows().map(<[Data]>::to_vec).collect())
}

fn write_sheet(rows: &[Vec<Data>], path: &Path) -> Result<(), String> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(told)?;
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Data::Float(number) => {
                    sheet.write_number(row, column, *number).map_err(told)?;
                }
                Data::String(text) => {
                    sheet.write_string(row, column, text).map_err(told)?;
                }
                _ => {}
            }
        }
    }
    book.save_to_writer(File::create(path).map_err(told)?).map_err(told)
}

/// A roster in CSV as a workbook: numbers of bases, texts of all others.
fn to_workbook(text: &str, path: &Path) -> Result<(), String> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => {
                    sheet.write_number(row, column, number).map_err(told)?;
                }
                Err(_) => {
                    sheet.write_string(row, column, cell).map_err(told)?;
                }
            }
        }
    }
    book.save(path).map_err(told)
}

fn told(problem: impl std::fmt::Display) -> String {
    problem.to_string()
}

/// A roster of invented members, about 40 bytes a row.
fn invented(rows: u32) -> String {
    let mut text = String::from("id,stage,category,base\n");
    for row in 0..rows {
        let category = if row.is_multiple_of(4) { "retired" } else { "waged" };
        let yuan = row.wrapping_mul(7919).checked_rem(16_000).unwrap_or(0).saturating_add(1_500);
        let fen = row.wrapping_mul(31).checked_rem(100).unwrap_or(0);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "M{row:012},full,{category},{yuan}.{fen:02}");
    }
    text
}
