#![expect(clippy::disallowed_types, reason = "a hostile document must be refused in time")]

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::ruleset::diagnostic::CODES;
use crate::ruleset::limits::Limits;
use crate::ruleset::shape::sample::{DOCUMENT, RIGHT, WRONG, WRONG_ONLY_AS_TEXT};
use crate::ruleset::source::LineIndex;
use crate::ruleset::yaml::read_yaml;

fn faults(text: &str) -> Vec<Diagnostic> {
    let node = read_yaml(text, &Limits::default()).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
    let mut out = Vec::new();
    validate(&node, &DOCUMENT, "", &mut out);
    out
}

#[test]
fn right_documents_are_taken() {
    for text in RIGHT {
        assert_eq!(faults(text), [], "{text}");
    }
}

/// Each refusal with its whole text; the snapshot is read by people.
#[test]
fn refusals_say_what_would_be_right() {
    let mut all = String::new();
    for (code, text) in WRONG.iter().chain(WRONG_ONLY_AS_TEXT) {
        let faults = faults(text);
        assert_eq!(faults.first().map(|fault| fault.code), Some(*code), "{text}: {faults:?}");
        let index = LineIndex::new(text);
        for fault in faults {
            assert!(CODES.iter().any(|(code, _)| *code == fault.code));
            writeln!(all, "at `{}`\n{}", fault.path, fault.render("rules.yaml", &index)).unwrap();
        }
    }
    insta::assert_snapshot!("shape_refusals", all);
}

#[test]
fn all_faults_are_shown_up_to_a_hundred() {
    let text = "{ rollbook: 2, id: A, curency: x, sources: { b: {}, c: { titel: x } }, charges: { A: { tariff: 1 } } }";
    let codes: Vec<_> = faults(text).iter().map(|fault| fault.code).collect();
    assert_eq!(
        codes,
        [
            "unknown_word",
            "bad_name",
            "unknown_key",
            "missing_key",
            "unknown_key",
            "missing_key",
            "bad_name",
            "wrong_shape"
        ]
    );
    let many = (0..500).map(|at| format!("k{at}: 1\n")).collect::<Vec<_>>().concat();
    assert_eq!(faults(&many).len(), 100);
}

#[test]
fn a_wrong_document_ten_times_as_large_takes_ten_times_as_long() {
    let checked = |count: u32| {
        let keys = (0..count).map(|at| format!("k{at}: 1\n")).collect::<Vec<_>>().concat();
        let start = std::time::Instant::now();
        assert_eq!(faults(&keys).len(), 100);
        start.elapsed()
    };
    let few = (0..3).map(|_| checked(9_000)).max().unwrap();
    // Far from the hundred of work that grows with the square, since other programs take their share.
    assert!(checked(90_000) < few * 50, "{few:?} for 9000");
}

#[test]
fn forms_agree_with_their_patterns() {
    let forms = [
        TextForm::Name,
        TextForm::Label,
        TextForm::Language,
        TextForm::Number,
        TextForm::Rate,
        TextForm::Date,
        TextForm::DateOrNotSeen,
        TextForm::Count,
        TextForm::Citation,
        TextForm::Currency,
        TextForm::Period,
    ];
    let texts = [
        "a",
        "a_1",
        "1a",
        "_a",
        "a-b",
        "A",
        "aB",
        "é",
        "",
        " a",
        "a ",
        "zh",
        "zh-Hans",
        "zh-",
        "zh-x",
        "abcd",
        "0",
        "-0",
        "007",
        "+1",
        "1.",
        ".1",
        "1.0",
        "-1.50",
        "1e3",
        "1,000",
        "１",
        "1%",
        "-1.5%",
        "1 %",
        "%",
        "1/3",
        "-1/3",
        "1/0",
        "1/00",
        "1/010",
        "1/-3",
        "0.5/3",
        "1/3%",
        "1/",
        "2017-01-01",
        "2017-1-1",
        "2017-04-31",
        "2017-04-30",
        "2017-12-31",
        "2017-02-29",
        "2016-02-29",
        "1900-02-29",
        "2000-02-29",
        "0000-02-29",
        "2017-00-10",
        "2017-13-10",
        "2017-01-00",
        "2017-01-32",
        "not_seen",
        "never",
        "2026",
        "2026-11",
        "2026-00",
        "2026-13",
        "2026-Q4",
        "2026-Q5",
        "2026-H2",
        "2026-H0",
        "26-11",
        "2026-1",
        "2026-11-",
        "a art. 1",
        "a  art",
        "a \u{3000}x",
        "第六条",
        "a\nb",
        "a b\nc",
        "CNY",
        "CN",
        "CNYX",
        "cny",
        "1\n",
    ];
    for form in forms {
        let pattern = form.pattern().unwrap();
        let schema = serde_json::json!({ "type": "string", "pattern": pattern });
        let schema = jsonschema::validator_for(&schema).unwrap();
        for text in texts {
            assert_eq!(schema.is_valid(&serde_json::json!(text)), form.accepts(text), "{form:?} {text:?}");
        }
    }
}

#[test]
fn a_near_word_is_found_and_a_far_one_is_not() {
    let known = ["up_to", "below", "from", "above", "rate", "of"];
    let near = |word: &str| nearest(word, known);
    assert_eq!(near("upTo"), Some("up_to"));
    assert_eq!(near("up-to"), Some("up_to"));
    assert_eq!(near("Rate"), Some("rate"));
    assert_eq!(near("form"), Some("from"));
    assert_eq!(near("ab"), None);
    assert_eq!(near("percentage"), None);
    assert_eq!(near(&"rate".repeat(1000)), None);
    assert_eq!(as_name("payOfMonth").as_deref(), Some("pay_of_month"));
    assert_eq!(as_name("Pay of month").as_deref(), Some("pay_of_month"));
    assert_eq!(as_name("党费"), None);
}

proptest! {
    #[test]
    fn no_text_makes_a_form_panic(text in "[-0-9./%,¥年月日Q０-９a-zA-Z _true]{0,14}|.{0,20}") {
        let forms = [
            TextForm::Name, TextForm::Number, TextForm::Rate, TextForm::Date, TextForm::Count, TextForm::YesNo,
            TextForm::Currency, TextForm::Period, TextForm::Words(&["up", "down"]), TextForm::Citation,
        ];
        for form in forms {
            let fault = text::wrong_form(&[form], &text, Span::default());
            // What the help says to write must be right.
            let right = fault.help.as_deref().and_then(|help| help.strip_prefix("write `")).and_then(|it| it.strip_suffix('`'));
            if let Some(right) = right.filter(|it| !it.contains('`')) {
                prop_assert!(form.accepts(right), "{form:?} {text:?}: {right:?}");
            }
        }
    }
}
