//! What an explanation promises, over every case of the rule sets that ship and of the corpus of sound ones.

mod arithmetic;
mod corpus;
mod known;
mod promises;
mod six_members;
