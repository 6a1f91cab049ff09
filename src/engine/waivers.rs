//! The waivers that gap records give.

use std::collections::BTreeSet;

use super::{Options, Reading};
use crate::{graph::coverage::gap_of, model::policy::RecordWaiver};

/// All waivers that records of gaps give, whether they hold or not.
pub fn of_records(reading: &Reading, options: Options<'_>) -> BTreeSet<RecordWaiver> {
    let corpus = reading.corpus(options);
    let waiver = |record: &crate::graph::record::Record| {
        let waiver = gap_of(corpus, record)?.waiver.as_ref()?;
        Some(RecordWaiver::of(&record.id, waiver))
    };
    reading.records.iter().filter_map(|(_, record)| waiver(record)).collect()
}
