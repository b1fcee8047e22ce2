//! A rule set that was compiled before is the rule set that its document is.
#![cfg(feature = "builtin")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the tests read the files of the repository, and fail loudly"
)]

use std::fs;
use std::path::Path;

use rollbook::RuleSet;
use rollbook::api::{BUILTIN, COMPILED_FORMAT, NotCompiled};
use rollbook::facade;
use rollbook::ruleset::canonical::sha256;

/// The rule sets of the repository that stand without a parent of their own, by the names of their files.
fn rule_sets() -> Vec<(String, RuleSet)> {
    let mut all: Vec<_> =
        BUILTIN.iter().map(|builtin| (builtin.id.to_owned(), RuleSet::builtin(builtin.id).unwrap())).collect();
    for folder in ["tests/sound", "tests/shapes"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            all.push((file.file_name().unwrap().to_string_lossy().into_owned(), RuleSet::parse(&text).unwrap()));
        }
    }
    all
}

fn loaded(bytes: &[u8]) -> Result<RuleSet, NotCompiled> {
    RuleSet::from_compiled(bytes, &sha256(bytes))
}

#[test]
fn every_rule_set_reads_back_whole() {
    for (name, rules) in rule_sets() {
        let bytes = rules.compiled();
        let again = loaded(&bytes).unwrap();
        assert_eq!(again.compiled(), bytes, "{name}");
        assert_eq!(again.document_json(), rules.document_json(), "{name}");
        let [again, rules] = [again, rules].map(facade::RuleSet::from);
        assert_eq!(again.facts_json(), rules.facts_json(), "{name}");
        // What is not kept but made anew of the rest is the same as well, and so is what nobody listed.
        let [again, rules] =
            [&again, &rules].map(|rules| format!("{:#?}{:#?}", rules.engine().rules(), rules.engine().charges()));
        assert_eq!(again, rules, "{name}");
    }
}

#[test]
fn the_cases_beside_a_rule_set_hold_for_its_compiled_form() {
    for builtin in BUILTIN {
        let rules = loaded(&RuleSet::builtin(builtin.id).unwrap().compiled()).unwrap();
        let cases = rules.test(Some(builtin.cases)).unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            assert!(case.failure.is_none(), "{}: {:?}", builtin.id, case.failure);
        }
    }
}

/// Whoever changes a table of the compiled form counts its format up: files of the old one are then refused by their number
/// instead of being read as something else.
#[test]
fn a_format_keeps_its_bytes() {
    let pinned = include_str!("../../tests/sound/chess.json");
    let bytes = RuleSet::parse(pinned).unwrap().compiled();
    insta::assert_snapshot!(format!("format {COMPILED_FORMAT}: {}", sha256(&bytes)));
}

#[test]
fn bytes_that_are_not_those_vouched_for_are_refused() {
    let bytes = RuleSet::builtin("fdp").unwrap().compiled();
    let hash = sha256(&bytes);
    for at in (10..bytes.len()).step_by(17) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x10;
        let refused = RuleSet::from_compiled(&changed, &hash).unwrap_err();
        assert!(matches!(refused, NotCompiled::WrongHash { .. }), "byte {at}: {refused}");
    }
    for wanted in ["", "fdp", &format!("{hash}0"), &"0".repeat(64)] {
        let refused = RuleSet::from_compiled(&bytes, wanted).unwrap_err();
        assert_eq!(refused, NotCompiled::WrongHash { found: hash.clone(), wanted: wanted.to_owned() });
    }
}

#[test]
fn a_hash_that_the_host_computed_is_compared_and_not_computed_again() {
    let bytes = RuleSet::builtin("fdp").unwrap().compiled();
    let hash = sha256(&bytes);
    assert_eq!(RuleSet::from_digested(&bytes, &hash.to_uppercase(), &hash).unwrap().compiled(), bytes);
    let refused = RuleSet::from_digested(&bytes, "another", &hash).unwrap_err();
    assert_eq!(refused, NotCompiled::WrongHash { found: "another".to_owned(), wanted: hash.clone() });
    let (long, longer) = ("0".repeat(1_000_000), "0".repeat(1_000_001));
    let error = facade::RuleSet::from_digested(&bytes, &long, &longer).unwrap_err();
    assert_eq!((error.code, error.params["hash"].len()), (facade::ErrorCode::WrongHash, 80));
    assert_eq!(facade::RuleSet::from_digested(&bytes, &hash, &hash).unwrap().id(), "fdp");
    // That it vouches for other bytes is on the host; then they end in an error or in a rule set.
    assert_eq!(RuleSet::from_digested(&bytes[..99], &hash, &hash).unwrap_err(), NotCompiled::Broken);
}

#[test]
fn what_is_cut_off_or_longer_is_refused_with_its_own_hash_too() {
    let bytes = RuleSet::builtin("acftu").unwrap().compiled();
    for length in (0..bytes.len()).step_by(3) {
        let refused = loaded(&bytes[..length]).unwrap_err();
        let is_begun = length >= 8;
        assert!(
            matches!(refused, NotCompiled::Broken | NotCompiled::AnotherFormat(0)) == is_begun,
            "{length}: {refused}"
        );
    }
    assert_eq!(loaded(&[bytes.as_slice(), &[0]].concat()).unwrap_err(), NotCompiled::Broken);
}

#[test]
fn another_format_and_another_file_are_told_apart() {
    let mut bytes = RuleSet::builtin("acftu").unwrap().compiled();
    bytes[8] = 77;
    assert_eq!(loaded(&bytes).unwrap_err(), NotCompiled::AnotherFormat(77));
    for file in [&b""[..], b"{}", b"rollbok\x01", b"\0asm\x01\0\0\0"] {
        assert_eq!(loaded(file).unwrap_err(), NotCompiled::AnotherFile);
    }
}

#[test]
fn the_facade_says_what_to_do() {
    let bytes = RuleSet::builtin("acftu").unwrap().compiled();
    let error = facade::RuleSet::from_compiled(&bytes, "abc").unwrap_err();
    assert_eq!((error.code, error.params["wanted"].as_str()), (facade::ErrorCode::WrongHash, "abc"));
    assert_eq!(error.params["hash"], sha256(&bytes));
    assert!(error.message.ends_with("compile the rule set again, or parse its document, which checks it"), "{error}");
    let error = facade::RuleSet::from_compiled(b"{}", "abc").unwrap_err();
    assert_eq!((error.code, error.params["format"].as_str()), (facade::ErrorCode::NotCompiled, "1"));
    assert_eq!(
        error.message,
        "this is no compiled rule set; compile the rule set again, or parse its document, which checks it"
    );
}

/// Somebody may vouch for bytes that nobody compiled: that ends in an error or in a rule set, and not otherwise.
#[test]
fn bytes_that_were_made_up_end_in_an_error_or_a_rule_set() {
    let bytes = RuleSet::builtin("igmetall").unwrap().compiled();
    let mut taken = 0;
    for at in (9..bytes.len()).step_by(11) {
        for change in [1, 0x80, 0x55] {
            let mut changed = bytes.clone();
            changed[at] = changed[at].wrapping_add(change);
            match loaded(&changed) {
                Ok(rules) => {
                    taken += usize::from(facade::RuleSet::from(rules).facts_json().len() > 2);
                }
                Err(refused) => assert_eq!(refused, NotCompiled::Broken),
            }
        }
    }
    assert!(taken > 20);
}
