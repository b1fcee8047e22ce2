//! The document as a page of HTML that needs nothing beside it.

use super::Page;
use crate::explain::outline::{Entry, Outline, Table};
use crate::explain::put::{Put, put};

/// How the page looks, on a screen and printed.
const STYLE: &str = "\
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; color: #222;
  font-family: \"Noto Sans CJK SC\", \"Source Han Sans SC\", \"Microsoft YaHei\", \"PingFang SC\", system-ui, sans-serif; }
h2 { border-bottom: 2px solid #888; margin-top: 2.5rem; }
h4 { margin-bottom: 0; }
ul { margin: 0.3rem 0; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { border: 1px solid #aaa; padding: 0.2rem 0.6rem; text-align: left; vertical-align: top; }
th { background: #eee; }
caption { text-align: left; white-space: nowrap; }
.grounds { color: #666; font-size: 0.9rem; margin: 0.2rem 0 1rem; }
@media print { body { margin: 0; max-width: none; } article { break-inside: avoid; } }
";

#[derive(Default)]
pub(super) struct Html {
    text: String,
}

/// Text that HTML shows as it is.
struct Shown<'t>(&'t str);

impl Put for Shown<'_> {
    fn put(&self, out: &mut String) {
        for character in self.0.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                other => out.push(other),
            }
        }
    }
}

impl Html {
    fn element(&mut self, name: &str, inside: &str) {
        put!(&mut self.text, "<", name, ">", Shown(inside), "</", name, ">\n");
    }

    fn table(&mut self, table: &Table) {
        let out = &mut self.text;
        let row = |cell: &str, cells: &[String], out: &mut String| {
            out.push_str("<tr>");
            for text in cells {
                put!(out, "<", cell, ">", Shown(text), "</", cell, ">");
            }
            out.push_str("</tr>\n");
        };
        out.push_str("<table>\n");
        if let Some(title) = &table.title {
            put!(out, "<caption>", Shown(title), "</caption>\n");
        }
        row("th", &table.columns, out);
        for cells in &table.rows {
            row("td", cells, out);
        }
        out.push_str("</table>\n");
    }
}

impl Page for Html {
    fn begin(&mut self, outline: &Outline) {
        put!(&mut self.text, "<!doctype html>\n<html lang=\"", Shown(&outline.language), "\">\n<head>\n");
        self.text.push_str("<meta charset=\"utf-8\">\n");
        self.text.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.element("title", &outline.title);
        put!(&mut self.text, "<style>\n", STYLE, "</style>\n</head>\n<body>\n");
        self.element("h1", &outline.title);
        for line in &outline.head {
            self.element("p", line);
        }
    }

    fn section(&mut self, title: &str) {
        self.element("h2", title);
    }

    fn part(&mut self, title: &str) {
        self.element("h3", title);
    }

    fn entry(&mut self, entry: &Entry) {
        match &entry.path {
            Some(path) => put!(&mut self.text, "<article id=\"", Shown(path), "\">\n"),
            None => self.text.push_str("<article>\n"),
        }
        if let Some(title) = &entry.title {
            self.element("h4", title);
        }
        if !entry.says.is_empty() {
            self.text.push_str("<ul>\n");
            for line in &entry.says {
                self.element("li", line);
            }
            self.text.push_str("</ul>\n");
        }
        for table in &entry.tables {
            self.table(table);
        }
        if let Some(grounds) = &entry.grounds {
            put!(&mut self.text, "<p class=\"grounds\">", Shown(&grounds.words), "</p>\n");
        }
        self.text.push_str("</article>\n");
    }

    fn end(mut self: Box<Self>) -> String {
        self.text.push_str("</body>\n</html>\n");
        self.text
    }
}
