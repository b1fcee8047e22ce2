//! What one organisation decides: the values of settings.

use super::datum::Datum;
use super::rules::{Name, Rules};
use super::text_value::{Range, quoted, read_value};
use super::timeline::InForce;
use crate::value::Date;

/// A value of a setting as the host writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The setting.
    pub name: String,
    /// From which day it holds; none is the open past.
    pub from: Option<String>,
    /// By which day it had been decided; `from`, if none is given.
    pub issued: Option<String>,
    /// The value.
    pub value: String,
}

impl Decision {
    /// A value that always holds.
    pub fn always(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), from: None, issued: None, value: value.into() }
    }
}

/// Why a call cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WrongCall {
    /// No charge has this name.
    #[error("there is no charge `{name}`{}", did_you_mean(.near.as_deref()))]
    UnknownCharge {
        /// The name.
        name: String,
        /// The nearest one.
        near: Option<String>,
    },
    /// No setting has this name.
    #[error("there is no setting `{name}`{}", did_you_mean(.near.as_deref()))]
    UnknownSetting {
        /// The name.
        name: String,
        /// The nearest one.
        near: Option<String>,
    },
    /// A setting's value does not fit.
    #[error("setting `{name}`: `{value}` is not accepted; accepted: {wanted}")]
    BadSetting {
        /// The setting.
        name: String,
        /// The value.
        value: String,
        /// What is accepted.
        wanted: String,
    },
    /// Nothing that can be set aside has this path.
    #[error("`{path}` cannot be set aside: {why}")]
    NotSetAside {
        /// The path.
        path: String,
        /// Why.
        why: String,
    },
}

fn did_you_mean(name: Option<&str>) -> String {
    name.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The value of every setting on two dates, with whether the organisation decided it.
#[derive(Clone, Debug)]
pub struct Settings {
    values: Vec<Option<(Datum, bool)>>,
}

impl Settings {
    /// Chooses among the decisions those that hold, and the defaults where there is none.
    ///
    /// # Errors
    ///
    /// An unknown setting, a value that is not of its kind, or one outside the bounds in force.
    pub(crate) fn at(rules: &Rules, in_force: &InForce, decisions: &[Decision]) -> Result<Self, WrongCall> {
        let mut chosen: Vec<Option<(Date, Date, Datum)>> = vec![None; rules.settings.len()];
        for decision in decisions {
            let Some(Name::Setting(id)) = rules.names.get(decision.name.as_str()) else {
                let near = super::nearest(&decision.name, rules.settings.iter().map(|s| &*s.name));
                return Err(WrongCall::UnknownSetting { name: quoted(&decision.name), near });
            };
            let Some(setting) = rules.settings.get(id.index()) else { continue };
            let bad = |wanted: String| WrongCall::BadSetting {
                name: decision.name.clone(),
                value: quoted(&decision.value),
                wanted,
            };
            let day = |text: &Option<String>| match text {
                None => Ok(None),
                Some(text) => Date::parse(text).map(Some).map_err(|_| bad("a day such as 2026-01-31".to_owned())),
            };
            let from = day(&decision.from)?.unwrap_or(Date::LONG_AGO);
            let issued = day(&decision.issued)?.unwrap_or(from);
            let value = read_value(rules, &setting.name, &setting.kind, Range::default(), &decision.value)
                .map_err(|finding| bad(finding.param("wanted").unwrap_or_default().to_owned()))?;
            if issued > in_force.known || from > in_force.effective {
                continue;
            }
            if let Some(bounds) =
                in_force.version(setting.timeline).and_then(|v| setting.bounds.get(usize::from(v.version)))
                && let Datum::Number(number) = value
            {
                let range = Range { at_least: bounds.at_least, at_most: bounds.at_most };
                if !range.holds(number) {
                    return Err(bad(range.describe()));
                }
            }
            if let Some(slot) = chosen.get_mut(id.index())
                && slot.is_none_or(|(known, since, _)| (known, since) <= (issued, from))
            {
                *slot = Some((issued, from, value));
            }
        }
        let values = rules.settings.iter().zip(chosen).map(|(setting, decided)| {
            let version = in_force.version(setting.timeline)?;
            match decided {
                Some((_, _, value)) => Some((value, true)),
                None => setting.bounds.get(usize::from(version.version)).map(|bounds| (bounds.default, false)),
            }
        });
        Ok(Self { values: values.collect() })
    }

    /// The value of a setting, and whether the organisation decided it; none when no version is in force.
    pub(crate) fn get(&self, setting: super::ids::SettingId) -> Option<(Datum, bool)> {
        self.values.get(setting.index()).copied().flatten()
    }
}
