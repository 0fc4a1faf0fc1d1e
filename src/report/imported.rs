//! A week folder out of foreign files: the canonical files, and `import.json` and `import.txt`, which tell what came from
//! where, and what was left out and why.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::summary::FORMAT;
use super::table_read::TableReadFrom;
use crate::diagnostic::{self, Text};
use crate::import::{Carried, Imported, TableSource, write_week};
use crate::language::Language;
use crate::words;

/// The file that lists all of an imported week.
pub const IMPORT_LIST: &str = "import.json";
const TOLD: &str = "import.txt";

/// What an import gave.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    pub imported: &'a Imported,
    /// What the week before added to the history, where it was asked for.
    pub carried: Option<Carried>,
    pub language: Language,
}

#[derive(Serialize)]
struct List<'a> {
    format: u32,
    version: &'static str,
    week: String,
    files: Vec<String>,
    /// SHA-256 of each file read.
    inputs: &'a BTreeMap<String, String>,
    tables: Vec<TableReadFrom<'a>>,
    /// Files and sheets that no table was read from.
    unread_files: &'a [String],
    history: Option<History>,
    warnings: usize,
}

#[derive(Serialize)]
struct History {
    added: usize,
    cancelled: usize,
    gone: usize,
    old: usize,
}

/// Writes the week and the account of it into a folder.
///
/// # Errors
/// What the file system says.
pub fn write_imported(account: &Account<'_>, folder: &Path) -> io::Result<()> {
    write_week(&account.imported.tables, folder)?;
    std::fs::write(folder.join(TOLD), account.text() + "\n")?;
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut files = entries.collect::<io::Result<Vec<String>>>()?;
    files.push(IMPORT_LIST.to_owned());
    files.sort();
    let list = serde_json::to_vec_pretty(&account.list(files))?;
    std::fs::write(folder.join(IMPORT_LIST), list)
}

impl Account<'_> {
    fn list(&self, files: Vec<String>) -> List<'_> {
        let imported = self.imported;
        List {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION"),
            week: imported.tables.week.to_string(),
            files,
            inputs: &imported.inputs,
            tables: TableReadFrom::all(&imported.sources),
            unread_files: &imported.strange,
            history: self.carried.map(|Carried { added, cancelled, gone, old }| History {
                added,
                cancelled,
                gone,
                old,
            }),
            warnings: imported.warnings.len(),
        }
    }

    /// The account for people: a paragraph for each table, then what was not read, then the history.
    pub fn text(&self) -> String {
        let imported = self.imported;
        let mut lines: Vec<String> = imported.sources.iter().flat_map(|source| self.of_table(source)).collect();
        for name in &imported.strange {
            lines.push(self.language.pick(
                format!("{name}: er ikke læst; ingen tabel hedder sådan, og mapping.toml nævner den ikke"),
                format!("{name}: is not read; no table has such a name, and mapping.toml does not name it"),
            ));
        }
        lines.extend(self.carried.map(|carried| self.of_history(carried)));
        lines.extend(diagnostic::lines(&imported.warnings, self.language));
        lines.join("\n")
    }

    fn of_table(&self, source: &TableSource) -> Vec<String> {
        let language = self.language;
        let rows = |count| words::numbered(count, ["række", "rækker"], ["row", "rows"], language);
        let mut lines = vec![format!("{}: {}", source.told().in_language(language), rows(source.rows))];
        let mut say = |text: Text| lines.push(format!("  {}", text.in_language(language)));
        source
            .renamed
            .iter()
            .for_each(|(column, own)| say(Text::new(format!("{column} = {own}"), format!("{column} = {own}"))));
        for (column, text) in &source.constants {
            say(Text::new(format!("{column} er i hver række `{text}`"), format!("{column} is `{text}` in every row")));
        }
        if !source.unread_columns.is_empty() {
            let list = source.unread_columns.join(", ");
            say(Text::new(
                format!("ikke læst, da ingen tabel har dem: {list}"),
                format!("not read, as no table has them: {list}"),
            ));
        }
        if source.left_out > 0 {
            let count = rows(source.left_out);
            say(Text::new(
                format!("{count} udeladt, som mapping.toml siger (`only`)"),
                format!("{count} left out, as mapping.toml says (`only`)"),
            ));
        }
        if source.repeated > 0 {
            let (count, one) = (rows(source.repeated), source.repeated == 1);
            let [danish, english] = if one { ["den gentager", "it repeats"] } else { ["de gentager", "they repeat"] };
            say(Text::new(
                format!("{count} udeladt, da {danish} en tidligere (`distinct`)"),
                format!("{count} left out, as {english} an earlier one (`distinct`)"),
            ));
        }
        lines
    }

    fn of_history(&self, carried: Carried) -> String {
        let Carried { added, cancelled, gone, old } = carried;
        let language = self.language;
        let rows = |count| words::numbered(count, ["række", "rækker"], ["row", "rows"], language);
        let (added, gone, old) = (rows(added), rows(gone), rows(old));
        let visits = [["aflyst besøg", "aflyste besøg"], ["cancelled visit", "cancelled visits"]];
        let cancelled = words::numbered(cancelled, visits[0], visits[1], language);
        language.pick(
            format!(
                "history: {added} tilføjet fra ugen før; udeladt er {cancelled}, {gone} om nogen, der ikke længere er \
                 med, og {old}, der er for gamle"
            ),
            format!(
                "history: {added} added from the week before; left out are {cancelled}, {gone} of somebody who has left \
                 and {old} that are too old"
            ),
        )
    }
}
