//! Where the server listens, and how it ends.

use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::atomic::Ordering,
    time::Duration,
};

use lacuna::serve::http::{Address, DEFAULT_PORT, Events, Limits, PortChoice, Server};

use crate::client::{Site, eventually};

fn local(port: PortChoice) -> Address {
    Address { port, ..Address::default() }
}

#[test]
fn only_this_machine_is_answered_unless_asked() {
    assert!(Address::default().host.is_loopback());
    assert_eq!(Address::default().port, PortChoice::From(DEFAULT_PORT));
    let server = Server::bind(&local(PortChoice::Fixed(0))).unwrap();
    assert_eq!(server.url(), format!("http://127.0.0.1:{}/", server.port()));

    // 127.0.0.2 is this machine too, so whoever listens on all addresses also listens there.
    #[cfg(target_os = "linux")]
    assert!(TcpStream::connect((Ipv4Addr::new(127, 0, 0, 2), server.port())).is_err());
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).is_ok(), "open already");
}

#[test]
fn an_address_for_all_has_one_to_open() {
    let everywhere = Address { host: Ipv4Addr::UNSPECIFIED.into(), ..local(PortChoice::Fixed(0)) };
    let server = Server::bind(&everywhere).unwrap();
    assert_eq!(server.url(), format!("http://127.0.0.1:{}/", server.port()));
}

#[test]
fn a_port_that_is_asked_for_is_the_one_or_an_error() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Server::bind(&local(PortChoice::Fixed(port))).unwrap_err().to_string();
    assert_eq!(error, format!("port {port} is in use; choose another with `--port`"));
}

#[test]
fn without_a_choice_the_next_free_port_is_taken_and_told() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().min(u16::MAX - 1);
    let server = Server::bind(&local(PortChoice::From(port))).unwrap();
    assert!(server.port() > port);
    assert_eq!(server.taken_port(), Some(port));
    let free = Server::bind(&local(PortChoice::Fixed(0))).unwrap();
    assert_eq!(free.taken_port(), None);
}

#[test]
fn an_address_of_another_machine_is_one_line() {
    let address = Address {
        host: Ipv4Addr::new(192, 0, 2, 1).into(), // RFC 5737: nobody's
        ..local(PortChoice::Fixed(0))
    };
    let error = Server::bind(&address).unwrap_err().to_string();
    assert_eq!(
        error,
        "192.0.2.1 is no address of this machine; choose one with `--host`, such as 127.0.0.1"
    );
}

#[test]
fn a_port_is_free_again_after_the_server() {
    let mut site = Site::start();
    site.assert_alive("start");
    site.stop();
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, site.port)).is_err());
    let again = Server::bind(&local(PortChoice::Fixed(site.port)));
    assert!(again.is_ok(), "connections that were just closed do not keep it: {again:?}");
}

#[test]
fn stopping_ends_streams_and_idle_connections() {
    let mut site = Site::start();
    let mut stream = site.connect();
    stream.request("GET", "/_lacuna/events", &[]);
    stream.read_until("retry: 1000\n\n");
    let mut idle = site.connect();
    idle.request("GET", "/", &[]);
    idle.reply("GET");

    site.stop();
    stream.read_to_close();
    assert_eq!(idle.read_to_close(), 0);
    assert_eq!(site.events.open(), 0);
}

#[test]
fn a_reply_under_way_comes_to_its_end_when_the_server_stops() {
    let mut site = Site::with(Limits { drain_time: Duration::from_secs(15), ..Limits::default() });
    let mut client = site.connect();
    client.request("GET", "/held", &[]);
    eventually("the answer is being made", || site.pages.held.load(Ordering::SeqCst) == 1);
    let (pages, port) = (site.pages.clone(), site.port);
    let releasing = std::thread::spawn(move || {
        eventually("the port is closed", || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err()
        });
        pages.release();
    });
    site.stop();
    releasing.join().unwrap();
    assert_eq!(client.reply("GET").text(), "held");
}

#[test]
fn an_answer_that_never_comes_does_not_keep_the_server() {
    let limits = Limits { drain_time: Duration::from_millis(50), ..Limits::default() };
    let mut site = Site::with(limits);
    let mut client = site.connect();
    client.request("GET", "/held", &[]);
    eventually("the answer is being made", || site.pages.held.load(Ordering::SeqCst) == 1);
    site.stop();
    assert!(client.try_reply("GET").is_none());
}

#[test]
fn a_server_that_is_dropped_stops() {
    let server = Server::bind(&local(PortChoice::Fixed(0))).unwrap();
    let port = server.port();
    drop(server.run(std::sync::Arc::new(crate::client::Pages::default()), Events::new()));
    eventually("the port is closed", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}
