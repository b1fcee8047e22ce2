//! Building the npm package: the engine, the JavaScript beside it, the types, the rule sets.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Folders, TESTS};
use crate::command;
use crate::project::Project;

/// The target that browsers, Node and workers run.
const WASM: &str = "wasm32-unknown-unknown";

/// Builds the package as it is published. What is fresh is not built again.
pub(super) fn package(project: &Project, folders: &Folders) -> Result<(), String> {
    install_tools(project, folders)?;
    command::succeed(project.program("rustup").args(["target", "add", WASM]))?;
    let dist = folders.package.join("dist");
    emptied(&folders.package)?;
    copy_files(&project.top.join("bindings/wasm/npm"), &folders.package)?;
    let source = folders.package.join("src");
    copy_files(&project.top.join("bindings/wasm/npm/src"), &source)?;
    for (name, features) in ENGINES {
        let call = ["build", "--package", "rollbook-wasm", "--target", WASM, "--profile", "wasm"];
        command::succeed(project.cargo(&call).args(features))?;
        let module = project.target.join(WASM).join("wasm").join("rollbook_wasm.wasm");
        command::succeed(project.own_program("rollbook-wasm-generator")?.arg(&module).arg(&source).arg(name))?;
    }
    let rule_sets = ["run", "--quiet", "--package", "rollbook-wasm", "--example", "rule_sets", "--"];
    command::succeed(project.cargo(&rule_sets).arg(source.join("rulesets")))?;
    write_lists(&source)?;
    command::succeed(Command::new(folders.tool("tsc")).args(["-p", "."]).current_dir(&folders.package))?;
    for (name, _) in ENGINES {
        for ending in ["js", "d.ts"] {
            let file = format!("{name}.{ending}");
            copy(&source.join(&file), &dist.join(&file))?;
        }
        optimised(folders, name, &source, &dist)?;
    }
    joined(folders, &dist)?;
    // What is left of it stands in the modules that were joined.
    fs::remove_dir_all(dist.join(MODULES)).map_err(|problem| problem.to_string())?;
    copy_files(&source.join("rulesets"), &dist.join("rulesets"))
}

/// The engines by name, and how each is built: the small one, which loads compiled rule sets, and the full one.
const ENGINES: [(&str, &[&str]); 2] = [("engine", &["--no-default-features"]), ("full", &[])];

/// Where the compiled rule sets lie as modules, until they are joined with those that import them.
const MODULES: &str = "modules";

/// The entries that pages fetch as they are. Each is one file, since every round of files is time that somebody waits; so a page
/// that imports `rollbook` and `rollbook/slim` would load two engines.
const PAGES: [&str; 2] = ["browser.js", "forms.js"];

/// The other entries of the package. What they have in common stays one module, and so one engine.
const ENTRIES: [&str; 3] = ["node.js", "slim.js", "workerd.js"];

/// What is imported only where the full engine is needed, so it is joined with nothing.
const FULL: &str = "full.js";

/// Joins the modules with the entries that import them.
fn joined(folders: &Folders, dist: &Path) -> Result<(), String> {
    let mut modules = Vec::new();
    for entry in fs::read_dir(dist).map_err(|problem| format!("`{}`: {problem}", dist.display()))? {
        let path = entry.map_err(|problem| problem.to_string())?.path();
        if path.extension().is_some_and(|ending| ending == "js") {
            modules.push(path);
        }
    }
    let join = |words: &[&str]| {
        let mut join = Command::new(folders.tool("esbuild"));
        join.args(["--bundle", "--format=esm", "--target=esnext", "--platform=neutral", "--log-level=warning"]);
        join.args(["--external:node:*", "--external:*.wasm", "--external:*.json", "--allow-overwrite", "--outdir=."]);
        command::succeed(join.arg(format!("--external:./{FULL}")).args(words).current_dir(dist))
    };
    // Names stay, for those who look at a page at work.
    join(&[["--minify-whitespace", "--minify-syntax"].as_slice(), &PAGES].concat())?;
    // After them, since it writes over what they read.
    join(&[["--splitting", "--chunk-names=shared-[hash]"].as_slice(), &ENTRIES].concat())?;
    for module in modules {
        let stays = |name: &str| module.file_name().is_some_and(|file| file == name);
        if !(stays(FULL) || PAGES.iter().chain(&ENTRIES).any(|entry| stays(entry))) {
            fs::remove_file(&module).map_err(|problem| format!("`{}`: {problem}", module.display()))?;
        }
    }
    Ok(())
}

/// Installs the tools by the lock file, unless they are installed already.
fn install_tools(project: &Project, folders: &Folders) -> Result<(), String> {
    installed_by(&lists(&project.top.join(TESTS))?, &folders.tools)
}

/// The two files that say what is to be installed, with their names.
pub(super) fn lists(folder: &Path) -> Result<[(&'static str, String); 2], String> {
    let list = |name: &'static str| {
        let file = folder.join(name);
        let text = fs::read_to_string(&file).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        Ok::<_, String>((name, text))
    };
    Ok([list("package.json")?, list("package-lock.json")?])
}

/// Installs into a folder what the lists say, unless it has been installed by the same lists.
pub(super) fn installed_by(lists: &[(&str, String)], folder: &Path) -> Result<(), String> {
    let same =
        |(name, text): &(&str, String)| fs::read(folder.join(name)).is_ok_and(|present| present == text.as_bytes());
    if folder.join("node_modules").join(".package-lock.json").is_file() && lists.iter().all(same) {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|problem| format!("`{}`: {problem}", folder.display()))?;
    for (name, text) in lists {
        write(&folder.join(name), text)?;
    }
    command::succeed(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}

/// Makes the engine small, which takes a quarter of a minute: an engine that did not change keeps its result.
///
/// Small is what travels. Functions that are alike compress well side by side, so they stand in the order of their
/// names, and none is dissolved in its callers: that gains a tenth, although the file itself grows a little.
fn optimised(folders: &Folders, name: &str, source: &Path, dist: &Path) -> Result<(), String> {
    let file = format!("{name}_bg.wasm");
    let engine = &source.join(&file);
    let [kept, ordered, kept_small] =
        ["wasm", "ordered.wasm", "small.wasm"].map(|ending| folders.tools.join(format!("{name}.{ending}")));
    if !(kept_small.is_file() && same(engine, &kept)) {
        drop(fs::remove_file(&kept_small));
        let optimise = |words: &[&str], from: &Path, to: &Path| {
            command::succeed(Command::new(folders.tool("wasm-opt")).args(words).arg("--output").arg(to).arg(from))
        };
        let named = ["-Oz", "--skip-pass=inlining-optimizing", "--reorder-functions-by-name", "--debuginfo"];
        optimise(&named, engine, &ordered)?;
        optimise(&["--strip-debug", "--strip-producers"], &ordered, &kept_small)?;
        copy(engine, &kept)?;
    }
    copy(&kept_small, &dist.join(&file))
}

/// The lists of rule sets: for hosts that fetch files, and for those that import modules.
fn write_lists(source: &Path) -> Result<(), String> {
    let folder = source.join("rulesets");
    let mut ids = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|problem| format!("`{}`: {problem}", folder.display()))? {
        let name = entry.map_err(|problem| problem.to_string())?.file_name().to_string_lossy().into_owned();
        ids.extend(name.strip_suffix(".json").map(str::to_owned));
    }
    ids.sort();
    let each = |line: &dyn Fn(&str) -> String| ids.iter().map(|id| line(id)).collect::<String>();
    let names = each(&|id| format!("\"{id}\", "));
    let files = each(&|id| format!("  \"{id}\": new URL(\"./rulesets/{id}.bin\", import.meta.url),\n"));
    let modules = each(&|id| format!("  \"{id}\": () => import(\"./{MODULES}/{id}.js\"),\n"));
    let sums = folder.join("SHA256SUMS");
    let sums = fs::read_to_string(&sums).map_err(|problem| format!("`{}`: {problem}", sums.display()))?;
    let mut hashes = String::new();
    for line in sums.lines() {
        let (hash, id) = line
            .split_once("  ")
            .and_then(|(hash, file)| Some((hash, file.strip_suffix(".bin")?)))
            .ok_or("`SHA256SUMS` has a line without a hash")?;
        hashes.push_str(&format!("  \"{id}\": \"{hash}\",\n"));
    }
    write_modules(&folder, &source.join(MODULES), &ids)?;
    let list = format!(
        "/** The ids of the rule sets that ship with the package. */\n\
         export const RULE_SETS = [{names}] as const;\n\
         /** The id of a rule set that ships with the package. */\n\
         export type RuleSetId = (typeof RULE_SETS)[number];\n\
         /** The SHA-256 of the compiled rule sets that ship with the package, `rollbook/rulesets/….bin`. */\n\
         export const RULE_SET_SHA256: Readonly<Record<RuleSetId, string>> = {{\n{hashes}}};\n"
    );
    write(&source.join("builtin.ts"), &list)?;
    let import = "import type { RuleSetId } from \"./builtin.js\";\n";
    let files = format!("{import}export const RULE_SET_FILES: Record<RuleSetId, URL> = {{\n{files}}};\n");
    write(&source.join("builtin-files.ts"), &files)?;
    let modules = format!(
        "{import}export const RULE_SET_MODULES: Record<RuleSetId, () => Promise<{{ default: string }}>> = {{\n{modules}}};\n"
    );
    write(&source.join("builtin-modules.ts"), &modules)
}

/// The compiled rule sets as modules of hexadecimal digits, for hosts that have no other files.
fn write_modules(rule_sets: &Path, modules: &Path, ids: &[String]) -> Result<(), String> {
    emptied(modules)?;
    for id in ids {
        let file = rule_sets.join(id).with_extension("bin");
        let bytes = fs::read(&file).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        write(&modules.join(id).with_extension("ts"), &format!("export default \"{digits}\";\n"))?;
    }
    Ok(())
}

/// Whether two files have the same bytes.
fn same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text).map_err(|problem| format!("`{}`: {problem}", file.display()))
}

/// Copies a file.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(drop).map_err(|problem| format!("`{}`: {problem}", from.display()))
}

/// Makes a folder that is empty.
pub(super) fn emptied(folder: &Path) -> Result<(), String> {
    // That it does not exist yet is as good.
    drop(fs::remove_dir_all(folder));
    fs::create_dir_all(folder).map_err(|problem| format!("`{}`: {problem}", folder.display()))
}

/// Copies the files of a folder, without the folders inside it.
pub(super) fn copy_files(from: &Path, to: &Path) -> Result<(), String> {
    let problem = |problem| format!("`{}`: {problem}", from.display());
    fs::create_dir_all(to).map_err(|problem| format!("`{}`: {problem}", to.display()))?;
    for entry in fs::read_dir(from).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        if entry.path().is_file() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
