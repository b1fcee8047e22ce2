//! Rule sets that pass a bound: made here, because a file of a megabyte helps nobody.

use std::fmt::Write as _;

/// A rule set that passes a bound, and the line on which that is told, where it is not the first.
pub(crate) struct Generated {
    pub text: String,
    pub line: u32,
}

/// A sound rule set with one charge; each generator puts its fault into one of the gaps.
pub(crate) struct Sound<'a> {
    pub facts: &'a str,
    pub terms: &'a str,
    pub tariff: &'a str,
    pub end: &'a str,
}

impl Default for Sound<'_> {
    fn default() -> Self {
        Self { facts: "", terms: "", tariff: "{ cite: rules art. 1, amount: base }", end: "" }
    }
}

impl Sound<'_> {
    pub(crate) fn text(&self) -> String {
        let Self { facts, terms, tariff, end } = self;
        format!(
            "rollbook: 1
id: bowls
edition: 1
languages: [en]
title: Coolabah Bowls Club
currency: AUD
sources:
  rules: {{ title: Club rules, in_force: 2020-07-01, attested: official }}
facts:
  base: {{ kind: money per month, at_least: 0 }}
{facts}terms:
  half: {{ kind: money per month, cite: rules art. 2, is: base / 2 }}
{terms}charges:
  dues:
    per: month
    round: {{ cite: rules art. 6, is: half_up to 0.05 }}
    tariff: {tariff}
{end}"
        )
    }
}

/// The line of the first place at which a text stands.
pub(crate) fn line_of(text: &str, mark: &str) -> u32 {
    let before = &text[..text.find(mark).unwrap_or_else(|| panic!("`{mark}` stands nowhere"))];
    u32::try_from(before.matches('\n').count()).unwrap() + 1
}

fn marked(text: String, mark: &str) -> Generated {
    let line = line_of(&text, mark);
    Generated { text, line }
}

/// The rule set of a bound, by the name that the index of broken rule sets gives its generator.
pub(crate) fn generated(name: &str) -> Generated {
    match name {
        "large" => large(),
        "deep" => deep(),
        "many_nodes" => many_nodes(),
        "long_text" => long_text(),
        "many_bands" => many_bands(),
        "many_versions" => many_versions(),
        "many_alternatives" => many_alternatives(),
        "many_words" => many_words(),
        "deep_expression" => deep_expression(),
        "long_expression" => long_expression(),
        other => panic!("there is no generator `{other}`"),
    }
}

fn large() -> Generated {
    let mut text = Sound::default().text();
    while text.len() < 1_048_577 {
        text.push_str("# nothing but a remark\n");
    }
    text.truncate(1_048_577);
    Generated { text, line: 1 }
}

fn deep() -> Generated {
    // The map of the document is the first level.
    let end = format!("not_encoded: {}{}\n", "[".repeat(32), "]".repeat(32));
    marked(Sound { end: &end, ..Sound::default() }.text(), "not_encoded")
}

fn many_nodes() -> Generated {
    let end = format!("not_encoded:\n{}", "- a\n".repeat(100_001));
    let text = Sound { end: &end, ..Sound::default() }.text();
    // The document itself, its other values and the list stand before.
    let before = Sound::default().text();
    let values = 1 + 1 + before.matches(": ").count() - before.matches(": {").count();
    let maps = before.matches(": {").count() + ["sources:\n", "facts:\n", "terms:\n", "charges:\n", "dues:\n"].len();
    let items = 100_000 - values - maps;
    // `languages: [en]` is a list and a text.
    let line = line_of(&text, "- a\n") + u32::try_from(items).unwrap() - 1;
    Generated { text, line }
}

fn long_text() -> Generated {
    let end = format!("answers: {}\n", "d".repeat(16_385));
    marked(Sound { end: &end, ..Sound::default() }.text(), "answers")
}

fn many_bands() -> Generated {
    let mut tariff = "\n      cite: rules art. 1\n      marginal:\n        of: base\n        bands:\n".to_owned();
    tariff.push_str("          - { below: 1, rate: 1% }\n");
    for row in 1..1_000 {
        writeln!(tariff, "          - {{ from: {row}, below: {}, rate: 1% }}", row + 1).unwrap();
    }
    tariff.push_str("          - { from: 1000, rate: 1% }");
    marked(Sound { tariff: &tariff, ..Sound::default() }.text(), "from: 1000,")
}

fn many_versions() -> Generated {
    let mut tariff = String::new();
    for day in 0..201 {
        let (month, day) = (1 + day / 28, 1 + day % 28);
        write!(tariff, "\n      - {{ from: 2020-{month:02}-{day:02}, chosen: by the day, amount: base }}").unwrap();
    }
    // The 201st version.
    marked(Sound { tariff: &tariff, ..Sound::default() }.text(), "2020-08-05")
}

fn many_alternatives() -> Generated {
    let mut tariff = String::new();
    for number in 0..201 {
        write!(tariff, "\n      a{number:03}: {{ cite: rules art. 1, when: base = {number}, amount: 1 }}").unwrap();
    }
    marked(Sound { tariff: &tariff, ..Sound::default() }.text(), "a200:")
}

fn many_words() -> Generated {
    let words: String =
        (0..129).fold(String::new(), |words, number| words + &format!("      w{number}: word {number}\n"));
    let facts = format!("  grade:\n    kind: one_of\n    words:\n{words}");
    marked(Sound { facts: &facts, ..Sound::default() }.text(), "w128:")
}

fn deep_expression() -> Generated {
    let terms = format!(
        "  deep: {{ kind: money per month, cite: rules art. 3, is: {}base{} }}\n",
        "(".repeat(65),
        ")".repeat(65)
    );
    marked(Sound { terms: &terms, ..Sound::default() }.text(), "deep:")
}

fn long_expression() -> Generated {
    let group = format!("({})", ["base"; 101].join(" + "));
    let terms =
        format!("  long:\n    kind: money per month\n    cite: rules art. 3\n    is: {}\n", [&*group; 11].join(" + "));
    marked(Sound { terms: &terms, ..Sound::default() }.text(), "is: (base")
}
