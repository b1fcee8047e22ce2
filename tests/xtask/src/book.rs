//! The book of `docs/`, built by mdBook where that is installed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::command;
use crate::project::Project;

/// Folders outside `docs/` whose files the pages link; they are laid beside the pages, so that the links hold there too.
const LINKED: [&str; 3] = ["examples", "tests/shapes", "core/rulesets"];

/// Builds the book into `book/docs` of the build products. Without mdBook it says so, and nothing has failed.
///
/// # Errors
/// When mdBook does not succeed or a linked file cannot be copied.
pub(crate) fn build(project: &Project) -> Result<(), String> {
    let asked = Command::new("mdbook").arg("--version").stdout(Stdio::null()).status();
    if asked.is_err_and(|problem| problem.kind() == ErrorKind::NotFound) {
        command::say("the book is not built: `mdbook` is not installed");
        return Ok(());
    }
    let built = project.target.join("book");
    command::succeed(project.program("mdbook").args(["build", "docs", "--dest-dir"]).arg(built.join("docs")))?;
    for folder in LINKED {
        lay_beside(&project.top.join(folder), &built.join(folder))
            .map_err(|problem| format!("`{folder}` beside the book: {problem}"))?;
    }
    Ok(())
}

/// Copies the files of a folder and of the folders in it. mdBook makes links to `.md` ones to `.html`, so these become plain pages.
fn lay_beside(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            lay_beside(&entry.path(), &target)?;
        } else if target.extension().is_some_and(|ending| ending == "md") {
            fs::write(target.with_extension("html"), plain_page(&fs::read_to_string(entry.path())?))?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn plain_page(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!("<!doctype html>\n<meta charset=\"utf-8\">\n<pre style=\"white-space: pre-wrap\">\n{text}</pre>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linked_page_keeps_its_text_and_makes_no_markup_of_it() {
        assert!(plain_page("# a <b> & c\n").contains("# a &lt;b> &amp; c\n"));
    }
}
