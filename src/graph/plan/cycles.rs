//! Which needs wait for each other in a circle, by Tarjan's algorithm (SIAM J. Comput. 1972),
//! without recursion: a ledger may chain its gaps as long as it likes.

/// For each node the number of its circle: nodes with the same number reach each other.
///
/// `edges[n]` are the nodes that `n` points to. The time is linear in nodes and edges.
pub fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut search = Search {
        edges,
        seen: vec![UNSEEN; edges.len()],
        low: vec![0; edges.len()],
        component: vec![UNSEEN; edges.len()],
        path: Vec::new(),
        next: 0,
        found: 0,
    };
    for node in 0..edges.len() {
        if search.seen[node] == UNSEEN {
            search.from(node);
        }
    }
    search.component
}

const UNSEEN: usize = usize::MAX;

struct Search<'a> {
    edges: &'a [Vec<usize>],
    /// When each node was first met.
    seen: Vec<usize>,
    /// The earliest node on the path that each node leads back to.
    low: Vec<usize>,
    component: Vec<usize>,
    /// Nodes whose circle is not closed yet.
    path: Vec<usize>,
    next: usize,
    found: usize,
}

impl Search<'_> {
    fn from(&mut self, root: usize) {
        self.enter(root);
        // Each node with how many of its edges were followed.
        let mut calls = vec![(root, 0)];
        while let Some((node, followed)) = calls.last_mut() {
            let node = *node;
            if let Some(&to) = self.edges[node].get(*followed) {
                *followed += 1;
                if self.seen[to] == UNSEEN {
                    self.enter(to);
                    calls.push((to, 0));
                } else if self.component[to] == UNSEEN {
                    self.low[node] = self.low[node].min(self.seen[to]);
                }
                continue;
            }
            calls.pop();
            if let Some((parent, _)) = calls.last() {
                self.low[*parent] = self.low[*parent].min(self.low[node]);
            }
            if self.low[node] == self.seen[node] {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.seen[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.path.push(node);
    }

    fn close(&mut self, first: usize) {
        while let Some(node) = self.path.pop() {
            self.component[node] = self.found;
            if node == first {
                break;
            }
        }
        self.found += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_told_from_chains() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3 -> 4, 4 -> 4, 5 alone.
        let edges = [vec![1], vec![2], vec![0, 3], vec![4], vec![4], vec![]];
        let of = components(&edges);
        assert!(of[0] == of[1] && of[1] == of[2]);
        let different: std::collections::BTreeSet<usize> = of.iter().copied().collect();
        assert_eq!(different.len(), 4, "{of:?}");
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let many = 200_000;
        let edges: Vec<Vec<usize>> = (0..many).map(|n| vec![(n + 1) % many]).collect();
        assert!(components(&edges).iter().all(|component| *component == 0));
    }
}
