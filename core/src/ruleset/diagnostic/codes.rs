//! The codes of reading and of shapes.

/// Each code that reading a document or checking its shape emits, with its meaning in one line; append-only.
pub const CODES: &[(&str, &str)] = &[
    ("too_large", "the document has more bytes than are read"),
    ("too_deep", "lists and maps stand too deep inside one another"),
    ("too_many_nodes", "the document has more values than are read"),
    ("text_too_long", "one text has more bytes than are read"),
    ("empty_document", "the document holds nothing"),
    ("control_character", "a text holds a character that cannot be seen or printed"),
    ("duplicate_key", "a key stands twice in one map"),
    ("yaml_syntax", "the text is not YAML"),
    ("yaml_feature", "an anchor, alias, tag, merge key or directive, which rule sets do not use"),
    ("tab", "a tab stands where YAML takes only spaces"),
    ("more_than_one_document", "a second YAML document begins in the text"),
    ("complex_key", "a key is a list or a map"),
    ("split_expression", "a comma or bracket inside `{ }` or `[ ]` divides one text into several"),
    ("json_syntax", "the text is not JSON"),
    ("not_text", "a JSON number, true, false or null stands where a string belongs"),
    ("unknown_key", "a key that its place does not have"),
    ("missing_key", "a key that its place needs is not there"),
    ("keys_together", "keys that exclude one another stand together"),
    ("unsupported", "a key that this version does not support"),
    ("empty_value", "a key or an item without a value"),
    ("wrong_form", "a value that has not the form that its place asks for"),
    ("wrong_name", "a name that is not written as names are"),
];
