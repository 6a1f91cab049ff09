//! Who needs whom, in layers: what a drawing of dependencies shows.

/// A graph to be drawn from left to right: whoever needs something stands left of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Layers {
    /// What the drawing is of, for those who cannot see it.
    pub title: String,
    /// What is drawn.
    pub nodes: Vec<LayerNode>,
    /// From who needs to what is needed, by the index of the nodes; each once.
    pub edges: Vec<(usize, usize)>,
}

/// A box of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LayerNode {
    /// Its words.
    pub label: String,
    /// Its address, relative to the page; empty for none.
    pub href: String,
    /// Whether it is what the page is about.
    pub current: bool,
    /// What it is, for those who look and those who listen: `gap`, `decision`; empty where all are alike.
    pub kind: &'static str,
    /// Its whole name, where the words are cut; empty where they are not.
    pub name: String,
    /// Its state, which is also a style class: `covered`, `missing`; empty for none.
    pub state: &'static str,
}
