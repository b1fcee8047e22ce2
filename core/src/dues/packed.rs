//! Charges as bytes.

use super::rule::{
    Charge, Charges, Declared, Divided, Due, Each, Form, LimitBody, NamedLimit, Owed, OwedPart, Reduction,
    ReductionBody, Reductions, Row, Schedule, Take, Tariff, TariffBody, VersionsOn, Way, WayBody,
};
use crate::ruleset::packed::{Packed, Unpacking, packed};

packed! {
    struct Charges { charges, answers }
    struct Charge {
        name, title, owner, per, each, recipients, versions_on, owed, as_of, reductions, tariff, limits, round, pay_by,
        reaches,
    }
    struct Each { list, day }
    struct Owed { when, starts, ends, part, depends_on_day }
    struct Tariff { body, due, goes_to }
    struct Due { per, last }
    struct Schedule { form, at_least, at_most, round }
    struct Declared { declared, minimum, guide, suggested }
    struct Reductions { take, choice }
    struct Reduction { needs, body }
    struct NamedLimit { name, title, dated }
    struct LimitBody { when, at_most, at_least }
    struct Way { name, title, dated }
    struct WayBody { divided, round }
}

packed! {
    enum VersionsOn { 0 PeriodStart, 1 PeriodEnd, 2 ByDay }
    enum OwedPart { 0 Whole, 1 None, 2 ByDay, 3 ByMonth, 4 ByHalfYear }
    enum TariffBody { 0 Exempt, 1 NoRule(why), 2 Amount(schedule) }
    enum Form {
        0 Amount(amount), 1 Nested(schedule), 2 Rate { rate, of }, 3 Slab(bands), 4 Marginal(bands), 5 Table(bands),
        6 ByWord { of, rows }, 7 Declared(declared),
    }
    enum Row { 0 Amount(schedule), 1 Exempt, 2 NoRule(why) }
    enum Take { 0 One, 1 Lowest, 2 InOrder(order) }
    enum ReductionBody { 0 Exempt, 1 Amount(amount), 2 Pays(share), 3 Less(share) }
    enum Divided { 0 Times { share, written }, 1 Parts { count, rest_last } }
}
