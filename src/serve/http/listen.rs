//! The port: opened at once, or a line that says what to do.

use std::{
    error::Error,
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use tokio::{
    net::{TcpListener, TcpSocket},
    runtime::{self, Runtime},
};

use super::{Address, Limits, PortChoice};

/// Ports that [`PortChoice::From`] tries.
const TRIES: u16 = 20;

/// Connections that the system keeps until they are accepted. A burst beyond it would wait for a
/// second, since the client then has to try again.
const BACKLOG: u32 = 1024;

/// A server whose port is open and that does not answer yet.
#[derive(Debug)]
pub struct Server {
    pub(super) runtime: Runtime,
    pub(super) listener: TcpListener,
    pub(super) address: SocketAddr,
    pub(super) allow_hosts: Vec<String>,
    pub(super) limits: Limits,
    taken: Option<u16>,
}

impl Server {
    /// Binds; the port is open when this returns.
    ///
    /// # Errors
    ///
    /// When the port is in use (with [`PortChoice::From`]: it and the next ones), may not be
    /// opened, or the address is not one of this machine.
    pub fn bind(address: &Address) -> Result<Self, BindError> {
        Self::bind_with(address, Limits::default())
    }

    /// As [`Server::bind`], with other limits than the default.
    ///
    /// # Errors
    ///
    /// As [`Server::bind`].
    pub fn bind_with(address: &Address, limits: Limits) -> Result<Self, BindError> {
        let (first, last) = match address.port {
            PortChoice::Fixed(port) => (port, port),
            PortChoice::From(port) => (port, port.saturating_add(TRIES - 1)),
        };
        let fail = |error| BindError { host: address.host, first, last, error };
        let runtime = runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(limits.workers)
            .thread_name("lacuna-answer")
            .build()
            .map_err(fail)?;
        let mut port = first;
        let listener = loop {
            let _inside = runtime.enter();
            match listen(SocketAddr::new(address.host, port)) {
                Ok(listener) => break listener,
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
                Err(error) => return Err(fail(error)),
            }
        };
        let bound = listener.local_addr().map_err(fail)?;
        Ok(Self {
            runtime,
            listener,
            address: bound,
            allow_hosts: address.allow_hosts.clone(),
            limits,
            taken: (port != first).then_some(first),
        })
    }

    /// What a person opens: the address that is bound, or the loopback address if that is all.
    pub fn url(&self) -> String {
        let host = match self.address.ip() {
            IpAddr::V4(host) if host.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(host) if host.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            host => host,
        };
        format!("http://{}/", SocketAddr::new(host, self.port()))
    }

    /// The port that is open.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The port that was to be tried first, if another is open because it was in use.
    pub fn taken_port(&self) -> Option<u16> {
        self.taken
    }
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A server that was just stopped leaves connections behind, which must not keep its successor
    // from the port. Elsewhere the option would let two servers share one port.
    if cfg!(unix) {
        socket.set_reuseaddr(true)?;
    }
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Why no port could be opened, in one line that says what to do.
#[derive(Debug)]
pub struct BindError {
    host: IpAddr,
    first: u16,
    last: u16,
    error: io::Error,
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, first, last, error } = self;
        match error.kind() {
            io::ErrorKind::AddrInUse if first == last => {
                write!(f, "port {first} is in use; choose another with `--port`")
            }
            io::ErrorKind::AddrInUse => {
                write!(f, "ports {first} to {last} are in use; choose another with `--port`")
            }
            io::ErrorKind::PermissionDenied => write!(
                f,
                "port {first} may not be opened by you; choose one from 1024 on with `--port`"
            ),
            io::ErrorKind::AddrNotAvailable => write!(
                f,
                "{host} is no address of this machine; choose one with `--host`, such as 127.0.0.1"
            ),
            _ => write!(f, "cannot listen on {}: {error}", SocketAddr::new(*host, *first)),
        }
    }
}

impl Error for BindError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
