//! The body of a reply: bytes that are there, or a stream that goes on.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use hyper::body::{Bytes, Frame, SizeHint};

use super::{events::Stream, waiting::Busy};

/// A body, and the mark that its connection is busy until the body is handed on.
#[derive(Debug)]
pub(super) struct Body {
    content: Content,
    _busy: Busy,
}

#[derive(Debug)]
enum Content {
    Whole(Bytes),
    Stream(Box<Stream>),
}

impl Body {
    pub(super) fn whole(bytes: Bytes, busy: Busy) -> Self {
        Self { content: Content::Whole(bytes), _busy: busy }
    }

    pub(super) fn stream(stream: Stream, busy: Busy) -> Self {
        Self { content: Content::Stream(Box::new(stream)), _busy: busy }
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = match &mut self.content {
            Content::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Whole(bytes) => Poll::Ready(Some(std::mem::take(bytes))),
            Content::Stream(stream) => stream.poll(context),
        };
        bytes.map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.content, Content::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(_) => SizeHint::default(),
        }
    }
}
