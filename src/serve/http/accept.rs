//! The accept loop, its connections, and how they end.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    select,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    Answers, Events, Limits, Server,
    desk::Desk,
    guard::Guard,
    stall::Stalling,
    waiting::{Line, Waiting},
};

/// How long to wait after an accept that failed: it doubles until one succeeds.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Server {
    /// Answers from now on, on threads of its own.
    ///
    /// # Panics
    ///
    /// When the system gives no thread.
    pub fn run(self, answers: Arc<dyn Answers>, events: Events) -> Running {
        let Self { runtime, listener, address, allow_hosts, limits, .. } = self;
        let (stop, stopped) = watch::channel(false);
        let drain_time = limits.drain_time;
        let guard = Guard::new(address, &allow_hosts);
        let desk = Arc::new(Desk::new(guard, answers, events, limits));
        let thread = thread::Builder::new()
            .name("lacuna-http".to_owned())
            .spawn(move || {
                runtime.block_on(accept(listener, desk, stopped));
                // An answer that never comes must not keep the program from ending.
                runtime.shutdown_timeout(drain_time);
            })
            .expect("a program that cannot start a thread cannot serve");
        Running { stop, thread }
    }
}

/// A server that answers. Dropped, it stops by itself, but nobody waits for it.
#[derive(Debug)]
#[must_use = "the server stops when this is dropped"]
pub struct Running {
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Closes the port, ends the event streams, lets replies that are under way come to their end,
    /// and returns: after [`Limits::drain_time`](super::Limits::drain_time), twice at most.
    pub fn stop(self) {
        self.stop.send_replace(true);
        if self.thread.join().is_err() {
            // Its message is on the terminal already, and there is nothing left to stop.
        }
    }
}

type Stopped = watch::Receiver<bool>;

/// Returns when the server is to stop, be it because [`Running`] is gone.
async fn told(stopped: &mut Stopped) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

async fn accept(listener: TcpListener, desk: Arc<Desk>, mut stopped: Stopped) {
    let waiting = Arc::new(Waiting::default());
    let places = Arc::new(Semaphore::new(desk.limits().connections));
    let mut connections = JoinSet::new();
    let mut pause = FIRST_PAUSE;
    loop {
        let accepted = select! {
            accepted = listener.accept() => accepted,
            () = told(&mut stopped) => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(_) => {
                // Most likely out of descriptors: make room, and do not spin until there is. The
                // system says so even when nobody is at the door.
                waiting.end_longest_of_several();
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
                continue;
            }
        };
        pause = FIRST_PAUSE;
        while connections.try_join_next().is_some() {}
        let place = select! {
            place = take_place(&places, &waiting) => place,
            () = told(&mut stopped) => break,
        };
        let line = Line::new(&waiting);
        connections.spawn(converse(stream, line, Arc::clone(&desk), place, stopped.clone()));
    }
    drop(listener);
    desk.close();
    let ended = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(desk.limits().drain_time, ended).await;
}

/// A connection that was reset before it was accepted says nothing of the next one.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// A place for one more connection, if need be that of the one that has waited longest.
async fn take_place(places: &Arc<Semaphore>, waiting: &Waiting) -> Option<OwnedSemaphorePermit> {
    if let Ok(place) = Arc::clone(places).try_acquire_owned() {
        return Some(place);
    }
    let mut place = pin!(Arc::clone(places).acquire_owned());
    loop {
        let grew = waiting.grew();
        waiting.end_longest();
        select! {
            place = place.as_mut() => return place.ok(),
            () = grew => {}
        }
    }
}

/// One connection of a socket, request after request.
async fn converse(
    stream: TcpStream,
    line: Arc<Line>,
    desk: Arc<Desk>,
    _place: Option<OwnedSemaphorePermit>,
    stopped: Stopped,
) {
    // Without it a reply in two pieces waits 40 ms for an acknowledgement. A failure only costs that.
    let _ = stream.set_nodelay(true);
    converse_over(stream, line, desk, stopped).await;
}

/// A server for one connection that is no socket: what tries the protocol needs no port.
pub struct Exchange {
    /// The address that the server believes to be bound to.
    pub address: SocketAddr,
    /// Names of the server besides its own, as in [`Address`](super::Address).
    pub allow_hosts: Vec<String>,
    /// What answers.
    pub answers: Arc<dyn Answers>,
    /// What one client may cost.
    pub limits: Limits,
}

impl Exchange {
    /// Reads requests from `stream` and writes the replies to it, until the client ends or the
    /// limits end it. Must run on a runtime of tokio that has a clock.
    pub async fn over<S: AsyncRead + AsyncWrite + Unpin>(self, stream: S) {
        let guard = Guard::new(self.address, &self.allow_hosts);
        let desk = Arc::new(Desk::new(guard, self.answers, Events::new(), self.limits));
        let line = Line::new(&Arc::new(Waiting::default()));
        let (_stop, stopped) = watch::channel(false);
        converse_over(stream, line, desk, stopped).await;
    }
}

async fn converse_over<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    line: Arc<Line>,
    desk: Arc<Desk>,
    mut stopped: Stopped,
) {
    let limits = desk.limits();
    let service = service_fn(|request| {
        let busy = line.busy();
        let desk = &desk;
        async move { Ok::<_, Infallible>(desk.reply(&request, busy).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes)
        .max_headers(limits.headers)
        .serve_connection(TokioIo::new(Stalling::new(stream, limits.stall_time)), service);
    let mut connection = pin!(connection);
    // Errors are those of one client: it went away, or did not speak HTTP.
    select! {
        _ = connection.as_mut() => return,
        () = line.ended() => return,
        () = told(&mut stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}
