//! The verdict on one citation, and the thresholds behind it.
//!
//! Three questions are asked of the cited lines, each with a threshold that can be said in words:
//!
//! 1. **Do they say as much as the best place?** Less than half of the best score is no support;
//!    three quarters are as good as the best, since two passages on one subject differ by as much
//!    through their length alone.
//! 2. **Would a place taken at random say as much?** When more than every second place of the same
//!    size does, the citation could have been made with closed eyes. For support it may be one in
//!    four.
//! 3. **Do they have the words of the title?** At least half of them, each counted by what it
//!    tells, for support.
//!
//! A short citation is also read with the lines around it, as a reader would; that alone never makes
//! more than a weak support, because the range should be corrected.

/// The least share of the best score that is any support.
pub const SOME: f32 = 0.5;
/// The least share of the best score that is as good as the best; its inverse is *far more*.
pub const AS_GOOD: f32 = 0.75;
/// The most chance that is any support.
const CHANCE: f32 = 0.5;
/// The most chance that is full support.
const SMALL_CHANCE: f32 = 0.25;
/// The least share of the title that is full support.
const TITLE: f32 = 0.5;

/// Whether the cited place speaks of the gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It does, as well as any place.
    Supported,
    /// It touches it.
    Weak(Weakness),
    /// It does not.
    Unsupported(Fault),
    /// Nothing can be said.
    Unjudged(Obstacle),
}

/// Why support is only weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    /// Another place says more.
    Outdone,
    /// Most words of the title are not there.
    Title,
    /// Many places say as much.
    Common,
    /// The lines around say it, the cited ones do not.
    Beside,
}

/// Why there is no support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// None of the gap's words is there.
    Silent,
    /// Another place says more than twice as much.
    Outdone,
    /// A random place says as much, more often than not.
    Chance,
}

/// Why a citation cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The citation leads nowhere, which is another finding.
    NotFound,
    /// The cited file has no text that is read: an image, source code.
    NoText,
    /// The gap cites the file it stands in.
    Itself,
    /// Gap and cited text are in two languages.
    Language,
    /// The gap has no word that tells anything.
    NoWords,
}

/// What was measured of a citation, all from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// The score of the cited lines over that of the best place.
    pub share: f32,
    /// The share of places of the same size that score as much.
    pub chance: f32,
    /// The share of the title's words.
    pub title: f32,
    /// The score of the lines around over that of the best place; for short citations.
    pub around: f32,
}

impl Verdict {
    /// The verdict on what was measured.
    pub fn of(m: Measures) -> Self {
        if m.share < SOME && m.around >= SOME {
            return Self::Weak(Weakness::Beside);
        }
        if m.share <= 0.0 {
            Self::Unsupported(Fault::Silent)
        } else if m.share < SOME {
            Self::Unsupported(Fault::Outdone)
        } else if m.chance > CHANCE {
            Self::Unsupported(Fault::Chance)
        } else if m.share < AS_GOOD {
            Self::Weak(Weakness::Outdone)
        } else if m.title < TITLE {
            Self::Weak(Weakness::Title)
        } else if m.chance > SMALL_CHANCE {
            Self::Weak(Weakness::Common)
        } else {
            Self::Supported
        }
    }

    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Weak(_) => "weak",
            Self::Unsupported(_) => "unsupported",
            Self::Unjudged(_) => "unjudged",
        }
    }

    /// Why, in one sentence without a full stop.
    pub fn why(self, m: Measures) -> String {
        let share = percent(m.share);
        let outdone =
            format!("it says {share} % as much of the gap as the best place in the research");
        match self {
            Self::Supported if share >= 100 => {
                "no place in the research says more of the gap".to_owned()
            }
            Self::Supported => outdone,
            Self::Weak(Weakness::Outdone) | Self::Unsupported(Fault::Outdone) => outdone,
            Self::Weak(Weakness::Title) => {
                format!("it has {} % of the title's words, by weight", percent(m.title))
            }
            Self::Weak(Weakness::Common) | Self::Unsupported(Fault::Chance) => format!(
                "of places of this size taken at random, {} % say as much of the gap",
                percent(m.chance)
            ),
            Self::Weak(Weakness::Beside) => {
                "the lines around speak of the gap, the cited ones hardly do".to_owned()
            }
            Self::Unsupported(Fault::Silent) => "it has none of the gap's words".to_owned(),
            Self::Unjudged(obstacle) => obstacle.why().to_owned(),
        }
    }
}

impl Obstacle {
    fn why(self) -> &'static str {
        match self {
            Self::NotFound => "the citation leads nowhere",
            Self::NoText => "the cited file is not read as text",
            Self::Itself => "the gap cites the file it stands in",
            Self::Language => "the gap and the cited text are in two languages",
            Self::NoWords => "the gap has no words that could be looked for",
        }
    }
}

/// From 0 to 100, rounded.
pub fn percent(share: f32) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(share: f32, chance: f32, title: f32, around: f32) -> &'static str {
        Verdict::of(Measures { share, chance, title, around }).name()
    }

    #[test]
    fn the_thresholds_are_those_of_the_documentation() {
        assert_eq!(of(1.0, 0.0, 1.0, 0.0), "supported");
        assert_eq!(of(0.75, 0.25, 0.5, 0.0), "supported");
        assert_eq!(of(0.74, 0.0, 1.0, 0.0), "weak");
        assert_eq!(of(1.0, 0.0, 0.49, 0.0), "weak");
        assert_eq!(of(1.0, 0.26, 1.0, 0.0), "weak");
        assert_eq!(of(1.0, 0.51, 1.0, 0.0), "unsupported");
        assert_eq!(of(0.49, 0.0, 1.0, 0.0), "unsupported");
        assert_eq!(of(0.1, 0.9, 0.0, 0.5), "weak");
        assert_eq!(of(0.0, 1.0, 0.0, 0.0), "unsupported");
    }
}
