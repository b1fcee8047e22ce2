#![expect(clippy::disallowed_types, reason = "a hostile document must be refused in time")]

use std::fmt::Write as _;
use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::ruleset::canonical::{canonical_json, hash};
use crate::ruleset::json::read_json;
use crate::ruleset::source::LineIndex;

fn read(text: &str) -> Node {
    match read_yaml(text, &Limits::default()) {
        Ok(node) => node,
        Err(faults) => panic!("refused: {faults:?}"),
    }
}

fn refusal(text: &str) -> String {
    let faults = read_yaml(text, &Limits::default()).expect_err(text);
    let index = LineIndex::new(text);
    let shown = |fault: &Diagnostic| format!("at `{}`\n{}", fault.path, fault.render("rules.yaml", &index));
    faults.iter().map(shown).collect::<Vec<_>>().concat()
}

#[test]
fn every_scalar_stays_as_it_is_written() {
    let text = "a: 3000\nb: 0.5%\nc: yes\nd: 2017-01-01\ne: null\nf: 1e3\ng: ~\nh: 0x10\ni:\non: 'it''s'";
    assert_eq!(
        canonical_json(&read(text), &[]),
        r#"{"a":"3000","b":"0.5%","c":"yes","d":"2017-01-01","e":"null","f":"1e3","g":"~","h":"0x10","i":"","on":"it's"}"#
    );
}

#[test]
fn block_texts_are_texts() {
    let node = read("why: |\n  one\n  two\nfolded: >\n  three\n  four\n");
    assert_eq!(node.get("why").unwrap().as_text(), Some("one\ntwo\n"));
    assert_eq!(node.get("folded").unwrap().as_text(), Some("three four\n"));
}

#[test]
fn a_place_is_that_of_the_content() {
    let text = "标题: 党费 # comment\nquoted: '费 x'\nescaped: \"a\\nb\"\nblock: |\n  a\nlong: a\n  b\nrows: [ { up_to: 400 }, 'x' ]\n";
    let node = read(text);
    let at = |key: &str| node.get(key).unwrap();
    let written = |node: &Node| node.span.text_in(text).unwrap().to_owned();
    assert_eq!(node.entry("标题").unwrap().key_span.text_in(text), Some("标题"));
    assert_eq!((written(at("标题")).as_str(), at("标题").verbatim), ("党费", true));
    assert_eq!((written(at("quoted")).as_str(), at("quoted").verbatim), ("费 x", true));
    assert_eq!((written(at("escaped")).as_str(), at("escaped").verbatim), ("a\\nb", false));
    assert!(!at("block").verbatim);
    assert!(!at("long").verbatim);
    let rows = at("rows").as_list().unwrap();
    assert_eq!(written(rows[0].get("up_to").unwrap()), "400");
    assert_eq!(written(&rows[0]), "{ up_to: 400 }");
    assert_eq!(written(at("rows")), "[ { up_to: 400 }, 'x' ]");
}

#[test]
fn a_byte_order_mark_and_foreign_line_ends_change_nothing() {
    let plain = "id: cpc\nedition: 3\n";
    let text = "\u{feff}id: cpc\r\nedition: 3\r\n";
    let node = read(text);
    assert_eq!(canonical_json(&node, &[]), canonical_json(&read(plain), &[]));
    assert_eq!(node.get("edition").unwrap().span.text_in(text), Some("3"));
    assert_eq!(node.entry("id").unwrap().key_span.text_in(text), Some("id"));
}

#[test]
fn an_expression_of_one_line_may_hold_brackets_and_commas() {
    let node = read("is: latest(a, b)\nwhen: stage in [a, b]\nquoted: { is: 'latest(a, b)' }\nlist: ['f(a', 'b)']");
    assert_eq!(node.get("is").unwrap().as_text(), Some("latest(a, b)"));
    assert_eq!(node.get("when").unwrap().as_text(), Some("stage in [a, b]"));
    assert_eq!(node.get("quoted").unwrap().get("is").unwrap().as_text(), Some("latest(a, b)"));
}

#[test]
fn a_key_without_a_value_is_kept_as_empty_text() {
    for text in ["a:\nb: 1", "{ a: , b: 1 }", "{ a:, b: 1 }"] {
        assert!(read(text).get("a").unwrap().is_empty_text(), "{text}");
    }
    assert_eq!(canonical_json(&read("- \n- a"), &[]), r#"["","a"]"#);
}

/// Each refusal with its whole text; the snapshot is read by people.
#[test]
fn refusals_say_what_would_be_right() {
    let cases = [
        ("nothing", "# only a comment\n"),
        ("two documents", "id: a\n---\nid: b\n"),
        ("an anchor", "base: &b income\nis: *b\n"),
        ("an alias to nothing", "is: *income\n"),
        ("a tag", "rate: !!float 0.5\n"),
        ("an own tag", "rate: !money 0.5\n"),
        ("a merge key", "waged:\n  <<: base\n"),
        ("a directive", "%YAML 1.1\n---\nid: a\n"),
        ("a key twice", "dues:\n  per: month\n  title: 党费\n  per: year\n"),
        ("a key twice inside braces", "bands: [ { up_to: 1, rate: 5%, up_to: 2 } ]\n"),
        ("a list as key", "? [a, b]\n: c\n"),
        ("a map as key", "{ { a: b }: c }\n"),
        ("a tab that indents", "dues:\n\tper: month\n"),
        ("a tab before a list item", "bands:\n\t- up_to: 1\n"),
        ("a comma in brackets", "starts: { is: latest(joined, left), chosen: silent }\n"),
        ("two commas in brackets", "{ is: latest(a, b, c) }\n"),
        ("a comma in brackets of a list", "[ latest(a, b), c ]\n"),
        ("a closing bracket of nothing", "{ is: a, b): c }\n"),
        ("a comma in a citation", "{ cite: dues-2008 arts 1-4, 6, when: yes }\n"),
        ("a comma in brackets that are not closed", "{ is: latest(a, b }\n"),
        ("a list in an expression", "{ cite: a, when: stage in [probationary, full] }\n"),
        ("an index in an expression", "{ is: a[1] }\n"),
        ("a second colon", "title: dues: the rules\n"),
        ("a line without a colon", "id: cpc\nedition\nlanguages: zh\n"),
        ("a wrong indentation", "dues:\n    per: month\n  title: 党费\n"),
        ("an item among keys", "dues:\n  per: month\n  - a\n"),
        ("a quote that stays open", "title: 'dues\nid: cpc\n"),
        ("something after the quote", "title: 'dues' of members\n"),
        ("a brace that stays open", "bands: [ { up_to: 1 }\nid: cpc\n"),
        ("a bracket closed by a brace", "bands: [ a }\n"),
        ("a brace too many", "bands: { a: b } }\n"),
        ("a percent sign first", "rate: %5\n"),
        ("an at sign first", "rate: @5\n"),
        ("a backslash in double quotes", "title: \"\\党\"\n"),
        ("a control character", "title: a\u{7}b\n"),
        ("an escaped control character", "title: \"a\\x1bb\"\n"),
        ("a braces line cut off", "a: {b: c,\nd: e}\n"),
    ];
    let mut all = String::new();
    for (what, text) in cases {
        writeln!(all, "=== {what}\n{}", refusal(text)).unwrap();
    }
    insta::assert_snapshot!("yaml_refusals", all);
}

#[test]
fn one_reading_shows_many_faults() {
    let text = "a: 1\na: 2\nb: { is: f(a, b) }\na: 3\n";
    let codes: Vec<_> = read_yaml(text, &Limits::default()).unwrap_err().iter().map(|it| it.code).collect();
    assert_eq!(codes, ["duplicate_key", "split_expression", "duplicate_key"]);
}

fn code_of(text: &str) -> &'static str {
    let start = Instant::now();
    let faults = read_yaml(text, &Limits::default()).unwrap_err();
    assert!(start.elapsed().as_secs() < 5, "a bound is passed in {:?}", start.elapsed());
    assert!(faults.len() <= 100);
    faults.last().unwrap().code
}

#[test]
fn each_bound_ends_the_reading() {
    assert_eq!(code_of(&"a".repeat(1_048_577)), "too_large");
    assert_eq!(code_of(&"[".repeat(1_000_000)), "too_deep");
    assert_eq!(code_of(&"{a: ".repeat(200_000)), "too_deep");
    assert_eq!(code_of(&"- ".repeat(500_000)), "too_deep");
    assert_eq!(code_of(&"? ".repeat(500_000)), "complex_key");
    let staircase = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<Vec<_>>().concat();
    assert_eq!(code_of(&staircase), "too_deep");
    assert_eq!(code_of(&"- a\n".repeat(250_000)), "too_many_nodes");
    assert_eq!(code_of(&format!("[{}]", "a,".repeat(500_000))), "too_many_nodes");
    let keys = (0..110_000).map(|key| format!("k{key}:\n")).collect::<Vec<_>>().concat();
    assert_eq!(code_of(&keys), "too_many_nodes");
    assert_eq!(code_of(&format!("a: {}", "b".repeat(16_385))), "text_too_long");
    assert_eq!(code_of(&format!("a: {}", "b\n ".repeat(300_000))), "text_too_long");
    assert_eq!(code_of(&"a: 1\n".repeat(200_000)), "too_many_nodes");
    assert_eq!(code_of(&format!("a: \"{}", "\\".repeat(1_000_000))), "yaml_syntax");
}

#[test]
fn a_document_at_its_bounds_is_read() {
    let limits = Limits { depth: 3, nodes: 5, text_bytes: 4, bytes: 18 };
    assert!(read_yaml("[[[]], abcd, efgh]", &limits).is_ok());
    let refused = |text| read_yaml(text, &limits).unwrap_err().last().unwrap().code;
    assert_eq!(refused("[[[]], abcd, efghi]"), "too_large");
    assert_eq!(refused("[[[]], abcd,efghi]"), "text_too_long");
    assert_eq!(refused("[[[[]]], abcd]"), "too_deep");
    assert_eq!(refused("[[[]], a, b, c]"), "too_many_nodes");
}

/// A tree as JSON text; YAML reads every JSON document.
fn json_tree() -> impl Strategy<Value = String> {
    let text = "[ -!#-\\[\\]-~党费é\u{1f600}]{1,12}".prop_map(|text| format!("\"{text}\""));
    text.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..5).prop_map(|entries| {
                let entries: Vec<_> = entries.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn yaml_and_json_of_the_same_rules_have_the_same_hash(json in json_tree()) {
        let from_json = read_json(&json, &Limits::default()).unwrap();
        let block = block_yaml(&from_json, 0);
        prop_assert_eq!(hash(&read(&block)), hash(&from_json), "{}", block);
        if let Ok(flow) = read_yaml(&json, &Limits::default()) {
            prop_assert_eq!(hash(&flow), hash(&from_json));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        look_at(&text);
    }

    #[test]
    fn no_text_of_yaml_signs_makes_the_reader_panic(text in "[ab党: \\[\\]{}(),\"'\\\\#&*!|>%@`\\-?\t\n\r<x0]{0,60}") {
        look_at(&text);
    }
}

/// The tree in block style with single quotes, the other notation of the same document.
fn block_yaml(node: &Node, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let inside = |node: &Node| match &node.value {
        super::super::node::NodeValue::Text(_) => format!(" {}", block_yaml(node, depth.saturating_add(1))),
        _ => format!("\n{}", block_yaml(node, depth.saturating_add(1))),
    };
    if let Some(text) = node.as_text() {
        return format!("'{}'\n", text.replace('\'', "''"));
    }
    if let Some(items) = node.as_list() {
        let lines = items.iter().map(|item| format!("{indent}-{}", inside(item))).collect::<Vec<_>>().concat();
        return if lines.is_empty() { format!("{indent}[]\n") } else { lines };
    }
    let entries = node.as_map().unwrap();
    let lines = entries
        .iter()
        .map(|entry| format!("{indent}'{}':{}", entry.key, inside(&entry.value)))
        .collect::<Vec<_>>()
        .concat();
    if lines.is_empty() { format!("{indent}{{}}\n") } else { lines }
}

/// Reads, and checks what holds for every result.
fn look_at(text: &str) {
    match read_yaml(text, &Limits::default()) {
        Ok(node) => {
            for node in node.descendants().filter(|node| node.verbatim) {
                assert_eq!(node.span.text_in(text), node.as_text());
            }
            canonical_json(&node, &[]);
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            let index = LineIndex::new(text);
            for fault in faults {
                assert!(crate::ruleset::diagnostic::CODES.iter().any(|(code, _)| *code == fault.code));
                assert!(fault.render("x", &index).contains(&*fault.message));
            }
        }
    }
}
