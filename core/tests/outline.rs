//! A rule set as a document to read: nothing that is in force is left out, and what changed is found.
#![cfg(feature = "builtin")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::disallowed_methods, reason = "the tests read files")]

use std::fs;
use std::path::{Path, PathBuf};

use rollbook::RuleSet;
use rollbook::explain::outline::{ChangeKind, Entry, Outline, OutlineFormat};
use rollbook::ruleset::InForce;
use rollbook::value::Date;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn entries(outline: &Outline) -> impl Iterator<Item = &Entry> {
    outline.sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.entries)
}

/// Every sound rule set of the repository.
fn rule_sets() -> Vec<(PathBuf, RuleSet)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["tests/sound", "tests/shapes"] {
        files.extend(fs::read_dir(top.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    for built_in in rollbook::api::BUILTIN {
        files.push(top.join(format!("core/rulesets/{0}/{0}.yaml", built_in.id)));
    }
    files.sort();
    let parse = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        RuleSet::parse(&text).ok().map(|rule_set| (file, rule_set))
    };
    files.into_iter().filter_map(parse).collect()
}

#[test]
fn every_rule_in_force_stands_in_the_document_with_its_grounds() {
    let all = rule_sets();
    assert!(all.len() > 25, "{}", all.len());
    let mut rules_seen = 0;
    for (file, rule_set) in all {
        let rules = rule_set.rules();
        let days = rules.timelines.iter().flat_map(|timeline| &timeline.versions).map(|version| version.from);
        for at in days.filter(|day| !day.is_bound()).chain([day("1990-01-01"), day("2100-01-01")]) {
            let outline = rule_set.outline(Some(at), None, "en");
            let in_force = InForce::at(&rules.timelines, at, Date::NEVER);
            for (number, timeline) in rules.timelines.iter().enumerate() {
                let Some(version) = timeline.at(at, Date::NEVER) else { continue };
                let version = &timeline.versions[usize::from(version)];
                let found = entries(&outline).find(|entry| entry.path.as_deref() == Some(&*timeline.path));
                if timeline.path.starts_with("not_encoded") {
                    let text = rules.not_encoded.iter().find(|text| {
                        rules.path(text.timeline) == &*timeline.path && in_force.version(text.timeline).is_some()
                    });
                    let why = text.unwrap().why.get("en").unwrap();
                    assert!(entries(&outline).any(|entry| entry.says.iter().any(|line| line == why)), "{why}");
                    continue;
                }
                let place = format!("{}: {} ({number}) on {at}", file.display(), timeline.path);
                let grounds = found.and_then(|entry| entry.grounds.as_ref());
                let grounds = grounds.unwrap_or_else(|| panic!("{place}"));
                assert_eq!(grounds.attested, version.attested, "{place}");
                assert_eq!(grounds.from, Some(version.from).filter(|from| !from.is_bound()), "{place}");
                assert_eq!(grounds.clauses.is_empty(), version.cite.is_empty(), "{place}");
                rules_seen += 1;
            }
        }
    }
    assert!(rules_seen > 500, "{rules_seen}");
}

#[test]
fn every_line_is_written_in_every_form_and_language() {
    for (file, rule_set) in rule_sets() {
        for language in ["zh", "en"] {
            let outline = rule_set.outline(None, None, language);
            let forms =
                [OutlineFormat::Text, OutlineFormat::Markdown, OutlineFormat::Html].map(|form| outline.write(form));
            for entry in entries(&outline) {
                let cells = entry.tables.iter().flat_map(|table| table.rows.iter().flatten());
                for piece in entry.says.iter().chain(cells).filter(|piece| piece.chars().all(char::is_alphanumeric)) {
                    assert!(forms.iter().all(|form| form.contains(piece.as_str())), "{}: {piece}", file.display());
                }
                let lines = entry.says.iter().chain(entry.title.iter());
                assert!(lines.clone().all(|line| !line.trim().is_empty()), "{}: {:?}", file.display(), entry.path);
                for table in &entry.tables {
                    assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", file.display());
                }
            }
        }
    }
}

#[test]
fn a_rule_set_differs_in_nothing_from_itself() {
    for (file, rule_set) in rule_sets() {
        let outline = rule_set.outline(None, None, "en");
        assert_eq!(outline.changes_to(&outline), [], "{}", file.display());
    }
}

#[test]
fn the_ceiling_of_2017_is_new_and_gone_when_the_sides_are_exchanged() {
    let cpc = RuleSet::builtin("cpc").unwrap();
    let (before, after) = (["2016-12-31", "2017-01-01"].map(|at| cpc.outline(Some(day(at)), None, "en"))).into();
    let kind_of = |from: &Outline, to: &Outline, path: &str| {
        from.changes_to(to).into_iter().find(|change| change.path.as_deref() == Some(path)).map(|change| change.kind)
    };
    assert_eq!(kind_of(&before, &after, "dues.limits.cap"), Some(ChangeKind::New));
    assert_eq!(kind_of(&after, &before, "dues.limits.cap"), Some(ChangeKind::Gone));
    assert_eq!(kind_of(&before, &after, "base.formula.retired"), Some(ChangeKind::Changed));
    assert_eq!(kind_of(&before, &after, "dues.tariff.waged"), None);
    let there: Vec<_> = before.changes_to(&after).iter().map(|change| change.path.clone()).collect();
    let mut back: Vec<_> = after.changes_to(&before).iter().map(|change| change.path.clone()).collect();
    assert!(there.iter().all(|path| back.contains(path)));
    back.retain(|path| !there.contains(path));
    assert_eq!(back, []);
}
