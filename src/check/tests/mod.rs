//! Every rule broken alone, with a twin that keeps it, and every term of the score, on a week of a few rows.

mod fixture;
mod given;
mod grants;
mod serving;
mod terms;
