//! Changes of facts from days on, beside a roster.

use std::fs;
use std::path::PathBuf;

use super::support::{Ran, rollbook};

const ROSTER: &str = "id,stage,category,base\nA,full,waged,4000\nB,full,waged,4000\nC,full,waged,\n";

struct Files(tempfile::TempDir);

impl Files {
    fn new(changes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("roster.csv"), ROSTER).unwrap();
        fs::write(folder.path().join("changes.csv"), changes).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn dues(&self, period: &str) -> Ran {
        let [roster, changes] = ["roster.csv", "changes.csv"].map(|name| self.path(name));
        let files = ["dues", roster.to_str().unwrap(), "--changes", changes.to_str().unwrap()];
        rollbook(&[&files[..], &["--rules", "cpc", "--period", period, "--lang", "en"]].concat())
    }
}

#[test]
fn what_stands_in_the_roster_holds_until_the_first_change() {
    let files =
        Files::new("id,fact,from,value\nA,base,2026-01-01,6000\nC,基数,2025-01-01,4000\nA,base,2025-01-01,12000\n");
    let amounts = |period: &str| files.dues(period).column("amount");
    assert_eq!(amounts("2024-11"), ["40.00", "40.00", ""]);
    assert_eq!(amounts("2025-03"), ["240.00", "40.00", "40.00"]);
    assert_eq!(amounts("2026-11"), ["90.00", "40.00", "40.00"]);
    let ran = files.dues("2026-11");
    assert!(ran.code == 0 && !ran.err.contains("changes"), "{}", ran.err);
}

#[test]
fn a_changed_fact_is_explained_with_the_day_from_which_it_holds() {
    let files = Files::new("id;fact;from;value\nA;base;2026-01-01;6000\n");
    let explained = |period: &str| {
        let [roster, changes] = ["roster.csv", "changes.csv"].map(|name| files.path(name));
        let question = ["explain", "--rules", "cpc", "--period", period, "--lang", "en", "--id", "A"];
        let files = ["--roster", roster.to_str().unwrap(), "--changes", changes.to_str().unwrap()];
        rollbook(&[&question[..], &files].concat()).out
    };
    assert!(explained("2026-11").contains("(since 2026-01-01)"), "{}", explained("2026-11"));
    assert!(!explained("2025-08").contains("(since"), "{}", explained("2025-08"));
}

#[test]
fn a_mistake_names_file_row_and_column_and_costs_whom_it_concerns() {
    for (change, said) in [
        (
            "A,base,2026-09-01,\"6,000\"",
            "changes.csv, row 2, column `value`: dues base: `6,000` cannot be read; write it as 1234.56; did you mean `6000`?",
        ),
        (
            "A,base,2026/9/1,6000",
            "changes.csv, row 2, column `from`: dues base: `2026/9/1` cannot be read; write it as 2026-01-31; did you mean `2026-09-01`?",
        ),
        ("A,bass,2026-09-01,6000", "changes.csv, row 2, column `fact`: "),
        ("A,level,2026-09-01,province", "changes.csv, row 2, column `fact`: "),
        ("A,voluntary_payments,2026-09-01,5", "changes.csv, row 2, column `fact`: "),
        ("A,base,2026-09-01,-1", "changes.csv, row 2, column `value`: dues base: `-1` is out of range"),
        ("A,base,2026-09-01,", "changes.csv, row 2, column `value`: "),
        ("A,category,2026-09-01,studnt", "did you mean `student`?"),
        ("A,base,2026-09-01", "changes.csv, row 2 has 3 cells, its heading has 4"),
        ("A,base,2026-09-01,1,2", "changes.csv, row 2 has 5 cells, its heading has 4"),
    ] {
        let ran = Files::new(format!("id,fact,from,value\n{change}\n")).dues("2026-11");
        assert_eq!(ran.column("status"), ["rejected", "charged", "needs_facts"], "{change}: {}", ran.out);
        let finding = ran.column("findings").remove(0);
        assert!(finding.contains(said), "{change}: {finding}");
        assert!(!ran.err.contains("6,000"), "{}", ran.err);
    }
    let ran = Files::new("id,fact,from,value\nA,base,2026-09-01,6000\nA,base,2026-09-01,6001\n").dues("2026-11");
    assert!(
        ran.column("findings")[0].contains("bad_history: ") && ran.column("findings")[0].contains("row 3"),
        "{}",
        ran.out
    );
}

#[test]
fn an_id_that_the_roster_does_not_have_is_reported_without_being_shown() {
    let ran = Files::new("id,fact,from,value\nZhang,base,2026-09-01,1\nA,base,2026-09-01,6000\nZhang,base,2026-10-01,1\n,base,2026-09-01,1\n").dues("2026-08");
    assert_eq!(ran.code, 1);
    let said = |text: &str| ran.err.lines().any(|line| line.ends_with(text));
    assert!(said("changes.csv: 2 rows with an id that the roster does not have (rows 2, 4)"), "{}", ran.err);
    assert!(said("changes.csv: 1 row without an id, and so not used (row 5)"), "{}", ran.err);
    assert!(!ran.err.contains("Zhang"), "{}", ran.err);
}

#[test]
fn a_file_that_is_no_file_of_changes_is_one_clear_line() {
    for (text, said) in [
        ("", "has no headings: it is empty"),
        (
            "id,fact,value\nA,base,1\n",
            "has no column `from`; a file of changes has the columns id, fact, from and value",
        ),
        ("id,fact,from,value,值\n", "has the column `value` twice"),
        ("id,fact,from,value\nA,\"base,2026-01-01,1\n", "the quote that opens in row 2 is never closed"),
    ] {
        let ran = Files::new(text).dues("2026-11");
        assert!(ran.failure().contains(said), "{text}: {ran:?}");
    }
    let question = ["dues", "-", "--changes", "-", "--rules", "cpc", "--period", "2026-11"];
    assert_eq!(rollbook(&question).failure(), "roster and changes cannot both come from standard input");
}

#[test]
fn changes_come_in_every_kind_of_table() {
    let plain = Files::new("id,fact,from,value\nA,base,2026-01-01,6000\n").dues("2026-11");
    let chinese = "编号\t事项\t起始日期\t值\nA\t基数\t2026-01-01\t6000\n";
    let lines = "{\"id\": \"A\", \"fact\": \"base\", \"from\": \"2026-01-01\", \"value\": 6000}\n";
    for changes in [chinese.as_bytes().to_vec(), encoding_rs::GB18030.encode(chinese).0.into_owned(), lines.into()] {
        let ran = Files::new(changes).dues("2026-11");
        assert_eq!((ran.code, ran.out), (plain.code, plain.out.clone()), "{}", ran.err);
    }
}

#[cfg(feature = "workbooks")]
#[test]
fn changes_in_a_workbook_have_days_and_numbers() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    let files = Files::new("");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["id", "fact", "from", "value"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let day = |day| ExcelDateTime::from_ymd(2026, 1, day).unwrap();
    let format = Format::new().set_num_format("d/m/yy");
    sheet.write_string(1, 0, "A").unwrap().write_string(1, 1, "base").unwrap();
    sheet.write_datetime_with_format(1, 2, day(1), &format).unwrap().write_number(1, 3, 6000).unwrap();
    sheet.write_string(2, 0, "C").unwrap().write_string(2, 1, "category").unwrap();
    sheet.write_datetime_with_format(2, 2, day(2), &format).unwrap().write_string(2, 3, "学生").unwrap();
    book.save(files.path("changes.csv")).unwrap();
    assert_eq!(files.dues("2026-11").column("amount"), ["90.00", "40.00", "0.20"]);
}
