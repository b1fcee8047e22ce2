//! A diagnostic as plain text with the line of the document, in the manner of compilers.

use std::fmt::Write as _;

use super::{Diagnostic, Example, printable};
use crate::ruleset::node::Span;
use crate::ruleset::source::LineIndex;

/// Of a longer line only the columns around the place are shown.
const COLUMNS_BEFORE: usize = 40;
const COLUMNS_IN_ALL: usize = 100;

impl Diagnostic {
    /// The fault as text for people, with the line of the document and a caret below the place. Ends with a line end.
    ///
    /// `file` is the name to show, `source` the text that was read. Characters are as wide as terminals draw them
    /// (Chinese ones two columns), and a very long line is cut around the place.
    pub fn render(&self, file: &str, source: &LineIndex<'_>) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text, file, source);
        text
    }

    fn write(&self, out: &mut String, file: &str, source: &LineIndex<'_>) -> std::fmt::Result {
        let at = source.position(self.span.start);
        let number = at.line.to_string();
        let margin = " ".repeat(number.len());
        let excerpt = Excerpt::of(self.span, source);
        writeln!(out, "{}[{}]: {}", self.severity.name(), self.code, self.message)?;
        writeln!(out, " {margin}--> {file}:{}:{}", at.line, at.column)?;
        writeln!(out, " {margin} |")?;
        writeln!(out, "{}", format!(" {number} | {}", excerpt.line).trim_end())?;
        writeln!(out, " {margin} | {}{}", " ".repeat(excerpt.before), "^".repeat(excerpt.marked))?;
        if let Some(help) = &self.help {
            writeln!(out, " {margin} = help: {help}")?;
        }
        for (span, what) in &self.related {
            let place = source.position(span.start);
            writeln!(out, " {margin} = note: {what}: {file}:{}:{}", place.line, place.column)?;
        }
        if let Some(example) = &self.example {
            writeln!(out, " {margin} = example: {example}")?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Example {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let facts = self.facts.iter().map(|(name, value)| format!("{name} = {value}"));
        let others = [("period", &self.period), ("known", &self.known), ("value", &self.value)];
        let others = others.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_ref()?)));
        let parts: Vec<String> = facts.chain(others).collect();
        out.write_str(&parts.join(", "))
    }
}

/// The part of a line that is shown, and the columns to mark below it.
struct Excerpt {
    line: String,
    before: usize,
    marked: usize,
}

impl Excerpt {
    fn of(span: Span, source: &LineIndex<'_>) -> Self {
        let line = source.line_span(source.position(span.start).line);
        let place = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(place, line.end);
        let piece = |start, end| Span::new(start, end).text_in(source.text()).unwrap_or("");
        let (head, marked, tail) = (piece(line.start, place), piece(place, end), piece(end, line.end));

        let (left, left_width, left_cut) = last_columns(head, COLUMNS_BEFORE, piece(place, line.end));
        let room = COLUMNS_IN_ALL.saturating_sub(left_width);
        let (middle, middle_width, middle_cut) = first_columns(marked, room);
        let (right, _, right_cut) = first_columns(tail, room.saturating_sub(middle_width));
        let mut shown = String::new();
        if left_cut {
            shown.push('…');
        }
        shown.push_str(&left);
        shown.push_str(&middle);
        if !middle_cut {
            shown.push_str(&right);
        }
        if middle_cut || right_cut {
            shown.push('…');
        }
        let shown = shown.trim_end().to_owned();
        Self { line: shown, before: left_width.saturating_add(usize::from(left_cut)), marked: middle_width.max(1) }
    }
}

/// The last columns of what stands before the place; all of it where the whole line is short enough.
fn last_columns(text: &str, most: usize, rest: &str) -> (String, usize, bool) {
    let most = if shorter_than(text, rest, COLUMNS_IN_ALL) { COLUMNS_IN_ALL } else { most };
    let mut kept: Vec<char> = Vec::new();
    let mut columns = 0_usize;
    for character in text.chars().rev() {
        let wider = columns.saturating_add(width(character));
        if wider > most {
            break;
        }
        columns = wider;
        kept.push(character);
    }
    let cut = kept.iter().map(|it| it.len_utf8()).sum::<usize>() < text.len();
    (kept.into_iter().rev().map(printable).collect(), columns, cut)
}

fn first_columns(text: &str, most: usize) -> (String, usize, bool) {
    let mut kept = String::new();
    let mut columns = 0_usize;
    for character in text.chars() {
        let wider = columns.saturating_add(width(character));
        if wider > most {
            return (kept, columns, true);
        }
        columns = wider;
        kept.push(printable(character));
    }
    (kept, columns, false)
}

fn shorter_than(one: &str, other: &str, most: usize) -> bool {
    let mut columns = 0_usize;
    for character in one.chars().chain(other.chars()) {
        columns = columns.saturating_add(width(character));
        if columns > most {
            return false;
        }
    }
    true
}

/// How many columns a terminal gives to a character: 2 for East Asian wide ones, 0 for marks that combine, else 1.
fn width(character: char) -> usize {
    match character {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{33ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
