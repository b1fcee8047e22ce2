//! What the documents in `docs/` show is so: the examples of the lessons, of the language, of its grammar and of its diagnostics.
#![cfg(feature = "builtin")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeSet;

use rollbook::RuleSet;
use rollbook::ruleset::diagnostic::{CODES, Severity};
use rollbook::ruleset::expression::{MAX_DEPTH, MAX_NODES, parse};
use rollbook::ruleset::limits::Limits;
use rollbook::ruleset::source::LineIndex;

/// The chapters to learn from. What their commands print is compared by the tests of the command.
const LESSONS: [(&str, &str); 3] = [
    ("first-rule-set.md", include_str!("../../docs/first-rule-set.md")),
    ("how-it-works.md", include_str!("../../docs/how-it-works.md")),
    ("exercise.md", include_str!("../../docs/exercise.md")),
];
const LANGUAGE: &str = include_str!("../../docs/language.md");
const GRAMMAR: &str = include_str!("../../docs/grammar.md");
const DIAGNOSTICS: &str = include_str!("../../docs/diagnostics.md");

/// A fenced block: what stands behind the fence, the line of the first line inside it, and what is inside.
struct Block<'a> {
    mark: &'a str,
    line: usize,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in markdown.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(mark) => {
                found.push(Block { mark, line: number + 2, text: String::new() });
                open = true;
            }
            None if open => {
                let block = found.last_mut().unwrap();
                block.text.push_str(line);
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "a block is not closed");
    found
}

/// What is found in a rule set, and by its cases.
struct Judged {
    accepted: bool,
    codes: BTreeSet<&'static str>,
    said: String,
    cases: usize,
}

fn judge(text: &str) -> Judged {
    let checked = RuleSet::check(text);
    let index = LineIndex::new(text);
    let mut diagnostics = checked.diagnostics;
    let accepted = checked.rule_set.is_some();
    let mut cases = 0;
    if let Some(rule_set) = checked.rule_set {
        let results = rule_set.test(None).unwrap();
        cases = results.len();
        diagnostics.extend(results.into_iter().filter_map(|result| result.failure).map(|failure| *failure));
    }
    Judged {
        accepted,
        codes: diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
        said: diagnostics.iter().map(|diagnostic| diagnostic.render("example", &index)).collect(),
        cases,
    }
}

#[test]
fn every_rule_set_of_the_reference_is_accepted_without_a_warning_and_passes_its_cases() {
    let (mut examples, mut cases, mut fragments) = (0, 0, 0);
    let mut wrong = Vec::new();
    for block in blocks(LANGUAGE) {
        match block.mark {
            "yaml" => {
                assert!(block.text.starts_with("rollbook:"), "line {}: no whole rule set", block.line);
                let judged = judge(&block.text);
                examples += 1;
                cases += judged.cases;
                if !judged.said.is_empty() || judged.cases == 0 {
                    wrong.push(format!("line {} ({} cases):\n{}", block.line, judged.cases, judged.said));
                }
            }
            "yaml fragment" => fragments += 1,
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(examples >= 13 && cases >= 90, "{examples} examples with {cases} cases");
    assert!(fragments <= 5, "{fragments} fragments that nothing checks");
}

#[test]
fn every_step_of_the_lessons_is_a_sound_rule_set_or_says_that_it_is_not() {
    let (mut sound, mut refused, mut cases) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (page, text) in LESSONS {
        for block in blocks(text).into_iter().filter(|block| block.mark.starts_with("yaml")) {
            let judged = judge(&block.text);
            cases += judged.cases;
            let is_as_it_says = if block.mark.ends_with(" refused") {
                refused += 1;
                !judged.accepted
            } else {
                sound += 1;
                judged.said.is_empty()
            };
            if !is_as_it_says {
                wrong.push(format!("{page}, line {}:\n{}", block.line, judged.said));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(sound >= 10 && refused >= 2 && cases >= 90, "{sound} sound, {refused} refused, {cases} cases");
}

#[test]
fn the_bounds_of_the_reference_are_those_of_the_code() {
    let limits = Limits::default();
    for (bound, number) in [
        ("bytes of a document", limits.bytes),
        ("lists and maps inside one another", limits.depth),
        ("texts, lists and maps of a document", limits.nodes),
        ("bytes of one text", limits.text_bytes),
        ("parts of one expression", MAX_NODES),
        ("brackets and conditions inside one another", MAX_DEPTH),
        ("steps of one answer", usize::try_from(rollbook::ruleset::MAX_STEPS).unwrap()),
        ("diagnostics of one document", rollbook::ruleset::diagnostic::MOST_DIAGNOSTICS),
    ] {
        let row = LANGUAGE.lines().find(|line| line.starts_with(&format!("| {bound} |")));
        let row = row.unwrap_or_else(|| panic!("no row `{bound}`"));
        let written = row.split('|').nth(2).unwrap().trim().replace(' ', "");
        assert_eq!(written, number.to_string(), "{bound}");
    }
}

#[test]
fn every_expression_of_the_grammar_parses_and_every_wrong_one_does_not() {
    let (mut right, mut wrong) = (0, 0);
    for block in blocks(GRAMMAR) {
        let is_right = match block.mark {
            "expression" => true,
            "expression wrong" => false,
            _ => continue,
        };
        for line in block.text.lines() {
            // What a line says beside its expression stands behind two blanks and a sign that no expression has.
            let text = line.split("  #").next().unwrap().trim();
            if text.is_empty() {
                continue;
            }
            let parsed = parse(text);
            assert_eq!(parsed.is_ok(), is_right, "`{text}`: {:?}", parsed.err().map(|fault| fault.message));
            if is_right { right += 1 } else { wrong += 1 }
        }
    }
    assert!(right >= 50 && wrong >= 15, "{right} right, {wrong} wrong");
}

/// The lines of the page that every example stands behind, key by key; an example that has a key of its own replaces it.
fn behind_the_header(header: &str, example: &str) -> String {
    let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let own: BTreeSet<String> =
        example.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).map(key).collect();
    let mut text = String::new();
    let mut keeps = true;
    for line in header.lines() {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            keeps = !own.contains(&key(line));
        }
        if keeps {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str(example);
    text
}

/// A heading `### code` of the page and the blocks below it.
fn sections(markdown: &str) -> Vec<(String, Vec<Block<'_>>)> {
    let headings: Vec<(usize, String)> = markdown
        .lines()
        .enumerate()
        .filter_map(|(number, line)| Some((number, line.strip_prefix("### `")?.strip_suffix('`')?.to_owned())))
        .collect();
    let mut sections: Vec<(String, Vec<Block<'_>>)> =
        headings.iter().map(|(_, code)| (code.clone(), Vec::new())).collect();
    for block in blocks(markdown) {
        let at = headings.iter().rposition(|(number, _)| *number < block.line);
        if let Some(at) = at {
            sections[at].1.push(block);
        }
    }
    sections
}

#[test]
fn every_code_has_one_heading_and_no_heading_is_unknown() {
    let headings: Vec<String> = sections(DIAGNOSTICS).into_iter().map(|(code, _)| code).collect();
    let mut sorted = headings.clone();
    sorted.sort_unstable();
    let mut codes: Vec<String> = CODES.iter().map(|(code, _)| (*code).to_owned()).collect();
    codes.sort_unstable();
    assert_eq!(sorted, codes);
}

#[test]
fn every_example_of_a_diagnostic_shows_it_and_its_mended_form_does_not() {
    /// Bounds, whose examples would be longer than the page.
    const WITHOUT_EXAMPLE: [&str; 11] = [
        "too_large",
        "too_deep",
        "too_many_nodes",
        "text_too_long",
        "too_many_versions",
        "too_many_alternatives",
        "too_many_bands",
        "too_many_words",
        "expression_too_deep",
        "expression_too_long",
        "control_character",
    ];
    let header = blocks(DIAGNOSTICS).into_iter().find(|block| block.mark == "yaml header").unwrap().text;
    let is_warning = |code: &str| CODES.iter().any(|(known, what)| *known == code && what.starts_with("warning"));
    let mut failed = Vec::new();
    for (code, blocks) in sections(DIAGNOSTICS) {
        let mut shown = 0;
        for block in blocks {
            let whole = |text: &str| match block.mark {
                "yaml" => behind_the_header(&header, text),
                _ => text.to_owned(),
            };
            // A JSON example shows its texts on lines of their own, without comments.
            let (wrong, right) = match block.mark {
                "yaml" => block.text.split_once("# right\n").unwrap_or((&block.text, "")),
                "json" | "yaml whole" => (&*block.text, ""),
                _ => continue,
            };
            shown += 1;
            let judged = judge(&whole(wrong));
            let refused_as_it_should = judged.accepted || !is_warning(&code);
            if !judged.codes.contains(&*code) || !refused_as_it_should {
                failed.push(format!("{code}, line {}: the wrong form gives\n{}", block.line, judged.said));
            }
            if !right.is_empty() {
                let judged = judge(&whole(right));
                if !judged.said.is_empty() {
                    failed.push(format!("{code}, line {}: the right form gives\n{}", block.line, judged.said));
                }
            }
        }
        if shown == 0 && !WITHOUT_EXAMPLE.contains(&&*code) {
            failed.push(format!("{code} has no example"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_header_of_the_examples_is_itself_sound() {
    let header = blocks(DIAGNOSTICS).into_iter().find(|block| block.mark == "yaml header").unwrap().text;
    let checked = RuleSet::check(&header);
    assert!(checked.rule_set.is_some());
    assert!(checked.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
}
