//! Drawn conditions against every point of a grid.
//!
//! The oracle evaluates its own form of the conditions, not the compiled one. Numbers are compared only at multiples of
//! 5 and the grid has steps of 2.5, so it meets every point and every stretch between two points.

use proptest::prelude::*;

use super::*;

/// A condition, as it is drawn.
#[derive(Clone, Debug)]
enum Drawn {
    Word(u8),
    Member,
    Veteran,
    /// `scale × base + shift` (in fifths of the constant's step) compared with a multiple of 5.
    Base {
        per_year: bool,
        least: Option<i64>,
        comparison: usize,
        at: i64,
    },
    Change {
        scale: i64,
        shift: i64,
        comparison: usize,
        at: i64,
    },
    Children {
        comparison: usize,
        at: i64,
    },
    Joined {
        comparison: usize,
        at: usize,
    },
    /// Two facts compared: not looked into.
    Facts {
        comparison: usize,
    },
    Not(Box<Drawn>),
    And(Box<Drawn>, Box<Drawn>),
    Or(Box<Drawn>, Box<Drawn>),
    If(Box<Drawn>, Box<Drawn>, Box<Drawn>),
}

/// A point of the grid; numbers are doubled, so that 2.5 is 5.
#[derive(Clone, Copy, Debug)]
struct Point {
    category: u8,
    veteran: bool,
    member: bool,
    base: i64,
    change: i64,
    other: i64,
    children: i64,
    joined: usize,
}

const SYMBOLS: [&str; 6] = ["<", "<=", "=", "!=", ">=", ">"];
const EDGES: [&str; 2] = ["2010-01-01", "2015-06-01"];
/// Before, on, between and after the edges.
const DAYS: [&str; 6] = ["long_ago", "2009-12-31", "2010-01-01", "2012-03-04", "2015-06-01", "2020-01-01"];

fn compared(comparison: usize, a: i64, b: i64) -> bool {
    [a < b, a <= b, a == b, a != b, a >= b, a > b][comparison]
}

impl Drawn {
    fn text(&self) -> String {
        match self {
            Self::Word(bits) => {
                let names = ["waged", "retired", "student", "farmer"];
                let words: Vec<_> = (0..4).filter(|word| bits >> word & 1 == 1).map(|word| names[word]).collect();
                format!("category in {}", words.join(" | "))
            }
            Self::Member => "member".to_owned(),
            Self::Veteran => "traits includes veteran".to_owned(),
            Self::Base { per_year, least, comparison, at } => {
                let least = least.map_or(String::new(), |least| format!(" at_least {least}"));
                let base = format!("(base{least})");
                let (base, at) = if *per_year { (format!("{base} per year"), at * 12) } else { (base, *at) };
                format!("{base} {} {at}", SYMBOLS[*comparison])
            }
            Self::Change { scale, shift, comparison, at } => {
                format!("{scale} * change + {shift} {} {}", SYMBOLS[*comparison], scale * at + shift)
            }
            Self::Children { comparison, at } => format!("children {} {at}", SYMBOLS[*comparison]),
            Self::Joined { comparison, at } => format!("joined {} {}", SYMBOLS[*comparison], EDGES[*at]),
            Self::Facts { comparison } => format!("change {} other", SYMBOLS[*comparison]),
            Self::Not(a) => format!("not ({})", a.text()),
            Self::And(a, b) => format!("({}) and ({})", a.text(), b.text()),
            Self::Or(a, b) => format!("({}) or ({})", a.text(), b.text()),
            Self::If(a, b, c) => format!("if ({}) then ({}) else ({})", a.text(), b.text(), c.text()),
        }
    }

    fn holds(&self, point: &Point) -> bool {
        match self {
            Self::Word(bits) => bits >> point.category & 1 == 1,
            Self::Member => point.member,
            Self::Veteran => point.veteran,
            Self::Base { least, comparison, at, .. } => {
                let base = least.map_or(point.base, |least| point.base.max(2 * least));
                compared(*comparison, base, 2 * at)
            }
            Self::Change { scale, shift, comparison, at } => {
                compared(*comparison, scale * point.change + 2 * shift, 2 * (scale * at + shift))
            }
            Self::Children { comparison, at } => compared(*comparison, point.children, *at),
            Self::Joined { comparison, at } => {
                let place = DAYS.iter().position(|day| *day == EDGES[*at]).unwrap();
                compared(*comparison, i64::try_from(point.joined).unwrap(), i64::try_from(place).unwrap())
            }
            Self::Facts { comparison } => compared(*comparison, point.change, point.other),
            Self::Not(a) => !a.holds(point),
            Self::And(a, b) => a.holds(point) && b.holds(point),
            Self::Or(a, b) => a.holds(point) || b.holds(point),
            Self::If(a, b, c) => {
                if a.holds(point) {
                    b.holds(point)
                } else {
                    c.holds(point)
                }
            }
        }
    }

    /// Marks what the condition reads, in the order of the fields of [`Point`].
    fn reads(&self, seen: &mut [bool; 8]) {
        match self {
            Self::Word(_) => seen[0] = true,
            Self::Veteran => seen[1] = true,
            Self::Member => seen[2] = true,
            Self::Base { .. } => seen[3] = true,
            Self::Change { .. } => seen[4] = true,
            Self::Facts { .. } => (seen[4], seen[5]) = (true, true),
            Self::Children { .. } => seen[6] = true,
            Self::Joined { .. } => seen[7] = true,
            Self::Not(a) => a.reads(seen),
            Self::And(a, b) | Self::Or(a, b) => {
                a.reads(seen);
                b.reads(seen);
            }
            Self::If(a, b, c) => [a, b, c].into_iter().for_each(|part| part.reads(seen)),
        }
    }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let at = || (0..5_i64).prop_map(|at| 5 * at);
    let leaf = prop_oneof![
        3 => (1..15_u8).prop_map(Drawn::Word),
        2 => Just(Drawn::Member),
        1 => Just(Drawn::Veteran),
        3 => (any::<bool>(), prop::option::weighted(0.3, at()), 0..6_usize, at())
            .prop_map(|(per_year, least, comparison, at)| Drawn::Base { per_year, least, comparison, at }),
        3 => (prop::sample::select(vec![-2_i64, -1, 1, 3]), -7..7_i64, 0..6_usize, at())
            .prop_map(|(scale, shift, comparison, at)| Drawn::Change { scale, shift, comparison, at: at - 10 }),
        2 => (0..6_usize, 0..5_i64).prop_map(|(comparison, at)| Drawn::Children { comparison, at }),
        2 => (0..6_usize, 0..2_usize).prop_map(|(comparison, at)| Drawn::Joined { comparison, at }),
        1 => (0..6_usize).prop_map(|comparison| Drawn::Facts { comparison }),
    ];
    leaf.prop_recursive(3, 8, 2, |part| {
        let part = || part.clone().prop_map(Box::new);
        prop_oneof![
            2 => part().prop_map(Drawn::Not),
            3 => (part(), part()).prop_map(|(a, b)| Drawn::And(a, b)),
            3 => (part(), part()).prop_map(|(a, b)| Drawn::Or(a, b)),
            1 => (part(), part(), part()).prop_map(|(a, b, c)| Drawn::If(a, b, c)),
        ]
    })
}

/// All points that differ in what is read; what an example fixes has only that value.
fn points(reads: [bool; 8], fixed: &[(String, Datum)]) -> Vec<Point> {
    let start =
        Point { category: 0, veteran: false, member: false, base: 0, change: 0, other: 0, children: 0, joined: 0 };
    let value = |name: &str| fixed.iter().find(|(fixed, _)| fixed == name).map(|(_, value)| *value);
    let doubled = |name: &str, all: Vec<i64>| match value(name) {
        // An example lies between two points of the grid at most by a fraction; so small numbers stay exact.
        Some(Datum::Number(number)) => vec![number.checked_mul(Exact::from_i64(2)).unwrap().to_i64().unwrap()],
        _ => all,
    };
    let mut points = vec![start];
    let mut vary = |place: usize, changes: &dyn Fn(Point) -> Vec<Point>| {
        if reads[place] {
            points = points.iter().flat_map(|point| changes(*point)).collect();
        }
    };
    let flags = |name: &str| match value(name) {
        Some(Datum::YesNo(answer)) => vec![answer],
        Some(Datum::Words(words)) => vec![words & 1 == 1],
        _ => vec![false, true],
    };
    vary(0, &|point| {
        let words = match value("category") {
            Some(Datum::Word(word)) => vec![word],
            _ => vec![0, 1, 2, 3],
        };
        words.into_iter().map(|category| Point { category, ..point }).collect()
    });
    vary(1, &|point| flags("traits").into_iter().map(|veteran| Point { veteran, ..point }).collect());
    vary(2, &|point| flags("member").into_iter().map(|member| Point { member, ..point }).collect());
    vary(3, &|point| {
        let all = (0..=9).map(|step| 5 * step).collect();
        doubled("base", all).into_iter().map(|base| Point { base, ..point }).collect()
    });
    let signed = || (-6..=6).map(|step| 5 * step).collect();
    vary(4, &|point| doubled("change", signed()).into_iter().map(|change| Point { change, ..point }).collect());
    vary(5, &|point| doubled("other", signed()).into_iter().map(|other| Point { other, ..point }).collect());
    vary(6, &|point| {
        let all = match value("children") {
            Some(Datum::Number(number)) => vec![number.to_i64().unwrap()],
            _ => (0..=6).collect(),
        };
        all.into_iter().map(|children| Point { children, ..point }).collect()
    });
    vary(7, &|point| {
        let all = match value("joined") {
            Some(Datum::Date(day)) => {
                // The day of the grid that compares alike with both edges.
                let alike = |place: &usize| {
                    EDGES.iter().all(|edge| date(DAYS[*place]).cmp(&date(edge)) == day.cmp(&date(edge)))
                };
                (0..DAYS.len()).filter(alike).take(1).collect()
            }
            _ => (0..DAYS.len()).collect::<Vec<_>>(),
        };
        all.into_iter().map(|joined| Point { joined, ..point }).collect()
    });
    points
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_is_what_the_grid_shows(a in drawn(), b in drawn()) {
        let mut sheet = sheet();
        let mut reads = [false; 8];
        a.reads(&mut reads);
        b.reads(&mut reads);
        let holds = |point: &Point| a.holds(point) && b.holds(point);
        match sheet.verdict(&a.text(), &b.text()) {
            Verdict::Never => {
                let common = points(reads, &[]).into_iter().find(holds);
                prop_assert!(common.is_none(), "{:?}", common);
            }
            Verdict::Both(values) => {
                let fixed: Vec<_> =
                    values.iter().map(|example| (example.subject.name(&sheet.0).to_owned(), example.value)).collect();
                for point in points(reads, &fixed) {
                    prop_assert!(holds(&point), "{:?} at {:?}", fixed, point);
                }
            }
            Verdict::Undecided => prop_assert!(reads[5], "only two facts compared may be left open"),
        }
    }
}
