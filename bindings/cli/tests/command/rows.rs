//! What a row tells, and what a mistake in it costs.

use super::support::{Ran, dues};

const HEADING: &str = "id,stage,category,base,joined";

fn roster(rows: &[&str]) -> Ran {
    dues(format!("{HEADING}\n{}\n", rows.join("\n")), &[])
}

/// The findings of a row with these cells behind the id.
fn finding(cells: &str) -> String {
    let ran = roster(&[&format!("A,{cells}"), "B,full,waged,5400,"]);
    assert_eq!(ran.column("status"), ["rejected", "charged"], "{}", ran.out);
    assert_eq!(ran.code, 1);
    ran.column("findings").remove(0)
}

#[test]
fn every_row_comes_out_once_and_in_order() {
    let ran = roster(&["C,full,waged,5400,", "A,full,waged,x,", "B,applicant,,,"]);
    assert_eq!(ran.column("id"), ["C", "A", "B"]);
    assert_eq!(ran.column("status"), ["charged", "rejected", "not_due"]);
}

#[test]
fn an_empty_cell_is_not_given_and_never_zero() {
    let ran = roster(&["A,full,waged,,", "B,full,waged,   ,", "C,full,waged,0,"]);
    assert_eq!(ran.column("status"), ["needs_facts", "needs_facts", "charged"]);
    assert_eq!(ran.column("missing"), ["base", "base", ""]);
    assert_eq!(ran.column("amount"), ["", "", "0.00"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn a_missing_column_leaves_open_only_the_rows_that_need_it() {
    let ran = dues("id,stage,category\nA,full,waged\nB,full,student\n", &[]);
    assert_eq!(ran.column("status"), ["needs_facts", "charged"]);
    assert_eq!(ran.column("missing"), ["base", ""]);
}

#[test]
fn rows_of_only_empty_cells_are_counted_and_skipped() {
    for end in ["\n", "\r\n", "\r"] {
        let text =
            [HEADING, "A,full,student,,", "", ",,,,", "  , ,\u{3000},,", "B,full,student,,", "A,full,student,,", ""];
        let ran = dues(text.join(end), &[]);
        assert_eq!(ran.column("id"), ["A", "B", "A"], "{end:?}");
        assert!(ran.err.starts_with("3 rows read, 3 empty skipped\n"), "{end:?} {}", ran.err);
        // Rows are numbered as a spreadsheet numbers them.
        assert_eq!(ran.column("findings")[2], "duplicate_id: the id of row 7 stands in row 2 already");
    }
}

#[test]
fn the_first_row_with_an_id_is_computed_and_later_ones_name_it() {
    let ran = roster(&["A,full,waged,5400,", " A ,full,waged,6300,", "a,full,student,,", "A,full,student,,"]);
    assert_eq!(ran.column("status"), ["charged", "rejected", "charged", "rejected"]);
    assert_eq!(ran.column("findings")[1], "duplicate_id: the id of row 3 stands in row 2 already");
    assert_eq!(ran.column("findings")[3], "duplicate_id: the id of row 5 stands in row 2 already");
    assert_eq!(ran.column("id"), ["A", "A", "a", "A"]);
}

#[test]
fn the_id_of_a_rejected_row_is_taken() {
    let ran = roster(&["A,full,waged,x,", "A,full,waged,5400,"]);
    assert_eq!(ran.column("status"), ["rejected", "rejected"]);
}

#[test]
fn a_row_without_id_is_rejected() {
    let ran = roster(&[",full,student,,", "\" \",full,student,,"]);
    assert_eq!(ran.column("findings"), ["no_id: row 2 has no id", "no_id: row 3 has no id"]);
}

#[test]
fn a_row_too_short_or_too_long_is_rejected_and_named() {
    let ran = roster(&["A,full,student", "B,full,student,,,", "C,full,student,,"]);
    assert_eq!(ran.column("status"), ["rejected", "rejected", "charged"]);
    let findings = ran.column("findings");
    assert_eq!(findings[0], "row_too_short: row 2 has 3 cells, its heading has 5; the last ones are missing");
    assert!(findings[1].starts_with("row_too_long: row 3 has 6 cells, its heading has 5;"), "{}", findings[1]);
}

#[test]
fn a_bad_cell_names_row_column_value_and_what_is_accepted() {
    let said = finding("full,waged,\"5,400\",");
    assert!(
        said.starts_with("bad_value: row 2, column `base`: dues base: `5,400` cannot be read; write it as 1234.56"),
        "{said}"
    );
    assert!(said.ends_with("; did you mean `5400`?"), "{said}");
}

#[test]
fn typical_mistakes_in_an_amount_say_what_would_be_right() {
    for (cell, right) in [
        ("\"1,234,567.80\"", "1234567.80"),
        ("1e3", "1000"),
        ("５４００", "5400"),
        ("¥5400", "5400"),
        ("5400元", "5400"),
        ("5 400", "5400"),
        ("5400.", "5400"),
        ("３３３３.33", "3333.33"),
    ] {
        let said = finding(&format!("full,waged,{cell},"));
        assert!(said.starts_with("bad_value: "), "{said}");
        assert!(said.ends_with(&format!("; did you mean `{right}`?")), "{cell}: {said}");
    }
}

#[test]
fn a_negative_base_is_out_of_range() {
    let said = finding("full,waged,-5,");
    assert!(
        said.starts_with("out_of_range: row 2, column `base`: ") && said.contains("`-5`") && said.contains('0'),
        "{said}"
    );
}

#[test]
fn a_day_that_does_not_exist_or_is_written_with_slashes_is_rejected() {
    let said = finding("full,student,,2026-02-30");
    assert!(
        said.contains("column `joined`") && said.contains("`2026-02-30`") && !said.contains("did you mean"),
        "{said}"
    );
    let said = finding("full,student,,2026/11/23");
    assert!(said.ends_with("write it as 2026-01-31; did you mean `2026-11-23`?"), "{said}");
}

#[test]
fn an_unknown_word_names_the_words_that_are_accepted() {
    let said = finding("full,Retired,5000,");
    assert!(said.starts_with("unknown_word: row 2, column `category`: "), "{said}");
    assert!(said.contains("`student`") && said.ends_with("; did you mean `retired`?"), "{said}");
}

#[test]
fn a_cell_that_is_not_needed_must_still_be_readable() {
    assert!(finding("full,student,about 5400,").contains("`about 5400`"));
}

#[test]
fn every_mistake_of_a_row_is_said() {
    let said = finding("member,waged,x,2026-13-01");
    let codes: Vec<&str> = said.split(" | ").map(|one| one.split(':').next().unwrap()).collect();
    assert_eq!(codes, ["unknown_word", "bad_value", "bad_value"], "{said}");
}

#[test]
fn at_most_forty_characters_of_a_value_are_quoted() {
    let said = finding(&format!("full,waged,{},", "9".repeat(200_000) + "x"));
    assert!(said.contains(&format!("`{}…`", "9".repeat(39))), "{said}");
    assert!(said.chars().count() < 300, "{said}");
}

#[test]
fn a_cell_that_is_not_utf_8_costs_its_row_only() {
    let text = [HEADING.as_bytes(), b"\nA,full,\xD1\xA7\xC9\xFA,,\nB,full,student,,\n\xC0,full,student,,\n"].concat();
    let ran = dues(text, &["--keep"]);
    assert_eq!(ran.column("status"), ["rejected", "charged", "rejected"]);
    let findings = ran.column("findings");
    assert!(findings[0].starts_with("not_text: row 2, column `category`: "), "{}", findings[0]);
    assert!(findings[2].starts_with("not_text: row 4, column `id`: "), "{}", findings[2]);
}

#[test]
fn quotes_commas_and_line_ends_inside_a_cell_are_read_and_written_back() {
    let ran = roster(&["\"A, \"\"the\nfirst\"\"\",full,student,,"]);
    assert_eq!(ran.column("id"), ["A, \"the\nfirst\""]);
}

#[test]
fn standard_error_never_carries_a_fact() {
    let ran = roster(&["A,full,waged,\"5,400\",", "Zhang,member,waged,,2026/11/23", "A,full,waged,98765,"]);
    for fact in ["5,400", "Zhang", "member", "2026/11/23", "98765"] {
        assert!(!ran.err.contains(fact), "{fact}: {}", ran.err);
    }
}
