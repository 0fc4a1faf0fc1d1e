//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Plan whole weeks with the real binary, and write down how good the plans are and what they take
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench weeks --", args_conflicts_with_subcommands = true)]
pub struct Options {
    #[command(subcommand)]
    pub mode: Option<Mode>,
    #[command(flatten)]
    pub weeks: Weeks,
}

#[derive(Debug, Subcommand)]
pub enum Mode {
    /// A made-up city
    City(City),
    /// Made-up weeks of growing size
    Growth(Growth),
    /// The 98 weeks of a made-up country, in one run
    Country(Country),
    /// A week planned again after a carer has fallen ill for a day
    Replan(Replan),
}

/// How each week is planned.
#[derive(Debug, Args)]
pub struct How {
    /// How often; medians are shown
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    pub runs: u16,
    /// Seconds that a week may take, in place of those that its size gives
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u64>,
    /// Also put the table into the README, between its marks
    #[arg(long)]
    pub readme: bool,
}

#[derive(Debug, Args)]
pub struct Weeks {
    #[command(flatten)]
    pub how: How,
    /// Weeks, or folders that hold weeks one or two levels down; without any, `../shared/weeks`
    #[arg(value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub struct City {
    #[command(flatten)]
    pub how: How,
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    pub clients: usize,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct Growth {
    #[command(flatten)]
    pub how: How,
    /// The sizes
    #[arg(long, value_name = "N", num_args = 1.., default_values_t = [50, 100, 200, 500, 1_000, 2_000, 5_000])]
    pub clients: Vec<usize>,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct Country {
    #[command(flatten)]
    pub how: How,
    /// In the whole country
    #[arg(long, value_name = "N", default_value_t = 12_000)]
    pub clients: usize,
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct Replan {
    #[command(flatten)]
    pub how: How,
    /// Without any, `../shared/weeks/ballerup-150`
    #[arg(value_name = "WEEK")]
    pub week: Option<PathBuf>,
}
