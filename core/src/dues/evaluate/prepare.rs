//! A question made ready: the versions, settings and periods of a charge, chosen once for a whole roster.

use std::sync::Arc;

use smallvec::{Array, SmallVec};

use super::instalments::{self, WayInForce};
use super::outcome::Outcome;
use super::plan::{self, PartPlan};
use super::reached::Reached;
use super::standing;
use crate::dues::answer::{Answer, Instalment, Part, Status};
use crate::dues::rule::{Charge, Charges};
use crate::explain::{Code, Finding, NoTrace, Sink, Step, Trace};
use crate::ruleset::evaluate::bound::{Elsewhere, Found};
use crate::ruleset::{
    Attested, Decision, Facts, InForce, Reading, Rules, Scope, Settings, Span, Strength, TimelineId, VersionId,
    Workspace, WrongCall, order,
};
use crate::value::{Date, Exact, Period, Rounding};

/// What is asked beside the facts.
#[derive(Clone, Debug)]
pub struct Request<'r> {
    /// The charge; the one that the rule set answers, if none is named.
    pub charge: Option<&'r str>,
    /// The period; one that is longer than the charge's is answered part by part.
    pub period: Period,
    /// By which day the rules had been issued; all that the document has, if none is given.
    pub known: Option<Date>,
    /// What the organisation decided.
    pub settings: &'r [Decision],
    /// What is set aside.
    pub set_aside: &'r [SetAside],
}

impl Request<'_> {
    /// A question for a period, with nothing else said.
    pub fn new(period: Period) -> Self {
        Self { charge: None, period, known: None, settings: &[], set_aside: &[] }
    }
}

/// A rule that normally holds and is set aside for this call, with the recorded reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// The rule: `dues.limits.cap`, `base.as_of`.
    pub path: String,
    /// The reason.
    pub reason: String,
}

/// What an answer has to say beside its amount.
type Findings = SmallVec<[Arc<Finding>; 2]>;

/// A question made ready: ask it for one set of facts after the other.
#[derive(Clone, Debug)]
pub struct Prepared<'r> {
    rules: &'r Rules,
    charges: &'r Charges,
    charge: &'r Charge,
    plan: Arc<Plan>,
}

/// What a question needs of the rules, looked up once. It is kept apart from them, so that a host of its own life time
/// can keep it.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    index: usize,
    period: Period,
    parts: Vec<PartPlan>,
    set_aside: Vec<(TimelineId, Box<str>)>,
    decisions: Vec<Decision>,
    /// The ways of paying; none for a longer period.
    ways: Vec<WayInForce>,
    doubtful: Vec<Arc<Finding>>,
    /// Texts that cannot be expressed, with the rules that they touch.
    touching: Vec<(Vec<TimelineId>, Arc<Finding>)>,
}

impl Plan {
    fn new(rules: &Rules, charges: &Charges, request: &Request<'_>) -> Result<Self, WrongCall> {
        let unknown = |name: &str| WrongCall::UnknownCharge {
            name: name.chars().take(40).collect(),
            near: crate::ruleset::nearest(name, charges.charges.iter().map(|charge| &*charge.name)),
        };
        let index = charges.find(request.charge).ok_or_else(|| unknown(request.charge.unwrap_or_default()))?;
        let charge = charges.charges.get(index).ok_or_else(|| unknown(request.charge.unwrap_or_default()))?;
        let known = request.known.unwrap_or(Date::NEVER);
        let mut parts = plan::parts(rules, charge, request.period, known, request.settings)?;
        let set_aside = set_aside(rules, charges, request.set_aside)?;
        // Settings are checked even when no part of the period fits the charge.
        if parts.is_empty() {
            let in_force = InForce::at(&rules.timelines, request.period.start(), known);
            Settings::at(rules, &in_force, request.settings)?;
        }
        // What is set aside is said, and that is for the evaluator which finds.
        if let ([only], []) = (parts.as_mut_slice(), set_aside.as_slice()) {
            only.bind(rules, charge);
        }
        let ways = match parts.as_slice() {
            [only] => instalments::in_force(rules, charge, only),
            _ => Vec::new(),
        };
        Ok(Self {
            index,
            period: request.period,
            ways,
            doubtful: standing::doubts(rules, charge, &parts),
            touching: standing::texts_not_encoded(rules, &parts),
            parts,
            set_aside,
            decisions: request.settings.to_vec(),
        })
    }
}

impl<'r> Prepared<'r> {
    /// Makes a question ready.
    ///
    /// # Errors
    ///
    /// A charge or setting that does not exist, a setting outside its bounds, or a path that cannot be set aside.
    pub fn new(rules: &'r Rules, charges: &'r Charges, request: &Request<'_>) -> Result<Self, WrongCall> {
        let plan = Arc::new(Plan::new(rules, charges, request)?);
        // INVARIANT: a plan is only made for a charge that exists.
        Self::of(rules, charges, plan).ok_or(WrongCall::UnknownCharge { name: String::new(), near: None })
    }

    /// A question that was made ready before, by the same rules.
    pub(crate) fn of(rules: &'r Rules, charges: &'r Charges, plan: Arc<Plan>) -> Option<Self> {
        let charge = charges.charges.get(plan.index)?;
        Some(Self { rules, charges, charge, plan })
    }

    /// What was looked up for it.
    pub(crate) fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan)
    }

    /// The charge that is asked for.
    pub fn charge(&self) -> &'r Charge {
        self.charge
    }

    /// The same question with findings of its own, for a thread of its own: threads whose answers share the findings about
    /// the rules wait for one another to count them.
    #[must_use]
    pub fn apart(&self) -> Self {
        let mut plan = Plan::clone(&self.plan);
        let findings = plan.doubtful.iter_mut().chain(plan.touching.iter_mut().map(|(_, finding)| finding));
        for finding in findings {
            *finding = Arc::new(Finding::clone(finding));
        }
        Self { plan: Arc::new(plan), ..self.clone() }
    }

    /// The same question for the general evaluator alone: what the direct one says is held against it in the tests.
    #[doc(hidden)]
    #[must_use]
    pub fn generally(mut self) -> Self {
        for part in &mut Arc::make_mut(&mut self.plan).parts {
            part.direct = None;
        }
        self
    }

    /// The answer for one set of facts, without its steps.
    pub fn answer(&self, facts: &Facts, work: &mut Workspace) -> Answer {
        let mut reached = Reached::nothing();
        match self.directly(facts, work, &mut NoTrace, &mut reached) {
            Ok(rounding) => self.reached(reached, rounding, work, None),
            Err(Elsewhere) => self.run(facts, work, &mut None),
        }
    }

    /// What the direct evaluator says, and how amounts are rounded.
    fn directly<S: Sink>(
        &self,
        facts: &Facts,
        work: &mut Workspace,
        sink: &mut S,
        reached: &mut Reached,
    ) -> Found<Rounding> {
        let [PartPlan { direct: Some(plan), .. }] = self.plan.parts.as_slice() else { return Err(Elsewhere) };
        if facts.has_history() || !facts.refused().is_empty() {
            return Err(Elsewhere);
        }
        work.assumed.clear();
        plan.answer(facts, &mut work.assumed, sink, reached)?;
        Ok(plan.rounding())
    }

    /// The answer is put together where it will stand: to move it takes as long as to choose a rule.
    #[inline]
    fn reached(&self, reached: Reached, rounding: Rounding, work: &Workspace, mut trace: Option<Trace>) -> Answer {
        let Reached { status, amount, exact, rule, cite, attested, next_band, goes_to } = reached;
        let mut assumed = SmallVec::new();
        // One by one, which is faster than to extend these short lists.
        for input in &work.assumed {
            assumed.push(*input);
        }
        let mut findings = SmallVec::new();
        for finding in &self.plan.doubtful {
            findings.push(Arc::clone(finding));
        }
        if let Some(rule) = rule {
            for finding in self.touching(rule) {
                findings.push(finding);
            }
        }
        let instalments = match amount {
            Some(amount) if !self.plan.ways.is_empty() => self.instalments(amount, &mut trace, &mut findings),
            _ => Vec::new(),
        };
        let rounding = amount.is_some().then_some(rounding);
        Answer {
            amount,
            exact,
            rounding,
            rule,
            cite,
            attested,
            assumed,
            next_band,
            instalments,
            goes_to,
            findings,
            trace,
            ..self.blank(status)
        }
    }

    /// The instalments of an amount, in each way of paying that is in force.
    #[inline(never)]
    fn instalments(&self, amount: Exact, trace: &mut Option<Trace>, findings: &mut Findings) -> Vec<Instalment> {
        instalments::of(&self.plan.ways, self.rules, amount, trace, &mut |finding| findings.push(finding))
    }

    /// What cannot be expressed of the texts that touch a rule.
    fn touching(&self, rule: VersionId) -> impl Iterator<Item = Arc<Finding>> {
        let touching = self.plan.touching.iter().filter(move |(touched, _)| touched.contains(&rule.timeline));
        touching.map(|(_, finding)| Arc::clone(finding))
    }

    /// The answer for one set of facts, with its steps.
    pub fn explain(&self, facts: &Facts, work: &mut Workspace) -> Answer {
        let mut trace = Trace::default();
        let mut reached = Reached::nothing();
        match self.directly(facts, work, &mut trace, &mut reached) {
            Ok(rounding) => self.reached(reached, rounding, work, Some(trace)),
            Err(Elsewhere) => {
                trace.steps.clear();
                let mut trace = Some(trace);
                let answer = self.run(facts, work, &mut trace);
                Answer { trace, ..answer }
            }
        }
    }

    fn run(&self, facts: &Facts, work: &mut Workspace, sink: &mut Option<Trace>) -> Answer {
        work.begin(self.rules);
        if !facts.refused().is_empty() {
            let mut answer = self.blank(Status::Rejected);
            answer.findings.extend(facts.refused().iter().cloned().map(Arc::new));
            // The order in which facts were told says nothing.
            order::sort_by(&mut answer.findings, |one, other| one.pointer.cmp(&other.pointer));
            return answer;
        }
        match self.plan.parts.as_slice() {
            [] => {
                let wanted = self.charge.per.map_or("", crate::value::Per::name);
                let mut answer = self.blank(Status::Rejected);
                let finding = Finding::new(Code::WrongPeriod).with("period", self.plan.period).with("wanted", wanted);
                answer.findings.push(Arc::new(finding));
                answer
            }
            [only] => {
                let (outcome, attested) = self.part(only, facts, work, sink);
                let mut answer = self.said(outcome, attested, work);
                if let Some(amount) = answer.amount.filter(|_| !self.plan.ways.is_empty()) {
                    answer.instalments = self.instalments(amount, sink, &mut answer.findings);
                }
                answer
            }
            parts => self.together(parts, facts, work, sink),
        }
    }

    /// The answer of one part, before it is put into words.
    fn part(
        &self,
        plan: &PartPlan,
        facts: &Facts,
        work: &mut Workspace,
        sink: &mut Option<Trace>,
    ) -> (Outcome, Attested) {
        let Some(first) = plan.pieces.first() else { return (Outcome::of(Status::NoRule), Attested::Official) };
        let reading = Reading {
            rules: self.rules,
            in_force: &first.in_force,
            settings: &first.settings,
            decisions: &self.plan.decisions,
            facts,
            set_aside: &self.plan.set_aside,
        };
        let mut scope = Scope::new(reading, Span::of(plan.period), sink, work, self.charges);
        let outcome = plan.evaluate(self.charge, &mut scope);
        (outcome, scope.attested)
    }

    /// A longer period, part by part: charged if a part is and the others are settled, else as the first other part.
    fn together(&self, parts: &[PartPlan], facts: &Facts, work: &mut Workspace, sink: &mut Option<Trace>) -> Answer {
        let mut answers = Vec::with_capacity(parts.len());
        for plan in parts {
            work.begin(self.rules);
            if sink.is_on() {
                sink.step(Step::Period { period: plan.period });
            }
            let (outcome, attested) = self.part(plan, facts, work, sink);
            answers.push(self.said(outcome, attested, work));
        }
        let lines = answers.iter().zip(parts).map(|(answer, plan)| Part {
            period: plan.period,
            status: answer.status,
            amount: answer.amount,
        });
        let lines: Vec<Part> = lines.collect();
        let open = answers.iter().position(|answer| !answer.status.is_settled());
        let charged = answers.iter().position(|answer| answer.status == Status::Charged);
        // Parts are printed at their unit although another one is open.
        let rounding = answers.iter().find_map(|answer| answer.rounding);
        let mut total = Some((Exact::ZERO, Exact::ZERO));
        let mut cite = SmallVec::new();
        let mut assumed = SmallVec::new();
        let mut findings = SmallVec::new();
        let mut weakest = Attested::Official;
        for answer in &answers {
            total = total.and_then(|(amount, exact)| {
                let more = |sum: Exact, part: Option<Exact>| sum.checked_add(part.unwrap_or(Exact::ZERO)).ok();
                Some((more(amount, answer.amount)?, more(exact, answer.exact)?))
            });
            weakest = weakest.max(answer.attested);
            extend_once(&mut cite, &answer.cite);
            extend_once(&mut assumed, &answer.assumed);
            extend_once(&mut findings, &answer.findings);
        }
        let mut rules = answers.iter().filter(|answer| answer.status == Status::Charged).map(|answer| answer.rule);
        let first_rule = rules.next().flatten();
        let same_rule = rules.all(|rule| rule == first_rule);
        let chosen = open.or(charged).unwrap_or(0);
        let Some(like) = (chosen < answers.len()).then(|| answers.swap_remove(chosen)) else {
            return self.blank(Status::NotDue);
        };
        let mut answer = Answer { period: self.plan.period, cite, assumed, findings, parts: lines, rounding, ..like };
        if open.is_none() && charged.is_some() {
            answer.attested = weakest;
            answer.rule = first_rule.filter(|_| same_rule);
            match total {
                Some((amount, exact)) => {
                    answer.amount = Some(amount);
                    answer.exact = Some(exact);
                }
                None => {
                    answer.status = Status::Rejected;
                    answer.amount = None;
                    answer.exact = None;
                    let finding = Finding::new(Code::Overflow).with("expression", &self.charge.name);
                    answer.findings.push(Arc::new(finding));
                }
            }
        } else {
            answer.amount = None;
            answer.exact = None;
        }
        answer.next_band = None;
        answer.unit = None;
        answer
    }

    fn blank(&self, status: Status) -> Answer {
        Answer {
            charge: self.plan.index,
            period: self.plan.period,
            status,
            amount: None,
            exact: None,
            rounding: None,
            currency: self.rules.currency,
            unit: self.charge.amount_per(),
            bounds: None,
            rule: None,
            cite: SmallVec::new(),
            attested: Attested::Official,
            assumed: SmallVec::new(),
            missing: Vec::new(),
            guide: None,
            suggested: Vec::new(),
            next_band: None,
            instalments: Vec::new(),
            goes_to: None,
            lines: Vec::new(),
            parts: Vec::new(),
            findings: SmallVec::new(),
            trace: None,
        }
    }

    fn said(&self, outcome: Outcome, attested: Attested, work: &mut Workspace) -> Answer {
        let mut answer = self.blank(outcome.status);
        let charged = outcome.status == Status::Charged;
        answer.amount = outcome.amount.filter(|_| charged);
        answer.exact = outcome.exact.filter(|_| charged);
        answer.rounding = outcome.rounding;
        answer.rule = outcome.rule;
        answer.attested = attested;
        answer.cite = outcome.cite;
        answer.goes_to = outcome.goes_to;
        let mut reason = None;
        if let Some(rare) = outcome.rare {
            answer.bounds = rare.bounds;
            answer.lines = rare.lines;
            if charged {
                answer.guide = rare.guide;
                answer.suggested = rare.suggested;
                answer.next_band = rare.next_band;
            }
            reason = rare.finding;
        }
        if let Some(missing) = outcome.missing.filter(|_| outcome.status == Status::NeedsFacts) {
            answer.missing = work.missing.names(missing);
        }
        answer.assumed.extend_from_slice(&work.assumed);
        answer.findings.extend(work.findings.drain(..).map(Arc::new));
        answer.findings.extend(reason.map(|finding| Arc::new(*finding)));
        answer.findings.extend(self.plan.doubtful.iter().cloned());
        if let Some(rule) = answer.rule {
            answer.findings.extend(self.touching(rule));
        }
        answer
    }
}

fn extend_once<A: Array<Item: Clone + PartialEq>>(all: &mut SmallVec<A>, more: &[A::Item]) {
    for item in more {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}

fn set_aside(rules: &Rules, charges: &Charges, wanted: &[SetAside]) -> Result<Vec<(TimelineId, Box<str>)>, WrongCall> {
    let mut all = Vec::with_capacity(wanted.len());
    for SetAside { path, reason } in wanted {
        let refuse = |why: &str| WrongCall::NotSetAside { path: path.chars().take(80).collect(), why: why.to_owned() };
        if reason.trim().is_empty() {
            return Err(refuse("a recorded reason is needed"));
        }
        let at = rules.timelines.iter().position(|timeline| *timeline.path == **path);
        let Some((index, timeline)) = at.and_then(|at| Some((at, rules.timelines.get(at)?))) else {
            let near = crate::ruleset::nearest(path, rules.timelines.iter().map(|timeline| &*timeline.path));
            let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(refuse(&format!("there is no such rule{help}")));
        };
        let is_soft = timeline.versions.iter().any(|version| version.strength == Strength::Normally);
        if !is_soft {
            return Err(refuse("it holds strictly; only what normally holds (`strength: normally`) can be set aside"));
        }
        let timeline = TimelineId::nth(index);
        let of_charges = charges.charges.iter().any(|charge| {
            let as_of = charge.as_of.iter().map(|dated| dated.timeline);
            as_of.chain(charge.limits.iter().map(|limit| limit.dated.timeline)).any(|known| known == timeline)
        });
        let of_terms =
            || rules.terms.iter().filter_map(|term| term.as_of.as_ref()).any(|dated| dated.timeline == timeline);
        if !of_charges && !of_terms() {
            return Err(refuse("only `limits` and `as_of` can be, whatever else the rule is called normal for"));
        }
        all.push((timeline, reason.as_str().into()));
    }
    Ok(all)
}
