//! Where the repository and its build products are.

use std::env;
use std::ffi::OsString;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command;

/// The repository in which a task runs.
#[derive(Debug)]
pub(crate) struct Project {
    /// The top of the repository.
    pub(crate) top: PathBuf,
    /// Where cargo puts what it builds, and we the Python environment.
    pub(crate) target: PathBuf,
    /// From which the comparison with the oracle draws its rule sets and rosters.
    pub(crate) seed: u64,
}

/// The packages that the tests take as they are released.
const RELEASED: [&str; 3] = ["rollbook-corpus", "rollbook-lines", "rollbook-uniffi"];

impl Project {
    /// The repository of the running task; without a seed, one is drawn.
    ///
    /// # Errors
    /// When the task was not started by cargo, which says where the repository is.
    pub(crate) fn find(seed: Option<u64>) -> Result<Self, String> {
        let package = env::var_os("CARGO_MANIFEST_DIR").ok_or("start the tasks as `cargo xtask <task>`")?;
        let top = Path::new(&package)
            .ancestors()
            .nth(2)
            .ok_or("the task runner does not lie two folders below the top of the repository")?
            .to_owned();
        let target = top.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target")));
        Ok(Self { top, target, seed: seed.unwrap_or_else(drawn_seed) })
    }

    /// A cargo command at the top of the repository, by the same cargo that runs the task.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = self.program(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        // A test run never rewrites or waves through a reviewed snapshot, whatever the caller's shell says.
        cargo.args(arguments).env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
        cargo
    }

    /// A program of this workspace, built with everything else of it, so that what tests need too is compiled once: a
    /// package built alone, or without its examples, has other features of what it rests on, and all of that is compiled
    /// again.
    ///
    /// # Errors
    /// When the workspace cannot be built.
    pub(crate) fn own_program(&self, name: &str) -> Result<Command, String> {
        let all = ["--workspace", "--all-features", "--lib", "--bins", "--examples"];
        command::succeed(self.cargo(&["build", "--quiet"]).args(all))?;
        Ok(self.program(self.target.join("debug").join(name)))
    }

    /// Where a program or library lies that the tests take as it is released. All of these are built at once, so that what
    /// they rest on is compiled once.
    ///
    /// # Errors
    /// When one of them cannot be built.
    pub(crate) fn released(&self, file: &str) -> Result<PathBuf, String> {
        let packages = RELEASED.iter().flat_map(|package| ["--package", package]);
        command::succeed(self.cargo(&["build", "--release"]).args(packages))?;
        Ok(self.target.join("release").join(file))
    }

    /// Any other command at the top of the repository.
    pub(crate) fn program(&self, name: impl Into<OsString>) -> Command {
        let mut program = Command::new(name.into());
        program.current_dir(&self.top);
        program
    }

    /// A file of the repository, by its path from the top.
    ///
    /// # Errors
    /// When there is no such file.
    pub(crate) fn file(&self, path: &str) -> Result<PathBuf, String> {
        let file = self.top.join(path);
        if file.is_file() { Ok(file) } else { Err(format!("`{path}` is missing")) }
    }
}

/// A new seed in each run, short enough to be typed again.
fn drawn_seed() -> u64 {
    RandomState::new().hash_one(0_u8) >> 32
}
