//! The forms of an explanation beside its text: Markdown, JSON.

use super::{Explanation, LineKind};
use crate::explain::json_writer::JsonWriter;
use crate::explain::put::{Put, put};

impl Explanation<'_> {
    /// Markdown: the lines as an ordered list, clauses in italics, the amount bold.
    pub fn to_markdown(&self) -> String {
        let mut text = String::with_capacity(self.text().len().saturating_mul(2));
        put!(&mut text, "### ", Escaped(self.heading()), "\n\n**", Escaped(self.result()), "**\n\n");
        let (mut number, mut last, mut in_list) = (0_usize, None, false);
        for line in self.lines() {
            let body = Escaped(line.text);
            if line.kind.is_numbered() {
                number = number.saturating_add(1);
                let around = if line.kind == LineKind::Result { "**" } else { "" };
                put!(&mut text, number, ". ", around, body, around);
            } else if line.kind.is_heading() {
                put!(&mut text, "\n#### ", body, "\n");
            } else {
                put!(&mut text, if in_list { "\n- " } else { "- " }, body);
            }
            in_list = line.kind.is_numbered();
            if let Some(cite) = line.cite {
                let shown = if last == Some(cite) { self.same() } else { cite };
                put!(&mut text, " *", Escaped(shown), "*");
                last = Some(cite);
            }
            text.push('\n');
        }
        text
    }

    /// The heading, the result and the lines as keys of the present object.
    pub(super) fn write_lines(&self, json: &mut JsonWriter) {
        json.key("heading").string(self.heading());
        json.key("result").string(self.result());
        json.key("lines").array(|json| {
            for line in self.lines() {
                json.object(|json| {
                    json.key("kind").string(line.kind.name());
                    json.key("text").string(line.text);
                    if let Some(cite) = line.cite {
                        json.key("cite").string(cite);
                    }
                    if !line.values.is_empty() {
                        json.key("values").array(|json| line.values.iter().for_each(|value| json.text_of(value)));
                    }
                });
            }
        });
    }
}

/// Text that Markdown shows as it is.
pub(in crate::explain) struct Escaped<'t>(pub &'t str);

impl Put for Escaped<'_> {
    fn put(&self, out: &mut String) {
        let mut rest = self.0;
        while let Some((plain, from_here)) = rest.find(is_special).and_then(|at| rest.split_at_checked(at)) {
            put!(out, plain, "\\");
            let mut characters = from_here.chars();
            out.extend(characters.next());
            rest = characters.as_str();
        }
        out.push_str(rest);
    }
}

/// What Markdown would read as more than itself.
fn is_special(character: char) -> bool {
    matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|')
}
