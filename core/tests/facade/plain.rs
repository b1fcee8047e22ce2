use rollbook::facade::{Answered, Request, RuleSet, Teller};

use super::super::{cpc, facts, waged, with_steps};

type Told = fn(&mut Teller<'_>);

fn plain(request: &Request, tell: Told) -> Option<Answered> {
    let told = |teller: &mut Teller<'_>| {
        tell(teller);
        true
    };
    cpc().dues_if_plain(request, told).unwrap()
}

fn of_waged(teller: &mut Teller<'_>) {
    teller.number("base", "5400");
    teller.text("stage", "full");
    teller.text("类别", "按月领工资");
    teller.date("joined", "2020-05-01");
}

#[test]
fn facts_that_are_told_one_by_one_get_the_answer_of_a_map() {
    for request in [Request::new("2026-11"), with_steps("2026-11"), Request::new("2026")] {
        let mut map = waged("5400");
        map.insert("joined".to_owned(), "2020-05-01".into());
        let by_map = cpc().dues(&map, &request).unwrap();
        let names: Told = |teller| {
            teller.number("base", "5400");
            teller.text("stage", "full");
            teller.text("category", "waged");
            teller.date("joined", "2020-05-01");
        };
        assert_eq!(plain(&request, names).map(|answered| answered.to_json()), Some(by_map.to_json()));
    }
    assert_eq!(
        plain(&Request::new("2026-11"), |_| {}).map(|it| it.to_json()),
        Some(cpc().dues(&facts([]), &Request::new("2026-11")).unwrap().to_json())
    );
}

#[test]
fn yes_and_no_are_told_as_such() {
    let club = r#"{"rollbook":"1","id":"club","edition":"1","languages":["en"],"title":"Club","currency":"EUR",
        "facts":{"child":{"kind":"yes_no"}},"charges":{"dues":{"per":"month",
        "tariff":{"from":"2020-01-01","chosen":"example","amount":"if child then 1 else 2"},
        "round":{"from":"2020-01-01","chosen":"example","is":"half_up to 0.01"}}}}"#;
    let rules = RuleSet::parse(club).unwrap();
    for (child, amount) in [(true, "1.00"), (false, "2.00")] {
        let told = |teller: &mut Teller<'_>| {
            teller.yes_no("child", child);
            true
        };
        let answered = rules.dues_if_plain(&Request::new("2026-11"), told).unwrap().unwrap();
        assert_eq!(answered.amount().as_deref(), Some(amount));
        assert_eq!(answered, rules.dues(&facts([("child", child.into())]), &Request::new("2026-11")).unwrap());
    }
}

#[test]
fn what_does_not_fit_is_not_answered_here_and_leaves_nothing_behind() {
    let refused: [Told; 7] = [
        |teller| teller.text("base", "5,400"),
        |teller| teller.text("bsae", "1"),
        |teller| teller.yes_no("base", true),
        |teller| teller.number("stage", "1"),
        |teller| teller.date("base", "2026-01-01"),
        |teller| teller.number("base", "-1"),
        of_waged, // by titles, which are no names
    ];
    let request = Request::new("2026-11");
    for tell in refused {
        assert!(plain(&request, tell).is_none());
    }
    let rules = cpc();
    assert!(
        rules
            .dues_if_plain(&request, |teller| {
                teller.text("base", "x");
                true
            })
            .unwrap()
            .is_none()
    );
    let next = rules.dues_if_plain(&request, |_| true).unwrap().unwrap();
    assert_eq!(next.to_json(), rules.dues(&facts([]), &request).unwrap().to_json());
    assert!(rules.dues_if_plain(&Request::new("2026-13"), |_| true).is_err());
    assert!(rules.dues_if_plain(&request, |_| false).unwrap().is_none());
}

#[test]
fn answers_that_differ_in_the_amount_only_are_known_as_such() {
    let rules = cpc();
    let of = |base: &str, request: &Request| rules.dues(&waged(base), request).unwrap();
    let november = Request::new("2026-11");
    let one = of("5400", &november);
    assert!(one.differs_in_amount_only(&of("5500", &november)) && one.differs_in_amount_only(&one.clone()));
    // Above the cap there is a finding, in December another period, and a member without a base another status.
    assert!(!one.differs_in_amount_only(&of("60000", &november)));
    assert!(!one.differs_in_amount_only(&of("5400", &Request::new("2026-12"))));
    assert!(!one.differs_in_amount_only(&of("x", &november)));
    assert!(!one.differs_in_amount_only(&rules.dues(&facts([]), &november).unwrap()));
    assert!(!one.differs_in_amount_only(&of("5400", &with_steps("2026-11"))));
}
