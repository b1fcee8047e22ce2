//! Rosters as XLSX workbooks, and answers in one.

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::support::{Ran, dues, repository, rollbook};

/// A workbook in a folder of its own, with a sheet that is filled so.
fn workbook(fill: impl FnOnce(&mut Worksheet)) -> (tempfile::TempDir, PathBuf) {
    saved(|book| fill(book.add_worksheet()))
}

fn saved(fill: impl FnOnce(&mut Workbook)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roster.xlsx");
    let mut book = Workbook::new();
    fill(&mut book);
    book.save(&path).unwrap();
    (folder, path)
}

fn ask(path: &Path, more: &[&str]) -> Ran {
    let question = ["dues", path.to_str().unwrap(), "--rules", "cpc", "--period", "2026-11", "--lang", "en"];
    rollbook(&[&question, more].concat())
}

fn asked(fill: impl FnOnce(&mut Worksheet)) -> Ran {
    let (_folder, path) = workbook(fill);
    ask(&path, &[])
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
}

const HEADINGS: [&str; 5] = ["id", "stage", "category", "base", "joined"];

/// Headings, and a member with everything but the base and the day.
fn member(sheet: &mut Worksheet, row: u32, id: &str) {
    texts(sheet, 0, &HEADINGS);
    texts(sheet, row, &[id, "full", "waged"]);
}

/// The cells of the first sheet of a workbook, numbers with the decimals that they are shown with.
fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let name = book.sheet_names()[0].clone();
    let styles = book.worksheet_style(&name).unwrap();
    let range = book.worksheet_range(&name).unwrap();
    let shown = |(row, column, cell): (usize, usize, &Data)| match cell {
        Data::Float(number) => {
            let style = styles.get((u32::try_from(row).unwrap(), u32::try_from(column).unwrap())).unwrap();
            let code = &style.number_format.as_ref().unwrap().format_code;
            format!("{number:.*}", code.split_once('.').map_or(0, |(_, decimals)| decimals.len()))
        }
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let rows = range.rows().enumerate();
    rows.map(|(row, cells)| cells.iter().enumerate().map(|(column, cell)| shown((row, column, cell))).collect())
        .collect()
}

fn lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn texts_numbers_and_days_of_a_sheet_are_read_as_the_same_roster_in_csv() {
    let ran = asked(|sheet| {
        member(sheet, 1, "A");
        sheet.write_number(1, 3, 5400.5).unwrap();
        member(sheet, 2, "007");
        sheet.write_string(2, 3, "2860.40").unwrap();
        texts(sheet, 4, &["C", "full", "student"]);
    });
    let same = dues(
        "id,stage,category,base,joined\nA,full,waged,5400.5,\n007,full,waged,2860.40,\n,,,,\nC,full,student,,\n",
        &[],
    );
    assert_eq!((ran.code, ran.out, ran.err), (same.code, same.out, same.err));
}

#[test]
fn a_decimal_has_the_digits_of_its_cell_and_none_of_a_binary_float() {
    let amount = |value: f64, format: Option<&str>| {
        let ran = asked(|sheet| {
            member(sheet, 1, "A");
            let format = format.map(|code| Format::new().set_num_format(code)).unwrap_or_default();
            sheet.write_number_with_format(1, 3, value, &format).unwrap();
        });
        (ran.column("amount").remove(0), ran.err)
    };
    // 3000.0000000000005 as a float, 3000 as its cell shows it: the lower band.
    assert_eq!(amount(3_000.000_000_000_000_5, None).0, "15.00");
    assert_eq!(amount(3000.01, None).0, "30.00");
    // Shown as 3000 and as 3000.0.
    let (shown, said) = amount(3000.04, Some("0.0"));
    assert_eq!(shown, "15.00");
    assert!(
        said.contains(
            "roster.xlsx: 1 cell holds more digits than are shown, and what is shown is taken (the first: D2)"
        ),
        "{said}"
    );
    assert_eq!(amount(3000.04, Some("0.00")), amount(3000.04, None));
    assert_eq!(amount(3000.04, Some("#,##0.00_);[Red](#,##0.00)")).0, "30.00");
}

#[test]
fn a_day_is_a_day_whatever_its_format() {
    for code in ["yyyy-mm-dd", "dd/mm/yy", "d mmmm", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy/m/d h:mm", "mmm-yy"] {
        let ran = asked(|sheet| {
            member(sheet, 1, "A");
            sheet.write_number(1, 3, 5400).unwrap();
            let day = ExcelDateTime::from_ymd(2026, 11, 23).unwrap().and_hms(9, 30, 0).unwrap();
            sheet.write_datetime_with_format(1, 4, &day, &Format::new().set_num_format(code)).unwrap();
        });
        assert_eq!(ran.column("status"), ["charged"], "{code}: {}", ran.out);
        let same = dues("id,stage,category,base,joined\nA,full,waged,5400,2026-11-23\n", &[]);
        assert_eq!(ran.out, same.out, "{code}");
    }
    let ran = asked(|sheet| {
        member(sheet, 1, "A");
        sheet.write_number(1, 4, 46_349).unwrap();
        member(sheet, 2, "B");
        sheet.write_number_with_format(2, 4, 0.5, &Format::new().set_num_format("h:mm")).unwrap();
    });
    let findings = ran.column("findings");
    assert!(findings[0].contains("`46349` cannot be read; write it as 2026-01-31"), "{findings:?}");
    assert!(findings[1].contains("`12:00:00` cannot be read"), "{findings:?}");
}

#[test]
fn a_formula_gives_the_value_that_was_computed_last_and_it_is_said() {
    let ran = asked(|sheet| {
        member(sheet, 1, "A");
        sheet.write_formula(1, 3, Formula::new("=5000+400").set_result("5400")).unwrap();
        member(sheet, 2, "B");
        sheet.write_formula(2, 3, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        member(sheet, 3, "C");
        sheet.write_formula(3, 3, Formula::new("=A1").set_result("")).unwrap();
    });
    assert_eq!(ran.column("amount")[0], "81.00", "{}", ran.out);
    assert!(
        ran.err.contains("roster.xlsx: 3 cells hold formulas, whose last computed values are taken (the first: D2)\n"),
        "{}",
        ran.err
    );
    assert_eq!(ran.column("status")[1], "rejected");
}

#[test]
fn a_formula_that_was_never_computed_is_not_an_empty_cell() {
    let (folder, path) = workbook(|sheet| {
        member(sheet, 1, "A");
        sheet.write_formula(1, 3, Formula::new("=5000+400").set_result("5400")).unwrap();
    });
    // As programs write it that do not compute.
    let path = edited(&folder, &path, "xl/worksheets/sheet1.xml", "<v>5400</v>", "");
    let ran = ask(&path, &[]);
    assert_eq!(
        ran.column("findings"),
        [
            "formula_without_value: row 2, column `base`: the formula has no value; let a spreadsheet program compute it, or write the value itself"
        ]
    );
}

#[test]
fn more_digits_than_a_workbook_keeps_are_refused() {
    let ran = asked(|sheet| {
        member(sheet, 1, "");
        sheet.write_number(1, 0, 330_106_198_001_011_234.0).unwrap();
        member(sheet, 2, "330106198001011234");
        sheet.write_number(2, 3, 5400).unwrap();
        member(sheet, 3, "");
        sheet.write_number_with_format(3, 0, 12, &Format::new().set_num_format("000000")).unwrap();
        sheet.write_number(3, 3, 5400).unwrap();
    });
    assert!(
        ran.column("findings")[0].starts_with("too_many_digits: row 2, column `id`: `33010619800101"),
        "{}",
        ran.out
    );
    assert_eq!(ran.column("status"), ["rejected", "charged", "charged"]);
    assert_eq!(ran.column("id")[1..], ["330106198001011234", "000012"]);
}

#[test]
fn merged_cells_cost_the_rows_whose_value_stands_elsewhere() {
    let ran = asked(|sheet| {
        for (row, id) in [(1, "A"), (2, "B"), (3, "C"), (4, "D")] {
            member(sheet, row, id);
            sheet.write_number(row, 3, 5400).unwrap();
        }
        sheet.merge_range(2, 2, 3, 2, "waged", &Format::new()).unwrap();
    });
    assert_eq!(ran.column("status"), ["charged", "charged", "rejected", "charged"]);
    assert_eq!(
        ran.column("findings")[2].split(" | ").next().unwrap(),
        "merged_cell: row 4, column `category`: the cell is merged into C3:C4, and their one value stands elsewhere; unmerge them and write it into each"
    );
}

#[test]
fn headings_in_two_rows_are_named() {
    let ran = asked(|sheet| {
        texts(sheet, 0, &["", "stage", "category", "pay"]);
        sheet.merge_range(0, 0, 1, 0, "id", &Format::new()).unwrap();
        texts(sheet, 1, &["", "", "", "base", "joined"]);
        texts(sheet, 2, &["A", "full", "student"]);
    });
    assert!(ran.failure().contains("A1:A2 are merged, and they reach into row 1, which holds the headings"), "{ran:?}");
    let ran = asked(|sheet| {
        sheet.merge_range(0, 0, 0, 4, "2026年党员名册", &Format::new()).unwrap();
        texts(sheet, 1, &HEADINGS);
        texts(sheet, 2, &["A", "full", "student"]);
    });
    assert!(ran.failure().contains("the headings stand in row 2, and in row 1 there is something else"), "{ran:?}");
}

#[test]
fn the_first_visible_sheet_is_read_and_the_others_are_named() {
    let (_folder, path) = saved(|book| {
        for (name, is_hidden, id) in
            [("drafts", true, "X"), ("members", false, "A"), ("old", false, "B"), ("lists", true, "Y")]
        {
            let sheet = book.add_worksheet().set_name(name).unwrap();
            texts(sheet, 0, &["id", "stage", "category"]);
            texts(sheet, 1, &[id, "full", "student"]);
            sheet.set_hidden(is_hidden).set_active(name == "members");
        }
    });
    let ran = ask(&path, &[]);
    assert_eq!(ran.column("id"), ["A"]);
    assert!(
        ran.err.contains("roster.xlsx: the sheet `members` is read; not read: `old`; hidden and not read: `drafts`, `lists` (--sheet chooses)\n"),
        "{}",
        ran.err
    );
    assert_eq!(ask(&path, &["--sheet", "lists"]).column("id"), ["Y"]);
    assert!(ask(&path, &["--sheet", "member"]).failure().contains("it has no sheet `member`; did you mean `members`?"));
}

#[test]
fn what_stands_beside_the_table_is_left_out_and_named() {
    let ran = asked(|sheet| {
        member(sheet, 1, "A");
        sheet.write_number(1, 3, 5400).unwrap();
        sheet.write_string(1, 7, "please check").unwrap();
    });
    assert_eq!(ran.column("amount"), ["81.00"]);
    assert!(
        ran.err.contains("1 filled cells to the right of the headings are not used (the first: H2)"),
        "{}",
        ran.err
    );
}

#[test]
fn each_mistake_costs_its_own_row_as_in_csv() {
    let text = fs::read_to_string(repository("examples/roster-with-mistakes.csv")).unwrap();
    let plain = dues(&text, &[]);
    let widths: Vec<usize> = lines(&text).iter().map(Vec::len).collect();
    let ran = asked(|sheet| {
        for (number, row) in (0..).zip(lines(&blank_lines_filled(&text))) {
            let row: Vec<&str> = row.iter().map(String::as_str).collect();
            texts(sheet, number, &row);
        }
    });
    // A sheet has no rows of another length than its headings.
    let of_their_length: Vec<usize> =
        (0..plain.rows().len()).filter(|at| !plain.column("findings")[*at].starts_with("row_too_")).collect();
    assert!(of_their_length.len() > 25 && widths.len() > 30);
    for at in of_their_length {
        assert_eq!(ran.rows()[at], plain.rows()[at]);
    }
}

/// The reader of the test passes over blank lines, a sheet does not.
fn blank_lines_filled(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { ",\n".to_owned() } else { format!("{line}\n") }).collect()
}

#[test]
fn a_broken_workbook_is_one_clear_line_and_leaves_no_output() {
    let (folder, path) = workbook(|sheet| {
        for row in 1..2_000 {
            member(sheet, row, &format!("M{row}"));
        }
    });
    let whole = fs::read(&path).unwrap();
    let out = folder.path().join("dues.xlsx");
    for cut in [whole.len() - 1, whole.len() / 2, 100, 5] {
        fs::write(&path, &whole[..cut]).unwrap();
        let ran = ask(&path, &["--out", out.to_str().unwrap()]);
        assert!(ran.failure().contains("roster.xlsx: it is no complete XLSX workbook"), "{cut}: {ran:?}");
    }
    let path = edited(&folder, &write(&path, &whole), "xl/worksheets/sheet1.xml", "</sheetData>", "");
    assert!(ask(&path, &["--out", out.to_str().unwrap()]).failure().contains("the XML in it is broken or cut off"));
    assert!(!out.exists());
}

#[test]
fn no_byte_of_a_workbook_makes_the_command_panic() {
    let (_folder, path) = workbook(|sheet| {
        member(sheet, 1, "A");
        sheet.write_number(1, 3, 5400).unwrap();
    });
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        assert!(ask(&write(&path, &bytes), &[]).code <= 2);
    }
}

#[test]
fn a_chinese_roster_in_gb18030_becomes_a_workbook_with_the_same_cells() {
    let text = fs::read_to_string(repository("examples/roster.csv")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("roster.csv"), GB18030.encode(&text).0).unwrap();
    let written = |name: &str| {
        let ran = ask(&path("roster.csv"), &["--keep", "--out", path(name).to_str().unwrap()]);
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        path(name)
    };
    let expected = lines(&fs::read_to_string(written("dues.csv")).unwrap());
    assert_eq!(cells(&written("dues.xlsx")), expected);
    assert_eq!(
        fs::read(written("dues.xlsx")).unwrap(),
        fs::read(written("again.xlsx")).unwrap(),
        "no time stands in it"
    );
}

#[test]
fn amounts_are_numbers_ids_are_texts() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.xlsx");
    let ran = dues(
        "id,stage,category,base,joined\n007,full,waged,2860.40,2026-11-23\n",
        &["--keep", "--out", out.to_str().unwrap()],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut book: Xlsx<_> = open_workbook(&out).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let row: Vec<&Data> = range.rows().nth(1).unwrap().iter().collect();
    assert_eq!((row[0], row[5]), (&Data::String("007".to_owned()), &Data::String("007".to_owned())));
    assert_eq!((row[3], row[7]), (&Data::Float(2860.4), &Data::Float(14.3)));
    assert!(matches!(row[4], Data::DateTime(_)), "{row:?}");
    assert_eq!(cells(&out)[1][7], "14.30");
}

#[test]
fn a_workbook_of_answers_goes_to_a_pipe_too() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.xlsx");
    std::os::unix::fs::symlink("/dev/null", &out).unwrap();
    assert_eq!(dues("id,stage,category\nA,full,student\n", &["--out", out.to_str().unwrap()]).code, 0);
    std::os::unix::fs::symlink("/dev/full", folder.path().join("full.xlsx")).unwrap();
    let full = folder.path().join("full.xlsx");
    assert!(
        dues("id,stage,category\nA,full,student\n", &["--out", full.to_str().unwrap()])
            .failure()
            .contains("the disk is full")
    );
}

#[test]
fn a_cell_that_is_too_long_for_a_workbook_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("dues.xlsx");
    let ran =
        dues(format!("id,stage,category\n{},full,student\n", "9".repeat(40_000)), &["--out", out.to_str().unwrap()]);
    assert!(ran.failure().contains("row 2, column 1 is longer than the 32767 characters that a cell holds"), "{ran:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn write(path: &Path, bytes: &[u8]) -> PathBuf {
    fs::write(path, bytes).unwrap();
    path.to_owned()
}

/// The workbook with a text in one of its parts replaced.
fn edited(folder: &tempfile::TempDir, path: &Path, part: &str, from: &str, to: &str) -> PathBuf {
    use std::io::{Read, Write};

    let mut old = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let edited = folder.path().join("edited.xlsx");
    let mut new = zip::ZipWriter::new(fs::File::create(&edited).unwrap());
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        if name == part {
            assert!(text.contains(from), "{text}");
            text = text.replacen(from, to, 1);
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap();
    fs::rename(&edited, folder.path().join("roster.xlsx")).unwrap();
    folder.path().join("roster.xlsx")
}
