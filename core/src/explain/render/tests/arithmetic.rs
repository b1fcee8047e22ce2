//! Reads a line of an explanation as a person with a pocket calculator would, knowing nothing of the rule set.
//!
//! The reader of exact fractions is its own: 128-bit numerators and denominators in lowest terms.

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fraction(i128, i128);

impl Fraction {
    pub(super) fn new(top: i128, bottom: i128) -> Self {
        let (mut a, mut b) = (top.abs(), bottom.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let a = a.max(1);
        Self(top * bottom.signum() / a, bottom.abs() / a)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some((top, bottom)) = text.split_once('/') {
            return Some(Self::new(top.parse().ok()?, bottom.parse().ok()?));
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{decimals}").parse().ok()?;
        Some(Self::new(digits, 10_i128.pow(u32::try_from(decimals.len()).ok()?)))
    }

    pub(super) fn less(self, other: Self) -> bool {
        self.0 * other.1 < other.0 * self.1
    }
}

/// What a line shows.
#[derive(Debug, PartialEq)]
pub(super) enum Shows {
    /// It computes, compares or rounds, and that is right.
    Right,
    /// It does, and that is wrong.
    Wrong(String),
    /// It does none of these.
    Nothing,
}

/// Checks a line from which all titles were taken out.
pub(super) fn check(text: &str) -> Shows {
    let body = text.rsplit(['：', ':']).next().unwrap_or(text);
    let body = body.replace(['“', '”'], " ");
    let wrong = |why: &str| Shows::Wrong(format!("{why}: {text}"));
    if let Some((a, b, greater, result)) = greater_or_lesser(&body) {
        let (Some(a), Some(b), Some(result)) = (value(&a), value(&b), value(&result)) else {
            return wrong("cannot be read");
        };
        let expected = if a.less(b) == greater { b } else { a };
        return if expected == result { Shows::Right } else { wrong("not the right one of the two") };
    }
    if let Some((left, right)) = body.split_once('→') {
        let Some(result) = value(right) else { return wrong("the result cannot be read") };
        if body.contains(['<', '>', '≤', '≥']) {
            let sides: Vec<Fraction> = left.split(['<', '>', '≤', '≥']).filter_map(value).collect();
            return match (comparisons(left), sides.as_slice()) {
                (Some(true), [_, limit]) if *limit == result => Shows::Right,
                _ => wrong("the limit does not act like that"),
            };
        }
        let (Some(from), Some(unit)) = (value(left), unit(text)) else { return wrong("the rounding cannot be read") };
        let distance = Fraction::new((from.0 * result.1 - result.0 * from.1).abs(), from.1 * result.1);
        let multiple = result.0 * unit.1 % (result.1 * unit.0) == 0;
        return if multiple && distance.less(unit) { Shows::Right } else { wrong("not rounded like that") };
    }
    if let Some((left, right)) = body.split_once('=') {
        return match (value(left), value(right)) {
            (Some(left), Some(right)) if left == right => Shows::Right,
            (Some(left), Some(_)) => wrong(&format!("the left side is {left:?}")),
            _ => wrong("a side cannot be read"),
        };
    }
    if body.contains(['<', '>', '≤', '≥']) {
        return match comparisons(body.split(['，', ',']).next().unwrap_or_default()) {
            Some(true) => Shows::Right,
            _ => wrong("does not compare like that"),
        };
    }
    Shows::Nothing
}

/// The two sides, whether the greater of them is taken, and the result.
fn greater_or_lesser(body: &str) -> Option<(String, String, bool, String)> {
    let (pair, result) = body.split_once('=')?;
    let (pair, greater, between) = if let Some((_, rest)) = pair.split_once("the greater of") {
        (rest, true, " and ")
    } else if let Some((_, rest)) = pair.split_once("the lesser of") {
        (rest, false, " and ")
    } else if let Some(rest) = pair.trim().strip_suffix("取大") {
        (rest, true, "与")
    } else {
        (pair.trim().strip_suffix("取小")?, false, "与")
    };
    let (a, b) = pair.split_once(between)?;
    let plain = |side: &str| {
        ["declared", "least", "申报", "最低"].iter().fold(side.to_owned(), |side, word| side.replace(word, " "))
    };
    Some((plain(a), plain(b), greater, result.to_owned()))
}

fn unit(text: &str) -> Option<Fraction> {
    let (before, _) = text.rsplit_once(['：', ':'])?;
    let number = before.rsplit([' ', '到']).find(|part| !part.is_empty())?;
    Fraction::parse(number)
}

/// `5000 < 5400 ≤ 10000`: all of it holds.
fn comparisons(text: &str) -> Option<bool> {
    let symbols: Vec<char> = text.chars().filter(|c| matches!(c, '<' | '>' | '≤' | '≥')).collect();
    let sides: Vec<Fraction> = text.split(['<', '>', '≤', '≥']).map(value).collect::<Option<_>>()?;
    Some(symbols.iter().zip(sides.windows(2)).all(|(symbol, pair)| match symbol {
        '<' => pair[0].less(pair[1]),
        '>' => pair[1].less(pair[0]),
        '≤' => !pair[1].less(pair[0]),
        _ => !pair[0].less(pair[1]),
    }))
}

/// The value of sums and products.
fn value(text: &str) -> Option<Fraction> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let value = reader.sum()?;
    (reader.at == tokens.len()).then_some(value)
}

#[derive(Debug, PartialEq)]
enum Token {
    Number(Fraction),
    Sign(char),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = rest.trim_start();
        } else if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '/')).unwrap_or(rest.len());
            let mut number = Fraction::parse(&rest[..end])?;
            rest = &rest[end..];
            if let Some(after) = rest.strip_prefix('%') {
                number = Fraction::new(number.0, number.1 * 100);
                rest = after;
            }
            tokens.push(Token::Number(number));
        } else if "+−×÷()".contains(first) {
            tokens.push(Token::Sign(first));
            rest = &rest[first.len_utf8()..];
        } else {
            return None;
        }
    }
    Some(tokens)
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn takes(&mut self, sign: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> Option<Fraction> {
        let mut sum = self.product()?;
        loop {
            if self.takes('+') {
                let more = self.product()?;
                sum = Fraction::new(sum.0 * more.1 + more.0 * sum.1, sum.1 * more.1);
            } else if self.takes('−') {
                let more = self.product()?;
                sum = Fraction::new(sum.0 * more.1 - more.0 * sum.1, sum.1 * more.1);
            } else {
                return Some(sum);
            }
        }
    }

    fn product(&mut self) -> Option<Fraction> {
        let mut product = self.single()?;
        loop {
            if self.takes('×') {
                let by = self.single()?;
                product = Fraction::new(product.0 * by.0, product.1 * by.1);
            } else if self.takes('÷') {
                let by = self.single()?;
                product = Fraction::new(product.0 * by.1, product.1 * by.0);
            } else {
                return Some(product);
            }
        }
    }

    fn single(&mut self) -> Option<Fraction> {
        if self.takes('(') {
            let inside = self.sum()?;
            return self.takes(')').then_some(inside);
        }
        if self.takes('−') {
            let Fraction(top, bottom) = self.single()?;
            return Some(Fraction(-top, bottom));
        }
        match self.tokens.get(self.at) {
            Some(Token::Number(number)) => {
                self.at += 1;
                Some(*number)
            }
            _ => None,
        }
    }
}

#[test]
fn the_calculator_tells_right_from_wrong() {
    for right in [
        "a：3000 + 1000 − 100 = 3900",
        "5400 × 1.5% = 81",
        "5000 < 5400 ≤ 10000",
        "1200 > 1000 → 1000",
        "四舍五入到 0.01：30.0001 → 30.00",
        "10000 × 1/3 = 10000/3",
        "(−5) 与 0 取大 = 0",
        "(1 + 2) ÷ 4 = 3/4",
    ] {
        assert_eq!(check(right), Shows::Right, "{right}");
    }
    for wrong in [
        "3000 + 1000 = 3900",
        "5400 × 1.5% = 82",
        "5000 < 5000 ≤ 10000",
        "1200 > 1000 → 1100",
        "四舍五入到 0.01：30.0001 → 30.02",
        "四舍五入到 0.1：30.05 → 30.05",
        "5 与 0 取小 = 5",
        "x + 1 = 2",
    ] {
        assert!(matches!(check(wrong), Shows::Wrong(_)), "{wrong}");
    }
    assert_eq!(check("类别：学生"), Shows::Nothing);
}
