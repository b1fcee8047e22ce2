//! The model document, on which the language was worked out and which the oracle reads too.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the test reads a file of the repository, the engine does not")]

use std::fs;
use std::path::Path;

use rollbook::RuleSet;
use rollbook::ruleset::diagnostic::Severity;
use rollbook::ruleset::source::LineIndex;

fn model() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/oracle/model.yaml")).unwrap()
}

#[test]
fn the_model_document_is_taken_with_one_warning() {
    let checked = RuleSet::check(&model());
    let told: Vec<_> = checked.diagnostics.iter().map(|fault| (fault.severity, fault.code, &*fault.path)).collect();
    // Article 15 begins in April, inside the year of the remittance; the model leaves open which year it holds for.
    assert_eq!(told, [(Severity::Warning, "mid_period", "charges.remittance.tariff")]);
    assert!(checked.diagnostics[0].message.contains("2008-04-01"));
    assert!(checked.rule_set.is_some());
}

#[test]
fn the_model_document_passes_all_its_cases() {
    let text = model();
    let rule_set = RuleSet::parse(&text).unwrap();
    let results = rule_set.test(None).unwrap();
    let places = LineIndex::new(&text);
    let failed: Vec<_> =
        results.iter().filter_map(|result| Some(result.failure.as_ref()?.render("model.yaml", &places))).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    // Five cases vary a fact, over 33 values; twelve ask once.
    assert_eq!(results.len(), 33 + 12);
}
