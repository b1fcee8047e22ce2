use super::*;
use crate::ruleset::json::read_json;
use crate::ruleset::limits::Limits;

fn read(text: &str) -> Node {
    read_json(text, &Limits::default()).unwrap()
}

#[test]
fn the_hash_is_the_sha_256_of_the_canonical_text() {
    assert_eq!(canonical_json(&read("{}"), &[]), "{}");
    // The published SHA-256 of the two characters `{}`.
    assert_eq!(hash(&read("{ }")), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}
