//! The sample rosters: what a reader of the manual will see.

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

/// The rosters of the other rule sets, with amounts that were worked out by hand.
fn of_other_sets(id: &str, more: &[&str]) -> Ran {
    let path = repository(&format!("examples/{id}.csv"));
    let question = ["dues", path.to_str().unwrap(), "--rules", id, "--period", "2026-11", "--lang", "en"];
    let ran = rollbook(&[&question[..], more].concat());
    assert_eq!(ran.code, 0, "{id}: {}", ran.err);
    assert!(!ran.err.contains("is not used"), "{id}: {}", ran.err);
    ran
}

#[test]
fn the_league_cuts_to_whole_yuan_and_stops_at_twenty() {
    let ran = of_other_sets("cyl", &[]);
    // 0.2 % of 2000, 2499.99, 5260, 9999.99, 15000, 7800 and a third of 13500, and 3 below 2000.
    let amounts = "3.00 4.00 4.00 10.00 19.00 20.00 15.00 9.00 0.20 0.20 0.20 0.20 0.20 0.20";
    assert_eq!(ran.column("amount").join(" "), amounts);
    assert!(ran.err.contains("total 85.20 CNY"), "{}", ran.err);
}

#[test]
fn the_union_drops_what_lies_below_ten_yuan_first() {
    let ran = of_other_sets("acftu", &[]);
    // Five fen for each of 321, 321, 100, 555, 876, 0 and 1200 tens; an apprentice five fen.
    assert_eq!(ran.column("amount").join(" "), "16.05 16.05 5.00 27.75 0.05 43.80 0.00 60.00");
    assert!(ran.err.contains("total 168.70 CNY"), "{}", ran.err);
}

#[test]
fn metalworkers_pay_by_their_situation() {
    let ran = of_other_sets("igmetall", &[]);
    let amounts = "31.87 24.51 11.92 13.80 40.21 8.20 11.20 6.67 6.30 3.00 3.00 0.00";
    assert_eq!(ran.column("amount").join(" "), amounts);
    assert!(ran.err.contains("total 160.68 EUR"), "{}", ran.err);
}

#[test]
fn a_branch_that_goes_by_the_undated_page_says_so() {
    let ran = of_other_sets("fdp", &[]);
    let dated = "10.00 10.00 12.00 12.00 18.00 18.00 24.00 15.00 12.00 100.00 10.00 24.00";
    assert_eq!(ran.column("amount").join(" "), dated);
    assert!(ran.err.contains("total 265.00 EUR"), "{}", ran.err);
    // In training 5 instead of 10, and 4700 lies in the third row.
    let undated = "10.00 10.00 12.00 12.00 18.00 18.00 24.00 15.00 12.00 100.00 5.00 18.00";
    let ran = of_other_sets("fdp", &["--set", "scale=undated"]);
    assert_eq!(ran.column("amount").join(" "), undated);
    assert!(ran.err.contains("total 254.00 EUR"), "{}", ran.err);
}
