//! Keeps what was measured: the table, the raw results, and the table in the README.

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::options::How;
use super::protocol::Protocol;
use super::{Outcome, PROJECT};

/// What a mode has measured.
pub struct Results<'r, R> {
    /// Names its files and its marks in the README.
    pub name: &'r str,
    /// In Markdown.
    pub table: &'r str,
    /// What the table's figures are.
    pub legend: &'r str,
    pub raw: &'r [R],
}

impl<R: Serialize> Results<'_, R> {
    pub fn keep(&self, how: &How) -> Outcome<()> {
        let protocol = Protocol::of_today();
        let text = format!("{}\n{protocol} {}\n", self.table, self.legend);
        println!("{text}");
        let folder = Path::new(PROJECT).join("benches/results");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(self.name).with_extension("md"), &text)?;
        fs::write(folder.join(self.name).with_extension("json"), self.json(&protocol)?)?;
        if how.readme { self.show_in_readme(&text) } else { Ok(()) }
    }

    /// The raw results, a line for each row.
    fn json(&self, protocol: &Protocol) -> Outcome<String> {
        let rows: Vec<String> = self.raw.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        let protocol = serde_json::to_string(protocol)?;
        Ok(format!("{{\"protocol\": {protocol},\n\"rows\": [\n{}\n]}}\n", rows.join(",\n")))
    }

    /// Puts the text between its marks in the README.
    fn show_in_readme(&self, text: &str) -> Outcome<()> {
        let path = Path::new(PROJECT).join("README.md");
        let readme = fs::read_to_string(&path)?;
        let [begin, end] = ["begin", "end"].map(|what| format!("<!-- {}: {what} -->\n", self.name));
        let parts = readme.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
        let (before, after) = parts.ok_or_else(|| format!("the README has no marks for {}", self.name))?;
        fs::write(path, [before, &begin, text, &end, after].concat())?;
        Ok(())
    }
}
