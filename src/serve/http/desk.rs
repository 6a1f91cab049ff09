//! One request: admitted or not, answered on a worker, replied to.

use std::sync::Arc;

use hyper::{Request, Response, StatusCode};
use tokio::{sync::Semaphore, task};

use super::{
    Answers, Limits,
    body::Body,
    events::{EVENTS_PATH, Events},
    guard::{Guard, Refusal},
    reply::{self, Wish},
    waiting::Busy,
};

/// What all connections share.
pub(super) struct Desk {
    guard: Guard,
    answers: Arc<dyn Answers>,
    events: Events,
    limits: Limits,
    /// As many answers are made at once. The queue for it is bounded by the connections.
    workers: Arc<Semaphore>,
}

impl Desk {
    pub(super) fn new(
        guard: Guard,
        answers: Arc<dyn Answers>,
        events: Events,
        limits: Limits,
    ) -> Self {
        let workers = Arc::new(Semaphore::new(limits.workers));
        Self { guard, answers, events, limits, workers }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Ends what would go on by itself.
    pub(super) fn close(&self) {
        self.events.end();
    }

    pub(super) async fn reply<B>(&self, request: &Request<B>, busy: Busy) -> Response<Body> {
        let wish = Wish::of(request);
        match self.guard.admit(request) {
            Err(refusal) => reply::refused(&wish, refusal, busy),
            Ok(path) if path == EVENTS_PATH => self.listen(&wish, busy),
            Ok(path) => self.answer(&wish, path, busy).await,
        }
    }

    fn listen(&self, wish: &Wish, busy: Busy) -> Response<Body> {
        if wish.is_head() {
            return reply::events(None, busy);
        }
        let limits = &self.limits;
        match self.events.subscribe(limits.streams, limits.queue, limits.heartbeat) {
            Some(stream) => reply::events(Some(stream), busy),
            None => {
                let refusal = Refusal::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Too many pages are listening for changes; close some.",
                );
                reply::refused(wish, refusal, busy)
            }
        }
    }

    async fn answer(&self, wish: &Wish, path: String, busy: Busy) -> Response<Body> {
        let permit = Arc::clone(&self.workers).acquire_owned().await;
        let answers = Arc::clone(&self.answers);
        let answered = task::spawn_blocking(move || {
            let _permit = permit;
            let answer = answers.answer(&path);
            let tag = format!("\"{}\"", blake3::hash(&answer.body).to_hex());
            (answer, tag)
        });
        match answered.await {
            Ok((answer, tag)) => reply::page(wish, answer, &tag, busy),
            Err(_) => {
                let refusal = Refusal::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Making this page failed because of a mistake in Lacuna; the other pages are \
                     still there. The terminal has the details.",
                );
                reply::refused(wish, refusal, busy)
            }
        }
    }
}
