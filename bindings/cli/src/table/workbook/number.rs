//! A number of a workbook as its cell shows it.
//!
//! A workbook keeps a number as a binary float, of which fifteen digits are sure. Those are taken, and no more; where
//! the format of the cell shows a fixed number of decimals, those that it shows. How they are rounded is what
//! spreadsheet programs do: half way, away from zero.

use rollbook::value::{Exact, Rounding, RoundingMode};

/// The numbers of one format code, by the sign of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NumberFormat {
    positive: Shown,
    negative: Shown,
    zero: Shown,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// With as many digits as it has: general, scientific and whatever shows something else than the number.
    Plainly,
    /// With a fixed number of decimals.
    Fixed {
        /// The most decimals.
        most: u32,
        /// Those that are shown though they are zero.
        least: u32,
        /// The least digits before the point.
        whole: usize,
        /// As a percentage.
        is_percent: bool,
    },
}

/// What a number is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) text: String,
    /// Whether its cell shows fewer digits than it holds.
    pub(super) is_shortened: bool,
    /// Whether it has more digits than are sure.
    pub(super) is_too_long: bool,
}

impl NumberFormat {
    /// Reads a format code: up to three sections for positive numbers, negative ones and zero.
    pub(super) fn read(code: &str) -> Self {
        let mut sections = sections(code).into_iter();
        let positive = sections.next().unwrap_or(Shown::Plainly);
        let negative = sections.next().unwrap_or(positive);
        let zero = sections.next().unwrap_or(positive);
        Self { positive, negative, zero }
    }

    /// The number as it is shown.
    pub(super) fn show(&self, value: f64) -> Taken {
        let (plain, is_too_long) = plainly(value);
        let shown = match Exact::parse(&plain) {
            Ok(exact) if exact.is_zero() => self.zero,
            Ok(exact) if exact.is_negative() => self.negative,
            _ => self.positive,
        };
        match shown.fixed(&plain) {
            Some((text, is_shortened)) if !is_too_long => Taken { text, is_shortened, is_too_long },
            _ => Taken { text: plain, is_shortened: false, is_too_long },
        }
    }
}

impl Shown {
    /// The number with its shown decimals, and whether others were left away.
    fn fixed(self, plain: &str) -> Option<(String, bool)> {
        let Self::Fixed { most, least, whole, is_percent } = self else { return None };
        let held = Exact::parse(plain).ok()?;
        let held = if is_percent { held.checked_mul(Exact::from_i64(100)).ok()? } else { held };
        let unit = Exact::ratio(1, 10_i128.checked_pow(most)?).ok()?;
        let shown = Rounding::new(RoundingMode::HalfUp, unit).ok()?.apply(held).ok()?;
        let mut text = shown.to_fixed(most)?;
        let most_zeros = usize::try_from(most.saturating_sub(least)).unwrap_or(0);
        for _ in 0..most_zeros {
            if !text.ends_with('0') {
                break;
            }
            text.pop();
        }
        if text.ends_with('.') {
            text.pop();
        }
        let (sign, unsigned) = text.strip_prefix('-').map_or(("", text.as_str()), |unsigned| ("-", unsigned));
        let digits = unsigned.split('.').next().unwrap_or_default().len();
        let zeros = "0".repeat(whole.saturating_sub(digits));
        let percent = if is_percent { "%" } else { "" };
        Some((format!("{sign}{zeros}{unsigned}{percent}"), shown != held))
    }
}

/// Fifteen digits, without zeros at the end and without an exponent; and whether there are more before the point.
fn plainly(value: f64) -> (String, bool) {
    // One digit, a point, fourteen digits, an exponent: `-2.86040000000000e3`.
    let scientific = format!("{value:.14e}");
    let Some((digits, power)) = scientific.split_once('e') else { return (scientific, false) };
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return ("0".to_owned(), false);
    }
    let power: i32 = power.parse().unwrap_or(0);
    let text = match usize::try_from(power) {
        Ok(power) => {
            let whole = power.saturating_add(1);
            match (digits.get(..whole), digits.get(whole..)) {
                (Some(whole), Some("")) => whole.to_owned(),
                (Some(whole), Some(decimals)) => format!("{whole}.{decimals}"),
                _ => format!("{digits}{}", "0".repeat(whole.saturating_sub(digits.len()))),
            }
        }
        Err(_) => {
            let zeros = usize::try_from(power.saturating_neg().saturating_sub(1)).unwrap_or(0);
            format!("0.{}{digits}", "0".repeat(zeros))
        }
    };
    (format!("{sign}{text}"), power >= 15)
}

/// The sections of a format code.
fn sections(code: &str) -> Vec<Shown> {
    let mut all = Vec::new();
    let mut section = Section::default();
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ';' => all.push(std::mem::take(&mut section).shown()),
            // The next character is shown, or as wide as a blank, or fills the cell.
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => {
                let _ = characters.by_ref().find(|it| *it == '"');
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|it| *it != ']').collect();
                section.is_other |= inside.starts_with(['<', '>', '=']);
            }
            '0' | '#' | '?' => section.digit(character == '0'),
            '.' => section.point(),
            ',' => section.comma_waits = section.whole_places > 0,
            '%' => section.percents = section.percents.saturating_add(1),
            'e' | 'E' | '/' | '@' | 'G' | 'g' => section.is_other = true,
            _ => {}
        }
    }
    all.push(section.shown());
    all
}

/// One section of a format code, as far as it was read.
#[derive(Debug, Default)]
struct Section {
    whole_places: usize,
    whole_zeros: usize,
    has_point: bool,
    most: u32,
    least: u32,
    percents: u32,
    /// A comma stood behind a digit: it separates thousands if another digit follows, else it divides by a thousand.
    comma_waits: bool,
    is_other: bool,
}

impl Section {
    fn digit(&mut self, is_zero: bool) {
        self.comma_waits = false;
        if self.has_point {
            self.most = self.most.saturating_add(1);
            self.least = if is_zero { self.most } else { self.least };
        } else {
            self.whole_places = self.whole_places.saturating_add(1);
            // Zeros stand behind all other places: `#,##0`.
            self.whole_zeros = self.whole_zeros.saturating_add(usize::from(is_zero));
        }
    }

    fn point(&mut self) {
        self.is_other |= self.has_point || self.comma_waits;
        self.has_point = true;
    }

    fn shown(self) -> Shown {
        let has_places = self.whole_places > 0 || self.most > 0;
        if self.is_other || self.comma_waits || self.percents > 1 || !has_places || self.most > 15 {
            return Shown::Plainly;
        }
        let Self { most, least, whole_zeros, percents, .. } = self;
        Shown::Fixed { most, least, whole: whole_zeros, is_percent: percents == 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        NumberFormat::read(code).show(value).text
    }

    #[test]
    fn a_number_has_the_digits_that_were_typed_and_no_more() {
        for (value, text) in [
            (2860.40, "2860.4"),
            (0.1 + 0.2, "0.3"),
            (81.0, "81"),
            (-0.2, "-0.2"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e-7, "0.0000001"),
            (5_416.666_666_666_667, "5416.66666666667"),
            (123_456_789_012_345.0, "123456789012345"),
            (20_000_000_000.0, "20000000000"),
        ] {
            assert_eq!(shown("General", value), text);
            assert!(!NumberFormat::read("General").show(value).is_too_long, "{text}");
        }
    }

    #[test]
    fn more_than_fifteen_digits_before_the_point_are_not_sure() {
        let taken = NumberFormat::read("0").show(330_106_198_001_011_234.0);
        assert!(taken.is_too_long, "{taken:?}");
        assert!(NumberFormat::read("General").show(1e15).is_too_long);
        assert!(NumberFormat::read("General").show(1e300).is_too_long);
    }

    #[test]
    fn a_format_with_decimals_gives_those_that_it_shows() {
        for (code, value, text) in [
            ("0.00", 5_416.666_666_666_667, "5416.67"),
            ("0.00", 2860.4, "2860.40"),
            ("0.00", 1.005, "1.01"),
            ("0.00", -1.005, "-1.01"),
            ("#,##0", 5416.5, "5417"),
            ("#,##0.00_);[Red](#,##0.00)", -5416.666, "-5416.67"),
            ("0.##", 5400.0, "5400"),
            ("0.##", 5400.5, "5400.5"),
            ("¥#,##0.0\"元\"", 12.34, "12.3"),
            ("000000", 12.0, "000012"),
            ("0%", 0.05, "5%"),
            ("0.0%", 0.0525, "5.3%"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 7.0, "7.00"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", 0.0, "0"),
            ("0.0;-0.00;0", -1.234, "-1.23"),
        ] {
            assert_eq!(shown(code, value), text, "{code}");
        }
    }

    #[test]
    fn a_format_that_shows_something_else_than_the_number_changes_nothing() {
        for code in ["0.00E+00", "# ?/?", "0,", "0.0,,", "[>100]0;0.0", "\"yes\"", "General\"元\"", "@", "", "0%%"] {
            assert_eq!(shown(code, 1234.5678), "1234.5678", "{code}");
        }
    }

    #[test]
    fn it_is_known_whether_a_cell_holds_more_than_it_shows() {
        let shortened = |code: &str, value: f64| NumberFormat::read(code).show(value).is_shortened;
        assert!(shortened("0.00", 5_416.666_666_666_667) && shortened("0", 0.5));
        assert!(!shortened("0.00", 2860.4) && !shortened("0.00", 0.1 + 0.2) && !shortened("General", 0.1 + 0.2));
    }
}
