//! Names for people, in the languages of a rule set.

/// A text in some of the languages of a rule set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles {
    texts: Vec<(Box<str>, Box<str>)>,
}

impl Titles {
    /// From pairs of language and text.
    pub(crate) fn new(texts: Vec<(Box<str>, Box<str>)>) -> Self {
        Self { texts }
    }

    /// The text in `language`, else in the first language that has one.
    pub fn get(&self, language: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| is_same(known, language)).or(self.texts.first()).map(|(_, text)| &**text)
    }

    /// The text in exactly `language`.
    pub fn in_language(&self, language: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| is_same(known, language)).map(|(_, text)| &**text)
    }

    /// All texts with their languages.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(language, text)| (&**language, &**text))
    }
}

/// Whether two languages are one. They have two letters, for which a call to compare memory is a long way.
fn is_same(language: &str, other: &str) -> bool {
    language.len() == other.len() && language.bytes().eq(other.bytes())
}

/// A name as people read it when there is no title: `post_pay` is shown as `post pay`.
pub fn spaced(name: &str) -> String {
    name.replace('_', " ")
}
