//! The `rollbook` command.

fn main() {}
