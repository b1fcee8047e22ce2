//! Enums that are the facade's word for word, and texts that the packages above turn into types of their language.

use rollbook::facade;

macro_rules! mirrored {
    ($($(#[$doc:meta])* $name:ident, $($to:ident)? { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
            pub enum $name {
                $($(#[$variant_doc])* $variant),+
            }

            mirrored!(@from $name, $($to)? { $($variant),+ });
        )+
    };
    (@from $name:ident, { $($variant:ident),+ }) => {
        impl From<facade::$name> for $name {
            fn from(plain: facade::$name) -> Self {
                match plain { $(facade::$name::$variant => Self::$variant),+ }
            }
        }
    };
    (@from $name:ident, asked { $($variant:ident),+ }) => {
        impl From<$name> for facade::$name {
            fn from(mirror: $name) -> Self {
                match mirror { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

mirrored! {
    /// What an answer amounts to.
    Status, {
        /// An amount is owed.
        Charged,
        /// The rules exempt.
        Exempt,
        /// Nothing is owed in this period.
        NotDue,
        /// Facts are missing that still matter.
        NeedsFacts,
        /// The rules say nothing, or two things.
        NoRule,
        /// Something told is not acceptable.
        Rejected,
    }
    /// How grave a finding or a fault is.
    Severity, {
        /// Worth knowing.
        Note,
        /// Worth looking at.
        Warning,
        /// There is no amount because of it; a rule set with it is refused.
        Error,
    }
    /// How well the text behind a rule is known.
    Attested, {
        /// Compared with the issuer's text.
        Official,
        /// Seen in a transcription of the issuer's text.
        Transcribed,
        /// Seen in a text about the instrument.
        Secondary,
        /// Believed, not seen.
        Unconfirmed,
        /// Decided by the authors of the rule set where the text is silent.
        Chosen,
    }
    /// To whom a fact belongs.
    Owner, {
        /// A member.
        Member,
        /// An organisation.
        Organisation,
    }
    /// A length of time that money is for.
    Per, {
        /// A day.
        Day,
        /// Seven days.
        Week,
        /// A calendar month.
        Month,
        /// Three months, from January, April, July or October.
        Quarter,
        /// Six months, from January or July.
        HalfYear,
        /// A calendar year.
        Year,
    }
    /// What the values of a fact are.
    Kind, {
        /// Yes or no.
        YesNo,
        /// One of the words.
        OneOf,
        /// Some of the words.
        SetOf,
        /// A whole number, not below 0.
        Count,
        /// A number.
        Number,
        /// A share, such as 5%.
        Share,
        /// An amount of money.
        Money,
        /// A day.
        Date,
        /// A calendar month.
        Month,
        /// A number of days.
        Days,
        /// A number of months.
        Months,
        /// A text: shown, never decided upon.
        Text,
        /// A member, by id.
        Member,
        /// An organisation, by id.
        Organisation,
        /// Records.
        List,
        /// A mode and unit of rounding.
        Rounding,
    }
    /// How an explanation is written.
    Format, asked {
        /// Plain text, one line a step.
        Text,
        /// The same lines as an ordered list, clauses in italics, the amount bold.
        Markdown,
        /// The lines as objects with kind, text, clauses and values, and the answer.
        Json,
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident),+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, PartialEq, Eq)]
            pub struct $name(pub String);

            uniffi::custom_newtype!($name, String);

            impl std::fmt::Debug for $name {
                /// Never shows what an answer says.
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }
        )+
    };
}

texts! {
    /// An amount of money: a decimal number with the decimals of the unit that it was rounded to.
    Amount,
    /// An exact number: a decimal with the decimals that it needs, or a fraction such as `100/3`.
    Exact,
    /// A day of the calendar, without time and zone: YYYY-MM-DD.
    CivilDate
}

impl From<facade::Date> for CivilDate {
    fn from(day: facade::Date) -> Self {
        Self(day.to_string())
    }
}
