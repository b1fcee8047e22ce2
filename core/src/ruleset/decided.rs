//! What one organisation decides: the values of settings.

use super::datum::Datum;
use super::ids::{SettingId, VersionId};
use super::order;
use super::rules::{Name, Rules, Setting};
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

/// The value of every setting on two dates, and what those that a `latched` looks at had been before.
#[derive(Clone, Debug)]
pub struct Settings {
    values: Vec<Option<Decided>>,
    past: Vec<(SettingId, Past)>,
}

/// A setting's value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decided {
    pub(crate) value: Datum,
    /// Whether the organisation decided it; else it is the default.
    pub(crate) given: bool,
    /// The version of the setting that holds.
    pub(crate) version: VersionId,
}

/// The days on which a setting got another value, oldest first, each with that value.
type Past = Vec<(Date, Option<Decided>)>;

/// A decision that was read: by when it had been decided, from when it holds, and the value.
type Dated = (Date, Date, Datum);

impl Settings {
    /// Chooses among the decisions those that hold, and the defaults where there is none.
    ///
    /// # Errors
    ///
    /// An unknown setting, a value that is not of its kind, or one outside the bounds in force.
    pub(crate) fn at(rules: &Rules, in_force: &InForce, decisions: &[Decision]) -> Result<Self, WrongCall> {
        let mut known: Vec<Vec<Dated>> = vec![Vec::new(); rules.settings.len()];
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
            if let Some(decided) = known.get_mut(id.index()) {
                decided.push((issued, from, value));
            }
        }
        let values = rules.settings.iter().zip(&known).map(|(setting, decided)| {
            setting.decided(in_force.version(setting.timeline)?, latest(decided, in_force.effective))
        });
        let mut looked_at: Vec<SettingId> = rules.latches.iter().flat_map(|latch| &latch.settings).copied().collect();
        order::sort_by(&mut looked_at, Ord::cmp);
        looked_at.dedup();
        let past = looked_at.into_iter().filter_map(|id| {
            let (setting, decided) = (rules.settings.get(id.index())?, known.get(id.index())?);
            Some((id, setting.past(rules, in_force, decided)))
        });
        Ok(Self { values: values.collect(), past: past.collect() })
    }

    /// The value of a setting; none when no version is in force.
    pub(crate) fn get(&self, setting: SettingId) -> Option<Decided> {
        self.values.get(setting.index()).copied().flatten()
    }

    /// The value that a setting had on an earlier day, as it is known now.
    pub(crate) fn on(&self, setting: SettingId, day: Date) -> Option<Decided> {
        match self.past.iter().find(|(id, _)| *id == setting) {
            Some((_, past)) => past.iter().rev().find(|(from, _)| *from <= day).and_then(|(_, decided)| *decided),
            None => self.get(setting),
        }
    }

    /// The days on which a setting got another value.
    pub(crate) fn changes(&self, setting: SettingId) -> impl Iterator<Item = Date> {
        let past = self.past.iter().filter(move |(id, _)| *id == setting);
        past.flat_map(|(_, past)| past.iter().map(|(from, _)| *from))
    }
}

/// The decision that holds on a day: the one decided last, then the one that begins last, then the one told last.
fn latest(decided: &[Dated], day: Date) -> Option<Datum> {
    let begun = decided.iter().filter(|(_, from, _)| *from <= day);
    begun.max_by_key(|(issued, from, _)| (*issued, *from)).map(|(_, _, value)| *value)
}

impl Setting {
    fn decided(&self, version: VersionId, decision: Option<Datum>) -> Option<Decided> {
        match decision {
            Some(value) => Some(Decided { value, given: true, version }),
            None => {
                let bounds = self.bounds.get(usize::from(version.version))?;
                Some(Decided { value: bounds.default, given: false, version })
            }
        }
    }

    /// Its values up to the effective day, each from the day on which it begins.
    fn past(&self, rules: &Rules, in_force: &InForce, decided: &[Dated]) -> Past {
        let Some(timeline) = rules.timelines.get(self.timeline.index()) else { return Vec::new() };
        let versions = timeline.versions.iter().flat_map(|version| [version.from, version.until.next()]);
        let mut days: Vec<Date> = versions.chain(decided.iter().map(|(_, from, _)| *from)).collect();
        days.retain(|day| *day <= in_force.effective);
        order::sort_by(&mut days, Ord::cmp);
        days.dedup();
        // The decisions by their first days: as the days go on, more of them have begun.
        let mut begun: Vec<Dated> = decided.to_vec();
        order::sort_by(&mut begun, |one, other| one.1.cmp(&other.1));
        let mut coming = begun.into_iter().peekable();
        let mut best: Option<Dated> = None;
        let values = days.into_iter().map(|day| {
            while let Some(next) = coming.next_if(|(_, from, _)| *from <= day) {
                if best.is_none_or(|(issued, from, _)| (issued, from) <= (next.0, next.1)) {
                    best = Some(next);
                }
            }
            let version = timeline.at(day, in_force.known);
            let version = version.map(|version| VersionId { timeline: self.timeline, version });
            (day, version.and_then(|version| self.decided(version, best.map(|(_, _, value)| value))))
        });
        values.collect()
    }
}
