//! The command as its users meet it: words and files in, bytes and an exit code out.

mod command {
    mod call;
    mod explain;
    mod files;
    mod headings;
    mod memory;
    mod output;
    mod rows;
    mod rule_sets;
    mod samples;
    mod support;
}
