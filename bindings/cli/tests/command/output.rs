//! Where the answers go, and that no half of them stands under the final name.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

use super::support::{club, dues, process, repository, rollbook, rollbook_with};

const ROSTER: &str = "id,stage,category,base,note\nA,full,waged,2860.40,\"x, y\"\nB,applicant,,,\n";

fn left_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A roster of so many rows, far larger than any buffer.
fn long_roster(rows: usize) -> String {
    let rows = (0..rows).map(|row| format!("M{row},full,waged,5400\n"));
    std::iter::once("id,stage,category,base\n".to_owned()).chain(rows).collect()
}

#[test]
fn the_output_has_these_columns() {
    let (_folder, rules) = club("");
    let question = ["dues", "-", "--rules", &rules, "--period", "2026-01"];
    let ran = rollbook_with(&question, b"id,paid\nA,12.345\nB,\nC,-1\n");
    assert_eq!(
        ran.out,
        "id,period,amount,currency,status,rule,cite,missing,findings\n\
         A,2026-01,12.35,EUR,charged,dues.tariff,Statutes art. 1; Statutes art. 2,,\n\
         B,2026-01,,,needs_facts,dues.tariff,Statutes art. 1,paid,\n\
         C,2026-01,,,rejected,dues,,,\"out_of_range: row 4, column `paid`: paid: `-1` is out of range; accepted is paid ≥ 0\"\n"
    );
}

#[test]
fn what_the_rules_leave_out_is_said_once_and_rows_refer_to_it() {
    let (_folder, rules) =
        club("not_encoded:\n  - { cite: statutes art. 9, why: gifts are not counted, touches: [dues] }\n");
    let question = ["dues", "-", "--rules", &rules, "--period", "2026-01"];
    let ran = rollbook_with(&question, b"id,paid\nA,1\nB,2\n");
    assert_eq!(ran.column("findings"), ["not_encoded: see note 1", "not_encoded: see note 1"]);
    assert!(ran.err.contains("note 1 (2 rows): ") && ran.err.contains("gifts are not counted"), "{}", ran.err);
}

#[test]
fn keep_puts_the_columns_of_the_roster_in_front_as_they_were() {
    let ran = dues("id, Note ,stage,category\n A ,\"x, y\",full,student\nB,z\nC,,full,student,more\n", &["--keep"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("id, Note ,stage,category,id,period,amount,"), "{}", lines[0]);
    assert!(lines[1].starts_with(" A ,\"x, y\",full,student,A,2026-11,0.20,CNY,charged,"), "{}", lines[1]);
    assert!(lines[2].starts_with("B,z,,,B,2026-11,,,rejected,"), "{}", lines[2]);
    assert!(lines[3].starts_with("C,,full,student,C,2026-11,,,rejected,"), "{}", lines[3]);
}

#[test]
fn out_writes_the_same_bytes_as_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.csv");
    let ran = dues(ROSTER, &["--out", out.to_str().unwrap()]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&out).unwrap(), dues(ROSTER, &[]).out);
    assert_eq!(left_in(folder.path()), ["dues.csv"]);
}

#[test]
fn a_second_core_changes_no_byte() {
    let mistakes = fs::read_to_string(repository("examples/roster-with-mistakes.csv")).unwrap();
    for roster in [long_roster(3_000), mistakes, ROSTER.to_owned(), "id,stage,category,base\n".to_owned()] {
        let [one, two] = ["1", "2"].map(|threads| dues(&roster, &["--keep", "--threads", threads]));
        assert_eq!((one.code, one.out, one.err), (two.code, two.out, two.err));
    }
    let broken = long_roster(3_000) + "X,full,waged,\"5400\n";
    for threads in ["1", "2"] {
        assert!(dues(&broken, &["--threads", threads]).failure().contains("the quote that opens in row 3002"));
    }
    assert_eq!(dues(ROSTER, &["--threads", "0"]).code, 2);
}

#[test]
fn neither_roster_nor_changes_are_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let changes = folder.path().join("changes.csv");
    fs::write(&changes, "id,fact,from,value\n").unwrap();
    let changes = changes.to_str().unwrap();
    let ran = dues(ROSTER, &["--changes", changes, "--out", changes]);
    assert_eq!(ran.failure(), format!("--out {changes} is the file of changes itself"));
}

#[test]
fn an_older_output_is_replaced_only_when_all_rows_are_done() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.csv");
    fs::write(&out, "older").unwrap();
    let broken = long_roster(20_000) + "X,full,waged,\"5400\n";
    let ran = dues(&broken, &["--out", out.to_str().unwrap()]);
    assert!(ran.failure().contains("the quote that opens in row 20002 is never closed"));
    assert_eq!(fs::read_to_string(&out).unwrap(), "older");
    assert_eq!(left_in(folder.path()), ["dues.csv"]);
    assert_eq!(dues(ROSTER, &["--out", out.to_str().unwrap()]).code, 0);
    assert!(fs::read_to_string(&out).unwrap().starts_with("id,period,"));
    assert_eq!(left_in(folder.path()), ["dues.csv"]);
}

#[test]
fn no_output_is_made_for_a_call_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.csv");
    let out = out.to_str().unwrap();
    dues("base\n5400\n", &["--out", out]).failure();
    dues(ROSTER, &["--out", out, "--charge", "levy"]).failure();
    assert_eq!(left_in(folder.path()), Vec::<String>::new());
}

#[test]
fn the_roster_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, ROSTER).unwrap();
    let path = roster.to_str().unwrap();
    let ran = rollbook(&["dues", path, "--rules", "cpc", "--period", "2026-11", "--keep", "--out", path]);
    assert_eq!(ran.failure(), format!("--out {path} is the roster itself"));
    assert_eq!(fs::read_to_string(&roster).unwrap(), ROSTER);
}

#[test]
fn an_output_in_a_folder_that_is_not_there_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("none/dues.csv");
    assert!(dues(ROSTER, &["--out", out.to_str().unwrap()]).failure().starts_with("cannot write "));
    let ran = dues(ROSTER, &["--out", folder.path().to_str().unwrap()]);
    assert!(ran.failure().starts_with("cannot write "), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn behind_a_link_the_file_is_replaced_and_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("file.csv"), folder.path().join("link.csv"));
    fs::write(&file, "older").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(dues(ROSTER, &["--out", link.to_str().unwrap()]).code, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().starts_with("id,period,"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_one_clear_line() {
    let ran = dues(ROSTER, &["--out", "/dev/full"]);
    assert_eq!(ran.failure(), "cannot write /dev/full: the disk is full, the output is not complete");

    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let roster = repository("examples/roster.csv");
    let question = ["--rules", "cpc", "--period", "2026-11"];
    let ran = process().arg("dues").arg(roster).args(question).stdout(full).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(said, "rollbook: cannot write standard output: the disk is full, the output is not complete\n");
}

#[test]
fn a_reader_that_goes_away_is_one_clear_line() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, long_roster(20_000)).unwrap();
    let mut running = process()
        .arg("dues")
        .arg(&roster)
        .args(["--rules", "cpc", "--period", "2026-11"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(running.stdout.take());
    let mut said = String::new();
    running.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(running.wait().unwrap().code(), Some(2));
    assert_eq!(said, "rollbook: cannot write standard output: its reader has closed it, the output is not complete\n");
}

#[test]
fn a_roster_comes_from_standard_input_as_from_a_file() {
    let roster = repository("examples/roster.csv");
    let question = ["--rules", "cpc", "--period", "2026-11"];
    let from_file = process().arg("dues").arg(&roster).args(question).output().unwrap();
    let mut running = process()
        .args(["dues", "-"])
        .args(question)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    running.stdin.take().unwrap().write_all(&fs::read(&roster).unwrap()).unwrap();
    let from_stdin = running.wait_with_output().unwrap();
    assert_eq!(from_stdin.stdout, from_file.stdout);
    assert_eq!((from_stdin.status.code(), from_file.status.code()), (Some(0), Some(0)));
}

/// Gives its text in pieces of one byte.
struct Slow<'t>(&'t [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = into.len().min(1).min(self.0.len());
        into[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

#[test]
fn the_answers_do_not_depend_on_how_the_bytes_arrive() {
    let roster = fs::read(repository("examples/roster-with-mistakes.csv")).unwrap();
    let roster = [b"\xEF\xBB\xBF", roster.as_slice()].concat();
    let words = ["rollbook", "dues", "-", "--rules", "cpc", "--period", "2026-11", "--lang", "en"];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = rollbook_cli::run(words, &mut Slow(&roster), &mut out, &mut err);
    let whole = dues(&roster, &[]);
    assert_eq!((code, String::from_utf8(out).unwrap()), (whole.code, whole.out));
}
