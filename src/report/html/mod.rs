//! Pages that open from the disk: one look, templates that escape whatever is put into them, and no request to anywhere.
//!
//! A page is one file with its style and script in it. Its content security policy names these two by their digests
//! and allows nothing else, so that nothing is loaded or run even if something were smuggled in.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::palette;
use crate::language::Language;
use crate::words;

/// What all pages look like on screen and on paper.
const LOOK: &str = include_str!("look.css");
/// What all pages are: head, header, main part.
const LAYOUT: (&str, &str) = ("layout.html", include_str!("layout.html"));

/// Makes pages of templates in one language.
pub(super) struct Pages {
    templates: Environment<'static>,
    style: String,
}

impl Pages {
    /// The templates by name, which must end in `.html` for their values to be escaped.
    pub(super) fn new(templates: &[(&'static str, &'static str)], language: Language) -> io::Result<Pages> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| broken("syntax", &error))?);
        environment.add_function("t", move |danish: &str, english: &str| language.pick(danish, english).to_owned());
        environment.add_global("lang", language.to_string());
        environment.add_filter("counted", move |number: usize| words::counted(number, language));
        for (name, source) in [LAYOUT].iter().chain(templates) {
            environment.add_template(name, source).map_err(|error| broken(name, &error))?;
        }
        Ok(Pages { templates: environment, style: palette::style_sheet() + LOOK })
    }

    /// The same pages with more style, such as the fonts of charts.
    pub(super) fn with_style(self, more: &str) -> Pages {
        Pages { style: self.style + more, ..self }
    }

    /// The page of a template: `head` and `page` are what it shows, `script` what it runs, if anything.
    pub(super) fn page<H: Serialize, P: Serialize>(
        &self,
        template: &str,
        (head, page): (H, P),
        script: &str,
    ) -> io::Result<Vec<u8>> {
        let page = context! {
            head => Serde(head),
            page => Serde(page),
            style => Value::from_safe_string(self.style.clone()),
            script => Value::from_safe_string(script.to_owned()),
            policy => policy(&self.style, script),
        };
        let rendered = self.templates.get_template(template).and_then(|template| template.render(page));
        rendered.map(String::into_bytes).map_err(|error| broken(template, &error))
    }
}

/// A mistake in a template, which no input can make.
fn broken(template: &str, error: &minijinja::Error) -> io::Error {
    io::Error::other(format!("{template}: {error:#}"))
}

/// The content security policy of a page with this style and script in it.
fn policy(style: &str, script: &str) -> String {
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text));
    let scripts = if script.is_empty() { "'none'".to_owned() } else { format!("'sha256-{}'", digest(script)) };
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src {scripts}; font-src data:; base-uri 'none'; form-action 'none'",
        digest(style)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_into_a_page_is_escaped_and_a_slip_in_a_template_is_told() {
        let templates = [("a.html", "<p>{{ page }}</p>{{ t('hej', 'hello') }}"), ("b.html", "{{ nothing }}")];
        let pages = Pages::new(&templates, Language::English).expect("they can be read");
        let page = pages.page("a.html", ((), "<script>alert(1)</script>"), "").expect("a page");
        assert_eq!(String::from_utf8_lossy(&page), "<p>&lt;script&gt;alert(1)&lt;&#x2f;script&gt;</p>hello",);
        assert!(pages.page("b.html", ((), ()), "").is_err());
    }

    #[test]
    fn a_page_without_a_script_may_run_none() {
        assert!(policy("a", "").contains("script-src 'none'"));
        // echo -n 'x' | openssl dgst -sha256 -binary | base64
        assert!(policy("x", "x").contains("'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='"));
    }
}
