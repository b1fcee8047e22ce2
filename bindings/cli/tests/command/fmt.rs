//! A rule set laid out: other blanks, the same meaning and the same comments.

use std::fs;
use std::path::PathBuf;

use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::yaml::read_yaml;

use super::support::{repository, rollbook, rollbook_with};

fn laid_out(text: &str) -> String {
    let ran = rollbook_with(&["fmt", "-"], text.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{text}");
    ran.out
}

/// A file with this text.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("club.yaml");
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

/// The rule sets and files of cases of the repository, of the broken ones every fifth.
fn all() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["tests/sound", "tests/shapes", "tests/broken", "tests/oracle"].map(repository).into();
    folders.extend(fs::read_dir(repository("core/rulesets")).unwrap().map(|entry| entry.unwrap().path()));
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|file| file.extension().is_some_and(|ending| ending == "yaml")).collect();
    let broken = fs::read_dir(repository("tests/broken")).unwrap().map(|entry| entry.unwrap().path());
    let mut broken: Vec<PathBuf> =
        broken.filter(|file| file.extension().is_some_and(|ending| ending == "yaml")).collect();
    broken.sort();
    // They are small variations of a few; a part of them shows as much as all.
    files.extend(broken.into_iter().step_by(5));
    files.sort();
    files
}

#[test]
fn what_is_said_and_what_is_remarked_stays_in_every_rule_set_of_the_repository() {
    let mut seen = 0;
    for file in all() {
        let text = fs::read_to_string(&file).unwrap();
        let Ok(before) = read_yaml(&text, &Limits::default()) else { continue };
        let after = laid_out(&text);
        let read = read_yaml(&after, &Limits::default()).unwrap();
        assert!(before.says_the_same(&read), "{}", file.display());
        // A remark behind a blank; a `#` inside a text in quotes is on both sides the same.
        let remarks = |text: &str| {
            let lines =
                text.lines().filter_map(|line| line.split_once("# ").map(|(_, remark)| remark.trim().to_owned()));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(remarks(&text), remarks(&after), "{}", file.display());
        assert_eq!(laid_out(&after), after, "a second time: {}", file.display());
        assert!(after.lines().all(|line| line.trim_end() == line), "{}", file.display());
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn indents_blanks_quotes_and_columns_are_laid_out() {
    let text = "\
# head
id:   club     # which
words:
      a:   {zh: 甲,   en: one}   # first
      long_name: { zh: '乙' }

      c: [x,y]
list:
- {a: 1,
   b: 2}
- b
";
    let said = "\
# head
id: club # which
words:
  a:         { zh: 甲, en: one } # first
  long_name: { zh: \"乙\" }

  c: [ x, y ]
list:
  - { a: 1, b: 2 }
  - b
";
    assert_eq!(laid_out(text), said);
}

#[test]
fn rows_inside_a_longer_text_are_no_table() {
    let text = "note: |\n  a: { x }\n  long_name: { y }\nmap:\n  a: { x: 1 }\n  bb: { y: 2 }\n";
    assert!(laid_out(text).starts_with("note: |\n  a: { x }\n  long_name: { y }\n"), "{}", laid_out(text));
}

#[test]
fn a_file_is_written_anew_and_one_that_is_laid_out_is_left_alone() {
    let (_folder, path) = file("id:   club # which\n");
    let ran = rollbook(&["fmt", &path]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(fs::read_to_string(&path).unwrap(), "id: club # which\n");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(rollbook(&["fmt", &path]).code, 0);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[test]
fn check_names_what_is_not_laid_out_and_writes_nothing() {
    let (_folder, path) = file("id:   club\n");
    let (_other, sound) = file("id: club\n");
    let ran = rollbook(&["fmt", "--check", &path, &sound]);
    assert_eq!((ran.code, ran.out), (1, format!("{path} is not laid out\n")));
    assert_eq!(fs::read_to_string(&path).unwrap(), "id:   club\n");
    assert_eq!(rollbook(&["fmt", "--check", &sound]).code, 0);
}

#[test]
fn line_ends_stay_what_they_are() {
    assert_eq!(laid_out("id:   club\r\nedition: 1\r\n"), "id: club\r\nedition: 1\r\n");
    assert_eq!(laid_out("\u{feff}id:   club\n"), "id: club\n");
}

#[test]
fn what_cannot_be_read_is_left_as_it_is() {
    let (_folder, path) = file("id:   club\nid: again\n");
    let ran = rollbook(&["fmt", &path]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("error[duplicate_key]") && ran.err.ends_with("is not laid out: it cannot be read\n"),
        "{ran:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "id:   club\nid: again\n");
    let ran = rollbook_with(&["fmt", "-"], b"{ \"id\": \"club\" }");
    assert_eq!(ran.failure(), "standard input is JSON; only YAML is laid out");
    assert!(rollbook(&["fmt", "cpc"]).failure().starts_with("cannot read cpc: "));
    assert_eq!(rollbook(&["fmt"]).code, 2);
}
