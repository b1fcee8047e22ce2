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
    let call = ["build", "--package", "rollbook-wasm", "--target", WASM, "--profile", "wasm"];
    command::succeed(&mut project.cargo(&call))?;
    let dist = folders.package.join("dist");
    emptied(&folders.package)?;
    copy_files(&project.top.join("bindings/wasm/npm"), &folders.package)?;
    let source = folders.package.join("src");
    copy_files(&project.top.join("bindings/wasm/npm/src"), &source)?;
    let module = project.target.join(WASM).join("wasm").join("rollbook_wasm.wasm");
    command::succeed(project.own_program("rollbook-wasm-generator")?.arg(&module).arg(&source))?;
    let rule_sets = ["run", "--quiet", "--package", "rollbook-wasm", "--example", "rule_sets", "--"];
    command::succeed(project.cargo(&rule_sets).arg(source.join("rulesets")))?;
    write_lists(&source)?;
    command::succeed(Command::new(folders.tool("tsc")).args(["-p", "."]).current_dir(&folders.package))?;
    for name in ["engine.js", "engine.d.ts"] {
        copy(&source.join(name), &dist.join(name))?;
    }
    joined(folders, &dist)?;
    copy_files(&source.join("rulesets"), &dist.join("rulesets"))?;
    optimised(folders, &source.join("engine_bg.wasm"), &dist.join("engine_bg.wasm"))
}

/// The entries of the package.
const ENTRIES: [&str; 5] = ["browser.js", "forms.js", "node.js", "slim.js", "workerd.js"];

/// Joins the modules, so that a page that loads them one by one waits for two rounds of files and not for four. What
/// entries have in common stays one module, and so one engine.
fn joined(folders: &Folders, dist: &Path) -> Result<(), String> {
    let mut modules = Vec::new();
    for entry in fs::read_dir(dist).map_err(|problem| format!("`{}`: {problem}", dist.display()))? {
        let path = entry.map_err(|problem| problem.to_string())?.path();
        if path.extension().is_some_and(|ending| ending == "js") {
            modules.push(path);
        }
    }
    let mut join = Command::new(folders.tool("esbuild"));
    join.args([
        "--bundle",
        "--splitting",
        "--format=esm",
        "--target=esnext",
        "--platform=neutral",
        "--log-level=warning",
    ]);
    join.args([
        "--external:node:*",
        "--external:*.wasm",
        "--external:*.json",
        "--chunk-names=shared-[hash]",
        "--allow-overwrite",
    ]);
    command::succeed(join.arg("--outdir=.").args(ENTRIES).current_dir(dist))?;
    for module in modules {
        let is_entry = module.file_name().is_some_and(|name| ENTRIES.iter().any(|entry| name == *entry));
        if !is_entry {
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
fn optimised(folders: &Folders, engine: &Path, small: &Path) -> Result<(), String> {
    let [kept, ordered, kept_small] =
        ["engine.wasm", "engine.ordered.wasm", "engine.small.wasm"].map(|name| folders.tools.join(name));
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
    copy(&kept_small, small)
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
    let files = each(&|id| format!("  \"{id}\": new URL(\"./rulesets/{id}.json\", import.meta.url),\n"));
    let modules =
        each(&|id| format!("  \"{id}\": () => import(\"./rulesets/{id}.json\", {{ with: {{ type: \"json\" }} }}),\n"));
    let list = format!(
        "/** The ids of the rule sets that ship with the package. */\n\
         export const RULE_SETS = [{names}] as const;\n\
         /** The id of a rule set that ships with the package. */\n\
         export type RuleSetId = (typeof RULE_SETS)[number];\n"
    );
    write(&source.join("builtin.ts"), &list)?;
    let import = "import type { RuleSetId } from \"./builtin.js\";\n";
    let files = format!("{import}export const RULE_SET_FILES: Record<RuleSetId, URL> = {{\n{files}}};\n");
    write(&source.join("builtin-files.ts"), &files)?;
    let modules = format!(
        "{import}export const RULE_SET_MODULES: Record<RuleSetId, () => Promise<{{ default: unknown }}>> = {{\n{modules}}};\n"
    );
    write(&source.join("builtin-modules.ts"), &modules)
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
