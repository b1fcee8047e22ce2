//! The project's own tasks, run as `cargo xtask <task>`; `cargo xtask --help` lists them.
//!
//! `test` and `lint` are lists of faces ([`faces`]): each face runs one tool, counts what passed and what failed, and
//! says why it failed. A face that cannot run has failed. Nothing is skipped, so a green count means what it says.

mod bench_faces;
mod bench_polars;
mod book;
mod command;
mod corpus;
mod counts;
mod face;
mod faces;
mod generated;
mod mobile;
mod npm;
mod project;
mod python;
mod python_package;
mod readme;
mod task;
mod tree;

use std::env;
use std::process::ExitCode;

use project::Project;
use task::Task;

/// The exit code of a wrong call, apart from 1, which means that something was checked and failed.
const WRONG_CALL: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let task = match Task::read(&arguments) {
        Ok(task) => task,
        Err(problem) => {
            command::complain(&format!("error: {problem}\n\n{}", task::HELP));
            return ExitCode::from(WRONG_CALL);
        }
    };
    match perform(&task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            command::complain(&format!("error: {problem}"));
            ExitCode::FAILURE
        }
    }
}

/// Performs a task; false where it ran and something failed.
fn perform(task: &Task) -> Result<bool, String> {
    match task {
        Task::Help => {
            command::say(task::HELP);
            Ok(true)
        }
        Task::Test { seed } => Ok(face::run_all(&faces::of_test(), &Project::find(*seed)?)),
        Task::Lint => Ok(face::run_all(&faces::of_lint(), &Project::find(None)?)),
        Task::Mobile => Ok(face::run_all(&faces::of_mobile(), &Project::find(None)?)),
        Task::Npm => Ok(face::run_all(&faces::of_npm(), &Project::find(None)?)),
        Task::Bench { rest } if rest.first().is_some_and(|what| what == "polars") => {
            bench_polars::perform(&Project::find(None)?)
        }
        Task::Bench { rest } if rest.first().is_some_and(|word| word == "faces") => {
            bench_faces::perform(&Project::find(None)?, rest.get(1..).unwrap_or_default())
        }
        Task::Bench { rest } => {
            let mut bench = Project::find(None)?.cargo(&["run", "--release", "-p", "rollbook-bench", "--"]);
            Ok(command::run(bench.args(rest))?.success)
        }
        Task::Docs { rest } => {
            let project = Project::find(None)?;
            book::build(&project)?;
            Ok(command::run(faces::rustdoc_command(&project).args(rest))?.success)
        }
        Task::Schema { check } => generated::perform(&Project::find(None)?, *check),
    }
}
