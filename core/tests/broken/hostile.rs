//! Documents that mean harm: whatever they hold, the checker ends soon, says little, and what it takes can be computed.

use std::fmt::Write as _;
use std::time::Instant;

use super::generated::{Sound, generated};
use super::{PATIENCE, diagnostics};

/// The codes that are told of a document, each once.
fn codes(text: &str) -> Vec<&'static str> {
    let start = Instant::now();
    let said = diagnostics(text);
    assert!(start.elapsed() < PATIENCE, "it took {:?}", start.elapsed());
    assert!(said.len() <= 100, "{} diagnostics", said.len());
    let mut codes: Vec<_> = said.iter().map(|fault| fault.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn with_terms(terms: &str) -> String {
    Sound { terms, ..Sound::default() }.text()
}

/// `t0 = base`, then each term by what `step` makes of the one before.
fn chain(length: usize, step: impl Fn(&str) -> String) -> String {
    let mut terms = "  t0: { kind: money per month, cite: rules art. 3, is: base }\n".to_owned();
    for number in 1..length {
        let before = step(&format!("t{}", number - 1));
        writeln!(terms, "  t{number}: {{ kind: money per month, cite: rules art. 3, is: {before} }}").unwrap();
    }
    terms
}

#[test]
fn brackets_without_end_are_too_deep() {
    for opening in ["[", "[ { a: ", "- ", "{\"a\":[", "{\"a\":"] {
        let text = opening.repeat(100_000);
        assert_eq!(codes(&text), ["too_deep"], "{opening}");
    }
    let stairs: String = (0..1_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(codes(&stairs), ["too_deep"]);
}

#[test]
fn brackets_in_an_expression_are_too_deep() {
    for opening in ["(", "not ", "-", "if yes then ", "round(", "latest(", "floor(ceil("] {
        let terms = format!("  t: {{ cite: rules art. 3, is: \"{}\" }}\n", opening.repeat(16_000 / opening.len()));
        assert_eq!(codes(&with_terms(&terms)), ["expression_too_deep"], "{opening}");
    }
}

#[test]
fn a_million_bands_are_too_many() {
    let table = |rows: String| {
        let tariff = format!("{{ cite: rules art. 1, slab: {{ of: base, bands: [{rows}] }} }}");
        Sound { tariff: &tariff, ..Sound::default() }.text()
    };
    assert_eq!(codes(&table("{},".repeat(1_000_000))), ["too_large"]);
    assert_eq!(codes(&table("{},".repeat(300_000))), ["too_many_nodes"]);
    let rows =
        (0..30_000).map(|row| format!("{{ from: {row}, below: {}, rate: 1% }},", row + 1)).take(20_000).collect();
    assert_eq!(codes(&table(rows)), ["too_many_bands"]);
}

#[test]
fn a_table_of_rows_that_all_overlap_is_refused_in_time() {
    let rows: String = (0..1_000).map(|row| format!("{{ from: {row}, rate: {}.5% }},", row % 90)).collect();
    let tariff = format!("{{ cite: rules art. 1, slab: {{ of: base, bands: [{rows}] }} }}");
    assert_eq!(codes(&Sound { tariff: &tariff, ..Sound::default() }.text()), ["band_overlap"]);
}

#[test]
fn a_chain_of_ten_thousand_terms_is_too_deep() {
    assert_eq!(codes(&with_terms(&chain(10_000, str::to_owned))), ["expression_too_deep"]);
}

#[test]
fn a_circle_of_ten_thousand_terms_is_told_in_a_few_words() {
    let mut terms = chain(10_000, str::to_owned);
    terms = terms.replacen("is: base", "is: t9999", 1);
    let text = with_terms(&terms);
    assert_eq!(codes(&text), ["circular"]);
    let said = diagnostics(&text);
    assert!(said[0].message.len() < 400 && said[0].related.len() < 10, "{}", said[0].message);
}

#[test]
fn two_hundred_alternatives_that_all_overlap_are_refused_in_time() {
    let mut tariff = String::new();
    for number in 0..200 {
        write!(tariff, "\n      a{number}: {{ cite: rules art. 1, when: base > {number}, amount: 1 }}").unwrap();
    }
    assert_eq!(codes(&Sound { tariff: &tariff, ..Sound::default() }.text()), ["two_rules"]);
}

#[test]
fn alternatives_that_are_hard_to_tell_apart_are_told_undecided_in_time() {
    // Each pair excludes each other only if all of thirty conditions over three facts are looked at together.
    let mut facts = String::new();
    for fact in 0..30 {
        writeln!(facts, "  f{fact}: {{ kind: number }}").unwrap();
    }
    let mut tariff = String::new();
    for number in 0..200 {
        let any = |from: usize| {
            let parts = (0..8).map(|part| {
                let (a, b) = ((from + part * 7) % 30, (from + part * 11 + 1) % 30);
                format!("(f{a} < {part} or f{b} > {number} or f{a} + f{b} = {from})")
            });
            parts.collect::<Vec<_>>().join(" and ")
        };
        write!(
            tariff,
            "\n      a{number}:\n        cite: rules art. 1\n        amount: 1\n        when: {}",
            any(number)
        )
        .unwrap();
    }
    let told = codes(&Sound { facts: &facts, tariff: &tariff, ..Sound::default() }.text());
    assert!(!told.is_empty() && told.iter().all(|code| ["undecided", "two_rules"].contains(code)), "{told:?}");
}

#[test]
fn a_term_that_doubles_forty_times_is_computed_at_once() {
    let terms = chain(41, |before| format!("{before} + {before}"));
    let cases = "cases:\n  - { period: 2025-03, facts: { base: 0.05 }, expect: 54975581388.80 }\n";
    let text =
        Sound { terms: &terms, tariff: "{ cite: rules art. 1, amount: t40 }", end: cases, ..Sound::default() }.text();
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn a_term_that_grows_beyond_all_numbers_is_rejected_by_its_answer() {
    let terms = chain(41, |before| format!("{before} * 1000000"));
    let cases = "cases:\n  - { period: 2025-03, facts: { base: 1 }, expect: rejected, findings: [ overflow ] }\n";
    let text =
        Sound { terms: &terms, tariff: "{ cite: rules art. 1, amount: t40 }", end: cases, ..Sound::default() }.text();
    assert_eq!(codes(&text), [""; 0]);
}

/// Does something on a stack as small as threads of phones have; a debug build uses several times as much.
fn on_a_small_stack(work: impl FnOnce() + Send) {
    let bytes = if cfg!(debug_assertions) { 1_536 * 1_024 } else { 512 * 1_024 };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes).spawn_scoped(scope, work);
        thread.unwrap().join().unwrap();
    });
}

#[test]
fn the_deepest_evaluation_that_is_taken_fits_a_small_stack() {
    let step = |before: &str| format!("{before} + 0");
    let length = (1..100).rfind(|length| codes(&with_terms(&chain(*length, step))).is_empty()).unwrap();
    assert!(length > 50, "{length}");
    let terms = chain(length, step);
    let tariff = format!("{{ cite: rules art. 1, amount: t{} }}", length - 1);
    let cases = "cases:\n  - { period: 2025-03, facts: { base: 7 }, expect: 7 }\n";
    let text = Sound { terms: &terms, tariff: &tariff, end: cases, ..Sound::default() }.text();
    on_a_small_stack(|| assert_eq!(codes(&text), [""; 0]));
}

#[test]
fn the_deepest_expression_that_is_taken_fits_a_small_stack() {
    for (open, close) in [("(", ")"), ("floor(", ")"), ("-", ""), ("if yes then 1 else ", "")] {
        let nested = |depth: usize| {
            let terms = format!(
                "  deep: {{ kind: money per month, cite: rules art. 3, is: {}base{} }}\n",
                open.repeat(depth),
                close.repeat(depth)
            );
            with_terms(&terms)
        };
        let depth = (1..100).rfind(|depth| codes(&nested(*depth)).is_empty()).unwrap();
        assert!(depth > 30, "{open}: {depth}");
        on_a_small_stack(|| assert_eq!(codes(&nested(depth)), [""; 0]));
        on_a_small_stack(|| assert_eq!(codes(&nested(800)), ["expression_too_deep"]));
    }
}

#[test]
fn charges_that_rest_on_one_another_are_bounded_like_terms() {
    let charges = |count: usize| {
        let mut end = "  c0: { per: month, round: { cite: rules art. 6, is: half_up to 0.05 }, tariff: { cite: rules art. 1, amount: base } }\n".to_owned();
        for number in 1..count {
            let before = number - 1;
            writeln!(
                end,
                "  c{number}: {{ per: month, round: {{ cite: rules art. 6, is: half_up to 0.05 }}, tariff: {{ cite: rules art. 1, amount: c{before} + 1 }} }}"
            )
            .unwrap();
        }
        end
    };
    let with = |count: usize, expect: usize| {
        let case = format!(
            "cases:\n  - {{ charge: c{}, period: 2025-03, facts: {{ base: 7 }}, expect: {expect} }}\n",
            count - 1
        );
        let end = charges(count) + &case;
        Sound { end: &end, ..Sound::default() }.text()
    };
    assert_eq!(codes(&with(20, 26)), [""; 0]);
    assert_eq!(codes(&with(1_000, 1_006)), ["expression_too_deep"]);
}

#[test]
fn conditions_that_double_do_not_double_the_work() {
    let mut terms = "  t0: { kind: yes_no, cite: rules art. 3, is: base > 10 }\n".to_owned();
    for number in 1..30 {
        let before = number - 1;
        writeln!(
            terms,
            "  t{number}: {{ kind: yes_no, cite: rules art. 3, is: t{before} and not t{before} or not t{before} and t{before} }}"
        )
        .unwrap();
    }
    let tariff = "\n      one: { cite: rules art. 1, when: t29, amount: 1 }\n      other: { cite: rules art. 1, when: not t29, amount: 2 }";
    let cases = "cases:\n  - { period: 2025-03, facts: { base: 20 }, expect: 2 }\n";
    let text = Sound { terms: &terms, tariff, end: cases, ..Sound::default() }.text();
    let told = codes(&text);
    assert!(told.is_empty() || told == ["undecided"], "{told:?}");
}

#[test]
fn an_expression_of_the_greatest_size_is_taken() {
    let group = format!("({})", ["base"; 90].join(" + "));
    let sum = [&*group; 11].join(" + ");
    assert!(sum.len() < 16_384);
    let terms = format!("  long: {{ kind: money per month, cite: rules art. 3, is: {sum} }}\n");
    let cases = "cases:\n  - { period: 2025-03, facts: { base: 1 }, expect: 990 }\n";
    let text =
        Sound { terms: &terms, tariff: "{ cite: rules art. 1, amount: long }", end: cases, ..Sound::default() }.text();
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn sixty_expressions_of_the_greatest_size_are_taken_in_time() {
    let group = format!("({})", ["base"; 90].join(" + "));
    let sum = [&*group; 11].join(" + ");
    let mut terms = String::new();
    for number in 0..60 {
        writeln!(terms, "  long{number}: {{ kind: money per month, cite: rules art. 3, is: {sum} }}").unwrap();
    }
    assert_eq!(codes(&with_terms(&terms)), [""; 0]);
}

#[test]
fn one_key_of_a_megabyte_is_too_long() {
    assert_eq!(codes(&format!("{}: 1\n", "k".repeat(1_000_000))), ["text_too_long"]);
    assert_eq!(codes(&format!("? {}\n: 1\n", "k".repeat(1_000_000))), ["text_too_long"]);
    assert_eq!(codes(&format!("{{\"{}\": \"1\"}}", "k".repeat(1_000_000))), ["text_too_long"]);
    assert_eq!(codes(&"k".repeat(2_000_000)), ["too_large"]);
}

#[test]
fn a_hundred_thousand_keys_are_refused_with_at_most_a_hundred_faults() {
    let keys: String = (0..90_000).map(|key| format!("k{key}: 1\n")).collect();
    assert_eq!(codes(&keys), ["unknown_key"]);
    let twice: String = (0..90_000).map(|key| format!("k{}: 1\n", key % 300)).collect();
    assert_eq!(codes(&twice), ["duplicate_key"]);
}

#[test]
fn thousands_of_facts_terms_and_charges_are_taken_in_time() {
    let mut facts = String::new();
    let mut terms = String::new();
    for number in 0..4_000 {
        writeln!(facts, "  f{number}: {{ kind: money per month, title: fact {number} }}").unwrap();
        writeln!(terms, "  t{number}: {{ kind: money per month, cite: rules art. 3, is: f{number} + base }}").unwrap();
    }
    assert_eq!(codes(&Sound { facts: &facts, terms: &terms, ..Sound::default() }.text()), [""; 0]);
}

#[test]
fn every_bound_is_the_same_in_json() {
    let text = generated("long_text").text;
    assert!(text.contains("answers"));
    let deep = format!("{{\"not_encoded\":{}{}}}", "[".repeat(32), "]".repeat(32));
    assert_eq!(codes(&deep), ["too_deep"]);
    let nodes = format!("{{\"not_encoded\":[{}\"a\"]}}", "\"a\",".repeat(100_000));
    assert_eq!(codes(&nodes), ["too_many_nodes"]);
}
