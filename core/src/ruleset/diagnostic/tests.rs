use super::*;
use crate::ruleset::node::byte_offset;
use crate::ruleset::source::LineIndex;

fn mark(text: &str, what: &str) -> String {
    let start = byte_offset(text.find(what).unwrap());
    let span = Span::new(start, start.saturating_add(byte_offset(what.len())));
    Diagnostic::error("wrong_form", span, "it is wrong").render("x.yaml", &LineIndex::new(text))
}

/// The line that is shown and the line with the carets.
fn shown(text: &str, what: &str) -> (String, String) {
    let rendered = mark(text, what);
    let lines: Vec<&str> = rendered.lines().collect();
    (lines[3].to_owned(), lines[4].to_owned())
}

#[test]
fn a_caret_stands_below_chinese_characters() {
    insta::assert_snapshot!(mark("id: a\n标题: 党费 of members\n", "党费"), @r"
    error[wrong_form]: it is wrong
      --> x.yaml:2:5
       |
     2 | 标题: 党费 of members
       |       ^^^^
    ");
}

#[test]
fn everything_that_is_known_is_shown() {
    let text = "bands:\n  - up_to: 400\n  - above: 500\n";
    let example = Example {
        facts: vec![("base".to_owned(), "450".to_owned()), ("stage".to_owned(), "full".to_owned())],
        value: Some("450".to_owned()),
        period: Some("2026-11".to_owned()),
        known: None,
    };
    let fault = Diagnostic::warning("band_gap", Span::new(26, 36), "no band holds 400 to 500")
        .at("bands[1]")
        .with_help("write `above: 400`")
        .with_related(Span::new(11, 21), "the band before it ends")
        .with_example(example);
    insta::assert_snapshot!(fault.render("x.yaml", &LineIndex::new(text)), @r"
    warning[band_gap]: no band holds 400 to 500
      --> x.yaml:3:5
       |
     3 |   - above: 500
       |     ^^^^^^^^^^
       = help: write `above: 400`
       = note: the band before it ends: x.yaml:2:5
       = example: base = 450, stage = full, period 2026-11, value 450
    ");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("{}HERE{}", "a ".repeat(500_000), " b".repeat(500_000));
    let (line, carets) = shown(&text, "HERE");
    assert_eq!(line, format!(" 1 | …{}HERE{}…", "a ".repeat(20), " b".repeat(28)));
    assert_eq!(carets, format!("   | {}^^^^", " ".repeat(41)));
    let wide = format!("{}HERE", "党".repeat(300));
    let (line, carets) = shown(&wide, "HERE");
    assert_eq!(line, format!(" 1 | …{}HERE", "党".repeat(20)));
    assert_eq!(carets, format!("   | {}^^^^", " ".repeat(41)));
    let all = "x".repeat(300_000);
    let (line, carets) = shown(&all, &all);
    assert_eq!(line, format!(" 1 | {}…", "x".repeat(100)));
    assert_eq!(carets, format!("   | {}", "^".repeat(100)));
}

#[test]
fn a_place_over_several_lines_is_marked_on_its_first() {
    let (line, carets) = shown("why: |\n  one\n  two\n", "|\n  one\n  two");
    assert_eq!((line.as_str(), carets.as_str()), (" 1 | why: |", "   |      ^"));
}

#[test]
fn what_a_terminal_would_obey_is_not_shown() {
    let (line, _) = shown("a\u{1b}[2J \u{202e}b HERE", "HERE");
    assert_eq!(line, " 1 | a\u{fffd}[2J \u{fffd}b HERE");
    assert_eq!(quoted("a\u{1b}\nb"), "`a\u{fffd} b`");
}

#[test]
fn a_quoted_text_has_at_most_forty_characters() {
    assert_eq!(quoted(&"党".repeat(40)), format!("`{}`", "党".repeat(40)));
    assert_eq!(quoted(&"党".repeat(41)), format!("`{}…`", "党".repeat(39)));
}

#[test]
fn no_place_makes_rendering_panic() {
    let text = "党费\r\n";
    let index = LineIndex::new(text);
    for start in 0..12 {
        for end in 0..12 {
            let fault = Diagnostic::error("wrong_form", Span::new(start, end), "x");
            assert!(fault.render("x", &index).starts_with("error[wrong_form]: x\n"));
        }
    }
    assert!(Diagnostic::error("too_large", Span::default(), "x").render("x", &LineIndex::new("")).contains("x:1:1"));
}

#[test]
fn each_code_stands_once_in_the_list() {
    let mut names: Vec<_> = CODES.iter().map(|(code, _)| code).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CODES.len());
}

#[test]
fn a_diagnostic_travels_cheaply_in_a_result() {
    assert!(size_of::<Diagnostic>() < 128);
}
