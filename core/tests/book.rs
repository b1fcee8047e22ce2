//! The book holds together: every page is in its contents, and every link leads to a page, a heading or a file that exists.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the tests read the files of the repository, the engine does not")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const SUMMARY: &str = include_str!("../../docs/SUMMARY.md");

/// Pages of the folder for those who work on the code: no chapters.
const NO_CHAPTERS: [&str; 2] = ["SUMMARY.md", "architecture.md"];

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|ending| ending == "md")
}

/// The text of a page without its blocks: nothing in them is a link or a heading.
fn prose(page: &str) -> String {
    let text = fs::read_to_string(docs().join(page)).unwrap_or_else(|problem| panic!("{page}: {problem}"));
    let mut open = false;
    let kept = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        open ^= is_fence;
        !open && !is_fence
    });
    kept.flat_map(|line| [line, "\n"]).collect()
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap())
}

/// The names under which the headings of a page are linked.
fn anchors(page: &str) -> BTreeSet<String> {
    let text = prose(page);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
    headings
        .map(|heading| {
            heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-").chars().filter(kept).collect()
        })
        .collect()
}

fn chapters() -> Vec<&'static str> {
    links(SUMMARY).collect()
}

#[test]
fn every_page_is_a_chapter_once() {
    let chapters = chapters();
    let once: BTreeSet<String> = chapters.iter().map(|page| (*page).to_owned()).collect();
    assert_eq!(once.len(), chapters.len());
    let files = fs::read_dir(docs()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let pages: BTreeSet<String> = files.filter(|file| is_page(file) && !NO_CHAPTERS.contains(&file.as_str())).collect();
    assert_eq!(once, pages);
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    let chapters = chapters();
    let (mut followed, mut wrong) = (0, Vec::new());
    for page in &chapters {
        for link in links(&prose(page)).filter(|link| !link.starts_with("http")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { page } else { file };
            let is_there = docs().join(target).exists();
            let is_heading = || anchor.is_empty() || anchors(target).contains(anchor);
            // A page of this folder is a chapter, or readers of the book would stand before nothing.
            let is_chapter = target.contains('/') || !is_page(target) || chapters.contains(&target);
            if !(is_there && is_chapter && is_heading()) {
                wrong.push(format!("{page}: {link}"));
            }
            followed += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed >= 60, "{followed}");
}
