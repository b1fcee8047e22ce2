//! What the lister reads out of sources.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use rollbook_api::{Language, Library, declarations, list};

/// A library of the files that are given by name and text, in a folder of this test alone.
fn lines(test: &str, files: &[(&str, &str)]) -> Vec<String> {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    for (name, text) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    list(&Library::read(&folder, "lib").unwrap()).into_iter().map(|entry| entry.line).collect()
}

#[test]
fn what_is_private_or_of_the_crate_is_not_listed() {
    let text = "mod hidden { pub fn unseen() {} } pub(crate) fn own() {} fn mine() {} pub struct Seen { pub open: u8, shut: u8 }";
    assert_eq!(
        lines("private", &[("lib.rs", text)]),
        ["pub mod lib", "pub struct lib::Seen", "pub lib::Seen::open: u8"]
    );
}

#[test]
fn an_item_of_a_hidden_module_is_listed_where_it_is_passed_on_with_what_is_implemented_for_it() {
    let lib = "mod inner; pub mod face;\npub use inner::Thing;";
    let inner = "use std::fmt;\n#[derive(Clone, Debug)]\npub struct Thing;\nimpl Thing { pub fn name(mut self, of: &str) -> Option<&str> { None } fn own(&self) {} }\nimpl fmt::Display for Thing {}";
    let face = "pub use crate::inner::Thing as Shown;\npub use crate::Thing;";
    let listed = lines("passed_on", &[("lib.rs", lib), ("inner.rs", inner), ("face.rs", face)]);
    let wanted = [
        "pub mod lib",
        "pub struct lib::Thing derives Clone, Debug",
        "impl Display for lib::Thing",
        "pub fn lib::Thing::name(self, of: &str) -> Option<&str>",
        "pub mod lib::face",
        "pub use lib::face::Shown = lib::Thing",
        "pub use lib::face::Thing = lib::Thing",
    ];
    assert_eq!(listed, wanted);
}

#[test]
fn what_a_macro_makes_is_listed_with_the_cases_that_it_was_called_with() {
    let text = "macro_rules! codes { ($($name:ident = $text:literal, $more:ident;)+) => { pub enum Code { $($name,)+ } impl Code { \
        pub const ALL: &[Self] = &[$(Self::$name),+]; pub fn text(self) -> &'static str { match self { $(Self::$name => $text),+ } } } } }\n\
        codes! { /// The first.\n One = \"one\", Error; Two = \"two\", Note; }";
    let wanted = [
        "pub mod lib",
        "pub enum lib::Code",
        "pub const lib::Code::ALL: &[Self]",
        "pub lib::Code::One",
        "pub lib::Code::Two",
        "pub fn lib::Code::text(self) -> &'static str",
    ];
    assert_eq!(lines("macro", &[("lib.rs", text)]), wanted);
}

#[test]
fn kotlin_is_listed_by_its_public_declarations_without_bodies() {
    let text = "package a\n/* public fun no() */ public class Rules2(private val a: Int) : B {\n  @JvmStatic\n  public fun of(\n    text: String,\n    more: List<Int> = listOf(1),\n  ): Rules2 = make { it }\n\
        \n  internal fun own() {}\n  public val id: String get() = \"}\"\n  private class Hidden { override val x = 1 }\n  public companion object { public fun one() {} }\n}\npublic typealias Told = Map<String, Int>\n";
    let wanted = [
        "public class Told2(private val a: Int) : B",
        "Told2: public fun of(text: String, more: List<Int> = listOf(1)): Told2",
        "Told2: public val id: String",
        "Told2: public companion object",
        "Told2.companion: public fun one()",
        "public typealias Told = Map<String, Int>",
    ];
    assert_eq!(declarations(&text.replace("Rules2", "Told2"), Language::Kotlin), wanted);
}

#[test]
fn machinery_of_the_generator_is_left_out() {
    let text = "data class Bounds (\n  var `atLeast`: kotlin.String\n  ,\n  val b: Int\n) {\n  companion object\n}\nopen class Rules {}\ndata class Reply(val a: Int)\nenum class Status {\n\n    ONE,\n    TWO;\n    fun x() {}\n}\n";
    assert_eq!(
        declarations(text, Language::GeneratedKotlin),
        ["data class Bounds(var atLeast: String, val b: Int)", "enum class Status", "Status: ONE", "Status: TWO"]
    );
    let text = "public struct FfiConverterTypeX { public static func lift() {} }\npublic enum Status {\n  case one\n  case two(a: Int)\n  public func f() { switch self {\n case .one: break\n } }\n}";
    assert_eq!(
        declarations(text, Language::Swift),
        ["public enum Status", "Status: case one", "Status: case two(a: Int)", "Status: public func f()"]
    );
}
