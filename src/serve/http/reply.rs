//! From an answer to the reply on the wire: headers, "not modified", parts.

use std::ops::Range;

use hyper::{
    Method, Request, Response, StatusCode,
    body::Bytes,
    header::{self, HeaderName, HeaderValue},
};

use super::{Answer, body::Body, events::Stream, guard::Refusal, waiting::Busy};

const PLAIN: &str = "text/plain; charset=utf-8";

/// On every reply. There is no header that shares anything with another origin, on purpose.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-cache"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// What a request says about the form of its reply.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    /// `HEAD`: the headers of the reply to `GET`, and no body.
    head: bool,
    if_none_match: Vec<HeaderValue>,
    if_range: Option<HeaderValue>,
    range: Option<HeaderValue>,
}

impl Wish {
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let headers = request.headers();
        Self {
            head: request.method() == Method::HEAD,
            if_none_match: headers.get_all(header::IF_NONE_MATCH).iter().cloned().collect(),
            if_range: headers.get(header::IF_RANGE).cloned(),
            range: headers.get(header::RANGE).cloned(),
        }
    }

    pub(super) fn is_head(&self) -> bool {
        self.head
    }

    fn knows(&self, tag: &str) -> bool {
        self.if_none_match.iter().filter_map(|value| value.to_str().ok()).any(|list| {
            list.split(',')
                .map(str::trim)
                .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
        })
    }

    fn part(&self, tag: &str, length: usize) -> Part {
        if self.head || self.if_range.as_ref().is_some_and(|known| known != tag) {
            return Part::Whole;
        }
        let range = self.range.as_ref().and_then(|range| range.to_str().ok());
        range.map_or(Part::Whole, |range| part(range, length))
    }
}

/// The reply with `answer`, whose body has the strong entity tag `tag`.
pub(super) fn page(wish: &Wish, answer: Answer, tag: &str, busy: Busy) -> Response<Body> {
    let status = StatusCode::from_u16(answer.status)
        .ok()
        .filter(|status| !status.is_informational())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = HeaderValue::from_static(answer.content_type);
    let bytes = Bytes::from_owner(answer.body);
    if status != StatusCode::OK {
        return whole(wish, status, content_type, bytes, busy);
    }
    let mut reply = if wish.knows(tag) {
        let mut reply = Response::new(Body::whole(Bytes::new(), busy));
        *reply.status_mut() = StatusCode::NOT_MODIFIED;
        always(&mut reply);
        reply
    } else {
        match wish.part(tag, bytes.len()) {
            Part::Whole => whole(wish, status, content_type, bytes, busy),
            Part::Some(range) => {
                let place = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
                let bytes = bytes.slice(range);
                let mut reply = whole(wish, StatusCode::PARTIAL_CONTENT, content_type, bytes, busy);
                set(&mut reply, header::CONTENT_RANGE, &place);
                reply
            }
            Part::Beyond => {
                let refusal = Refusal::new(
                    StatusCode::RANGE_NOT_SATISFIABLE,
                    format!(
                        "The file ends before the part that was asked for: it has {} bytes.",
                        bytes.len()
                    ),
                );
                let mut reply = refused(wish, refusal, busy);
                set(&mut reply, header::CONTENT_RANGE, &format!("bytes */{}", bytes.len()));
                return reply;
            }
        }
    };
    set(&mut reply, header::ETAG, tag);
    set(&mut reply, header::ACCEPT_RANGES, "bytes");
    reply
}

/// The reply to a request that gets no answer.
pub(super) fn refused(wish: &Wish, refusal: Refusal, busy: Busy) -> Response<Body> {
    let text = Bytes::from(format!("{}\n", refusal.message));
    let mut reply = whole(wish, refusal.status, HeaderValue::from_static(PLAIN), text, busy);
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        set(&mut reply, header::ALLOW, "GET, HEAD");
    }
    reply
}

/// The beginning of an event stream; without `stream`, its headers only.
pub(super) fn events(stream: Option<Stream>, busy: Busy) -> Response<Body> {
    let body = match stream {
        Some(stream) => Body::stream(stream, busy),
        None => Body::whole(Bytes::new(), busy),
    };
    let mut reply = Response::new(body);
    always(&mut reply);
    set(&mut reply, header::CONTENT_TYPE, "text/event-stream");
    reply
}

fn whole(
    wish: &Wish,
    status: StatusCode,
    content_type: HeaderValue,
    bytes: Bytes,
    busy: Busy,
) -> Response<Body> {
    let length = HeaderValue::from(bytes.len());
    let bytes = if wish.head { Bytes::new() } else { bytes };
    let mut reply = Response::new(Body::whole(bytes, busy));
    *reply.status_mut() = status;
    always(&mut reply);
    reply.headers_mut().insert(header::CONTENT_TYPE, content_type);
    reply.headers_mut().insert(header::CONTENT_LENGTH, length);
    reply
}

fn always(reply: &mut Response<Body>) {
    for (name, value) in ALWAYS {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

fn set(reply: &mut Response<Body>, name: HeaderName, value: &str) {
    let value = HeaderValue::from_str(value).expect("it is made of printable ASCII above");
    reply.headers_mut().insert(name, value);
}

/// What of a body is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Some(Range<usize>),
    /// The body ends before it begins.
    Beyond,
}

/// Reads a `Range` header, RFC 9110 14.1.2. Several ranges, and what is not understood, are the
/// whole: that is always allowed.
fn part(range: &str, length: usize) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let (Some(first), Some(last)) = (number(first), number(last)) else { return Part::Whole };
    let range = match (first, last) {
        (Some(first), Some(last)) if last < first => return Part::Whole,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(length),
        (Some(first), None) => first..length,
        (None, Some(count)) => length.saturating_sub(count)..length,
        (None, None) => return Part::Whole,
    };
    if range.is_empty() { Part::Beyond } else { Part::Some(range) }
}

/// A number, or nothing where nothing stands; `None` when it is neither.
fn number(text: &str) -> Option<Option<usize>> {
    if text.is_empty() {
        return Some(None);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).map(|number| {
        // More digits than a number holds: beyond every end.
        Some(number.unwrap_or(usize::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_a_part_and_the_rest_is_the_whole() {
        for (range, expected) in [
            ("bytes=0-0", Part::Some(0..1)),
            ("bytes=2-", Part::Some(2..10)),
            ("bytes=2-99", Part::Some(2..10)),
            ("bytes=2-99999999999999999999999", Part::Some(2..10)),
            ("bytes=-3", Part::Some(7..10)),
            ("bytes=-30", Part::Some(0..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=99999999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=3-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("pages=1-2", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }

    #[test]
    fn a_tag_is_known_in_any_list() {
        let wish = |value: &'static str| Wish {
            if_none_match: vec![HeaderValue::from_static(value)],
            ..Wish::default()
        };
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(wish(known).knows("\"a\""), "{known}");
        }
        for other in ["", "a", "\"ab\"", "\"b\", \"c\""] {
            assert!(!wish(other).knows("\"a\""), "{other}");
        }
    }
}
