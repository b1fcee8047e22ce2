//! The rule sets that ship with the library.

use super::RuleSet;

/// A rule set that ships with the library.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its id.
    pub id: &'static str,
    /// The document, in YAML.
    pub text: &'static str,
    /// Its cases, in YAML.
    pub cases: &'static str,
}

/// All rule sets that ship with the library, by id.
pub const BUILTIN: &[Builtin] = &[
    Builtin {
        id: "acftu",
        text: include_str!("../../rulesets/acftu/acftu.yaml"),
        cases: include_str!("../../rulesets/acftu/acftu.cases.yaml"),
    },
    Builtin {
        id: "cpc",
        text: include_str!("../../rulesets/cpc/cpc.yaml"),
        cases: include_str!("../../rulesets/cpc/cpc.cases.yaml"),
    },
    Builtin {
        id: "cyl",
        text: include_str!("../../rulesets/cyl/cyl.yaml"),
        cases: include_str!("../../rulesets/cyl/cyl.cases.yaml"),
    },
    Builtin {
        id: "fdp",
        text: include_str!("../../rulesets/fdp/fdp.yaml"),
        cases: include_str!("../../rulesets/fdp/fdp.cases.yaml"),
    },
    Builtin {
        id: "igmetall",
        text: include_str!("../../rulesets/igmetall/igmetall.yaml"),
        cases: include_str!("../../rulesets/igmetall/igmetall.cases.yaml"),
    },
];

impl RuleSet {
    /// A rule set that ships with the library, by its id; none has another id.
    pub fn builtin(id: &str) -> Option<Self> {
        // INVARIANT: the tests check every one, so none is refused.
        BUILTIN.iter().find(|builtin| builtin.id == id).and_then(|builtin| Self::parse(builtin.text).ok())
    }
}
