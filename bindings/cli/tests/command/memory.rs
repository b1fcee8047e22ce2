//! A roster is not kept in memory.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::support::process;

/// The most memory that a running process has had, in bytes.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[cfg(target_os = "linux")]
#[test]
fn memory_grows_by_at_most_64_bytes_a_row() {
    // Just past the growth of the table of ids, where its old and new form stand side by side.
    const ROWS: u64 = 116_000;
    let mut running = process()
        .args(["dues", "-", "--rules", "cpc", "--period", "2026-11", "--keep"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut roster = running.stdin.take().unwrap();
    let row = |number: u64| format!("330106{number:012},full,student,{}\n", "a remark of some length ".repeat(5));
    roster.write_all(b"id,stage,category,remark\n").unwrap();
    // So many that all batches of rows that go around are there.
    for number in 0..8_000 {
        roster.write_all(row(number).as_bytes()).unwrap();
    }
    // What was written last may still lie in the pipe: far fewer rows than were written before.
    let before = peak(running.id());
    for number in 8_000..ROWS {
        roster.write_all(row(number).as_bytes()).unwrap();
    }
    let grown = peak(running.id()) - before;
    drop(roster);
    assert_eq!(running.wait().unwrap().code(), Some(0));
    assert!(grown <= ROWS * 64, "{grown} bytes for {ROWS} rows are {} a row", grown / ROWS);
}
