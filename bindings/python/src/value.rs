//! Values of Python as values of the facade. What could lose a digit or mean something else is refused.

use std::collections::{BTreeMap, HashMap};

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PySet, PyString, PyTuple};
use rollbook::facade::{Error, Facts, Teller, Value};

use crate::error::raised;
use crate::python::Classes;

/// What may be passed for the facts and settings of a rule set, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    YesNo,
    Number,
    Date,
    Words,
    Records,
    Text,
}

impl Wanted {
    fn in_words(self) -> &'static str {
        match self {
            Self::YesNo => "bool or str",
            Self::Number => "decimal.Decimal, int or str",
            Self::Date => "datetime.date or str",
            Self::Words => "a list or set of str",
            Self::Records => "a list of dicts",
            Self::Text => "str",
        }
    }
}

/// What each name wants; fields of records by `list.field`.
pub(crate) type Names = HashMap<String, Wanted>;

/// The facts in a mapping of names and values.
pub(crate) fn facts(object: &Bound<'_, PyAny>, names: &Names) -> PyResult<Facts> {
    let mut facts = Facts::new();
    each_item(object, "facts", &mut |name, value| {
        // A name that nobody knows is a finding of the answer, so its value is only looked at for its own sake.
        let wanted = names.get(name.as_str()).copied();
        let value = Reader { names, wanted }.value(&name, &value)?;
        facts.insert(name, value);
        Ok(())
    })?;
    Ok(facts)
}

/// Tells the facts of a dict that are single values of the plainest classes; false where there is another.
pub(crate) fn told(object: &Bound<'_, PyAny>, teller: &mut Teller<'_>) -> bool {
    let Ok(dict) = object.cast_exact::<PyDict>() else { return false };
    dict.iter().all(|(name, value)| tell(&name, &value, teller).is_some())
}

fn tell(name: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>, teller: &mut Teller<'_>) -> Option<()> {
    let name = name.cast_exact::<PyString>().ok()?.to_str().ok()?;
    if let Ok(text) = value.cast_exact::<PyString>() {
        teller.text(name, text.to_str().ok()?);
    } else if value.is_exact_instance(Classes::get(value.py()).ok()?.decimal.bind(value.py())) {
        let digits = value.str().ok()?;
        let digits = digits.to_str().ok()?;
        if !is_plain(digits) {
            return None;
        }
        teller.number(name, digits);
    } else if let Ok(answer) = value.cast_exact::<PyBool>() {
        teller.yes_no(name, answer.is_true());
    } else if value.is_exact_instance_of::<PyInt>() {
        teller.number(name, value.str().ok()?.to_str().ok()?);
    } else {
        return None;
    }
    Some(())
}

/// Whether these are the plain digits of a number.
fn is_plain(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-')
}

/// Names and texts, such as what is set aside with the reasons.
pub(crate) fn texts(object: &Bound<'_, PyAny>, what: &str) -> PyResult<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    each_item(object, what, &mut |name, value| {
        let text = text(&value, &name, "str")?;
        texts.insert(name, text);
        Ok(())
    })?;
    Ok(texts)
}

/// A text; anything else is refused.
pub(crate) fn text(object: &Bound<'_, PyAny>, name: &str, wanted: &str) -> PyResult<String> {
    match object.cast::<PyString>() {
        Ok(text) => unicode(text, name),
        Err(_) => Err(wrong_type(object, name, wanted)),
    }
}

/// A day as text, from `datetime.date` or text.
pub(crate) fn day(object: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    if let Ok(text) = object.cast::<PyString>() {
        return unicode(text, name);
    }
    match date_text(object)? {
        Some(day) => Ok(day),
        None => Err(wrong_type(object, name, Wanted::Date.in_words())),
    }
}

/// A `datetime.date` that is no `datetime`, as YYYY-MM-DD.
pub(crate) fn date_text(object: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    let classes = Classes::get(object.py())?;
    let is_day = object.is_instance(classes.date.bind(object.py()))?
        && !object.is_instance(classes.datetime.bind(object.py()))?;
    if !is_day {
        return Ok(None);
    }
    object.call_method0("isoformat")?.extract().map(Some)
}

/// A `Decimal` that is a number, in plain digits; none for other objects, NaN and the infinities.
pub(crate) fn decimal_text(object: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    let classes = Classes::get(object.py())?;
    if !object.is_instance(classes.decimal.bind(object.py()))? {
        return Ok(None);
    }
    let text: String = object.str()?.extract()?;
    if is_plain(&text) {
        return Ok(Some(text));
    }
    // `1E+3` is written out, unless that would fill the memory.
    let (_, exponent) = text.split_once('E').unwrap_or_default();
    match exponent.parse::<i32>() {
        Ok(exponent) if exponent.unsigned_abs() <= 100 => {
            object.call_method1("__format__", ("f",))?.extract().map(Some)
        }
        Ok(_) => Ok(Some(text)),
        Err(_) => Ok(None),
    }
}

/// The refusal of a value, naming what came and what to pass.
pub(crate) fn wrong_type(object: &Bound<'_, PyAny>, name: &str, wanted: &str) -> PyErr {
    raised(object.py(), &Error::wrong_type(name, &given(object), wanted))
}

/// What came, in words: `a float`, `None`, `a datetime`.
fn given(object: &Bound<'_, PyAny>) -> String {
    if object.is_none() {
        return "None".to_owned();
    }
    let class = object.get_type().name().map_or_else(|_| "object".to_owned(), |name| name.to_string());
    let is_nan = class == "Decimal";
    match class.chars().next() {
        _ if is_nan => "a Decimal that is no number".to_owned(),
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {class}"),
        _ => format!("a {class}"),
    }
}

/// A text of Python as UTF-8; halves of characters cannot be.
fn unicode(text: &Bound<'_, PyString>, name: &str) -> PyResult<String> {
    let refused = |_| {
        let error =
            Error::wrong_type(name, "a str with half a character (a lone surrogate)", "a str of whole characters");
        raised(text.py(), &error)
    };
    text.to_str().map(str::to_owned).map_err(refused)
}

/// Every name and value of a mapping.
fn each_item<'py>(
    object: &Bound<'py, PyAny>,
    what: &str,
    take: &mut dyn FnMut(String, Bound<'py, PyAny>) -> PyResult<()>,
) -> PyResult<()> {
    let py = object.py();
    let name = |key: &Bound<'py, PyAny>| text(key, what, "names that are str");
    if let Ok(dict) = object.cast::<PyDict>() {
        for (key, value) in dict {
            take(name(&key)?, value)?;
        }
        return Ok(());
    }
    if !object.is_instance(Classes::get(py)?.mapping.bind(py))? {
        return Err(wrong_type(object, what, "a dict of names and values"));
    }
    for item in object.call_method0("items")?.try_iter()? {
        let (key, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) = item?.extract()?;
        take(name(&key)?, value)?;
    }
    Ok(())
}

/// Reads the value of one fact.
struct Reader<'n> {
    names: &'n Names,
    wanted: Option<Wanted>,
}

impl Reader<'_> {
    fn value(&self, name: &str, object: &Bound<'_, PyAny>) -> PyResult<Value> {
        if let Some(scalar) = self.scalar(name, object)? {
            return Ok(scalar);
        }
        let items: Option<Vec<Bound<'_, PyAny>>> = if let Ok(list) = object.cast::<PyList>() {
            Some(list.iter().collect())
        } else if let Ok(tuple) = object.cast::<PyTuple>() {
            Some(tuple.iter().collect())
        } else if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
            // A set has no order of its own, and none may show.
            let mut words: Vec<Bound<'_, PyAny>> = object.try_iter()?.collect::<PyResult<_>>()?;
            let texts =
                words.iter().map(|word| text(word, name, "words that are str")).collect::<PyResult<Vec<_>>>()?;
            let mut order: Vec<(String, Bound<'_, PyAny>)> = texts.into_iter().zip(words.drain(..)).collect();
            order.sort_by(|(one, _), (other, _)| one.cmp(other));
            Some(order.into_iter().map(|(_, word)| word).collect())
        } else {
            None
        };
        let Some(items) = items else { return Err(self.refuse(name, object)) };
        if items.iter().all(PyAnyMethods::is_instance_of::<PyString>) {
            let words = items.iter().map(|item| text(item, name, "str"));
            return words.collect::<PyResult<Vec<String>>>().map(Value::Words);
        }
        let records = items.into_iter().enumerate().map(|(number, item)| self.record(name, number, &item));
        records.collect::<PyResult<Vec<_>>>().map(Value::Records)
    }

    fn record(&self, name: &str, number: usize, object: &Bound<'_, PyAny>) -> PyResult<BTreeMap<String, Value>> {
        let mut record = BTreeMap::new();
        let place = format!("{name}/{number}");
        each_item(object, &place, &mut |field, value| {
            let wanted = match (self.wanted, field.as_str()) {
                (Some(Wanted::Records), _) => self.names.get(&format!("{name}.{field}")).copied(),
                // A history: the value is of the fact's own kind.
                (_, "from" | "issued") => Some(Wanted::Date),
                (wanted, _) => wanted,
            };
            let at = format!("{place}/{field}");
            let reader = Reader { names: self.names, wanted };
            let scalar = reader.scalar(&at, &value)?;
            let told = scalar.map_or_else(|| reader.words(&at, &value), Ok)?;
            record.insert(field, told);
            Ok(())
        })?;
        Ok(record)
    }

    /// Some words inside a history or a record; anything else is refused.
    fn words(&self, name: &str, object: &Bound<'_, PyAny>) -> PyResult<Value> {
        let list =
            object.cast::<PyList>().ok().filter(|list| list.iter().all(|item| item.is_instance_of::<PyString>()));
        let Some(list) = list else { return Err(self.refuse(name, object)) };
        list.iter().map(|item| text(&item, name, "str")).collect::<PyResult<_>>().map(Value::Words)
    }

    /// A value that is no collection; none for what is none of the accepted classes.
    fn scalar(&self, name: &str, object: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
        if let Ok(text) = object.cast::<PyString>() {
            return unicode(text, name).map(Value::Text).map(Some);
        }
        if let Some(number) = decimal_text(object)? {
            return Ok(Some(Value::Number(number)));
        }
        if let Ok(answer) = object.cast::<PyBool>() {
            return match self.wanted {
                None | Some(Wanted::YesNo) => Ok(Some(Value::YesNo(answer.is_true()))),
                Some(_) => Err(self.refuse(name, object)),
            };
        }
        if object.is_instance_of::<PyInt>() {
            // Python itself refuses to write out an int of thousands of digits.
            let Ok(digits) = object.str() else {
                let error = Error::wrong_type(name, "an int of thousands of digits", "a number that somebody owes");
                return Err(raised(object.py(), &error));
            };
            return Ok(Some(Value::Number(digits.extract()?)));
        }
        if let Some(day) = date_text(object)? {
            return Ok(Some(Value::Date(day)));
        }
        if object.is_none() || object.is_instance_of::<PyFloat>() || object.is_instance_of::<PyBytes>() {
            return Err(self.refuse(name, object));
        }
        Ok(None)
    }

    fn refuse(&self, name: &str, object: &Bound<'_, PyAny>) -> PyErr {
        let wanted = if object.is_none() {
            "a value, or leave out what is not known"
        } else {
            // What a name that nobody knows wants is not known either; a number is what most facts are.
            self.wanted.unwrap_or(Wanted::Number).in_words()
        };
        wrong_type(object, name, wanted)
    }
}
