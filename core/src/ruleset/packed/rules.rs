//! The common part of a rule set as bytes.

use std::collections::BTreeMap;

use super::{Packed, Unpacking, packed};
use crate::explain::Kept;
use crate::ruleset::bands::{Band, Bands, Edge, Gives, Stated};
use crate::ruleset::citation::{Attested, Citation, Source, SureOf};
use crate::ruleset::clause::{Clause, ClausePart, ClauseUnit};
use crate::ruleset::datum::Datum;
use crate::ruleset::expression::{Arena, Comparison, ExprId, Node, Op, Place, Reserved, Type, WordsId};
use crate::ruleset::ids::{ChargeId, InputId, InputSet, SettingId, SourceId, TermId, TimelineId, VersionId};
use crate::ruleset::latch::Latch;
use crate::ruleset::node::Span;
use crate::ruleset::order;
use crate::ruleset::rules::{
    Alternative, Assumed, Case, Choice, Dated, Field, Formula, Input, Kind, Name, NotEncoded, Owner, Rules, Setting,
    SettingBounds, Term, Word, WordList, YearHas,
};
use crate::ruleset::timeline::{Strength, Timeline, Version};
use crate::ruleset::titles::Titles;

impl Packed for Rules {
    fn pack(&self, out: &mut Vec<u8>) {
        let Self {
            id,
            edition,
            hash,
            languages,
            title,
            currency,
            sources,
            words,
            inputs,
            settings,
            terms,
            timelines,
            arena,
            names,
            charge_names,
            not_encoded,
            year_has,
            latches,
            // Both are made of the rest.
            inputs_by_name: _,
            kept: _,
        } = self;
        id.pack(out);
        edition.pack(out);
        hash.pack(out);
        languages.pack(out);
        title.pack(out);
        currency.pack(out);
        sources.pack(out);
        words.pack(out);
        inputs.pack(out);
        settings.pack(out);
        terms.pack(out);
        timelines.pack(out);
        arena.pack(out);
        names.pack(out);
        charge_names.pack(out);
        not_encoded.pack(out);
        year_has.pack(out);
        latches.pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let mut rules = Self {
            id: Packed::unpack(from),
            edition: Packed::unpack(from),
            hash: Packed::unpack(from),
            languages: Packed::unpack(from),
            title: Packed::unpack(from),
            currency: Packed::unpack(from),
            sources: Packed::unpack(from),
            words: Packed::unpack(from),
            inputs: Packed::unpack(from),
            settings: Packed::unpack(from),
            terms: Packed::unpack(from),
            timelines: Packed::unpack(from),
            arena: Packed::unpack(from),
            names: Packed::unpack(from),
            charge_names: Packed::unpack(from),
            not_encoded: Packed::unpack(from),
            year_has: Packed::unpack(from),
            latches: Packed::unpack(from),
            inputs_by_name: None,
            kept: Kept::default(),
        };
        rules.index_inputs();
        rules
    }
}

/// How many nodes may stand below one another: what walks expressions is recursive. The reader of expressions stops far earlier.
const DEEPEST: u16 = 256;

impl Packed for Arena {
    fn pack(&self, out: &mut Vec<u8>) {
        self.nodes().to_vec().pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        let nodes = Vec::<Node>::unpack(from);
        let mut depths: Vec<u16> = Vec::with_capacity(nodes.len());
        let mut arena = Self::default();
        for node in nodes {
            let below = node.op.children().map(|child| {
                // Children stand before their parents, so that no node is below itself.
                let depth = usize::try_from(child.0).ok().and_then(|child| depths.get(child));
                depth.and_then(|depth| depth.checked_add(1)).filter(|depth| *depth <= DEEPEST)
            });
            let depth = below.reduce(|one, other| Some(one?.max(other?))).unwrap_or(Some(0));
            depths.push(from.known(depth, 0));
            arena.push(node);
        }
        arena
    }
}

impl Packed for Titles {
    fn pack(&self, out: &mut Vec<u8>) {
        let texts: Vec<(Box<str>, Box<str>)> =
            self.all().map(|(language, text)| (language.into(), text.into())).collect();
        texts.pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        Self::new(Packed::unpack(from))
    }
}

impl Packed for WordList {
    fn pack(&self, out: &mut Vec<u8>) {
        self.words.pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        Self::new(Packed::unpack(from))
    }
}

impl Packed for BTreeMap<Box<str>, Name> {
    fn pack(&self, out: &mut Vec<u8>) {
        let names: Vec<(Box<str>, Name)> = self.iter().map(|(name, meaning)| (name.clone(), *meaning)).collect();
        names.pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        order::map(Vec::unpack(from))
    }
}

impl Packed for InputSet {
    fn pack(&self, out: &mut Vec<u8>) {
        self.iter().collect::<Vec<InputId>>().pack(out);
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        Vec::<InputId>::unpack(from).into_iter().collect()
    }
}

impl Packed for Datum {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::YesNo(value) => (0_u8, *value).pack(out),
            Self::Word(word) => (1_u8, *word).pack(out),
            Self::Words(words) => (2_u8, *words).pack(out),
            Self::Number(number) => (3_u8, *number).pack(out),
            Self::Date(day) => (4_u8, *day).pack(out),
            Self::Months(count) => (5_u8, *count).pack(out),
            Self::Days(count) => (6_u8, *count).pack(out),
            Self::Rounding(rounding) => (7_u8, *rounding).pack(out),
            // INVARIANT: what a rule set states is known. These come up in evaluations only, and are refused when read.
            Self::Unknown(_) | Self::Nothing(_) => out.push(u8::MAX),
        }
    }

    fn unpack(from: &mut Unpacking<'_>) -> Self {
        match from.byte() {
            0 => Self::YesNo(Packed::unpack(from)),
            1 => Self::Word(Packed::unpack(from)),
            2 => Self::Words(Packed::unpack(from)),
            3 => Self::Number(Packed::unpack(from)),
            4 => Self::Date(Packed::unpack(from)),
            5 => Self::Months(Packed::unpack(from)),
            6 => Self::Days(Packed::unpack(from)),
            7 => Self::Rounding(Packed::unpack(from)),
            _ => {
                from.refuse();
                Self::YesNo(false)
            }
        }
    }
}

macro_rules! numbered {
    ($($id:ident),+) => { $(
        impl Packed for $id {
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }

            fn unpack(from: &mut Unpacking<'_>) -> Self {
                Self(Packed::unpack(from))
            }
        }
    )+ };
}
numbered!(InputId, SettingId, TermId, ChargeId, SourceId, TimelineId, ExprId, WordsId);

packed! {
    struct VersionId { timeline, version }
    struct Span { start, end }
    struct Place { start, end }
    struct Node { op, type_, place }
    struct YearHas { weeks, days }
    struct Latch { at, inputs, settings }
    struct Word { name, title }
    struct Field { name, title, kind, at_least, at_most, unless_given }
    struct Input { name, title, means, owner, kind, at_least, at_most, unless_given, term, span }
    struct Setting { name, title, kind, timeline, bounds }
    struct SettingBounds { at_least, at_most, default }
    struct Term { name, title, type_, at_least, at_most, input, as_of, formula, depends_on_day, made_of }
    struct NotEncoded { why, timeline, touches }
    struct Source { name, title, number, issuer, issued, in_force, until, attested, sure_of, span }
    struct Citation { source, clause }
    struct Clause { unit, parts, inside }
    struct ClausePart { number, paragraph, to }
    struct Timeline { path, versions }
    struct Version { from, until, issued, cite, under, chosen, attested, strength, repealed, layer, span }
    struct Bands { of, printed, rows, stated }
    struct Stated { cliff, falling }
    struct Band { lower, upper, gives, name, chosen, span }
    struct Edge { at, included }
}

packed! {
    enum Name { 0 Fact(id), 1 Setting(id), 2 Term(id), 3 Charge(id) }
    enum Owner { 0 Member, 1 Organisation }
    enum Assumed { 0 Value(value), 1 EmptyList }
    enum Formula { 0 Is(expression), 1 ByWord(of, rows), 2 BandOf(bands) }
    enum Gives { 0 Rate(rate), 1 Amount(amount), 2 Word(word), 3 NoRule(why) }
    enum Attested { 0 Official, 1 Transcribed, 2 Secondary, 3 Unconfirmed, 4 Chosen }
    enum ClauseUnit { 0 Article, 1 Item, 2 Paragraph, 3 Sign, 4 Section, 5 Rule, 6 Clause }
    enum SureOf { 0 Year, 1 Month }
    enum Strength { 0 Must, 1 Normally }
    enum Kind {
        0 YesNo, 1 OneOf(words), 2 SetOf(words), 3 Count, 4 Number, 5 Share, 6 Money(per), 7 Date, 8 Month, 9 Days,
        10 Months, 11 Text, 12 Member, 13 Organisation, 14 List(fields), 15 Rounding,
    }
    enum Type {
        0 YesNo, 1 Word(words), 2 Words(words), 3 Bare, 4 Number, 5 Money(per), 6 Date, 7 Month, 8 Days, 9 Months,
        10 Rounding, 11 Text, 12 List,
    }
    enum Comparison { 0 Equal, 1 NotEqual, 2 Less, 3 LessOrEqual, 4 Greater, 5 GreaterOrEqual }
    enum Reserved { 0 PeriodStart, 1 PeriodEnd, 2 YearStart, 3 Day, 4 LongAgo, 5 Never }
    enum Op {
        0 Number(number), 1 Date(day), 2 Months(count), 3 Days(count), 4 YesNo(value), 5 Word(word), 6 Rounding(rounding),
        7 Fact(input), 8 Setting(setting), 9 Term(term), 10 Charge(charge), 11 Field(list, field), 12 Reserved(name),
        13 Not(a), 14 Negative(a), 15 And(a, b), 16 Or(a, b), 17 Compare(how, a, b), 18 In(a, words), 19 Includes(a, word),
        20 Add(a, b), 21 Subtract(a, b), 22 Multiply(a, b), 23 Divide(a, b), 24 Later(a, b), 25 Earlier(a, b),
        26 DaysBetween(a, b), 27 MonthsBetween(a, b), 28 Convert(a, factor, per), 29 AtLeast(a, b), 30 AtMost(a, b),
        31 Otherwise(a, b), 32 Exists(a), 33 If(a, b, c), 34 Round(a, rounding), 35 Since(input), 36 Average(input, months),
        37 Latched(a, b),
    }
}

// What stands in the versions of a rule differs from rule to rule.
macro_rules! packed_of {
    ($($name:ident { $($field:ident),+ })+) => { $(
        impl<T: Packed> Packed for $name<T> {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                $($field.pack(out);)+
            }

            fn unpack(from: &mut Unpacking<'_>) -> Self {
                Self { $($field: Packed::unpack(from)),+ }
            }
        }
    )+ };
}
packed_of! {
    Dated { timeline, bodies }
    Choice { alternatives, disjoint }
    Alternative { name, title, dated }
    Case { when, otherwise, instead_of, body, made_of }
}
