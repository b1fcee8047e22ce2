//! The cells of one column, read as the facts of one input.

use arrow_array::cast::{AsArray, downcast_array};
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Int8Type, Int16Type, Int32Type,
    Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::DataType;
use rollbook::ruleset::{Datum, Facts, Given, InputId, Kind, Rules};
use rollbook::value::{Date, Exact};

/// What a type of column can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Carries {
    /// Nothing at all.
    Nothing,
    Texts,
    YesNo,
    /// Whole numbers: units, or minor units by the declared scale.
    Whole,
    /// Decimal numbers with so many decimals.
    Decimals(u32),
    Days,
}

impl Carries {
    /// What a column of this type carries; none where it is of no use for exact facts.
    pub(super) fn of(data_type: &DataType) -> Option<Self> {
        match data_type {
            DataType::Null => Some(Self::Nothing),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Some(Self::Texts),
            DataType::Dictionary(_, values) => Self::of(values).filter(|carries| *carries == Self::Texts),
            DataType::Boolean => Some(Self::YesNo),
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32
            | DataType::UInt64 => Some(Self::Whole),
            DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) => {
                u32::try_from(*scale).ok().map(Self::Decimals)
            }
            DataType::Date32 => Some(Self::Days),
            _ => None,
        }
    }
}

/// Whether minor units have to be declared before whole numbers can be read: for what usually has decimals.
pub(super) fn needs_scale(kind: &Kind) -> bool {
    matches!(kind, Kind::Money(_) | Kind::Share)
}

/// The cells of some rows of a column.
pub(super) enum Cells {
    Nothing,
    Texts(Texts),
    /// For each row the number of a text, each of which was read once.
    Read {
        rows: Vec<Option<usize>>,
        texts: Vec<Cell>,
    },
    YesNo(BooleanArray),
    Numbers {
        units: Vec<Option<i128>>,
        scale: u32,
    },
    Days(Date32Array),
}

/// What a text of a column says of its fact.
pub(super) enum Cell {
    /// Nothing.
    Empty,
    Value(Datum),
    /// A text that does not fit, which is told as it is.
    Wrong(String),
}

impl Cell {
    fn of(text: Option<&str>, rules: &Rules, input: InputId, read: &mut Facts) -> Self {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Self::Empty };
        read.clear();
        read.tell_text(rules, input, text);
        match read.get(input) {
            Given::One(value) if read.refused().is_empty() => Self::Value(*value),
            _ => Self::Wrong(text.to_owned()),
        }
    }
}

/// Texts, however they are kept.
pub(super) enum Texts {
    Short(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// For each row the place of its text among the others.
    Coded(Vec<Option<usize>>, Box<Texts>),
}

impl Cells {
    /// The cells of an array, which tell an input; `scale` is that of whole numbers.
    pub(super) fn of(array: &ArrayRef, scale: u32, rules: &Rules, input: InputId) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Null => Self::Nothing,
            DataType::Boolean => Self::YesNo(downcast_array(array)),
            DataType::Date32 => Self::Days(array.as_primitive_opt::<Date32Type>()?.clone()),
            DataType::Int8 => whole::<Int8Type>(array, scale)?,
            DataType::Int16 => whole::<Int16Type>(array, scale)?,
            DataType::Int32 => whole::<Int32Type>(array, scale)?,
            DataType::Int64 => whole::<Int64Type>(array, scale)?,
            DataType::UInt8 => whole::<UInt8Type>(array, scale)?,
            DataType::UInt16 => whole::<UInt16Type>(array, scale)?,
            DataType::UInt32 => whole::<UInt32Type>(array, scale)?,
            DataType::UInt64 => whole::<UInt64Type>(array, scale)?,
            DataType::Decimal32(_, scale) => whole::<Decimal32Type>(array, u32::try_from(*scale).ok()?)?,
            DataType::Decimal64(_, scale) => whole::<Decimal64Type>(array, u32::try_from(*scale).ok()?)?,
            DataType::Decimal128(_, scale) => whole::<Decimal128Type>(array, u32::try_from(*scale).ok()?)?,
            _ => match Texts::of(array)? {
                Texts::Coded(rows, texts) if texts.len() <= rows.len() => {
                    let mut read = Facts::new(rules);
                    let texts = (0..texts.len()).map(|at| Cell::of(texts.get(at), rules, input, &mut read)).collect();
                    Self::Read { rows, texts }
                }
                texts => Self::Texts(texts),
            },
        })
    }

    /// Tells the cell of a row; an empty cell is not given.
    pub(super) fn tell(&self, row: usize, rules: &Rules, input: InputId, facts: &mut Facts) {
        match self {
            Self::Nothing => {}
            Self::Texts(texts) => {
                if let Some(text) = texts.get(row).map(str::trim).filter(|text| !text.is_empty()) {
                    facts.tell_text(rules, input, text);
                }
            }
            Self::Read { rows: numbers, texts } => {
                match numbers.get(row).copied().flatten().and_then(|at| texts.get(at)) {
                    None | Some(Cell::Empty) => {}
                    Some(Cell::Value(value)) => facts.set(input, *value),
                    Some(Cell::Wrong(text)) => facts.tell_text(rules, input, text),
                }
            }
            Self::YesNo(answers) => {
                if answers.is_valid(row) {
                    facts.tell_text(rules, input, if answers.value(row) { "yes" } else { "no" });
                }
            }
            Self::Numbers { units, scale } => {
                if let Some(units) = units.get(row).copied().flatten() {
                    match Exact::from_minor_units(units, *scale) {
                        Some(number) => facts.tell_number(rules, input, number),
                        // Too many digits for a number: refused as a text would be.
                        None => facts.tell_text(rules, input, &format!("{units}E-{scale}")),
                    }
                }
            }
            Self::Days(days) => {
                if days.is_valid(row) {
                    match day(days.value(row)) {
                        Some(day) => facts.tell_day(rules, input, day),
                        None => facts.tell_text(rules, input, &format!("{} days after 1970-01-01", days.value(row))),
                    }
                }
            }
        }
    }
}

/// A day by its number, counted from 1970-01-01.
fn day(number: i32) -> Option<Date> {
    Date::new(1970, 1, 1)?.add_days(number).ok()
}

fn whole<T: ArrowPrimitiveType>(array: &ArrayRef, scale: u32) -> Option<Cells>
where
    T::Native: Into<i128>,
{
    let units = array.as_primitive_opt::<T>()?.iter().map(|units| units.map(Into::into)).collect();
    Some(Cells::Numbers { units, scale })
}

impl Texts {
    /// The texts of an array; none where it has no texts.
    pub(super) fn of(array: &ArrayRef) -> Option<Self> {
        Some(match array.data_type() {
            DataType::Utf8 => Self::Short(array.as_string_opt::<i32>()?.clone()),
            DataType::LargeUtf8 => Self::Large(array.as_string_opt::<i64>()?.clone()),
            DataType::Utf8View => Self::View(array.as_string_view_opt()?.clone()),
            DataType::Dictionary(_, _) => {
                let coded = array.as_any_dictionary_opt()?;
                let texts = Self::of(coded.values())?;
                // A dictionary without words has no key that could be read.
                let keys = if coded.values().is_empty() { vec![0; coded.len()] } else { coded.normalized_keys() };
                let keys = keys.into_iter().enumerate().map(|(row, key)| coded.is_valid(row).then_some(key));
                Self::Coded(keys.collect(), Box::new(texts))
            }
            _ => return None,
        })
    }

    fn len(&self) -> usize {
        match self {
            Self::Short(texts) => texts.len(),
            Self::Large(texts) => texts.len(),
            Self::View(texts) => texts.len(),
            Self::Coded(rows, _) => rows.len(),
        }
    }

    /// The text of a row, if it has one.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Short(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::Large(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::View(texts) => (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row)),
            Self::Coded(keys, texts) => texts.get(keys.get(row).copied().flatten()?),
        }
    }
}
