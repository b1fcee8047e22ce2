//! Rosters as text: separators, encodings, and what the ending of the output asks for.

use std::fs;

use encoding_rs::GB18030;

use super::support::{Ran, dues, repository, rollbook};

const ROSTER: &str = "编号,发展阶段,类别,基数,备注\n张一,正式党员,按月领工资,5400,\"甲,乙\"\n李二,正式党员,农民,,\n";

/// Without what is said about the reading itself.
fn answers(ran: &Ran) -> (u8, &str) {
    (ran.code, &ran.out)
}

fn separated(separator: char) -> String {
    ROSTER.replace("\"甲,乙\"", "甲乙").replace(',', &separator.to_string())
}

#[test]
fn tabs_and_semicolons_are_seen_in_the_headings() {
    let commas = dues(separated(','), &["--keep"]);
    assert_eq!(commas.column("amount"), ["81.00", "0.20"]);
    for separator in ['\t', ';'] {
        let ran = dues(separated(separator), &["--keep"]);
        assert_eq!(answers(&ran), answers(&commas), "{separator:?}");
        assert_eq!(ran.err, commas.err);
    }
}

#[test]
fn a_separator_that_is_said_is_the_only_one() {
    // Both a comma and a semicolon would make an id a heading.
    let roster = "id,name;id;stage,category\nA,x;B;full,student\n";
    assert_eq!(dues(roster, &[]).column("id"), ["A"]);
    assert_eq!(dues(roster, &["--separator", "semicolon"]).column("id"), ["B"]);
    let ran = dues("name,id;stage;category\nx,A;full;student\n", &["--separator", "semicolon"]);
    assert!(ran.failure().contains("no column `id`"), "{ran:?}");
    let ran = dues("name;stage,id,category\nx;full,A,student\n", &["--separator", "comma"]);
    assert_eq!(ran.column("id"), ["A"]);
}

#[test]
fn mistakes_are_told_alike_whatever_separates_the_cells() {
    let rows = "id\tstage\tcategory\tbase\nA\tfull\twaged\t5,400\nB\tfull\nC\tfull\twaged\t5400\tx\nA\tfull\tstudent\t\n\tfull\tstudent\t\n";
    let ran = dues(rows, &[]);
    assert_eq!(ran.column("status"), ["rejected"; 5]);
    let findings = ran.column("findings");
    assert!(
        findings[0].contains("row 2, column `base`") && findings[0].contains("did you mean `5400`?"),
        "{findings:?}"
    );
    assert!(findings[1].starts_with("row_too_short: row 3 has 2 cells"), "{findings:?}");
    assert!(findings[2].starts_with("row_too_long: row 4 has 5 cells"), "{findings:?}");
    assert_eq!(findings[3], "duplicate_id: the id of row 5 stands in row 2 already");
    assert_eq!(findings[4], "no_id: row 6 has no id");
    let ran = dues("id\tstage\nA\t\"full\n", &[]);
    assert_eq!(ran.failure(), "standard input: the quote that opens in row 2 is never closed");
}

#[test]
fn gb18030_is_found_and_said() {
    let utf_8 = dues(ROSTER, &["--keep"]);
    let bytes = GB18030.encode(ROSTER).0;
    let ran = dues(&bytes, &["--keep"]);
    assert_eq!(answers(&ran), answers(&utf_8));
    assert!(ran.err.starts_with("standard input: is not UTF-8 and is read as GB18030"), "{}", ran.err);
    let told = dues(&bytes, &["--keep", "--encoding", "gb18030"]);
    assert_eq!((answers(&told), &told.err), (answers(&utf_8), &utf_8.err), "who says it is not told");
}

#[test]
fn an_encoding_that_is_said_is_not_doubted() {
    let bytes = GB18030.encode("id,stage,category\nA,正式党员,student\nB,full,student\n").0;
    let ran = dues(&bytes, &["--encoding", "utf-8"]);
    assert_eq!(ran.column("status"), ["rejected", "charged"]);
    assert!(ran.column("findings")[0].starts_with("not_text: row 2, column `stage`"), "{}", ran.out);
    assert!(dues(GB18030.encode(ROSTER).0, &["--encoding", "utf-8"]).failure().contains("--encoding"));
}

#[test]
fn a_broken_character_of_gb18030_costs_its_row() {
    let before = GB18030.encode("编号,发展阶段,类别\n张一,正式党员,农民\n李二,正式党员,").0.into_owned();
    let after = GB18030.encode("\n王三,正式党员,农民\n").0;
    let ran = dues([&before, &b"\xFF\xFF"[..], &after].concat(), &[]);
    assert_eq!(ran.column("status"), ["charged", "rejected", "charged"]);
    assert!(ran.column("findings")[1].starts_with("not_text: row 3, column `类别`"), "{}", ran.out);
}

#[test]
fn a_row_of_the_roster_is_explained_in_any_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("roster.csv");
    fs::write(&roster, GB18030.encode(&separated(';')).0).unwrap();
    let ran = rollbook(&[
        "explain",
        "--rules",
        "cpc",
        "--period",
        "2026-11",
        "--roster",
        roster.to_str().unwrap(),
        "--id",
        "张一",
    ]);
    assert!(ran.code == 0 && ran.out.contains("81.00"), "{ran:?}");
    assert!(ran.err.contains("GB18030"), "{}", ran.err);
}

#[test]
fn the_ending_of_the_output_says_its_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let written = |name: &str| {
        let ran = dues(ROSTER, &["--keep", "--out", &path(name)]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        fs::read_to_string(path(name)).unwrap()
    };
    let commas = written("dues.csv");
    assert_eq!(written("dues"), commas);
    assert_eq!(written("dues.txt"), commas);
    let tabs = written("dues.TSV");
    let cells = |text: &str, separator: u8| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(cells(&tabs, b'\t'), cells(&commas, b','));
    let lines = written("dues.jsonl");
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let kept = serde_json::json!({
        "编号": "张一", "发展阶段": "正式党员", "类别": "按月领工资", "基数": "5400", "备注": "甲,乙"
    });
    assert_eq!(first["roster"], kept);
    assert_eq!(
        (&first["id"], &first["amount"], &first["missing"]),
        (&"张一".into(), &"81.00".into(), &serde_json::Value::Null)
    );
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn an_ending_that_is_no_table_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["dues.xls", "dues.ods", "dues.json", "dues.pdf"] {
        let path = folder.path().join(name);
        let path = path.to_str().unwrap();
        let ran = dues(ROSTER, &["--out", path]);
        assert_eq!(ran.failure(), format!("cannot write {path}: a table ends in .csv, .tsv, .jsonl or .xlsx"));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn headings_that_are_the_same_or_missing_become_keys_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.jsonl");
    let ran = dues(
        "id,stage,category,note,note,\nA,full,student,x,\"y\"\"\n\",z\n",
        &["--keep", "--out", out.to_str().unwrap()],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = fs::read_to_string(&out).unwrap();
    let row: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kept = &row["roster"];
    assert_eq!((&kept["note"], &kept["note (5)"], &kept["column 6"]), (&"x".into(), &"y\"\n".into(), &"z".into()));
}

#[test]
fn rows_above_the_headings_are_named() {
    let ran = dues("2026年党员名册,,\n,,\n编号,发展阶段,类别\nA,full,student\n", &[]);
    assert_eq!(
        ran.failure(),
        "standard input: the headings stand in row 3, and in row 1 there is something else; delete the rows above the headings"
    );
}

#[test]
fn a_second_row_of_headings_costs_itself_and_is_named() {
    let ran = dues("编号,发展阶段,类别\nid,stage,category\nA,full,student\n编号,发展阶段,类别\n", &[]);
    assert_eq!(ran.column("status"), ["rejected", "charged", "rejected"]);
    for (at, row) in [(0, 2), (2, 4)] {
        let finding = ran.column("findings").remove(at);
        let said = format!("second_heading: row {row} repeats the headings of row 1; delete it");
        assert!(finding.starts_with(&said), "{finding}");
    }
}

#[test]
fn what_is_no_table_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let asked = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        rollbook(&["dues", path.to_str().unwrap(), "--rules", "cpc", "--period", "2026-11"])
    };
    let older = asked("roster.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
    assert!(older.failure().contains("is a workbook of an older form, or has a password"), "{older:?}");
    let text = asked("roster.xlsx", ROSTER.as_bytes());
    assert!(text.failure().contains("is not an XLSX workbook, whatever it is called"), "{text:?}");
    let list = asked("roster.json", b"[\n {\"id\": \"A\"} ]");
    assert!(list.failure().contains("is a JSON list; write JSON lines"), "{list:?}");
}

#[test]
fn the_samples_mean_the_same_in_every_form_of_text() {
    let text = fs::read_to_string(repository("examples/roster-with-mistakes.csv")).unwrap();
    let plain = dues(&text, &[]);
    let found = dues(GB18030.encode(&text).0, &[]);
    assert_eq!(answers(&found), answers(&plain));
}
