//! `serve`: the site beside the editor, from memory, following every save.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{Failure, args, args::Options, colour, project::Project};
use crate::{
    engine::{edition::Press, stages::Stages},
    model::config::FILE_NAME,
    path::RelPath,
    render::theme::ThemeError,
    serve::{
        follow::{Call, Follower, Opened, Origin},
        http::{Address, DEFAULT_PORT, Events, PortChoice, Server},
        problems::Told,
        session::{Reload, Session},
        terminal::{Key, Mode, Status, Surroundings, Terminal, browser},
        watch::{Means, Watcher},
    },
};

/// Serves the project until the writer ends it.
pub fn serve(options: &Options, wish: &args::Serve) -> Result<(), Failure> {
    let dir = &wish.project.dir;
    let root = dir
        .canonicalize()
        .map_err(|error| Failure(format!("error: {}: {error}", dir.display())))?;
    let address = Address {
        // `::ffff:127.0.0.1` is this machine, as 127.0.0.1 is.
        host: wish.host.to_canonical(),
        port: wish.port.map_or(PortChoice::From(DEFAULT_PORT), PortChoice::Fixed),
        allow_hosts: wish.allow_hosts.clone(),
    };
    let server = Server::bind(&address).map_err(|error| Failure(format!("error: {error}")))?;
    let reload = if wish.no_reload { Reload::Never } else { Reload::Live };
    let (calls, called) = channel();
    let told = calls.clone();
    let found_fault = move || drop(told.send(Call::Fault));
    let (session, events) = (Arc::new(Session::new(reload, found_fault)), Events::new());
    let terminal = Terminal::new(mode(), colour(options, &std::io::stderr()));
    let mut status = Status { address: server.url(), ..Status::default() };
    status.notes.extend(server.taken_port().map(|port| format!("port {port} is in use")));
    status.notes.extend(warnings(&address));
    terminal.show(&status)?;
    let socket = (address.host, server.port()).into();
    let running = server.run(session.clone(), events.clone());

    let output = options.output_dir.clone().unwrap_or_else(|| dir.join("site"));
    watch(&root, &output, wish.poll.map(Duration::from_millis), calls.clone(), &mut status);
    read_keys(&terminal, calls, socket);
    if wish.open
        && let Err(why) = browser::open(socket)
    {
        status.notes.push(format!("no browser could be opened: {why}"));
    }
    let origin = Files { options: options.clone(), dir: dir.clone(), theme: None };
    let follower = Follower { origin, session, events, terminal, status, run: run() };
    let outcome = follower.follow(&called);
    running.stop();
    Ok(outcome?)
}

/// What it means to listen where others are.
fn warnings(address: &Address) -> Vec<String> {
    let host = address.host;
    if host.is_loopback() {
        return Vec::new();
    }
    // The end of a line is cut on a narrow terminal: what it means comes first.
    let mut warnings =
        vec![format!("warning: everybody on the network can read the site (`--host {host}`)")];
    if host.is_unspecified() && address.allow_hosts.is_empty() {
        warnings.push("browsers elsewhere need a name that `--allow-host` gives".to_owned());
    }
    warnings
}

/// Passes on what the watcher sees, and its reasons to see it in another way.
fn watch(
    root: &Path,
    output: &Path,
    poll: Option<Duration>,
    calls: Sender<Call>,
    status: &mut Status,
) {
    let started = Watcher::start(root, Some(output), poll);
    let looking =
        |every: Duration| format!("all files are looked at every {} ms", every.as_millis());
    let note = move |why: &str, means: Means| match means {
        Means::Polling { every } => format!("{}: {why}", looking(every)),
        Means::Events => why.to_owned(),
    };
    match (poll, &started.fallback_reason) {
        (Some(every), _) => status.notes.push(looking(every)),
        (None, Some(why)) => status.notes.push(note(why, started.means)),
        (None, None) => {}
    }
    thread::spawn(move || {
        let (watcher, mut known) = (started.watcher, started.fallback_reason);
        while let Some(wake) = watcher.next() {
            let reason = watcher.fallback_reason();
            if reason != known {
                let why = reason.as_deref().unwrap_or("the system tells of changes again");
                if calls.send(Call::Note(note(why, watcher.means()))).is_err() {
                    return;
                }
                known = reason;
            }
            if calls.send(Call::Wake(wake)).is_err() {
                return;
            }
        }
    });
}

fn read_keys(terminal: &Terminal, calls: Sender<Call>, socket: std::net::SocketAddr) {
    let keys = terminal.keys();
    thread::spawn(move || {
        for key in keys {
            let call = match key {
                Key::Open => match browser::open(socket) {
                    Ok(()) => continue,
                    Err(why) => Call::Note(format!("no browser could be opened: {why}")),
                },
                Key::Rebuild => Call::Rebuild,
                Key::Clear => Call::Clear,
                Key::Quit => Call::Quit,
            };
            if calls.send(call).is_err() {
                return;
            }
        }
    });
}

fn mode() -> Mode {
    #[expect(clippy::disallowed_methods, reason = "the command line speaks for the environment")]
    let variable = |name: &str| std::env::var(name).ok();
    let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let (ci, term) = (variable("CI"), variable("TERM"));
    Mode::of(Surroundings { is_terminal, ci: ci.as_deref(), term: term.as_deref() })
}

/// Tells one run from the next.
#[expect(clippy::disallowed_methods, reason = "a server that is started again is another one")]
fn run() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}", std::process::id(), since.as_nanos())
}

/// The configuration and the theme on the disk.
struct Files {
    options: Options,
    dir: PathBuf,
    /// The name of the theme that was read last.
    theme: Option<String>,
}

impl Origin for Files {
    fn open(&mut self, stages: &Arc<Stages>) -> Result<Opened, Vec<Told>> {
        let project = Project::open_or_tell(&self.options, &self.dir)?;
        let (theme, broken) = project.theme().map_err(|Failure(text)| vec![plain(text)])?;
        let name = project.config.theme.clone();
        let help = "the template of the default theme is used until it is mended";
        let of_template =
            |error: &ThemeError| Told::of_template(&name, &error.template, &error.message, help);
        let told = broken.iter().map(of_template).collect();
        self.theme = Some(name);
        let (folder_name, today) = project.setting_words();
        let press = Press {
            stages: stages.clone(),
            theme: Arc::new(theme),
            config: Arc::new(project.config),
            world: Arc::new(project.world),
            folder_name: folder_name.into(),
            today: today.into(),
        };
        Ok(Opened { press, told })
    }

    fn concerns(&self, path: &RelPath) -> bool {
        let theme = self.theme.as_deref().unwrap_or_default();
        let of_theme = path
            .as_str()
            .strip_prefix("themes/")
            .is_some_and(|rest| rest.strip_prefix(theme).is_some_and(|rest| rest.starts_with('/')));
        of_theme || path.as_str() == FILE_NAME
    }

    #[expect(clippy::disallowed_methods, reason = "the status tells how long work took")]
    fn now(&self) -> Instant {
        Instant::now()
    }
}

/// A failure that is no place in a file.
pub(super) fn plain(text: String) -> Told {
    let message = text.trim_start_matches("error: ").to_owned();
    of_configuration(message, text)
}

/// A fault of the configuration, without its place.
pub(super) fn of_configuration(message: String, rendered: String) -> Told {
    Told {
        code: "configuration".to_owned(),
        path: FILE_NAME.to_owned(),
        message,
        fatal: true,
        ..Told::rendered(rendered)
    }
}

impl args::Serve {
    /// The address to listen on when none is named.
    pub const HOST: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
}
