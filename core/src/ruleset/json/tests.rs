use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::ruleset::canonical::canonical_json;
use crate::ruleset::source::LineIndex;

fn read(text: &str) -> Node {
    match read_json(text, &Limits::default()) {
        Ok(node) => node,
        Err(faults) => panic!("refused: {faults:?}"),
    }
}

fn refusal(text: &str) -> String {
    let faults = read_json(text, &Limits::default()).expect_err(text);
    let index = LineIndex::new(text);
    let shown = |fault: &Diagnostic| format!("at `{}`\n{}", fault.path, fault.render("rules.json", &index));
    faults.iter().map(shown).collect::<Vec<_>>().concat()
}

#[test]
fn strings_keep_what_they_say() {
    let text = r#" {"b": "\u515a\u8d39 \ud83d\ude00 \" \\ \/ \n\t", "a": ["", {}, []]} "#;
    assert_eq!(canonical_json(&read(text), &[]), r#"{"a":["",{},[]],"b":"党费 😀 \" \\ / \n\t"}"#);
}

#[test]
fn a_place_is_that_between_the_quotes() {
    let text = r#"{ "标题": "党费", "escaped": "a\u0062", "list": ["x"] }"#;
    let node = read(text);
    let at = |key: &str| node.get(key).unwrap();
    assert_eq!((at("标题").span.text_in(text), at("标题").verbatim), (Some("党费"), true));
    assert_eq!((at("escaped").span.text_in(text), at("escaped").verbatim), (Some(r"a\u0062"), false));
    assert_eq!(at("list").span.text_in(text), Some(r#"["x"]"#));
    assert_eq!(node.entry("标题").unwrap().key_span.text_in(text), Some("标题"));
    assert_eq!(node.span.text_in(text), Some(text));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(read("\u{feff}\"a\"").span, Span::new(4, 5));
}

/// Each refusal with its whole text; the snapshot is read by people.
#[test]
fn refusals_say_what_would_be_right() {
    let cases = [
        ("nothing", " \n"),
        ("a number", r#"{ "rate": 0.5, "floor": -1e3 }"#),
        ("true, false and null", r#"{ "exempt": true, "when": [false, null] }"#),
        ("another word", r#"{ "rate": NaN }"#),
        ("a key twice", "{ \"id\": \"a\",\n  \"id\": \"b\" }"),
        ("a comma too many in a map", r#"{ "id": "a", }"#),
        ("a comma too many in a list", r#"[ "a", ]"#),
        ("no comma", r#"[ "a" "b" ]"#),
        ("no comma between keys", r#"{ "a": "b" "c": "d" }"#),
        ("only a comma", "[,]"),
        ("no colon", r#"{ "id" "a" }"#),
        ("no value", r#"{ "id": }"#),
        ("a key without quotes", r#"{ id: "a" }"#),
        ("single quotes", "{ 'id': 'a' }"),
        ("Chinese quotes", "{ “id”: “a” }"),
        ("a Chinese comma", "[\"a\"，\"b\"]"),
        ("a comment", "{ // dues\n}"),
        ("a wrong bracket", r#"[ "a" }"#),
        ("a map that stays open", r#"{ "a": "b""#),
        ("a list that stays open", "[ [ "),
        ("a string that stays open", "{ \"a\": \"b\n}"),
        ("a tab in a string", "[ \"a\tb\" ]"),
        ("an unknown escape", r#"[ "a\x41" ]"#),
        ("an escape with too few digits", r#"[ "\u12" ]"#),
        ("an escape with a sign", r#"[ "\u+123" ]"#),
        ("half of a pair", r#"[ "\ud83d" ]"#),
        ("the second half of a pair", r#"[ "\ude00" ]"#),
        ("half of a pair and another escape", r#"[ "\ud83d\u0041" ]"#),
        ("an escaped control character", r#"[ "\u001b[2J" ]"#),
        ("something after the end", "{} {}"),
        ("a closing bracket first", "]"),
        ("a second byte-order mark", "[ \u{feff} ]"),
    ];
    let mut all = String::new();
    for (what, text) in cases {
        writeln!(all, "=== {what}\n{}", refusal(text)).unwrap();
    }
    insta::assert_snapshot!("json_refusals", all);
}

#[test]
fn each_bound_ends_the_reading() {
    let code_of = |text: &str| read_json(text, &Limits::default()).unwrap_err().last().unwrap().code;
    assert_eq!(code_of(&" ".repeat(1_048_577)), "too_large");
    assert_eq!(code_of(&"[".repeat(1_000_000)), "too_deep");
    assert_eq!(code_of(&"{\"a\":".repeat(200_000)), "too_deep");
    assert_eq!(code_of(&format!("[{}", "\"\",".repeat(300_000))), "too_many_nodes");
    assert_eq!(code_of(&format!("{{{}", "\"a\":\"\",".repeat(140_000))), "too_many_nodes");
    assert_eq!(code_of(&format!("[{}", "1,".repeat(300_000))), "too_many_nodes");
    assert_eq!(code_of(&format!("[\"{}\"]", "a".repeat(16_385))), "text_too_long");
    assert_eq!(code_of(&format!("{{\"{}\": \"\"}}", "a".repeat(16_385))), "text_too_long");
    let deep = "[".repeat(Limits::DEEPEST + 1);
    let boundless = Limits { depth: usize::MAX, ..Limits::default() };
    assert_eq!(read_json(&deep, &boundless).unwrap_err()[0].code, "too_deep");
}

#[test]
fn a_document_at_its_bounds_is_read() {
    let limits = Limits { depth: 3, nodes: 5, text_bytes: 4, bytes: 21 };
    assert!(read_json(r#"[[[]],"abcd","efgh" ]"#, &limits).is_ok());
    let refused = |text| read_json(text, &limits).unwrap_err().last().unwrap().code;
    assert_eq!(refused(r#"[[[]],"abcd","efgh"  ]"#), "too_large");
    assert_eq!(refused(r#"[[[]],"abcd","efghi"]"#), "text_too_long");
    assert_eq!(refused(r#"[[[[]]],"abcd"]"#), "too_deep");
    assert_eq!(refused(r#"[[[]],"a","b","c"]"#), "too_many_nodes");
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    // Any character but the control characters, which no rule set holds.
    let text = "[^\\p{Cc}]{0,8}|[a-z\\n\\t\\r\"\\\\]{0,8}".prop_map(serde_json::Value::String);
    text.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::Array),
            prop::collection::btree_map("[^\\p{Cc}]{0,6}", inner, 0..6)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_read_is_what_another_reader_reads(value in json_value()) {
        let compact = value.to_string();
        let canonical = canonical_json(&read(&compact), &[]);
        // serde_json sorts its keys and writes compactly, too.
        prop_assert_eq!(&canonical, &compact);
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(canonical_json(&read(&pretty), &[]), canonical.clone());
        prop_assert_eq!(canonical_json(&read(&canonical), &[]), canonical);
    }

    #[test]
    fn only_json_is_read(text in "[ab党:\\[\\]{},\"\\\\u0/ ]{0,24}") {
        let ours = read_json(&text, &Limits::default());
        if ours.is_ok() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        let Err(faults) = ours else { return Ok(()) };
        // What is JSON and still refused has a reason of its own.
        prop_assert!(theirs.is_err() || faults.iter().all(|it| it.code != "json_syntax"), "{:?}", faults);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        if let Err(faults) = read_json(&text, &Limits::default()) {
            let index = LineIndex::new(&text);
            for fault in faults {
                prop_assert!(crate::ruleset::diagnostic::CODES.iter().any(|(code, _)| *code == fault.code));
                prop_assert!(fault.render("x", &index).contains(&*fault.message));
            }
        }
    }
}
