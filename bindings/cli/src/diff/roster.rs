//! What the rows of a roster owe by two rule sets: for whom it changes, by how much, and what that comes to.

use std::path::Path;

use rollbook::dues::{Answer, Status};
use rollbook::ruleset::Workspace;
use rollbook::value::{Exact, Period, Rounding};

use super::Diff;
use super::side::Side;
use crate::Streams;
use crate::failure::Failure;
use crate::findings::in_rows;
use crate::names::Names;
use crate::output::Output;
use crate::question::Asked;
use crate::roster::Roster;
use crate::summary::fixed;
use crate::wording::Language;

/// Text is handed on when there is as much of it.
const BUFFER: usize = 64 * 1024;
/// The columns of the file of changes.
const COLUMNS: [&str; 8] =
    ["id", "before", "after", "difference", "status_before", "status_after", "rule_before", "rule_after"];

/// What is asked of a roster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared<'a> {
    pub(super) path: &'a Path,
    pub(super) period: Period,
    pub(super) arguments: &'a Diff,
    pub(super) language: &'a Language,
}

impl Compared<'_> {
    /// Compares the roster on both sides and says it behind what is said already; gives whether anything is different.
    pub(super) fn compare(
        self,
        (before, after): (&Side, &Side),
        said: String,
        streams: &mut Streams<'_>,
    ) -> Result<bool, Failure> {
        let Self { path, period, arguments, language } = self;
        if path.as_os_str() == "-" {
            return Err(Failure::new("the roster is read twice, once for each side: give a file, not standard input"));
        }
        let [first, second] = [before, after].map(|side| side.question(period, arguments, language.code()));
        let (was, is) = (Asked::new(&before.rule_set, &first)?, Asked::new(&after.rule_set, &second)?);
        if was.rules.currency != is.rules.currency {
            let (one, other) = (was.rules.currency.as_str(), is.rules.currency.as_str());
            return Err(Failure::new(format!("amounts in {one} and in {other} cannot be compared")));
        }
        let names = [&was, &is].map(|asked| Names::new(asked.rules, asked.charge().owner));
        let [names_before, names_after] = &names;
        let (mut nothing, mut no_more) = (std::io::empty(), std::io::empty());
        let mut roster = Roster::open(path, &mut nothing, &arguments.reading, names_before)?;
        let mut again = Roster::open(path, &mut no_more, &arguments.reading, names_after)?;
        let (mut facts_before, mut facts_after) = (before.rule_set.facts(), after.rule_set.facts());
        let mut work = Workspace::default();
        let mut list = List::open(arguments.out.as_deref(), said, streams)?;
        list.say(&heading(&was, &is, language))?;
        let mut sums = Sums::new();
        while let (Some(row), Some(same)) =
            (roster.next(was.rules, &mut facts_before)?, again.next(is.rules, &mut facts_after)?)
        {
            let one = row.refused.is_empty().then(|| was.prepared.answer(&facts_before, &mut work));
            let other = same.refused.is_empty().then(|| is.prepared.answer(&facts_after, &mut work));
            let (one, other) = (Owed::of(&was, one), Owed::of(&is, other));
            if sums.count(&one, &other) {
                list.row(&row.id, &one, &other, language)?;
            }
        }
        // What both sides say of the roster is said once.
        let mut beside = roster.said(language);
        let on_the_other = again.said(language);
        if on_the_other != beside {
            beside.push_str(&on_the_other);
        }
        list.finish(&sums.in_words(was.rules.currency.as_str(), language), &beside)?;
        Ok(sums.differs())
    }
}

fn heading(was: &Asked<'_>, is: &Asked<'_>, language: &Language) -> String {
    let title = |asked: &Asked<'_>| {
        let charge = asked.charge();
        charge.title.get(language.code()).map_or_else(|| rollbook::ruleset::spaced(&charge.name), str::to_owned)
    };
    let (one, other) = (title(was), title(is));
    let what = if one == other { one } else { format!("{one} → {other}") };
    if was.period == is.period {
        format!("\n{what} · {}\n", was.period)
    } else {
        format!("\n{what} · {} → {}\n", was.period, is.period)
    }
}

/// What one side says of a row.
#[derive(Debug)]
struct Owed {
    status: Status,
    /// The amount that counts: 0 where nothing is owed; none where it is not settled.
    amount: Option<Exact>,
    scale: u32,
    rule: String,
}

impl Owed {
    /// Of an answer, or of a row that could not be read.
    fn of(asked: &Asked<'_>, answer: Option<Answer>) -> Self {
        let Some(answer) = answer else {
            return Self { status: Status::Rejected, amount: None, scale: 0, rule: asked.charge().name.to_string() };
        };
        let rule = answer.rule.map_or(&*asked.charge().name, |version| asked.rules.path(version.timeline));
        Self {
            status: answer.status,
            amount: answer.amount.or(answer.status.is_settled().then_some(Exact::ZERO)),
            scale: answer.rounding.map_or(0, Rounding::scale),
            rule: rule.to_owned(),
        }
    }

    fn is_as(&self, other: &Self) -> bool {
        self.status == other.status && self.amount == other.amount
    }

    /// The amount, or why there is none.
    fn in_words(&self, language: &Language) -> String {
        match (self.status, self.amount) {
            (Status::Charged, Some(amount)) => fixed(amount, self.scale),
            _ => language.status(self.status).to_owned(),
        }
    }

    fn in_a_cell(&self) -> String {
        match (self.status, self.amount) {
            (Status::Charged, Some(amount)) => fixed(amount, self.scale),
            _ => String::new(),
        }
    }
}

/// What more is owed; none where a side is not settled.
fn difference(before: &Owed, after: &Owed) -> Option<Exact> {
    after.amount?.checked_sub(before.amount?).ok()
}

/// The rows that changed: listed on standard output, or in a file.
struct List<'s, 't> {
    streams: &'s mut Streams<'t>,
    text: String,
    file: Option<(csv::Writer<Output<'static>>, String)>,
}

impl<'s, 't> List<'s, 't> {
    fn open(out: Option<&Path>, text: String, streams: &'s mut Streams<'t>) -> Result<Self, Failure> {
        let Some(path) = out else { return Ok(Self { streams, text, file: None }) };
        let output = Output::file(path)?;
        let name = output.name().to_owned();
        let mut file = csv::WriterBuilder::new().buffer_capacity(BUFFER).from_writer(output);
        file.write_record(COLUMNS).map_err(|error| failed(&name, error))?;
        Ok(Self { streams, text, file: Some((file, name)) })
    }

    fn say(&mut self, text: &str) -> Result<(), Failure> {
        self.text.push_str(text);
        if self.text.len() >= BUFFER {
            self.streams.say(&self.text)?;
            self.text.clear();
        }
        Ok(())
    }

    fn row(&mut self, id: &str, before: &Owed, after: &Owed, language: &Language) -> Result<(), Failure> {
        let scale = before.scale.max(after.scale);
        let differs = difference(before, after);
        if let Some((file, name)) = &mut self.file {
            let differs = differs.map(|amount| fixed(amount, scale)).unwrap_or_default();
            let (status_before, status_after) = (before.status.name(), after.status.name());
            let cells = [
                id,
                &before.in_a_cell(),
                &after.in_a_cell(),
                &differs,
                status_before,
                status_after,
                &before.rule,
                &after.rule,
            ];
            return file.write_record(cells).map_err(|error| failed(name, error));
        }
        let differs = differs.map(|amount| format!("  {}", signed(amount, scale))).unwrap_or_default();
        self.say(&format!("  {id}  {} → {}{differs}\n", before.in_words(language), after.in_words(language)))
    }

    fn finish(mut self, end: &str, beside: &str) -> Result<(), Failure> {
        if let Some((file, name)) = self.file.take() {
            let output = file.into_inner().map_err(|error| Failure::writing(&name, error.error()))?;
            output.finish()?;
        }
        self.text.push_str(end);
        self.streams.say(&self.text)?;
        self.streams.note(beside);
        Ok(())
    }
}

fn failed(name: &str, error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::writing(name, &error),
        other => Failure::new(format!("cannot write {name}: {other:?}")),
    }
}

/// With its sign: `+2.30`, `−0.15`.
fn signed(amount: Exact, scale: u32) -> String {
    let text = fixed(amount, scale);
    match text.strip_prefix('-') {
        Some(rest) => format!("−{rest}"),
        None => format!("+{text}"),
    }
}

/// A count of rows and what they come to; a sum that can no longer be kept exactly is none.
#[derive(Clone, Copy, Debug)]
struct Sum {
    rows: u64,
    amount: Option<Exact>,
}

impl Sum {
    const NONE: Self = Self { rows: 0, amount: Some(Exact::ZERO) };

    fn add(&mut self, amount: Exact) {
        self.rows = self.rows.saturating_add(1);
        self.amount = self.amount.and_then(|sum| sum.checked_add(amount).ok());
    }
}

/// What all rows come to.
#[derive(Debug)]
struct Sums {
    more: Sum,
    less: Sum,
    /// The same amount.
    same: u64,
    /// The same amount by another status, such as exempt instead of an amount of 0.
    other_status: u64,
    /// Not settled on one side or both, and not in the same way.
    unsettled: u64,
    /// Not settled on both sides, in the same way.
    unsettled_alike: u64,
    before: Sum,
    after: Sum,
    scale: u32,
}

impl Sums {
    fn new() -> Self {
        Self {
            more: Sum::NONE,
            less: Sum::NONE,
            same: 0,
            other_status: 0,
            unsettled: 0,
            unsettled_alike: 0,
            before: Sum::NONE,
            after: Sum::NONE,
            scale: 0,
        }
    }

    /// Counts a row; gives whether it is to be listed.
    fn count(&mut self, before: &Owed, after: &Owed) -> bool {
        let one_more = |count: &mut u64| *count = count.saturating_add(1);
        self.scale = self.scale.max(before.scale).max(after.scale);
        if let (Some(was), Some(is)) = (before.amount, after.amount) {
            self.before.add(was);
            self.after.add(is);
            match difference(before, after) {
                Some(differs) if differs.is_negative() => self.less.add(differs),
                Some(differs) if !differs.is_zero() => self.more.add(differs),
                _ if before.is_as(after) => one_more(&mut self.same),
                _ => one_more(&mut self.other_status),
            }
        } else if before.is_as(after) {
            one_more(&mut self.unsettled_alike);
        } else {
            one_more(&mut self.unsettled);
        }
        !before.is_as(after)
    }

    fn differs(&self) -> bool {
        self.more.rows > 0 || self.less.rows > 0 || self.other_status > 0 || self.unsettled > 0
    }

    fn in_words(&self, currency: &str, language: &Language) -> String {
        let plain = |sum: Option<Exact>| match sum {
            Some(sum) => fixed(sum, self.scale),
            None => language.pick("（超出可精确保存的范围）", "(too large to be kept exactly)").to_owned(),
        };
        let with_sign = |sum: Option<Exact>| sum.map_or_else(|| plain(None), |sum| signed(sum, self.scale));
        let mut text = String::new();
        let mut line = |rows: u64, what: (&str, &str), amount: &str| {
            if rows > 0 {
                let what = language.pick(what.0, what.1);
                let rows = if language.is_chinese() { format!("{rows} 行") } else { in_rows(rows) };
                text.push_str(&format!("{what}{}{rows}{amount}\n", language.pick("：", ": ")));
            }
        };
        let amount = |sum: Option<Exact>| format!("{}{} {currency}", language.pick("，", ", "), with_sign(sum));
        line(self.more.rows, ("应交增加", "owe more"), &amount(self.more.amount));
        line(self.less.rows, ("应交减少", "owe less"), &amount(self.less.amount));
        line(self.same, ("应交不变", "owe the same"), "");
        line(self.other_status, ("数额不变，情形不同", "the same amount, for another reason"), "");
        line(self.unsettled, ("至少一方未能算定", "not settled on one side at least"), "");
        line(self.unsettled_alike, ("双方同样未能算定", "not settled on both sides alike"), "");
        let whole = self.after.amount.zip(self.before.amount);
        let change = whole.and_then(|(after, before)| after.checked_sub(before).ok());
        let (before, after, change) = (plain(self.before.amount), plain(self.after.amount), with_sign(change));
        let total = language.pick("合计：", "total: ");
        text.push_str(&format!("{total}{before} → {after} {currency}{}{change}\n", language.pick("，", ", ")));
        text
    }
}
