//! The ways from one page of a long list to the others.

use crate::{
    page::{
        model::{PageLink, Pager},
        site::Site,
    },
    path::RelPath,
};

/// So many neighbours of the current page are named on each side.
const NEAR: usize = 2;

/// How many pages a list of so many has; an empty list has one.
pub fn pages(all: usize, each: usize) -> usize {
    all.div_ceil(each).max(1)
}

/// The ways between pages, `at` counted from 1; none when there is one page.
pub fn pager(
    site: &Site<'_>,
    from: &RelPath,
    (at, pages): (usize, usize),
    route: impl Fn(usize) -> RelPath,
) -> Option<Pager> {
    let href = |n: usize| site.href(from, &route(n));
    (pages > 1).then(|| Pager {
        at,
        pages,
        prev: (at > 1).then(|| href(at - 1)),
        next: (at < pages).then(|| href(at + 1)),
        links: named(at, pages)
            .into_iter()
            .map(|(number, skipped)| PageLink { number, href: href(number), skipped })
            .collect(),
    })
}

/// The first, the last and those near the current page, each with whether some before it are left
/// out.
fn named(at: usize, pages: usize) -> Vec<(usize, bool)> {
    let near = |n: &usize| *n == 1 || *n == pages || n.abs_diff(at) <= NEAR;
    let mut last = 0;
    let mut named = Vec::new();
    for n in (1..=pages).filter(near) {
        named.push((n, n > last + 1));
        last = n;
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_neighbours_are_named() {
        let named = named(6, 11);
        assert_eq!(
            named,
            [(1, false), (4, true), (5, false), (6, false), (7, false), (8, false), (11, true)]
        );
        assert_eq!(super::named(1, 3), [(1, false), (2, false), (3, false)]);
    }

    #[test]
    fn the_last_page_holds_what_is_left() {
        assert_eq!([pages(0, 100), pages(100, 100), pages(101, 100)], [1, 1, 2]);
    }
}
