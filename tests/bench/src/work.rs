//! What is measured, and against what.

use std::hint::black_box;

use rollbook::RuleSet;
use rollbook::dues::{Answer, Prepared, Request, Status};
use rollbook::explain::{Format, render};
use rollbook::ruleset::{Facts, Workspace};
use rollbook::value::{Exact, Period};

use crate::measure::{Effort, Ratio, ratio};
use crate::members::{COUNT, Drawn, draw, tell};
use crate::peer::{Dues, Member, Rules};
use crate::report::Options;

/// A measured line of the report.
#[derive(Debug)]
pub(crate) struct Line {
    /// What was measured.
    pub(crate) name: &'static str,
    /// Against what.
    pub(crate) peer: &'static str,
    /// The greatest ratio that is accepted, in hundredths; none where it is only reported.
    pub(crate) bar: Option<u128>,
    pub(crate) ratio: Ratio,
    /// What was counted beside the time.
    pub(crate) remark: String,
}

impl Line {
    /// Whether the bar, if there is one, is met.
    pub(crate) fn is_met(&self) -> bool {
        self.bar.is_none_or(|bar| self.ratio.hundredths <= bar)
    }
}

const BY_HAND: &str = "the rule by hand, base given";

/// One month's dues of `cpc` on both sides.
struct Bench<'r> {
    rule_set: &'r RuleSet,
    members: &'r [Drawn],
    prepared: &'r Prepared<'r>,
    by_hand: &'r Rules,
    effort: Effort,
}

/// The answers of the engine, as multiples of the same rule written by hand.
pub(crate) fn answers(rule_set: &RuleSet, options: &Options, effort: Effort) -> Result<Vec<Line>, String> {
    let members = draw(rule_set)?;
    let period = Period::parse("2026-11").map_err(|why| why.to_string())?;
    let request = Request { charge: None, period, known: None, settings: &[], set_aside: &[] };
    let prepared = rule_set.prepare(&request).map_err(|why| why.to_string())?;
    let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day);
    let by_hand = day(1).zip(day(30)).and_then(|(start, end)| Rules::of(start, end)).ok_or("no such month")?;
    let bench = Bench { rule_set, members: &members, prepared: &prepared, by_hand: &by_hand, effort };
    bench.both_agree()?;
    let all: [(&str, &dyn Fn() -> Line); 5] = [
        ("given", &|| bench.given()),
        ("derived", &|| bench.derived()),
        ("named", &|| bench.named()),
        ("traced", &|| bench.traced()),
        ("rendered", &|| bench.rendered()),
    ];
    Ok(all.iter().filter(|(name, _)| options.wants(name)).map(|(_, measure)| measure()).collect())
}

impl Bench<'_> {
    /// Measures `work` for every member against the rule by hand.
    fn against(&self, peer: impl Fn(&Drawn) -> Dues, mut work: impl FnMut(&Drawn)) -> Ratio {
        let units = u128::try_from(COUNT).unwrap_or(1);
        ratio(
            self.effort,
            units,
            &mut || {
                for drawn in self.members {
                    black_box(peer(black_box(drawn)));
                }
            },
            &mut || {
                for drawn in self.members {
                    work(black_box(drawn));
                }
            },
        )
    }

    fn given(&self) -> Line {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        let mut answer = |drawn: &Drawn| {
            tell(&mut facts, &drawn.given);
            black_box(self.prepared.answer(&facts, &mut work));
        };
        let ratio = self.against(|drawn| self.by_hand.dues(&drawn.member), &mut answer);
        let remark = allocations(self.members, answer);
        Line { name: "base given, typed facts, no trace", peer: BY_HAND, bar: Some(500), ratio, remark }
    }

    fn derived(&self) -> Line {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        let mut answer = |drawn: &Drawn| {
            tell(&mut facts, &drawn.items);
            black_box(self.prepared.answer(&facts, &mut work));
        };
        let ratio = self.against(|drawn| self.derived_by_hand(drawn), &mut answer);
        let remark = allocations(self.members, answer);
        let peer = "the rule by hand, base from the same 14 items";
        Line { name: "base derived from pay items, typed", peer, bar: Some(800), ratio, remark }
    }

    fn derived_by_hand(&self, drawn: &Drawn) -> Dues {
        let base = drawn.slip.base();
        let category = crate::peer::Category::Waged;
        self.by_hand.dues(&Member { category, base, ..drawn.member })
    }

    fn named(&self) -> Line {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        let rules = self.rule_set.rules();
        let mut answer = |drawn: &Drawn| {
            facts.clear();
            for (name, text) in &drawn.named {
                if let Some(input) = rules.input_by_name(name) {
                    facts.tell_text(rules, input, text);
                }
            }
            black_box(self.prepared.answer(&facts, &mut work));
        };
        let ratio = self.against(|drawn| self.by_hand.dues(&drawn.member), &mut answer);
        let remark = allocations(self.members, answer);
        Line { name: "base given, facts by name as text", peer: BY_HAND, bar: Some(800), ratio, remark }
    }

    fn traced(&self) -> Line {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        let mut answer = |drawn: &Drawn| {
            tell(&mut facts, &drawn.given);
            black_box(self.prepared.explain(&facts, &mut work));
        };
        let ratio = self.against(|drawn| self.by_hand.dues(&drawn.member), &mut answer);
        let remark = allocations(self.members, answer);
        Line { name: "base given, with the structured trace", peer: BY_HAND, bar: Some(1400), ratio, remark }
    }

    fn rendered(&self) -> Line {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        let (rules, charges) = (self.rule_set.rules(), self.rule_set.charges());
        let mut answer = |drawn: &Drawn| {
            tell(&mut facts, &drawn.given);
            let answer = self.prepared.explain(&facts, &mut work);
            for language in ["zh", "en"] {
                black_box(render(rules, charges, &answer, language, Format::Text));
            }
        };
        let ratio = self.against(|drawn| self.by_hand.dues(&drawn.member), &mut answer);
        let remark = allocations(self.members, answer);
        Line { name: "base given, rendered in zh and en", peer: BY_HAND, bar: Some(9200), ratio, remark }
    }

    /// A comparison is worth nothing unless both sides say the same.
    fn both_agree(&self) -> Result<(), String> {
        let (mut facts, mut work) = (self.rule_set.facts(), Workspace::default());
        for (number, drawn) in self.members.iter().enumerate() {
            let mut said = |by_hand: Dues, facts: &Facts| {
                let answer = self.prepared.answer(facts, &mut work);
                agrees(&by_hand, &answer).then_some(()).ok_or_else(|| {
                    let amount = answer.amount.map(|amount| amount.to_string()).unwrap_or_default();
                    format!("member {number}: by hand {by_hand:?}, the engine {} {amount}", answer.status.name())
                })
            };
            tell(&mut facts, &drawn.given);
            said(self.by_hand.dues(&drawn.member), &facts)?;
            tell(&mut facts, &drawn.items);
            said(self.derived_by_hand(drawn), &facts)?;
        }
        Ok(())
    }
}

fn agrees(by_hand: &Dues, answer: &Answer) -> bool {
    match by_hand {
        Dues::Charged { amount, .. } => {
            let amount = Exact::parse(&amount.to_string()).ok();
            answer.status == Status::Charged && answer.amount == amount
        }
        Dues::Exempt { .. } => answer.status == Status::Exempt,
        Dues::NotDue { .. } => answer.status == Status::NotDue,
        Dues::Missing(_) => answer.status == Status::NeedsFacts,
        Dues::NoRule => answer.status == Status::NoRule,
        Dues::TooLarge => answer.status == Status::Rejected,
    }
}

/// Allocations of one answer in the mean, once everything that is kept from one answer to the next is there.
fn allocations(members: &[Drawn], mut work: impl FnMut(&Drawn)) -> String {
    members.iter().for_each(&mut work);
    let counted = allocation_counter::measure(|| members.iter().for_each(&mut work));
    let count = u64::try_from(members.len()).unwrap_or(1);
    let tenths = counted.count_total.saturating_mul(10).checked_div(count).unwrap_or(0);
    let bytes = counted.bytes_total.checked_div(count).unwrap_or(0);
    let (whole, tenth) = (tenths.checked_div(10).unwrap_or(0), tenths.checked_rem(10).unwrap_or(0));
    format!("{whole}.{tenth} allocations, {bytes} bytes, {} bytes an answer", size_of::<Answer>())
}
