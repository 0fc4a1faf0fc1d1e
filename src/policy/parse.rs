//! Reads policy TOML over the built-in standards.

use super::Policy;
use crate::diagnostic::Text;

/// One fault of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    /// A diagnostic's code, such as `unknown-policy-key`.
    pub code: &'static str,
    /// The line in the file, where it is known.
    pub line: Option<u64>,
    /// The key's path, such as `municipality.Ballerup.day_from`.
    pub key: String,
    pub value: Option<String>,
    pub problem: Text,
    pub cure: Text,
}

/// The policy that the built-in standards and `toml` laid over them make.
///
/// # Errors
/// Every fault of the text at once.
pub fn parse(toml: &str) -> Result<Policy, Vec<PolicyFault>> {
    let _ = toml;
    todo!()
}
