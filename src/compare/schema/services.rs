//! Methods of a service, by name.

use std::collections::BTreeMap;

use super::{
    MethodStanding, SymbolStanding, at,
    rules::{self, Breach},
};
use crate::model::schema::Streaming;

pub(super) fn compare(
    (name, now): (&str, &SymbolStanding),
    (before, after): (&BTreeMap<String, MethodStanding>, &BTreeMap<String, MethodStanding>),
    breach: &mut Breach,
) {
    for (method, old) in before {
        let subject = format!("{name}.{method}");
        let Some(new) = after.get(method) else {
            breach.add(&[&rules::RPC_NO_DELETE], &now.place, subject, "the method was removed");
            continue;
        };
        let place = at(now, new.line);
        let mut differs = |rule, what: &str, was: &str, is: &str| {
            if was != is {
                let what = format!("{what} was `{was}`, now `{is}`");
                breach.add(&[rule], &place, subject.as_str(), what);
            }
        };
        let side = |is: bool| if is { "a stream" } else { "one message" };
        let client =
            |m: &MethodStanding| side(matches!(m.streaming, Streaming::Client | Streaming::Both));
        let server =
            |m: &MethodStanding| side(matches!(m.streaming, Streaming::Server | Streaming::Both));
        let level = |m: &MethodStanding| {
            m.idempotency.clone().unwrap_or_else(|| "IDEMPOTENCY_UNKNOWN".to_owned())
        };
        differs(&rules::RPC_SAME_REQUEST_TYPE, "the request", &old.input, &new.input);
        differs(&rules::RPC_SAME_RESPONSE_TYPE, "the response", &old.output, &new.output);
        differs(&rules::RPC_SAME_CLIENT_STREAMING, "the request", client(old), client(new));
        differs(&rules::RPC_SAME_SERVER_STREAMING, "the response", server(old), server(new));
        let what = "the idempotency level";
        differs(&rules::RPC_SAME_IDEMPOTENCY_LEVEL, what, &level(old), &level(new));
    }
    for (method, new) in after.iter().filter(|(method, _)| !before.contains_key(*method)) {
        breach.add(&[], &at(now, new.line), format!("{name}.{method}"), "the method was added");
    }
}
