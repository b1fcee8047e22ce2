//! The lines of an explanation, written as they are reckoned.
//!
//! The text form is written at once. Other forms are made from it: for them it is marked where each line stands.

use std::borrow::Cow;
use std::ops::Range;

use super::LineKind;
use crate::explain::put::put;
use crate::value::Exact;

/// About how long an explanation is.
const TEXT: usize = 4096;

/// Where a line stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark<'a> {
    pub kind: LineKind,
    /// The line without number and clause, in the text.
    pub text: Range<usize>,
    pub cite: Option<Cow<'a, str>>,
    /// What it shows, among the values.
    pub values: Range<usize>,
}

/// What was written so far.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lines<'a> {
    pub text: String,
    /// None, where only the text is wanted.
    pub marks: Option<Vec<Mark<'a>>>,
    pub values: Vec<Exact>,
    /// What stands in place of a clause that was written last.
    pub same: &'static str,
    numbered: usize,
    last: Option<Cow<'a, str>>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(same: &'static str, marked: bool) -> Self {
        let marks = marked.then(Vec::new);
        Self { text: String::with_capacity(TEXT), marks, values: Vec::new(), same, numbered: 0, last: None }
    }

    /// Writes the next line: what `write` writes, and the clause.
    pub(super) fn say(
        &mut self,
        kind: LineKind,
        cite: Option<Cow<'a, str>>,
        values: impl IntoIterator<Item = Exact>,
        write: impl FnOnce(&mut String),
    ) {
        let out = &mut self.text;
        if kind.is_numbered() {
            self.numbered = self.numbered.saturating_add(1);
            let room = if self.numbered < 10 {
                "  "
            } else if self.numbered < 100 {
                " "
            } else {
                ""
            };
            put!(out, room, self.numbered, ". ");
        } else {
            out.push_str(if kind.is_heading() { "  " } else { "  * " });
        }
        let start = out.len();
        write(out);
        if let Some(marks) = &mut self.marks {
            let first = self.values.len();
            self.values.extend(values);
            let (text, values) = (start..out.len(), first..self.values.len());
            marks.push(Mark { kind, text, cite: cite.clone(), values });
        }
        if let Some(cite) = cite {
            let shown = if self.last.as_ref() == Some(&cite) { self.same } else { &cite };
            put!(out, "  [", shown, "]\n");
            self.last = Some(cite);
        } else {
            out.push('\n');
        }
    }
}
