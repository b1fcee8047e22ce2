//! Rosters that are no rosters: one clear line, exit 2, and no panic.

use super::support::{dues, rollbook};

#[test]
fn an_empty_file_has_no_headings() {
    for text in ["", "\u{feff}", "\n\n", " , ,\n"] {
        assert_eq!(dues(text, &[]).failure(), "standard input has no headings: it is empty", "{text:?}");
    }
}

#[test]
fn headings_without_rows_are_no_mistake() {
    let ran = dues("id,stage,category,base", &[]);
    assert_eq!((ran.code, ran.rows().len()), (0, 0));
    assert!(ran.err.starts_with("0 rows read\n"), "{}", ran.err);
}

#[test]
fn headings_in_an_unknown_encoding_are_refused() {
    let failure = dues(b"id,base,bemerkung f\xFCr,x\nA,1\n", &[]);
    assert!(failure.failure().contains("is not UTF-8 text; save it as \"CSV UTF-8\""));
    let utf_16: Vec<u8> = "\u{feff}id,base\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(dues(utf_16, &[]).failure().contains("it is UTF-16 text, not UTF-8"));
}

#[test]
fn a_nul_byte_ends_the_reading() {
    let ran = dues(b"id,stage\nA,full\nB,fu\0ll\n", &[]);
    assert_eq!(ran.failure(), "standard input: there is a NUL byte in row 3; is it a CSV file?");
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_rest() {
    let ran = dues("id,stage,category\nA,full,student\nB,\"full,student\nC,full,student\n", &[]);
    assert_eq!(ran.failure(), "standard input: the quote that opens in row 3 is never closed");
}

#[test]
fn a_directory_or_a_missing_file_is_no_roster() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let question = |roster: &str| rollbook(&["dues", roster, "--rules", "cpc", "--period", "2026-11"]);
    assert_eq!(question(path).failure(), format!("cannot read {path}: it is a directory"));
    assert!(question(&format!("{path}/none.csv")).failure().starts_with(&format!("cannot read {path}/none.csv: ")));
}

#[test]
fn a_heading_of_two_hundred_kilobytes_is_left_out() {
    let ran = dues(format!("id,stage,category,{}\nA,full,student,\n", "x".repeat(200_000)), &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.len() < 1_000);
}

#[test]
fn a_cell_of_two_hundred_kilobytes_is_a_cell() {
    let ran = dues(format!("id,stage,category\n{},full,student\n", "9".repeat(200_000)), &[]);
    assert_eq!((ran.code, ran.column("id")[0].len()), (0, 200_000));
}

#[test]
fn no_byte_sequence_makes_the_command_panic() {
    // Every pair of bytes that means something to a CSV reader, at every place of a small roster.
    let roster = b"id,stage,base\nA,full,1\n";
    for at in 0..=roster.len() {
        for put in
            [&b"\""[..], b"\"\"", b",", b"\r", b"\n", b"\r\n", b"\0", b"\xFF", b"\xEF\xBB", b"\xE7\xBC", b"\x1B[2J"]
        {
            let text = [&roster[..at], put, &roster[at..]].concat();
            let ran = dues(text, &[]);
            assert!(ran.code <= 2);
            assert!(!ran.err.contains('\x1B'), "{}", ran.err);
        }
    }
}
