//! The two sample rosters: what a reader of the manual will see.

use std::fs;

use super::support::{Ran, repository, rollbook};

fn sample(name: &str, lang: &str) -> Ran {
    let path = repository(&format!("examples/{name}"));
    rollbook(&["dues", path.to_str().unwrap(), "--rules", "cpc", "--period", "2026-11", "--lang", lang])
}

fn snapshot(name: &str, ran: &Ran) {
    insta::assert_snapshot!(
        name,
        format!("{}\n--- standard error ---\n{}\n--- exit {} ---", ran.out, ran.err, ran.code)
    );
}

#[test]
fn every_row_of_the_clean_roster_is_settled() {
    let ran = sample("roster.csv", "zh");
    assert_eq!(ran.code, 0, "{}", ran.err);
    snapshot("roster_zh", &ran);
    snapshot("roster_en", &sample("roster.csv", "en"));
}

#[test]
fn each_mistake_of_the_other_roster_costs_its_own_row() {
    let ran = sample("roster-with-mistakes.csv", "zh");
    assert_eq!(ran.code, 1);
    snapshot("mistakes_zh", &ran);
    snapshot("mistakes_en", &sample("roster-with-mistakes.csv", "en"));
}

#[test]
fn the_counts_are_those_that_the_manual_tells() {
    let ran = sample("roster-with-mistakes.csv", "en");
    let of = |status: &str| ran.column("status").iter().filter(|known| *known == status).count();
    assert_eq!((of("charged"), of("not_due"), of("needs_facts"), of("rejected")), (9, 1, 4, 18));
    assert!(ran.err.contains("32 rows read, 3 empty skipped"), "{}", ran.err);
}

#[test]
fn every_row_of_the_samples_can_be_opened_in_both_languages() {
    for name in ["roster.csv", "roster-with-mistakes.csv"] {
        let path = repository(&format!("examples/{name}"));
        let mut ids = csv::Reader::from_reader(fs::File::open(&path).unwrap()).records().count();
        for lang in ["zh", "en"] {
            let listed = sample(name, lang);
            for (id, status) in listed.column("id").iter().zip(listed.column("status")).filter(|(id, _)| !id.is_empty())
            {
                let question = ["--rules", "cpc", "--period", "2026-11", "--lang", lang];
                let row = ["explain", "--roster", path.to_str().unwrap(), "--id", id];
                let ran = rollbook(&[&row[..], &question].concat());
                let is_settled = matches!(status.as_str(), "charged" | "exempt" | "not_due");
                // A second row with an id is not what its id opens.
                let expected = if id == "E01" { 0 } else { u8::from(!is_settled) };
                assert_eq!(ran.code, expected, "{id}: {}", ran.err);
                assert!(ran.out.lines().count() > 1, "{id}");
                ids = ids.saturating_sub(1);
            }
        }
    }
}
