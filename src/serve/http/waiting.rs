//! The connections that owe a request, so that a newcomer can have the place of the longest idle.
//!
//! A plain cap would let a few hundred silent connections keep everybody else out until their time
//! is over. Here they only lose their place.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, futures::Notified};

/// All connections on which nothing is being answered, longest first.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    queue: Mutex<Queue>,
    grew: Notify,
}

#[derive(Debug, Default)]
struct Queue {
    next: u64,
    places: BTreeMap<u64, Arc<Notify>>,
}

impl Waiting {
    /// Asks the connection that has waited longest to end. Nothing happens when all are busy.
    pub(super) fn end_longest(&self) {
        if let Some((_, end)) = self.queue().places.pop_first() {
            end.notify_one();
        }
    }

    /// As [`Waiting::end_longest`], but the last one stays.
    ///
    /// For a shortage that others may cause: the one that was let in last must not be the next to
    /// go, or nobody would ever be answered.
    pub(super) fn end_longest_of_several(&self) {
        if self.queue().places.len() > 1 {
            self.end_longest();
        }
    }

    /// Returns when one more connection has begun to wait since this was called.
    pub(super) fn grew(&self) -> Notified<'_> {
        self.grew.notified()
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection. It waits from its beginning, and between [`Busy`] times; dropped with it.
#[derive(Debug)]
pub(super) struct Line {
    waiting: Arc<Waiting>,
    place: Mutex<Option<u64>>,
    end: Arc<Notify>,
}

impl Line {
    pub(super) fn new(waiting: &Arc<Waiting>) -> Arc<Self> {
        let line = Arc::new(Self {
            waiting: Arc::clone(waiting),
            place: Mutex::new(None),
            end: Arc::new(Notify::new()),
        });
        line.wait();
        line
    }

    /// Returns when the connection has to make room.
    pub(super) async fn ended(&self) {
        self.end.notified().await;
    }

    /// Keeps the place of the connection as long as the value lives.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        self.leave();
        Busy(Arc::clone(self))
    }

    fn wait(&self) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let mut queue = self.waiting.queue();
        let own = queue.next;
        queue.next += 1;
        queue.places.insert(own, Arc::clone(&self.end));
        *place = Some(own);
        self.waiting.grew.notify_waiters();
    }

    fn leave(&self) {
        let place = self.place.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(place) = place {
            self.waiting.queue().places.remove(&place);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.leave();
    }
}

/// A request is being answered, from its header to the last byte that was handed on.
#[derive(Debug)]
pub(super) struct Busy(Arc<Line>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(waiting: &Waiting) -> usize {
        waiting.queue().places.len()
    }

    #[test]
    fn who_is_answered_keeps_the_place() {
        let waiting = Arc::new(Waiting::default());
        let first = Line::new(&waiting);
        let second = Line::new(&waiting);
        assert_eq!(waits(&waiting), 2);

        let busy = first.busy();
        waiting.end_longest();
        assert_eq!(waits(&waiting), 0, "the second had waited longest");
        waiting.end_longest();

        drop(busy);
        assert_eq!(waits(&waiting), 1, "the first waits again");
        waiting.end_longest_of_several();
        assert_eq!(waits(&waiting), 1, "the last one stays");
        drop(second);
        drop(first);
        assert_eq!(waits(&waiting), 0);
    }
}
