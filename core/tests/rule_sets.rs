//! The rule sets that ship, and the sound ones of the tests, with all their cases.
#![cfg(feature = "builtin")]
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the tests read the files of the repository, the engine does not")]

use std::fs;
use std::path::Path;

use rollbook::RuleSet;
use rollbook::api::BUILTIN;
use rollbook::dues::{Answer, Request};
use rollbook::ruleset::Attested;
use rollbook::ruleset::source::LineIndex;
use rollbook::value::Period;

/// Runs all cases of a rule set and gives the failures as text.
fn failures(rule_set: &RuleSet, text: &str, beside: Option<&str>) -> (usize, Vec<String>) {
    let results = rule_set.test(beside).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics));
    let index = LineIndex::new(text);
    let beside_index = LineIndex::new(beside.unwrap_or_default());
    let failed = results.iter().filter_map(|result| {
        let failure = result.failure.as_ref()?;
        let index = if result.inside { &index } else { &beside_index };
        Some(failure.render(&result.place, index))
    });
    (results.len(), failed.collect())
}

fn rendered(text: &str, file: &str) -> Vec<String> {
    let index = LineIndex::new(text);
    RuleSet::check(text).diagnostics.iter().map(|diagnostic| diagnostic.render(file, &index)).collect()
}

#[test]
fn every_built_in_rule_set_is_accepted_without_a_warning_and_passes_its_cases() {
    for builtin in BUILTIN {
        let said = rendered(builtin.text, builtin.id);
        assert!(said.is_empty(), "{}", said.join("\n"));
        let rule_set = RuleSet::builtin(builtin.id).unwrap();
        let (count, failed) = failures(&rule_set, builtin.text, Some(builtin.cases));
        assert!(count > 0, "{} has no cases", builtin.id);
        assert!(failed.is_empty(), "{} of {count} cases fail:\n{}", failed.len(), failed.join("\n"));
    }
}

/// What a rule set answers for a month, by text facts.
fn asked(id: &str, facts: &[(&str, &str)], month: &str) -> Answer {
    let rule_set = RuleSet::builtin(id).unwrap();
    rule_set.dues(&rule_set.facts_from(facts.iter().copied()), &Request::new(Period::parse(month).unwrap())).unwrap()
}

#[test]
fn the_rule_sets_that_ship_are_listed_by_id_and_bear_their_ids() {
    let ids: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.id).collect();
    assert_eq!(ids, ["acftu", "cpc", "cyl", "fdp", "igmetall"]);
    for id in ids {
        assert_eq!(&*RuleSet::builtin(id).unwrap().rules().id, id);
    }
    assert!(RuleSet::builtin("cyi").is_none());
}

#[test]
fn the_documents_that_ship_speak_chinese_and_english_everywhere() {
    for builtin in BUILTIN {
        let rules = RuleSet::builtin(builtin.id).unwrap();
        let rules = rules.rules();
        for language in ["zh", "en"] {
            assert!(rules.title.in_language(language).is_some(), "{}: title in {language}", builtin.id);
            for input in &rules.inputs {
                assert!(input.title.in_language(language).is_some(), "{}: {} in {language}", builtin.id, input.name);
            }
        }
    }
}

#[test]
fn an_answer_is_attested_as_weakly_as_what_was_seen_of_its_rule() {
    let of = |id: &str, facts: &[(&str, &str)], month: &str| asked(id, facts, month).attested;
    assert_eq!(of("cyl", &[("category", "waged"), ("base", "5000")], "2026-11"), Attested::Transcribed);
    assert_eq!(of("cyl", &[("category", "student")], "2026-11"), Attested::Secondary);
    assert_eq!(of("cyl", &[("category", "unemployed")], "2010-05"), Attested::Chosen);
    assert_eq!(of("acftu", &[("base", "3219")], "2026-11"), Attested::Secondary);
    let pension = [("situation", "pension"), ("benefit", "1640")];
    assert_eq!(of("igmetall", &pension, "2023-11"), Attested::Transcribed);
    assert_eq!(of("igmetall", &pension, "2026-11"), Attested::Unconfirmed);
    assert_eq!(of("fdp", &[("income", "3000")], "2026-11"), Attested::Transcribed);
}

#[test]
fn the_guide_of_half_a_per_cent_stands_beside_the_scale_of_2002_alone() {
    let facts = [("income", "3000"), ("declared", "12")];
    // 0.5 % of 3000 is 15.
    assert_eq!(asked("fdp", &facts, "2010-05").guide.map(|guide| guide.to_string()), Some("15".to_owned()));
    assert_eq!(asked("fdp", &facts, "2026-11").guide, None);
}

#[test]
fn every_sound_rule_set_is_accepted_without_a_warning_and_passes_its_cases() {
    accepted_with_all_cases("sound", 12);
}

#[test]
fn every_shape_of_a_published_tariff_can_be_written_and_passes_its_cases() {
    accepted_with_all_cases("shapes", 15);
}

/// All rule sets of a folder of the tests, of which there are so many at least.
fn accepted_with_all_cases(folder: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= least);
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let said = rendered(&text, &name);
        if !said.is_empty() {
            wrong.push(format!("{name}:\n{}", said.join("\n")));
        }
        if let Some(rule_set) = RuleSet::check(&text).rule_set {
            let (count, failed) = failures(&rule_set, &text, None);
            assert!(count > 0, "{name} has no cases");
            wrong.extend(failed.into_iter().map(|failure| format!("{name}: {failure}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn yaml_and_json_of_the_same_rules_have_one_hash_and_give_one_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sound");
    let read = |name: &str| RuleSet::parse(&fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let (yaml, json) = (read("chess.yaml"), read("chess.json"));
    assert_eq!(yaml.rules().hash, json.rules().hash);
    assert_eq!(yaml.rules().hash.len(), 64);
}
