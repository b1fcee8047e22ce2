//! The forms of an explanation: text, Markdown, JSON.

use std::fmt::Write;

use super::{ExplainedLine, Explanation, LineKind};
use crate::explain::json_writer::JsonWriter;

/// About how long a line is.
const LINE: usize = 200;

impl Explanation {
    /// Plain text: a heading, numbered lines, remarks.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.lines.len().saturating_mul(LINE));
        let _ = write!(text, "{}\n{}\n", self.heading, self.result);
        self.each(|number, line, cite| {
            match number {
                Some(number) => {
                    let _ = write!(text, "{number:>3}. {}", line.text);
                }
                None if line.kind.is_heading() => {
                    let _ = write!(text, "  {}", line.text);
                }
                None => {
                    let _ = write!(text, "  * {}", line.text);
                }
            }
            if let Some(cite) = cite {
                let _ = write!(text, "  [{cite}]");
            }
            text.push('\n');
        });
        text
    }

    /// Markdown: the same lines as an ordered list, clauses in italics, the amount bold.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("### {}\n\n**{}**\n\n", escaped(&self.heading), escaped(&self.result));
        let mut in_list = false;
        self.each(|number, line, cite| {
            let body = escaped(&line.text);
            match number {
                Some(number) if line.kind == LineKind::Result => {
                    let _ = write!(text, "{number}. **{body}**");
                }
                Some(number) => {
                    let _ = write!(text, "{number}. {body}");
                }
                None if line.kind.is_heading() => {
                    let _ = write!(text, "\n#### {body}\n");
                }
                None => {
                    if in_list {
                        text.push('\n');
                    }
                    let _ = write!(text, "- {body}");
                }
            }
            in_list = number.is_some();
            if let Some(cite) = cite {
                let _ = write!(text, " *{}*", escaped(cite));
            }
            text.push('\n');
        });
        text
    }

    /// The heading, the result and the lines as keys of the present object.
    pub(super) fn write_lines(&self, json: &mut JsonWriter) {
        json.key("heading").string(&self.heading);
        json.key("result").string(&self.result);
        json.key("lines").array(|json| {
            for line in &self.lines {
                json.object(|json| {
                    json.key("kind").string(line.kind.name());
                    json.key("text").string(&line.text);
                    if let Some(cite) = &line.cite {
                        json.key("cite").string(cite);
                    }
                    if !line.values.is_empty() {
                        json.key("values").array(|json| line.values.iter().for_each(|value| json.text_of(value)));
                    }
                });
            }
        });
    }

    /// Every line with its number, if it has one, and its clause; one that repeats the last is not written again.
    fn each(&self, mut write: impl FnMut(Option<usize>, &ExplainedLine, Option<&str>)) {
        let mut number = 0_usize;
        let mut last: Option<&str> = None;
        for line in &self.lines {
            let shown = line.cite.as_deref().map(|cite| if last == Some(cite) { self.same } else { cite });
            last = line.cite.as_deref().or(last);
            if line.kind.is_numbered() {
                number = number.saturating_add(1);
                write(Some(number), line, shown);
            } else {
                write(None, line, shown);
            }
        }
    }
}

impl LineKind {
    fn is_heading(self) -> bool {
        matches!(self, Self::Period | Self::Record)
    }
}

/// Text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|') {
            shown.push('\\');
        }
        shown.push(character);
    }
    shown
}
