//! How an amount is found, in words and as tables.

use super::{Entry, Table, Writer, line};
use crate::dues::{Declared, Form, Row, Schedule};
use crate::explain::number::{How, Share, pick};
use crate::explain::put::{listed, put};
use crate::explain::render::Plain;
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{Band, Bands, Edge, ExprId, Gives, WordsId};

impl Writer<'_> {
    /// What a schedule says, with its tables.
    pub(super) fn schedule(&self, schedule: &Schedule, entry: &mut Entry) {
        let (names, tongue) = (self.names, self.names.tongue);
        match &schedule.form {
            Form::Amount(_) | Form::Rate { .. } => {
                entry.say(|out| {
                    out.push_str(pick!(tongue, "数额：", "amount: "));
                    self.form(&schedule.form, out);
                });
            }
            Form::Nested(inner) => self.schedule(inner, entry),
            Form::Slab(bands) | Form::Marginal(bands) | Form::Table(bands) => {
                let title = Some(line(|out| self.how_looked_up(&schedule.form, bands, out)));
                entry.tables.push(Table { title, ..self.bands(bands) });
            }
            Form::ByWord { of, rows } => {
                let of_title = line(|out| put!(out, Plain(names, *of)));
                let title =
                    line(|out| pick!(tongue, put!(out, "按“", of_title, "”定"), put!(out, "by “", of_title, "”")));
                let rows = rows.iter().enumerate().filter_map(|(word, row)| {
                    let said = line(|out| self.row(row.as_ref(), out));
                    row.is_some().then(|| vec![self.word(*of, word), said])
                });
                let columns = vec![of_title, pick!(tongue, "数额", "amount").to_owned()];
                entry.tables.push(Table { title: Some(title), columns, rows: rows.collect() });
            }
            Form::Declared(declared) => self.declared_amount(declared, entry),
        }
        self.bounds(schedule.at_least, schedule.at_most, entry);
        if let Some(round) = schedule.round {
            entry.say(|out| {
                out.push_str(pick!(tongue, "减免之前先进位：", "rounded before reductions: "));
                self.rounding(round, out);
            });
        }
    }

    /// By what a table is looked up.
    pub(super) fn by(&self, of: &str) -> String {
        line(|out| pick!(self.names.tongue, put!(out, "按“", of, "”定"), put!(out, "by “", of, "”")))
    }

    fn declared_amount(&self, declared: &Declared, entry: &mut Entry) {
        let (names, tongue) = (self.names, self.names.tongue);
        let told = Plain(names, declared.declared);
        entry.say(|out| {
            pick!(tongue, put!(out, "数额由本人申报：", told), put!(out, "the amount that is declared: ", told));
        });
        let minimum = &declared.minimum;
        if let Form::Slab(bands) | Form::Marginal(bands) | Form::Table(bands) = &minimum.form {
            let title = line(|out| {
                out.push_str(pick!(tongue, "最低数额：", "at least: "));
                self.how_looked_up(&minimum.form, bands, out);
            });
            entry.tables.push(Table { title: Some(title), ..self.bands(bands) });
            self.bounds(minimum.at_least, minimum.at_most, entry);
        } else {
            entry.say(|out| {
                out.push_str(pick!(tongue, "最低数额：", "at least: "));
                self.in_one_line(minimum, out);
            });
        }
        if let Some(guide) = &declared.guide {
            entry.say(|out| {
                out.push_str(pick!(tongue, "建议数额：", "recommended: "));
                self.in_one_line(guide, out);
            });
        }
        if !declared.suggested.is_empty() {
            entry.say(|out| {
                out.push_str(pick!(tongue, "可选数额：", "steps offered: "));
                let steps = declared.suggested.iter().map(|step| Plain(names, *step));
                listed(out, pick!(tongue, "、", ", "), steps, |out, step| put!(out, step));
            });
        }
    }

    /// What bounds an amount.
    pub(super) fn bounds(&self, least: Option<ExprId>, most: Option<ExprId>, entry: &mut Entry) {
        let (names, tongue) = (self.names, self.names.tongue);
        for (bound, words) in
            [(least, pick!(tongue, "最低：", "at least: ")), (most, pick!(tongue, "最高：", "at most: "))]
        {
            if let Some(bound) = bound {
                entry.say(|out| put!(out, words, Plain(names, bound)));
            }
        }
    }

    fn how_looked_up(&self, form: &Form, bands: &Bands, out: &mut String) {
        let (names, tongue) = (self.names, self.names.tongue);
        let of = Plain(names, bands.of);
        match form {
            Form::Slab(_) => pick!(
                tongue,
                put!(out, "“", of, "”的全额按其所在一档计"),
                put!(out, "the whole of “", of, "” by the row that it lies in")
            ),
            Form::Marginal(_) => pick!(
                tongue,
                put!(out, "“", of, "”分段计，每段按其所在一档，各段相加"),
                put!(out, "each part of “", of, "” by the row that the part lies in, added up")
            ),
            _ => pick!(tongue, put!(out, "按“", of, "”所在一档定"), put!(out, "by the row that “", of, "” lies in")),
        }
        if let Some(printed) = bands.printed {
            let how = How(printed, tongue);
            pick!(tongue, put!(out, "；查表前", how), put!(out, "; for the look-up rounded ", how));
        }
    }

    /// The rows of a table.
    pub(super) fn bands(&self, bands: &Bands) -> Table {
        let (names, tongue) = (self.names, self.names.tongue);
        let has_names = bands.rows.iter().any(|band| band.name.is_some());
        let is_words = bands.rows.iter().all(|band| matches!(band.gives, Gives::Word(_) | Gives::NoRule(_)));
        let has_remarks = bands.rows.iter().any(|band| band.chosen.is_some());
        let of = |gives: fn(&Gives) -> bool| bands.rows.iter().any(|band| gives(&band.gives));
        let what = match (of(|g| matches!(g, Gives::Rate(_))), of(|g| matches!(g, Gives::Amount(_)))) {
            (true, false) => pick!(tongue, "比例", "rate"),
            (false, true) => pick!(tongue, "数额", "amount"),
            (false, false) => pick!(tongue, "档次", "row"),
            (true, true) => pick!(tongue, "比例或数额", "rate or amount"),
        };
        let mut columns = vec![line(|out| put!(out, Plain(names, bands.of)))];
        if has_names && !is_words {
            columns.push(pick!(tongue, "档次", "row").to_owned());
        }
        columns.push(what.to_owned());
        if has_remarks {
            columns.push(pick!(tongue, "规则集自定", "chosen").to_owned());
        }
        let word_of =
            |band: &Band| band.name.as_deref().map(|name| names.of_name(name).into_owned()).unwrap_or_default();
        let row = |band: &Band| {
            let mut cells = vec![line(|out| self.interval(band.lower, band.upper, out))];
            if has_names && !is_words {
                cells.push(word_of(band));
            }
            cells.push(line(|out| match &band.gives {
                Gives::Rate(rate) => out.push_str(&self.share(*rate)),
                Gives::Amount(amount) => put!(out, Plain(names, *amount)),
                Gives::Word(_) => out.push_str(&word_of(band)),
                Gives::NoRule(why) => put!(out, pick!(tongue, "无规定：", "no rule: "), **why),
            }));
            if has_remarks {
                cells.push(band.chosen.as_deref().unwrap_or_default().to_owned());
            }
            cells
        };
        Table { title: None, columns, rows: bands.rows.iter().map(row).collect() }
    }

    /// Between which edges a row lies: `above 3000, up to 5000`.
    fn interval(&self, lower: Option<Edge>, upper: Option<Edge>, out: &mut String) {
        let tongue = self.names.tongue;
        let above = |edge: Edge, out: &mut String| {
            if edge.included {
                pick!(tongue, put!(out, edge.at, " 及以上"), put!(out, "from ", edge.at));
            } else {
                pick!(tongue, put!(out, "超过 ", edge.at), put!(out, "above ", edge.at));
            }
        };
        match (lower, upper) {
            (Some(lower), Some(upper)) if lower.at == upper.at => {
                pick!(tongue, put!(out, "恰为 ", lower.at), put!(out, "exactly ", lower.at));
            }
            (Some(lower), Some(upper)) => {
                above(lower, out);
                let words = if upper.included {
                    pick!(tongue, "、不超过 ", " up to ")
                } else {
                    pick!(tongue, "、不足 ", ", below ")
                };
                put!(out, words, upper.at);
            }
            (Some(lower), None) => above(lower, out),
            (None, Some(upper)) => {
                let words = if upper.included {
                    pick!(tongue, "不超过 ", "up to ")
                } else {
                    pick!(tongue, "不足 ", "below ")
                };
                put!(out, words, upper.at);
            }
            (None, None) => out.push_str(pick!(tongue, "不论多少", "whatever it is")),
        }
    }

    /// A rate or share: a plain number as a percentage.
    pub(super) fn share(&self, rate: ExprId) -> String {
        line(|out| match self.names.rules.arena.get(rate).map(|node| node.op) {
            Some(Op::Number(number)) => put!(out, Share(number)),
            _ => put!(out, Plain(self.names, rate)),
        })
    }

    /// The title of a word of the list that an expression's words are from.
    pub(super) fn word(&self, of: ExprId, word: usize) -> String {
        let list: Option<WordsId> = match self.names.rules.type_of(of) {
            Type::Word(words) | Type::Words(words) => Some(words),
            _ => None,
        };
        let word = u8::try_from(word).ok();
        list.zip(word).map(|(list, word)| self.names.word(list, word).into_owned()).unwrap_or_default()
    }

    fn row(&self, row: Option<&Row>, out: &mut String) {
        let tongue = self.names.tongue;
        match row {
            Some(Row::Amount(schedule)) => self.in_one_line(schedule, out),
            Some(Row::Exempt) => out.push_str(pick!(tongue, "免交", "nothing is owed")),
            Some(Row::NoRule(why)) => put!(out, pick!(tongue, "无规定：", "no rule: "), **why),
            None => {}
        }
    }

    /// A schedule where there is only room for a line.
    fn in_one_line(&self, schedule: &Schedule, out: &mut String) {
        let (names, tongue) = (self.names, self.names.tongue);
        self.form(&schedule.form, out);
        for (bound, words) in [
            (schedule.at_least, pick!(tongue, "，最低 ", ", at least ")),
            (schedule.at_most, pick!(tongue, "，最高 ", ", at most ")),
        ] {
            if let Some(bound) = bound {
                put!(out, words, Plain(names, bound));
            }
        }
        if let Some(round) = schedule.round {
            out.push_str(pick!(tongue, "，", ", rounded "));
            self.rounding(round, out);
        }
    }

    fn form(&self, form: &Form, out: &mut String) {
        let (names, tongue) = (self.names, self.names.tongue);
        match form {
            Form::Amount(amount) => put!(out, Plain(names, *amount)),
            Form::Rate { rate, of } => {
                let (rate, of) = (self.share(*rate), Plain(names, *of));
                pick!(tongue, put!(out, of, "的 ", rate), put!(out, rate, " of ", of));
            }
            Form::Nested(inner) => self.in_one_line(inner, out),
            Form::Slab(bands) | Form::Marginal(bands) | Form::Table(bands) => {
                self.how_looked_up(form, bands, out);
                out.push_str(pick!(tongue, "：", ": "));
                let rows = self.bands(bands).rows;
                listed(out, pick!(tongue, "；", "; "), rows, |out, row| {
                    put!(out, row.join(pick!(tongue, "：", ": ")));
                });
            }
            Form::ByWord { of, rows } => {
                let known = rows.iter().enumerate().filter(|(_, row)| row.is_some());
                listed(out, pick!(tongue, "；", "; "), known, |out, (word, row)| {
                    put!(out, self.word(*of, word), pick!(tongue, "：", ": "));
                    self.row(row.as_ref(), out);
                });
            }
            Form::Declared(declared) => {
                let told = Plain(names, declared.declared);
                pick!(
                    tongue,
                    put!(out, "申报的", told, "，最低 "),
                    put!(out, "what is declared as ", told, ", at least ")
                );
                self.in_one_line(&declared.minimum, out);
            }
        }
    }
}
