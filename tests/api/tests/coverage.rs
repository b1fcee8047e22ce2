//! `docs/coverage.md` lists everything public of the facade, and the names in it are public in the packages.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rollbook_api::{Library, list};

/// The columns behind the first, each with where the public names of the package are listed.
const PACKAGES: [(&str, &str); 4] = [
    ("Python", "bindings/python/api.txt"),
    ("npm", "bindings/wasm/api.txt"),
    ("Kotlin", "bindings/kotlin/api.txt"),
    ("Swift", "bindings/swift/api.txt"),
];

fn file(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&file).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// The rows of the table, each as its cells.
fn rows() -> Vec<Vec<String>> {
    let text = file("docs/coverage.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands between backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Types, functions, constants and re-exports of the facade, without fields, cases and implementations.
fn public() -> BTreeSet<String> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    let library = Library::read(&sources, "rollbook").unwrap();
    let item = |line: &str| {
        ["struct", "enum", "type", "const", "fn", "use", "trait"]
            .iter()
            .any(|kind| line.starts_with(&format!("pub {kind} ")))
    };
    let inside = |path: &str| path.strip_prefix("rollbook::facade::").map(str::to_owned);
    list(&library).into_iter().filter(|entry| item(&entry.line)).filter_map(|entry| inside(&entry.path)).collect()
}

#[test]
fn every_public_item_of_the_facade_is_listed_and_nothing_else_is() {
    let listed: Vec<String> = rows().iter().map(|row| names(row.first().unwrap()).concat()).collect();
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(once.len(), listed.len(), "an item is listed twice");
    assert_eq!(once, public());
    assert!(once.len() > 80);
}

#[test]
fn every_cell_has_a_name_or_says_why_there_is_none() {
    for row in rows() {
        assert_eq!(row.len(), 1 + PACKAGES.len(), "{row:?}");
        for cell in row.iter().skip(1) {
            let explained = cell.strip_prefix("none: ").is_some_and(|reason| reason.len() > 4);
            assert!(explained || cell.starts_with('`'), "{row:?}: {cell}");
        }
    }
}

#[test]
fn the_names_that_are_listed_are_public_in_the_packages() {
    for (column, (package, path)) in (1..).zip(PACKAGES) {
        let text = file(path);
        let known: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        for row in rows() {
            let cell = row.get(column).unwrap();
            if cell.starts_with("none: ") {
                continue;
            }
            // What follows the first name says how it is found there.
            let name = names(cell).first().copied().unwrap();
            for part in name.split('.') {
                assert!(known.contains(part), "{package} has no `{name}`, which stands for {}", row.first().unwrap());
            }
        }
    }
}
