use std::fmt::Write;
use std::path::PathBuf;

use super::*;

/// The version in which each code first appeared; a new code gets a new line.
const SINCE: &[(&str, &[Code])] = &[("0.1.0", Code::ALL)];

fn list() -> String {
    let mut text = String::from(
        "# Findings\n\nWhat an answer has to say beside its amount. Code and parameters are the contract and never change \
         their meaning;\nthe message is a rendering in the reader's language, with facts and rules by their titles. \
         `error`: there is no amount\nbecause of it; `warning`: worth looking at; `note`: worth knowing. This list is \
         generated from the code: a test compares it.\n\n| code | severity | parameters | zh | en | since |\n|---|---|---|---|---|---|\n",
    );
    for (since, codes) in SINCE {
        for code in *codes {
            let params = code.params().iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
            let (zh, en) = (code.template("zh"), code.template("en"));
            let _ = write!(text, "| `{code}` | {} | {params} | {zh} | {en} | {since} |\n", code.severity().name());
        }
    }
    text
}

#[test]
fn the_list_of_findings_is_fresh() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/findings.md");
    let fresh = list();
    if std::env::var_os("ROLLBOOK_WRITE_DOCS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, fresh, "docs/findings.md is stale: run this test with ROLLBOOK_WRITE_DOCS=1");
}

#[test]
fn every_message_says_all_its_parameters_in_both_languages() {
    for code in Code::ALL {
        for language in ["zh", "en"] {
            let template = code.template(language);
            for name in code.params() {
                assert!(template.contains(&format!("{{{name}}}")), "{code} does not say {name} in {language}");
            }
            assert_eq!(template.matches('{').count(), code.params().len(), "{code} in {language}: {template}");
        }
    }
}

#[test]
fn a_language_without_wording_of_its_own_gets_the_english_wording() {
    for code in Code::ALL {
        assert_eq!(code.template("fr"), code.template("en"));
    }
}
