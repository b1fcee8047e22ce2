//! The page of shapes shows what stands in the rule sets of `tests/shapes`, and all of them.
#![cfg(feature = "builtin")]
#![expect(clippy::disallowed_methods, reason = "the tests read the files of the repository, the engine does not")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SHAPES: &str = include_str!("../../docs/shapes.md");

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The file that a paragraph links alone on its line.
fn linked(line: &str) -> Option<&str> {
    line.strip_prefix("[tests/shapes/")?.split_once("](../")?.1.strip_suffix(')')
}

#[test]
fn every_line_that_the_page_shows_stands_in_its_rule_set() {
    let (mut file, mut text, mut open, mut shown) = ("", String::new(), false, 0);
    for (number, line) in SHAPES.lines().enumerate() {
        if let Some(path) = linked(line) {
            file = path;
            text = fs::read_to_string(repository(path)).unwrap_or_else(|problem| panic!("{path}: {problem}"));
        } else if line.starts_with("```") {
            open = !open;
        } else if open {
            let stands = text.lines().any(|known| known.trim() == line.trim());
            assert!(stands, "docs/shapes.md:{}: `{line}` does not stand in {file}", number + 1);
            shown += 1;
        }
    }
    assert!(shown >= 20 && !open);
}

#[test]
fn every_shape_has_its_place_on_the_page() {
    let on_the_page: BTreeSet<String> = SHAPES.lines().filter_map(linked).map(str::to_owned).collect();
    let files = fs::read_dir(repository("tests/shapes")).unwrap();
    let files: BTreeSet<String> =
        files.map(|entry| format!("tests/shapes/{}", entry.unwrap().file_name().to_string_lossy())).collect();
    assert_eq!(on_the_page, files);
}

#[test]
fn the_table_of_the_page_leads_to_its_headings() {
    let anchors: BTreeSet<String> = SHAPES
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect();
    let links = SHAPES.split("](#").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
    let links: Vec<&str> = links.collect();
    assert!(links.len() >= 14);
    for link in links {
        assert!(anchors.contains(link), "{link}");
    }
}
