//! Loading a rule set, and the command over a long roster: both against the bare reading of the same text.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;

use granit_parser::Parser;
use rollbook::RuleSet;

use crate::measure::{Effort, ratio};
use crate::work::Line;

/// Loading and checking `cpc`, as a multiple of the YAML parser's own reading.
pub(crate) fn load(text: &str, effort: Effort) -> Result<Line, String> {
    if let Some(error) = Parser::new_from_str(text).find_map(Result::err) {
        return Err(error.to_string());
    }
    let ratio = ratio(
        effort,
        1,
        &mut || {
            for event in Parser::new_from_str(black_box(text)) {
                drop(black_box(event));
            }
        },
        &mut || drop(black_box(RuleSet::check(black_box(text)))),
    );
    let remark = format!("{} bytes", text.len());
    Ok(Line { name: "load and check cpc from YAML", peer: "granit-parser, all events", bar: Some(350), ratio, remark })
}

/// The command over a roster, as a multiple of reading and writing the same rows.
pub(crate) fn roster(rows: u32, turns: usize) -> Result<Line, String> {
    let text = invented(rows);
    let words = ["rollbook", "dues", "-", "--rules", "cpc", "--period", "2026-11"];
    let mut said = Vec::new();
    let code = rollbook_cli::run(words, &mut text.as_bytes(), &mut io::sink(), &mut said);
    if code != rollbook_cli::DONE {
        return Err(format!("the command ended with {code}: {}", String::from_utf8_lossy(&said)));
    }
    let effort = Effort { turns, repeats: 1 };
    let ratio = ratio(effort, u128::from(rows), &mut || drop(black_box(rewritten(black_box(&text)))), &mut || {
        let mut text = black_box(&text).as_bytes();
        black_box(rollbook_cli::run(words, &mut text, &mut io::sink(), &mut io::sink()));
    });
    let remark = format!("{rows} rows, {} bytes", text.len());
    Ok(Line { name: "rollbook dues, a row", peer: "csv, read and rewritten", bar: None, ratio, remark })
}

fn rewritten(text: &str) -> Result<(), csv::Error> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().buffer_capacity(64 * 1024).from_writer(io::sink());
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        writer.write_byte_record(&record)?;
    }
    Ok(writer.flush()?)
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
