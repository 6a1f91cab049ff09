//! One tab: where it goes, what runs in it, what it shows.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{PATIENCE, connection::Connection, key};

/// Which colours the reader prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Where a new tab opens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the window that is there, before its other tabs.
    Tab,
    /// In a new window.
    Window,
}

/// A tab of a [`crate::Browser`]. It stays open until [`Tab::close`] or the end of the browser.
pub struct Tab {
    connection: Rc<RefCell<Connection>>,
    target: String,
    session: String,
}

impl Tab {
    #[track_caller]
    pub(crate) fn open(connection: &Rc<RefCell<Connection>>, place: Place) -> Self {
        let mut wire = connection.borrow_mut();
        let create = json!({"url": "about:blank", "newWindow": place == Place::Window});
        let target = wire.call("", "Target.createTarget", &create);
        let target = text(&target["targetId"]);
        let attach = json!({"targetId": target, "flatten": true});
        let session = text(&wire.call("", "Target.attachToTarget", &attach)["sessionId"]);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            wire.call(&session, domain, &json!({}));
        }
        drop(wire);
        Self { connection: Rc::clone(connection), target, session }
    }

    /// Goes to an address and waits until the page has loaded with all that belongs to it.
    #[track_caller]
    pub fn goto(&self, url: &str) {
        self.forget("Page.loadEventFired");
        let answer = self.call("Page.navigate", json!({"url": url}));
        let error = answer["errorText"].as_str().unwrap_or_default();
        assert!(error.is_empty(), "{url}: {error}");
        // A step to a place in the same page loads nothing.
        if answer.get("loaderId").is_some() {
            self.loaded();
        }
    }

    /// Loads the page again, as a reader does.
    #[track_caller]
    pub fn reload(&self) {
        self.forget("Page.loadEventFired");
        self.call("Page.reload", json!({}));
        self.loaded();
    }

    /// The value of a script; a promise is awaited. What cannot be JSON is `null`.
    #[track_caller]
    pub fn eval(&self, script: &str) -> Value {
        self.evaluate(script).unwrap_or_else(|error| panic!("`{script}`: {error}"))
    }

    /// As [`Self::eval`]; fails when the page went away before it answered.
    #[track_caller]
    fn evaluate(&self, script: &str) -> Result<Value, String> {
        let params = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let asked = self.connection.borrow_mut().ask(&self.session, "Runtime.evaluate", &params);
        let mut answer = asked?;
        let thrown = &answer["exceptionDetails"];
        assert!(
            thrown.is_null(),
            "`{script}` throws {} {}",
            thrown["text"],
            thrown["exception"]["description"]
        );
        Ok(answer["result"]["value"].take())
    }

    /// Waits until a script gives something true, and gives that. A page that goes away meanwhile
    /// gives nothing yet: what comes after it may.
    #[track_caller]
    pub fn wait_for(&self, script: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let value = self.evaluate(script).unwrap_or_default();
            let is_false = matches!(&value, Value::Null | Value::Bool(false))
                || value == ""
                || value.as_f64() == Some(0.0);
            if !is_false {
                return value;
            }
            assert!(Instant::now() < deadline, "still not in {PATIENCE:?}: `{script}`");
            thread::sleep(Duration::from_millis(15));
        }
    }

    /// A script that runs in every page of this tab before its own.
    #[track_caller]
    pub fn before_load(&self, script: &str) {
        self.call("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
    }

    /// The size of the window in CSS pixels.
    #[track_caller]
    pub fn viewport(&self, width: u32, height: u32) {
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// What `prefers-color-scheme` says.
    #[track_caller]
    pub fn prefer(&self, scheme: Scheme) {
        let value = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let feature = json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        self.call("Emulation.setEmulatedMedia", feature);
    }

    /// Presses and releases a key: `Tab`, `Enter`, `Escape`, `ArrowDown`, `/`, `Shift+Tab`.
    #[track_caller]
    pub fn press(&self, name: &str) {
        for event in key::events(name) {
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types text where the focus is.
    #[track_caller]
    pub fn write(&self, words: &str) {
        self.call("Input.insertText", json!({"text": words}));
    }

    /// Clicks the middle of the first element of a selector, after scrolling to it.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let place = self.eval(&format!(
            "(e => {{ if (!e) return null; e.scrollIntoView({{block: 'nearest'}});
              const r = e.getBoundingClientRect();
              return [r.x + r.width / 2, r.y + r.height / 2]; }})(document.querySelector({}))",
            json!(selector)
        ));
        assert!(place.is_array(), "nothing on the page is `{selector}`");
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({
                "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Shows this tab instead of another.
    #[track_caller]
    pub fn bring_to_front(&self) {
        self.call("Page.bringToFront", json!({}));
    }

    /// A picture of what the window shows, as PNG, written to `path`; its folder is made.
    #[track_caller]
    pub fn screenshot(&self, path: &Path) {
        let answer = self.call("Page.captureScreenshot", json!({"format": "png"}));
        let bytes = data_encoding::BASE64
            .decode(answer["data"].as_str().unwrap_or_default().as_bytes())
            .expect("Chromium sends base64");
        let folder = path.parent().expect("a picture lies in a folder");
        std::fs::create_dir_all(folder).expect("the folder of the pictures");
        std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// What the page complained about since the last call: exceptions nobody caught, `console.error`
    /// and `console.warn`, and what the browser refused (a policy, a failed request).
    #[track_caller]
    pub fn complaints(&self) -> Vec<String> {
        // An answer to this comes after all that was said before it.
        self.eval("0");
        let kinds = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];
        let said =
            self.connection.borrow_mut().take(&self.session, |method| kinds.contains(&method));
        said.iter().filter_map(|event| complaint(&event.method, &event.params)).collect()
    }

    /// From now on what this tab loads is written down, for [`Self::requests`].
    #[track_caller]
    pub fn watch_requests(&self) {
        self.call("Network.enable", json!({}));
    }

    /// The addresses that the tab asked for since the last call, in order: pages, and all that belongs
    /// to them, also what the browser then refused to load. [`Self::watch_requests`] comes first.
    #[track_caller]
    pub fn requests(&self) -> Vec<String> {
        // An answer to this comes after all that was said before it.
        self.eval("0");
        let told = self
            .connection
            .borrow_mut()
            .take(&self.session, |method| method.starts_with("Network."));
        let asked = told.iter().filter(|event| event.method == "Network.requestWillBeSent");
        asked.map(|event| text(&event.params["request"]["url"])).collect()
    }

    /// Sends any command of the DevTools protocol to this tab.
    #[track_caller]
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.connection.borrow_mut().call(&self.session, method, &params)
    }

    /// Closes the tab.
    #[track_caller]
    pub fn close(self) {
        let target = json!({"targetId": self.target});
        self.connection.borrow_mut().call("", "Target.closeTarget", &target);
    }

    /// Waits for the `load` event of the page that is under way.
    #[track_caller]
    pub fn loaded(&self) {
        self.connection.borrow_mut().wait(&self.session, "Page.loadEventFired");
    }

    fn forget(&self, event: &str) {
        self.connection.borrow_mut().take(&self.session, |method| method == event);
    }
}

fn complaint(method: &str, params: &Value) -> Option<String> {
    match method {
        "Runtime.exceptionThrown" => {
            let details = &params["exceptionDetails"];
            let thrown = details["exception"]["description"].as_str();
            Some(thrown.map_or_else(|| text(&details["text"]), str::to_owned))
        }
        "Runtime.consoleAPICalled" => matches!(params["type"].as_str(), Some("error" | "warning"))
            .then(|| {
                let words = params["args"].as_array().into_iter().flatten();
                words.map(|word| text(&word["value"])).collect::<Vec<_>>().join(" ")
            }),
        _ => matches!(params["entry"]["level"].as_str(), Some("error" | "warning")).then(|| {
            format!("{} {}", text(&params["entry"]["text"]), text(&params["entry"]["url"]))
        }),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
