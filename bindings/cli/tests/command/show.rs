//! The rules in force as a document.

use std::fs;

use super::support::{club, rollbook};

fn shown(arguments: &[&str]) -> String {
    let ran = rollbook(&[&["show"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    ran.out
}

#[test]
fn the_rules_of_a_day_are_read_from_top_to_bottom_in_both_languages() {
    insta::assert_snapshot!("show_cpc_zh", shown(&["cpc", "--at", "2026-11-30", "--lang", "zh"]));
    insta::assert_snapshot!("show_cpc_en", shown(&["cpc", "--at", "2026-11-30", "--lang", "en"]));
}

#[test]
fn a_table_of_the_tariff_is_a_table_of_the_page() {
    insta::assert_snapshot!("show_fdp_markdown", shown(&["fdp", "--lang", "en", "--format", "markdown"]));
    let page = shown(&["fdp", "--lang", "en", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.ends_with("</html>\n"), "{page}");
    assert!(page.contains("<tr><td>from 2401 up to 3600</td><td>12</td></tr>"), "{page}");
    assert!(page.contains("<article id=\"dues.tariff.dated\">"), "{page}");
}

#[test]
fn another_day_has_other_rules_and_so_has_another_knowledge() {
    let on = |day: &str| shown(&["cpc", "--lang", "en", "--at", day]);
    assert!(on("2017-01-01").contains("normally not more than 1000 yuan a month"));
    assert!(!on("2016-12-31").contains("normally not more than 1000 yuan a month"));
    assert!(on("2008-03-31").contains("above 1500: 3%"));
    let known = shown(&["cpc", "--lang", "en", "--at", "2026-11-30", "--known", "2016-12-31"]);
    assert!(!known.contains("normally not more than") && known.contains("as issued by 2016-12-31"), "{known}");
}

#[test]
fn without_a_day_it_is_the_last_one_that_changes_something() {
    assert!(shown(&["cpc", "--lang", "en"]).contains("the rules in force on 2021-01-01\n"));
    assert_eq!(shown(&["cpc"]), shown(&["cpc", "--lang", "zh", "--at", "2021-01-01"]));
}

#[test]
fn the_ending_of_the_file_is_the_form_of_the_document() {
    let folder = tempfile::tempdir().unwrap();
    for (name, start) in [("a.md", "# "), ("a.HTML", "<!doctype html>"), ("a", "")] {
        let path = folder.path().join(name);
        assert_eq!(shown(&["cyl", "--out", path.to_str().unwrap()]), "");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(start), "{name}: {text}");
        assert!(!text.is_empty(), "{name}");
    }
    let path = folder.path().join("no").join("a.md");
    let ran = rollbook(&["show", "cyl", "--out", path.to_str().unwrap()]);
    assert!(ran.failure().starts_with("cannot write "), "{ran:?}");
}

#[test]
fn what_looks_like_markup_is_shown_as_it_is() {
    let (_folder, path) = club("not_encoded:\n  - { cite: statutes art. 3, why: \"<b>5 & 6</b> | *x*\" }\n");
    let page = shown(&[&path, "--format", "html"]);
    assert!(page.contains("<li>&lt;b&gt;5 &amp; 6&lt;/b&gt; | *x*</li>"), "{page}");
    let page = shown(&[&path, "--format", "markdown"]);
    assert!(page.contains(r"- \<b\>5 & 6\</b\> \| \*x\*"), "{page}");
}

#[test]
fn a_rule_set_that_is_refused_or_a_language_that_it_does_not_speak_is_said() {
    let (_folder, path) = club("nonsense: 1\n");
    let ran = rollbook(&["show", &path]);
    assert!(ran.code == 2 && ran.err.contains("unknown_key") && ran.err.contains("is refused"), "{ran:?}");
    assert_eq!(rollbook(&["show", "cpc", "--lang", "fr"]).failure(), "--lang `fr`: rule set `cpc` speaks zh, en");
    assert_eq!(rollbook(&["show", "cpc", "--at", "2026-02-30"]).code, 2);
}
