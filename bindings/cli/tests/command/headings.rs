//! Which column tells which fact.

use super::support::{dues, rollbook_with};

#[test]
fn a_heading_is_a_name_or_a_title_in_any_language_of_the_rule_set() {
    for heading in ["id,stage,category,base", "编号,发展阶段,类别,基数", "ID, stage of membership ,类别,dues base"]
    {
        let ran = dues(format!("{heading}\nA,full,waged,5400\n"), &[]);
        assert_eq!((ran.code, ran.column("amount")), (0, vec!["81.00".to_owned()]), "{heading}: {}", ran.err);
        assert!(!ran.err.contains("not used"), "{}", ran.err);
    }
}

#[test]
fn columns_may_stand_in_any_order_and_the_id_need_not_be_first() {
    let ran = dues("base,id,category,stage\n5400,A,waged,full\n", &[]);
    assert_eq!(ran.rows()[0][..3], ["A", "2026-11", "81.00"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_heading() {
    let ran = dues("\u{feff}id,stage,category,base\nA,full,waged,5400\n", &["--keep"]);
    assert_eq!(ran.column("amount"), ["81.00"]);
    assert!(ran.out.starts_with("id,stage,category,base,id,period,"), "{}", ran.out);
}

#[test]
fn a_roster_without_ids_is_refused_without_showing_its_first_row() {
    let failure = dues("full,waged,5400\nfull,waged,6300\n", &[]);
    let failure = failure.failure();
    assert!(failure.contains("no column `id` (or `ID`, `编号`)"), "{failure}");
    assert!(!failure.contains("5400"), "{failure}");
}

#[test]
fn two_columns_for_one_fact_are_refused_and_both_named() {
    let ran = dues("id,base,stage,基数\nA,5400,full,5400\n", &[]);
    assert_eq!(ran.failure(), "standard input: columns 2 `base` and 4 `基数` both tell the same fact");
    assert_eq!(ran.out, "");
    let ran = dues("id,stage,编号\nA,full,A\n", &[]);
    assert_eq!(ran.failure(), "standard input: columns 1 `id` and 3 `编号` both tell the id");
}

#[test]
fn an_unknown_column_is_named_with_the_nearest() {
    let ran = dues("id,stage,categorie,base,基数备注,shoe size\nA,full,waged,5400,x,43\n", &[]);
    assert!(ran.err.contains("column 3 `categorie` is not used: it is neither the name nor the title of a fact; the nearest is `category`\n"), "{}", ran.err);
    assert!(
        ran.err.contains(
            "column 5 `基数备注` is not used: it is neither the name nor the title of a fact; the nearest is `基数`\n"
        ),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("column 6 `shoe size` is not used: it is neither the name nor the title of a fact\n"),
        "{}",
        ran.err
    );
    assert_eq!(ran.column("missing"), ["category"]);
}

#[test]
fn a_list_cannot_be_a_column() {
    let ran = dues("id,stage,category,voluntary_payments\nA,full,student,1000\n", &[]);
    assert!(
        ran.err.contains("column 4 `voluntary_payments` is not used: it is a list, which a cell cannot hold"),
        "{}",
        ran.err
    );
    assert_eq!((ran.code, ran.column("amount")), (0, vec!["0.20".to_owned()]));
}

#[test]
fn a_fact_of_organisations_is_left_out_of_a_roster_of_members() {
    let ran = dues("id,stage,category,level\nA,full,student,province\n", &[]);
    assert!(
        ran.err.contains("column 4 `level` is not used: it does not belong to those who owe this charge"),
        "{}",
        ran.err
    );
}

#[test]
fn a_charge_of_organisations_lists_those() {
    let roster = "编号,单位层级,全年实交党费\nU1,province,18720\nU2,省、自治区、直辖市党委,1000\n";
    let question = ["dues", "-", "--rules", "cpc", "--charge", "remittance", "--period", "2026"];
    let ran = rollbook_with(&question, roster.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.column("amount"), ["936.00", "50.00"]);
}

#[test]
fn columns_without_heading_are_left_out() {
    let ran = dues("id,stage,category,\nA,full,student,x\n", &[]);
    assert!(ran.err.contains("column 4 is not used: it has no heading\n"), "{}", ran.err);
    assert_eq!(ran.column("amount"), ["0.20"]);
}

#[test]
fn of_fifty_thousand_unknown_columns_twenty_are_named() {
    let wide = |cell: &str| format!(",{cell}").repeat(50_000);
    let ran = dues(format!("id,stage,category{}\nA,full,student{}\n", wide("spare"), wide("x")), &[]);
    assert_eq!((ran.code, ran.column("amount")), (0, vec!["0.20".to_owned()]));
    assert_eq!(ran.err.matches("`spare` is not used").count(), 20);
    assert!(ran.err.contains("\n49980 more columns are not used\n"), "{}", ran.err);
}

#[test]
fn what_is_not_used_is_said_in_chinese_too() {
    let roster = "编号,发展阶段,类别,基数备注,,自愿多交的党费,单位层级\nA,full,student,,,,\n";
    let ran = rollbook_with(&["dues", "-", "--rules", "cpc", "--period", "2026-11"], roster.as_bytes());
    for line in [
        "第4列`基数备注`未使用：不是已知的名称或标题，最相近的是 `基数`\n",
        "第5列未使用：没有标题\n",
        "第6列`自愿多交的党费`未使用：是列表",
        "第7列`单位层级`未使用：不属于本项收费的对象\n",
    ] {
        assert!(ran.err.contains(line), "{line} {}", ran.err);
    }
}
