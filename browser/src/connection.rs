//! The Chrome DevTools Protocol over one web socket: commands, their answers, and events kept until
//! somebody asks for them.

use std::net::TcpStream;
use std::time::Instant;

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, client::IntoClientRequest};

use crate::PATIENCE;

/// What a tab told without being asked.
pub(crate) struct Event {
    /// The tab.
    pub(crate) session: String,
    /// `Page.loadEventFired`.
    pub(crate) method: String,
    /// What it says.
    pub(crate) params: Value,
}

/// The wire to one browser.
pub(crate) struct Connection {
    socket: WebSocket<TcpStream>,
    last: u64,
    events: Vec<Event>,
}

impl Connection {
    #[track_caller]
    pub(crate) fn open(address: &str) -> Self {
        let request = address.into_client_request().expect("Chromium wrote a valid address");
        let host = request.uri().authority().expect("the address has a host").as_str().to_owned();
        let stream = TcpStream::connect(host).expect("Chromium listens where it says");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout that is not zero");
        stream.set_nodelay(true).expect("a connected socket");
        let (socket, _) =
            tungstenite::client(request, stream).expect("Chromium speaks the protocol");
        Self { socket, last: 0, events: Vec::new() }
    }

    /// Sends a command to a tab (or to the browser: an empty `session`) and waits for the answer.
    #[track_caller]
    pub(crate) fn call(&mut self, session: &str, method: &str, params: &Value) -> Value {
        self.ask(session, method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// As [`Self::call`], for a command that may be refused: then what the browser says of it.
    #[track_caller]
    pub(crate) fn ask(
        &mut self,
        session: &str,
        method: &str,
        params: &Value,
    ) -> Result<Value, String> {
        let id = self.send(session, method, params);
        loop {
            let mut message = self.read(method);
            if message["id"] != id {
                self.keep(message);
                continue;
            }
            let error = &message["error"];
            if !error.is_null() {
                return Err(error["message"].to_string());
            }
            return Ok(message["result"].take());
        }
    }

    /// Waits for an event of a tab, one that came before counts too.
    #[track_caller]
    pub(crate) fn wait(&mut self, session: &str, method: &str) -> Value {
        loop {
            let found = |event: &Event| event.session == session && event.method == method;
            if let Some(at) = self.events.iter().position(found) {
                return self.events.remove(at).params;
            }
            let message = self.read(method);
            self.keep(message);
        }
    }

    /// Takes the events of a tab that `wanted` picks.
    pub(crate) fn take(&mut self, session: &str, wanted: impl Fn(&str) -> bool) -> Vec<Event> {
        let of_tab = |event: &mut Event| event.session == session && wanted(&event.method);
        self.events.extract_if(.., of_tab).collect()
    }

    /// Asks the browser to end; whether it hears no longer matters.
    pub(crate) fn farewell(&mut self) {
        let message = json!({"id": self.last + 1, "method": "Browser.close"}).to_string();
        let _ = self.socket.send(Message::text(message));
    }

    #[track_caller]
    fn send(&mut self, session: &str, method: &str, params: &Value) -> u64 {
        self.last += 1;
        let mut command = json!({"id": self.last, "method": method, "params": params});
        if !session.is_empty() {
            command["sessionId"] = json!(session);
        }
        self.socket
            .send(Message::text(command.to_string()))
            .unwrap_or_else(|error| panic!("{method}: Chromium is gone: {error}"));
        self.last
    }

    #[track_caller]
    fn read(&mut self, waiting_for: &str) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < deadline, "{waiting_for}: nothing in {PATIENCE:?}");
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    return serde_json::from_str(&text).expect("Chromium sends JSON");
                }
                Ok(_) => {}
                Err(error) => panic!("{waiting_for}: no answer from Chromium: {error}"),
            }
        }
    }

    fn keep(&mut self, mut message: Value) {
        if let Some(method) = message["method"].as_str().map(str::to_owned) {
            let session = message["sessionId"].as_str().unwrap_or_default().to_owned();
            self.events.push(Event { session, method, params: message["params"].take() });
        }
    }
}
