//! The order of each column: whoever is joined to neighbours that stand high stands high. Sweeps to and
//! fro over the columns (Sugiyama, Tagawa, Toda: "Methods for visual understanding of hierarchical
//! system structures", 1981), in whole numbers, so that it is the same everywhere.

use super::joined::Joined;

/// So many sweeps; more change little.
const SWEEPS: usize = 4;

/// The nodes of each column from top to bottom, by their index.
pub fn columns(joined: &Joined, columns: usize) -> Vec<Vec<usize>> {
    let count = joined.nodes.len();
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); columns];
    for (n, node) in joined.nodes.iter().enumerate() {
        order[node.column as usize].push(n);
    }
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (one, other) in &joined.ways {
        beside[*one].push(*other);
        beside[*other].push(*one);
    }
    // Columns of different length are as high as each other, so that ways stay level.
    let mut height = vec![0_u64; count];
    let place = |column: &[usize], height: &mut [u64]| {
        let step = 1_000_000 / (column.len() as u64 + 1);
        for (at, node) in (1..).zip(column) {
            height[*node] = at * step;
        }
    };
    order.iter().for_each(|column| place(column, &mut height));
    for sweep in 0..SWEEPS {
        let mut along: Vec<usize> = (0..columns).collect();
        if sweep % 2 == 1 {
            along.reverse();
        }
        for n in along {
            let mean = |node: &usize| {
                let near = &beside[*node];
                let sum: u64 = near.iter().map(|other| height[*other]).sum();
                sum.checked_div(near.len() as u64).unwrap_or(height[*node])
            };
            // A stable sort: of equals, the first stays first.
            let means: Vec<(u64, usize)> =
                order[n].iter().map(|node| (mean(node), *node)).collect();
            let mut sorted = means;
            sorted.sort_by_key(|(mean, _)| *mean);
            order[n] = sorted.into_iter().map(|(_, node)| node).collect();
            place(&order[n], &mut height);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{
        super::joined::{Column, Node, Placed},
        *,
    };

    #[test]
    fn ways_that_cross_are_untangled() {
        let words = |column, n: usize| Placed { column, node: Node::Words(n.to_string()) };
        let nodes = (0..3)
            .map(|n| words(Column::Gap, n))
            .chain((0..3).map(|n| words(Column::Document, n)))
            .collect();
        let joined = Joined { nodes, ways: vec![(0, 5), (1, 4), (2, 3)] };
        let order = columns(&joined, Column::ALL.len());
        let gaps = &order[Column::Gap as usize];
        let documents = &order[Column::Document as usize];
        let facing: Vec<usize> = gaps.iter().map(|gap| 5 - gap).collect();
        assert_eq!(documents, &facing, "each document stands level with its gap");
        assert_eq!(order, columns(&joined, Column::ALL.len()), "again the same");
    }
}
