//! A headless Chromium, driven through its debugging pipe: JSON messages that each end in a zero byte.
//!
//! <https://chromedevtools.github.io/devtools-protocol/> names the methods; `--remote-debugging-pipe` reads from file
//! descriptor 3 and writes to 4, so neither a port nor a library for web sockets is needed.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser that does not answer for so long has hung.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where a browser may be; the first that is there is taken.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const OPTIONS: [&str; 13] = [
    "--remote-debugging-pipe",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "about:blank",
];

/// A browser with one page.
pub struct Browser {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    events: Vec<Value>,
    calls: u64,
    session: Option<String>,
    _profile: TempDir,
}

/// The browser's program, if there is one: `PUSTERUM_BROWSER`, or a usual name.
pub fn program() -> Option<PathBuf> {
    let named = std::env::var_os("PUSTERUM_BROWSER").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    named.into_iter().chain(usual).find(|program| program.is_file())
}

impl Browser {
    pub fn start(program: &Path) -> Browser {
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new("sh");
        // The shell gives the pipes the numbers that the browser asks for.
        command.args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>&1"]).arg(program);
        command.arg(format!("--user-data-dir={}", profile.path().display())).args(OPTIONS);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the browser starts");
        let input = child.stdin.take().expect("it is piped");
        let output = BufReader::new(child.stdout.take().expect("it is piped"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in output.split(0) {
                let Ok(message) = message.map(|text| serde_json::from_slice(&text).expect("the browser writes JSON"))
                else {
                    return;
                };
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let mut browser =
            Browser { child, input, messages, events: Vec::new(), calls: 0, session: None, _profile: profile };
        browser.attach();
        browser
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.call("Target.attachToTarget", &attached);
        self.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            self.call(domain, &json!({}));
        }
        self.call("Page.setLifecycleEventsEnabled", &json!({ "enabled": true }));
    }

    /// Calls a method and waits for its result.
    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut text = message.to_string().into_bytes();
        text.push(0);
        self.input.write_all(&text).expect("the browser listens");
        loop {
            let answer = self.messages.recv_timeout(PATIENCE).expect("the browser answers");
            if answer["id"] == self.calls {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    /// Waits for an event, unless it has come already.
    fn wait_for(&mut self, is_it: impl Fn(&Value) -> bool) {
        while !self.events.iter().any(&is_it) {
            let event = self.messages.recv_timeout(PATIENCE).expect("the browser goes on");
            self.events.push(event);
        }
    }

    /// Opens a file at a width in pixels and waits until it has loaded.
    pub fn open(&mut self, file: &Path, fragment: &str, width: u32) {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        // In between nothing, so that another fragment of the same page loads it anew.
        for address in ["about:blank".to_owned(), format!("file://{}{fragment}", file.display())] {
            self.events.clear();
            let loader = self.call("Page.navigate", &json!({ "url": address }))["loaderId"].clone();
            self.wait_for(|event| {
                event["method"] == "Page.lifecycleEvent"
                    && event["params"]["name"] == "load"
                    && event["params"]["loaderId"] == loader
            });
        }
    }

    /// Opens a file with all text in one font, which its content security policy would not let in.
    pub fn open_in_font(&mut self, file: &Path, width: u32, font: &[u8]) {
        self.call("Page.setBypassCSP", &json!({ "enabled": true }));
        self.open(file, "", width);
        let font = STANDARD.encode(font);
        self.evaluate(&format!(
            "(async () => {{ \
               const font = new FontFace('One', 'url(data:font/ttf;base64,{font})'); \
               document.fonts.add(await font.load()); \
               const style = document.createElement('style'); \
               style.textContent = '* {{ font-family: One !important; content-visibility: visible !important; }}'; \
               document.head.append(style); \
               await document.fonts.ready; \
             }})()"
        ));
        self.call("Page.setBypassCSP", &json!({ "enabled": false }));
    }

    /// The page from its top left corner as PNG.
    pub fn picture(&mut self, width: u32, height: u32) -> Vec<u8> {
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let taken = self.call("Page.captureScreenshot", &asked);
        STANDARD.decode(taken["data"].as_str().expect("data")).expect("it is base64")
    }

    /// The value of an expression, or of the promise that it is.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", &asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Moves the mouse to a point of the window.
    pub fn point(&mut self, x: f64, y: f64) {
        self.mouse(("mouseMoved", 0), x, y);
    }

    /// A click of the mouse at a point of the window.
    pub fn click(&mut self, x: f64, y: f64) {
        self.mouse(("mousePressed", 1), x, y);
        self.mouse(("mouseReleased", 1), x, y);
    }

    fn mouse(&mut self, (kind, clicks): (&str, u32), x: f64, y: f64) {
        let button = if clicks == 0 { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": clicks });
        self.call("Input.dispatchMouseEvent", &event);
    }

    /// A key such as `ArrowDown` or `Enter`.
    pub fn press(&mut self, key: &str) {
        let text = if key == "Enter" { json!("\r") } else { Value::Null };
        let code = match key {
            "Enter" => 13,
            "Escape" => 27,
            _ => 0,
        };
        let mut down = json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if !text.is_null() {
            down["text"] = text;
        }
        self.call("Input.dispatchKeyEvent", &down);
        self.call("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key, "code": key }));
    }

    /// Shows the page in the style of a medium such as `print` or `screen`.
    pub fn show_for(&mut self, medium: &str) {
        self.call("Emulation.setEmulatedMedia", &json!({ "media": medium }));
    }

    /// The page as it is printed, as PDF.
    pub fn pdf(&mut self) -> Vec<u8> {
        let asked = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.call("Page.printToPDF", &asked);
        STANDARD.decode(printed["data"].as_str().expect("data")).expect("it is base64")
    }

    /// What has been loaded besides the page itself, said on the console, thrown or asked in a dialogue since it was
    /// opened.
    pub fn complaints(&mut self) -> Vec<String> {
        // All that is on its way has come when this has.
        self.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        let told =
            ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Page.javascriptDialogOpening"];
        let is_complaint = |event: &&Value| match event["method"].as_str() {
            // What stands in the page itself, such as the fonts of charts, is no request to anybody.
            Some("Network.requestWillBeSent") => {
                let address = event["params"]["request"]["url"].as_str().unwrap_or_default();
                event["params"]["type"] != "Document" && !address.starts_with("data:")
            }
            Some(method) => told.contains(&method),
            None => false,
        };
        self.events.iter().filter(is_complaint).map(Value::to_string).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
