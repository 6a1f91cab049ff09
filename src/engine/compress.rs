//! Compressed twins on request: `index.html.gz` and `index.html.br` beside `index.html`, for servers
//! that hand out such files instead of compressing at every request (`gzip_static` of nginx,
//! `precompressed` of Caddy, `MultiViews` of Apache).
//!
//! The bytes depend on the content alone: there is no time and no name in them, and the encoders
//! choose no other way on another processor.

use std::{collections::BTreeMap, io::Write};

use rayon::prelude::*;

use super::{
    earlier::Earlier,
    output::{Item, OutputSet},
};
use crate::{model::config::Compression, path::RelPath, world::Hash};

/// The shortest file that has twins, in bytes: a shorter one fits a packet as it is.
const SHORTEST: u64 = 1024;

/// Files that are text; pictures and archives are compressed already.
const TEXTS: &[&str] = &["html", "js", "css", "svg", "json", "xml", "txt", "md"];

/// The twins of a site: the hash of what each was made from.
pub type Twins = BTreeMap<RelPath, Hash>;

/// Adds the twins of all files that are there. One that would lie at the place of another file, or
/// be no shorter than what it was made from, is left out.
pub fn add(output: &mut OutputSet, wanted: &[Compression], earlier: &dyn Earlier) -> Twins {
    let of_file = |(route, item): (&RelPath, &Item)| {
        (length(item) >= SHORTEST && route.has_extension(TEXTS))
            .then(|| twins(output, (route, item), wanted, earlier))
    };
    let files: Vec<_> = output.iter().collect();
    let made: Vec<_> = files.into_par_iter().filter_map(of_file).flatten_iter().collect();
    let mut twins = Twins::new();
    for (route, item, from) in made {
        if output.insert_item(route.as_str(), item).is_ok() {
            twins.insert(route, from);
        }
    }
    twins
}

fn length(item: &Item) -> u64 {
    match item {
        Item::Bytes(bytes) => bytes.len() as u64,
        Item::Kept(_, length) => *length,
        Item::Aside(slice) => slice.length,
        Item::Unkept => 0,
    }
}

fn twins(
    output: &OutputSet,
    (route, item): (&RelPath, &Item),
    wanted: &[Compression],
    earlier: &dyn Earlier,
) -> Vec<(RelPath, Item, Hash)> {
    let from = match item {
        Item::Bytes(bytes) => Hash::of(bytes),
        Item::Kept(hash, _) => *hash,
        Item::Aside(slice) => slice.hash,
        Item::Unkept => return Vec::new(),
    };
    let mut read = None;
    let twin = |form: &Compression| {
        let twin = RelPath::new(&format!("{route}.{}", form.extension()))?;
        if let Some(kept) = earlier.compressed(&twin, from) {
            return Some((twin, kept, from));
        }
        let bytes: &[u8] = match item {
            Item::Bytes(bytes) => bytes,
            // Without its bytes the publication fails, and tells of it.
            Item::Aside(slice) => read.get_or_insert_with(|| slice.bytes().ok()).as_ref()?,
            _ => read.get_or_insert_with(|| earlier.bytes(route)).as_ref()?,
        };
        let packed = compress(bytes, *form);
        (packed.len() < bytes.len()).then(|| (twin, output.keep(packed), from))
    };
    wanted.iter().filter_map(twin).collect()
}

fn compress(bytes: &[u8], form: Compression) -> Vec<u8> {
    match form {
        Compression::Gzip => gzip(bytes),
        Compression::Brotli => brotli(bytes),
    }
}

/// RFC 1952, section 2.3: a header of ten bytes without a time and a name, the text by deflate, its
/// CRC-32 and its length modulo 2^32. The frame is made here, for the encoder that other crates
/// choose beneath `flate2` picks its way by what the processor can do.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    const DEFLATE: u8 = 8;
    const SLOWEST: u8 = 2;
    const UNKNOWN_SYSTEM: u8 = 255;
    let mut packed = vec![0x1f, 0x8b, DEFLATE, 0, 0, 0, 0, 0, SLOWEST, UNKNOWN_SYSTEM];
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, 9));
    packed.extend(crc32fast::hash(bytes).to_le_bytes());
    packed.extend((bytes.len() as u32).to_le_bytes());
    packed
}

/// RFC 7932, with a window as wide as the text, and no wider than every browser takes.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    const BUFFER: usize = 4096;
    // On the site of this repository level 11 takes 4.8 times as long for files 12 % shorter.
    const QUALITY: u32 = 9;
    let window = bytes.len().next_power_of_two().ilog2().clamp(16, 22);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, window);
    writer.write_all(bytes).expect("memory takes all that is written");
    writer.into_inner()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::engine::earlier::Nothing;

    const BOTH: &[Compression] = &[Compression::Gzip, Compression::Brotli];

    fn site(files: &[(&str, Vec<u8>)]) -> OutputSet {
        let mut output = OutputSet::default();
        for (route, bytes) in files {
            output.insert(route, bytes.clone()).expect("a free route");
        }
        output
    }

    fn bytes<'a>(output: &'a OutputSet, route: &str) -> &'a [u8] {
        match output.get(route) {
            Some(Item::Bytes(bytes)) => bytes,
            other => panic!("{route}: {other:?}"),
        }
    }

    #[test]
    fn twins_unpack_to_what_they_were_made_from() {
        let text = b"The lamp turns all night. ".repeat(3000);
        let mut output = site(&[("a/index.html", text.clone())]);
        let twins = add(&mut output, BOTH, &Nothing);
        let routes: Vec<_> = twins.keys().map(RelPath::as_str).collect();
        assert_eq!(routes, ["a/index.html.br", "a/index.html.gz"]);
        let mut unpacked = Vec::new();
        let gz = bytes(&output, "a/index.html.gz");
        assert_eq!(gz[3..8], [0; 5], "neither a name nor a time");
        flate2::read::GzDecoder::new(gz).read_to_end(&mut unpacked).expect("gzip");
        assert!(unpacked == text);
        unpacked.clear();
        let br = bytes(&output, "a/index.html.br");
        brotli::Decompressor::new(br, 4096).read_to_end(&mut unpacked).expect("brotli");
        assert!(unpacked == text);
    }

    #[test]
    fn only_long_text_that_gets_shorter_has_twins() {
        let text = vec![b'x'; 2000];
        let noise: Vec<u8> =
            (0..2048u32).flat_map(|n| *Hash::of(&n.to_le_bytes()).as_bytes()).collect();
        let mut output = site(&[
            ("short.html", vec![b'x'; 1000]),
            ("picture.png", text.clone()),
            ("noise.txt", noise),
            ("own.svg", text.clone()),
            ("own.svg.gz", b"not ours".to_vec()),
        ]);
        let twins = add(&mut output, BOTH, &Nothing);
        assert_eq!(twins.keys().map(RelPath::as_str).collect::<Vec<_>>(), ["own.svg.br"]);
        assert_eq!(bytes(&output, "own.svg.gz"), b"not ours");
    }
}
