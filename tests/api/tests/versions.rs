//! All packages have one version, that of the workspace.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

fn file(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&file).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// The text between two others, the first of which ends with `before`.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).unwrap_or_else(|| panic!("no `{before}`")).1.split_once(after).unwrap().0
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn every_crate_has_the_version_of_the_workspace() {
    let workspace = file("Cargo.toml");
    let members = between(&workspace, "members = [", "]");
    let members: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    assert!(members.len() > 8);
    for member in members {
        let manifest = file(&format!("{member}/Cargo.toml"));
        assert!(manifest.contains("\nversion.workspace = true\n"), "{member}");
        for line in manifest.lines().filter(|line| line.starts_with("rollbook = { path")) {
            assert_eq!(between(line, "version = \"", "\""), VERSION, "{member}");
        }
    }
    assert_eq!(between(&workspace, "rollbook = { path = \"core\", version = \"", "\""), VERSION);
}

#[test]
fn the_packages_of_other_languages_have_it_too() {
    // The wheel takes the version of its crate.
    assert!(file("bindings/python/pyproject.toml").contains("dynamic = [\"version\"]"));
    assert_eq!(between(&file("bindings/wasm/npm/package.json"), "\"version\": \"", "\""), VERSION);
    for pom in ["bindings/kotlin/pom.xml", "bindings/kotlin/consumer/pom.xml"] {
        let plain: String = file(pom).split_whitespace().collect();
        assert_eq!(between(&plain, "<artifactId>rollbook</artifactId><version>", "<"), VERSION, "{pom}");
    }
    // A package of Swift is published by a tag and names no version itself.
    assert!(!file("bindings/swift/Package.swift").contains(VERSION));
}

#[test]
fn what_the_readmes_say_to_install_has_it() {
    assert!(file("bindings/kotlin/README.md").contains(&format!("<version>{VERSION}</version>")));
    assert!(file("bindings/kotlin/android/README.md").contains(&format!("rollbook-{VERSION}.aar")));
}
