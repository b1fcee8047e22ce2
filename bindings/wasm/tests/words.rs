//! The words of the TypeScript are those of the engine: a code, a status, a kind that is added there is missing here.
#![expect(clippy::unwrap_used, reason = "what tests read with fails loudly")]

use rollbook::facade::{Attested, ErrorCode, Kind, Per, Severity, Status};

const ERRORS: &str = include_str!("../npm/src/errors.ts");
const TYPES: &str = include_str!("../npm/src/types.ts");

/// The words of a union of texts: `export type Status = "charged" | "exempt";`.
fn union<'t>(source: &'t str, name: &str) -> Vec<&'t str> {
    let (_, rest) = source.split_once(&format!("export type {name} =")).unwrap();
    let (union, _) = rest.split_once(';').unwrap();
    union.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_error_code_is_in_the_types() {
    let names: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(union(ERRORS, "ErrorCode"), names);
}

#[test]
fn every_status_is_in_the_types() {
    assert_eq!(union(TYPES, "Status"), Status::ALL.map(Status::name));
}

#[test]
fn every_degree_of_attestation_is_in_the_types() {
    assert_eq!(union(TYPES, "Attested"), Attested::ALL.map(Attested::name));
}

#[test]
fn every_severity_is_in_the_types() {
    let all = [Severity::Note, Severity::Warning, Severity::Error];
    assert_eq!(union(TYPES, "Severity"), all.map(Severity::name));
}

#[test]
fn every_length_of_time_is_in_the_types() {
    for name in union(TYPES, "Per") {
        assert_eq!(Per::from_name(name).unwrap().name(), name);
    }
    assert_eq!(union(TYPES, "Per").len(), 6);
}

#[test]
fn every_kind_of_a_fact_is_in_the_types() {
    assert_eq!(union(TYPES, "Kind"), Kind::ALL.map(Kind::name));
}
