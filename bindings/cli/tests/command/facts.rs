//! What a roster must hold, and empty rosters.

use std::fs;

use super::support::{club, rollbook};

#[test]
fn each_fact_is_shown_with_its_words_range_and_what_holds_without_it() {
    let ran = rollbook(&["facts", "cpc", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for lines in [
        "CPC membership dues · membership dues\nThe roster: a row for each member; a column `id`, and columns under the titles or names below\nOther charges have their own: voluntary, remittance (--charge)\n",
        "\nstage of membership (stage)\n    one of\n        applicant",
        "\n        full  full member\n    needed where the rules ask for it\n",
        "\nlast day of membership (left)\n    a day, such as 2026-01-31\n    if left out: never\n",
        "\nhousing fund (housing_fund)\n    an amount in CNY a month, such as 1234.56, 0 or more\n    needed where",
        "    if left out: no hardship\n",
        "\ndues base (base)\n    the relatively fixed, regular part of monthly pay, after tax\n    an amount in CNY a month, such as 1234.56, 0 or more\n    if left out: worked out from other facts\n",
    ] {
        assert!(ran.out.contains(lines), "{lines}\n---\n{}", ran.out);
    }
    assert!(!ran.out.contains("dues_received"), "what organisations tell is no part of a roster of members");
}

#[test]
fn the_page_is_in_the_language_asked_for_and_of_the_charge() {
    let ran = rollbook(&["facts", "cpc", "--charge", "remittance"]);
    assert!(ran.out.starts_with("中国共产党党费 · 上缴党费\n名册：每个组织一行"), "{}", ran.out);
    assert!(ran.out.contains("        province  省、自治区、直辖市党委\n"), "{}", ran.out);
    assert!(ran.out.contains("每年金额（CNY），如 1234.56，不小于0"), "{}", ran.out);
    let lists = rollbook(&["facts", "cpc", "--charge", "voluntary", "--lang", "en"]);
    assert!(lists.out.contains("a list: no cell can hold it, JSON lines can"), "{}", lists.out);
    let table = rollbook(&["facts", "cpc", "--charge", "remittance", "--lang", "en", "--format", "markdown"]);
    assert!(
        table.out.contains("| `dues_received` | dues actually paid in the year | an amount in CNY a year"),
        "{}",
        table.out
    );
    let json = rollbook(&["facts", "cpc", "--charge", "remittance", "--format", "json"]);
    let facts: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&facts[0]["name"], &facts[1]["per"]), (&"level".into(), &"year".into()));
}

#[test]
fn a_charge_that_is_not_there_is_named() {
    assert_eq!(
        rollbook(&["facts", "cpc", "--charge", "due"]).failure(),
        "there is no charge `due`; did you mean `dues`?"
    );
    rollbook(&["facts", "cpd"]).failure();
    let (_folder, rules) = club("");
    assert!(
        rollbook(&["facts", &rules]).out.contains("\npaid\n    an amount in EUR a month, such as 1234.56, 0 or more\n")
    );
}

#[test]
fn a_template_is_a_roster_that_only_lacks_rows() {
    let folder = tempfile::tempdir().unwrap();
    let endings = if cfg!(feature = "workbooks") { &["csv", "tsv", "xlsx"][..] } else { &["csv", "tsv"] };
    for rules in ["acftu", "cpc", "cyl", "fdp", "igmetall"] {
        for lang in ["zh", "en", "de"] {
            for ending in endings {
                let path = folder.path().join(format!("{rules}-{lang}.{ending}"));
                let path = path.to_str().unwrap();
                let ran = rollbook(&["facts", rules, "--lang", lang, "--template", path]);
                if ran.code != 0 {
                    assert!(ran.failure().contains("speaks"), "{ran:?}");
                    continue;
                }
                let ran = rollbook(&["dues", path, "--rules", rules, "--period", "2026-11", "--lang", lang]);
                assert_eq!((ran.code, ran.rows().len()), (0, 0), "{rules} {lang} {ending}: {}", ran.err);
                assert!(!ran.err.contains("not used") && !ran.err.contains("未使用"), "{rules} {lang}: {}", ran.err);
            }
        }
    }
}

#[test]
fn a_template_is_never_written_over_a_roster() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roster.csv");
    fs::write(&path, "filled in").unwrap();
    let ran = rollbook(&["facts", "cpc", "--template", path.to_str().unwrap()]);
    assert!(ran.failure().contains("roster.csv is there already, and is not written over"), "{ran:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "filled in");
    let lines = folder.path().join("roster.jsonl");
    assert!(rollbook(&["facts", "cpc", "--template", lines.to_str().unwrap()]).code == 2 && !lines.exists());
}

#[cfg(feature = "workbooks")]
#[test]
fn a_workbook_offers_the_words_and_refuses_what_is_out_of_range() {
    use std::io::Read;

    let folder = tempfile::tempdir().unwrap();
    let part = |rules: &str, more: &[&str], part: &str| {
        let path = folder.path().join("roster.xlsx");
        let _ = fs::remove_file(&path);
        let ran = rollbook(&[&["facts", rules, "--template", path.to_str().unwrap()], more].concat());
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
        let mut text = String::new();
        archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheet = part("cpc", &[], "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>\"申请人,积极分子,发展对象,预备党员,正式党员\"</formula1>"), "{sheet}");
    assert!(sheet.contains("type=\"date\"") && sheet.contains("type=\"decimal\""), "{sheet}");
    assert!(part("cpc", &["--lang", "en"], "xl/comments1.xml").contains("needed where the rules ask for it"));
    // Many long words stand on a sheet of their own.
    let sheet = part("cpc", &["--lang", "en", "--charge", "remittance"], "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>'words'!$A$1:$A$12</formula1>"), "{sheet}");
}
