use super::*;
use crate::ruleset::json::read_json;
use crate::ruleset::limits::Limits;

fn read(text: &str) -> Node {
    read_json(text, &Limits::default()).unwrap()
}

#[test]
fn the_hash_is_the_sha_256_of_the_canonical_text() {
    assert_eq!(canonical_json(&read("{}"), &[]), "{}");
    // The published SHA-256 of the two characters `{}`.
    assert_eq!(hash(&read("{ }")), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

#[test]
fn keys_are_sorted_by_unicode_scalar_value() {
    // In UTF-16, U+1F600 would stand before U+FFFD.
    let node = read(r#"{ "党": "", "b": "", "\ud83d\ude00": "", "a": { "z": "", "y": "" }, "\ufffd": "", "B": "" }"#);
    assert_eq!(canonical_json(&node, &[]), r#"{"B":"","a":{"y":"","z":""},"b":"","党":"","�":"","😀":""}"#);
}

#[test]
fn a_document_written_in_its_own_order_has_the_same_hash() {
    let node = read(r#"{ "words": { "waged": "", "farmer": "" }, "id": "cpc", "cases": [] }"#);
    let text = document_json(&node, &["cases"]);
    assert_eq!(text, r#"{"words":{"waged":"","farmer":""},"id":"cpc"}"#);
    assert_eq!(hash(&read(&text)), hash(&node));
}

#[test]
fn only_what_json_requires_is_escaped() {
    let node = read(r#"["\u002f\u00e9\u515a\u007e \" \\ \n\r\t"]"#);
    assert_eq!(canonical_json(&node, &[]), r#"["/é党~ \" \\ \n\r\t"]"#);
    let mut out = String::new();
    write_text("\u{1}\u{8}\u{c}\u{1f}\u{7f}", &mut out);
    assert_eq!(out, "\"\\u0001\\b\\f\\u001f\u{7f}\"");
}

#[test]
fn cases_are_left_out_only_at_the_top() {
    let rules = read(r#"{ "id": "cpc", "cases": ["x"], "dues": { "cases": "y" } }"#);
    assert_eq!(canonical_json(&rules, &["cases"]), r#"{"dues":{"cases":"y"},"id":"cpc"}"#);
    assert_ne!(hash(&rules), hash(&read(r#"{ "id": "cpc", "dues": { "cases": "z" } }"#)));
    assert_eq!(hash(&rules), hash(&read(r#"{ "dues": { "cases": "y" }, "id": "cpc" }"#)));
}
