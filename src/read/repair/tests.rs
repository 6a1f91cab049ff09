//! Healthy text passes; damaged text comes back.

use super::{page::PAGES, *};

/// Healthy texts in many languages, with the characters that damage is made of.
const HEALTHY: &[&str] = &[
    "L’été où l’on fêta « Â » — « É », « À » et l’œuvre… ÉCOLE, DÉJÀ VU, ÇA ! 20 °C à Noël. L’État, d’État.",
    "Irmã, coração, ações. O “IRMÃO” e a “IRMÔ… NÃO! SÃO PAULO, MAÇÃ” À vista, às 3ª e 4º. Câmara, português.",
    "Größe, Äpfel und Öl; „Spaß“ und „Ä“ – nicht „ß“! Übung… §§ 3–5, 20 °C, 5 µm, „STRAẞE“.",
    "İstanbul’da ağaç, çiçek, şeker, ığdır. “DAĞ” Şöyle… GÖĞÜŞ “Ş” ÂLİM, kâğıt, îman.",
    "Её ёлка, «Ё»… Съешь ещё этих мягких французских булок, да выпей чаю. СССР — «РЁВ». В «ВЁ» № 5.",
    "Її ґанок, Європа, ім’я, «ЇЖАК» — об’єкт. Що є? Ґрунт.",
    "Zażółć gęślą jaźń. „ŁÓDŹ” – ŻÓŁW… Ś, Ą”.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy. „Č“ ŘÍP… Ž“.",
    "Ștefan și Țara; „Â” și „Ă” – România… ÎNVĂȚĂMÂNT”.",
    "Tiếng Việt: Đường phố Hà Nội ở đâu? Ư, Ơ… “Ắ”.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. «ΆΛΦΑ» – Ώρα… “Ή”.",
    "这里有缺口。“覆盖率”——百分之五十……《文档》、①②③。",
    "このギャップは「未対応」です。ｶﾅ、進捗…〜。",
    "빠진 문서가 있습니다. “검토” — 완료…",
    "هناك فجوة في التوثيق، «نعم»؟ ١٢٣",
    "חסר כאן מסמך. „כן” – לא…",
    "¿Señor? ¡Año! «SEÑOR»… “Ñ” 1.º, 2.ª, Él, ÚLTIMO.",
    "Blåbærsyltetøj, FRÅ”, “Å” Ærø… Þórður og Æsir “Þ”.",
    "√π ≈ 1,77; √π, √π, √∞ ≤ ∞; ∑∏∂∆ ≠ Ω±µ; 2√π…",
    "┌─┬─┐\n│ a │\n├─┼─┤\n└─┴─┘ ╔═╗║╚╝ ░▒▓█▄▀",
    "✅ done ❌ not ⚠️ careful → next ⏳ 🚀 📝 ⭐ 👩‍💻 • “x” ‘y’ — …",
    "The dash — becomes `â€”`, the letter é becomes `Ã©`, the tick ✅ becomes `âœ…`, and so on.",
    "Plain ASCII, nothing else.",
    "Just “quotes”, don’t panic — it’s fine…",
    "Café",
    "5 µm ± 2 °C × 3 ÷ 4 · § 7 ¶ 8 ©® ™ £5 €6 ¥7",
];

fn damage(text: &str, page: &Page) -> String {
    text.bytes().map(|byte| page.read(byte)).collect()
}

/// As a program does that drops what it cannot read.
fn damage_with_loss(text: &str, page: &Page) -> String {
    let kept = text.bytes().filter(|byte| !page.lost.contains(byte));
    kept.map(|byte| page.read(byte)).collect()
}

fn page(name: &str) -> &'static Page {
    PAGES.iter().find(|page| page.name == name).expect("a page of this name")
}

/// The text as it is read.
fn read(text: &str) -> String {
    repair(text).map_or_else(|| text.to_owned(), |repair| repair.text.to_string())
}

#[test]
fn healthy_text_passes_unseen() {
    for text in HEALTHY {
        assert_eq!(repair(text), None, "{text}");
        // Each word alone has the least around it that speaks for it.
        for word in text.split(' ').filter(|word| !word.contains('`')) {
            assert_eq!(repair(word), None, "{word}");
        }
    }
}

#[test]
fn healthy_text_passes_in_any_mixture() {
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let words: Vec<&str> = HEALTHY
        .iter()
        .filter(|text| !text.contains('`'))
        .flat_map(|text| text.split_whitespace())
        .collect();
    for _ in 0..4000 {
        let picked: Vec<&str> = (0..=next(12)).map(|_| words[next(words.len())]).collect();
        let text = picked.join(" ");
        assert_eq!(repair(&text), None, "{text}");
    }
}

/// Healthy texts with enough in them to tell what happened to them.
fn telling() -> impl Iterator<Item = &'static str> {
    let upper = |text: &str| text.chars().filter(|c| !c.is_ascii()).count();
    HEALTHY.iter().copied().filter(move |text| upper(text) > 3 && !text.contains('`'))
}

#[test]
fn damaged_text_comes_back() {
    let mut faults = Vec::new();
    for page in PAGES.iter() {
        for text in telling() {
            let damaged = damage(text, page);
            if read(&damaged) != text {
                faults.push(format!("{}: {damaged}\n    {:?}", page.name, repair(&damaged)));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn text_damaged_twice_comes_back() {
    for text in telling().filter(|text| !text.contains('√')) {
        for name in ["Windows-1252", "Windows-1254", "MacRoman", "ISO-8859-1"] {
            let twice = damage(&damage(text, page(name)), page("Windows-1252"));
            assert_eq!(read(&twice), text, "{name}: {twice}");
        }
    }
}

#[test]
fn lost_bytes_are_repaired_where_one_mark_fits() {
    let text = "✅ done → next\n❌ missing, ⏳ late\n⚠️ careful 🎯 aim 🎉\n📝 note 📁 folder\n";
    let damaged = damage_with_loss(text, page("Windows-1254"));
    let repair = repair(&damaged).expect("it is damaged");
    // The note and the folder lose the byte that tells them apart.
    let expected =
        "✅ done → next\n❌ missing, ⏳ late\n⚠️ careful 🎯 aim 🎉\nğŸ“ note ğŸ“ folder\n";
    assert_eq!(&*repair.text, expected);
    assert_eq!(
        (repair.pages.as_slice(), repair.repaired, repair.left),
        (&["Windows-1254"][..], 7, 2)
    );
}

#[test]
fn a_file_is_described_once() {
    let path = RelPath::new("a.md").expect("a good path");
    let text = damage("# Plan\n\nStep 1 → step 2 — ✅✅ done\n", page("MacRoman"));
    let repair = repair(&text).expect("it is damaged");
    let first = repair.first.as_ref().expect("a first place");
    assert_eq!(&repair.text[first.span.start..first.span.end], "→");
    let diagnostic = repair.diagnostic(&path);
    assert_eq!(
        diagnostic.message,
        "the text was read as MacRoman before it was saved: 3 places repaired, the first `‚Üí` to `→`"
    );
    assert_eq!(
        diagnostic.help.as_deref(),
        Some(
            "the file itself is unchanged; `iconv -f UTF-8 -t MACINTOSH FILE` prints it as it was"
        )
    );
}

#[test]
fn a_command_is_named_only_where_it_mends_the_file() {
    let back_into = |text: &str| repair(text).expect("it is damaged").back_into;
    let through = |name: &str| back_into(&damage("Café — ✅ → naïve", page(name)));
    assert_eq!(through("MacRoman"), Some("MACINTOSH"));
    assert_eq!(through("CP437"), Some("CP437"));
    // The tick passes through a byte that this page gives no meaning.
    assert_eq!(back_into(&damage("❌ no — yes", page("Windows-1252"))), None);
    // Apple's logo is refused by converters.
    assert_eq!(back_into(&damage("🔬 → —", page("MacRoman"))), None);
    assert_eq!(back_into(&damage_with_loss("❌ no — yes → ✅", page("Windows-1254"))), None);
}

#[test]
fn a_file_mended_in_part_is_repaired_when_damage_prevails() {
    let damaged = damage(&"• one — two → three\n".repeat(9), page("Windows-1252"));
    let text = format!("{damaged}✅ added later\n");
    assert_eq!(read(&text), format!("{}✅ added later\n", "• one — two → three\n".repeat(9)));
    // Here as much is healthy as is damaged: perhaps it is about damage.
    let text = "— is not â€”, ✅ is not âœ…, → is not â†’";
    let repair = repair(text).expect("it looks damaged");
    assert_eq!((&*repair.text, repair.left, repair.repaired), (text, 3, 0));
}

#[test]
fn lines_stay_lines() {
    for page in PAGES.iter() {
        let text: String = HEALTHY.join("\r\n\n");
        let damaged = damage(&text, page);
        assert_eq!(read(&damaged).matches('\n').count(), text.matches('\n').count());
    }
}

#[test]
fn a_damaged_mark_of_byte_order_is_no_text() {
    let text = damage("\u{feff}---\ntitle: Café — ✅\n", page("Windows-1252"));
    assert_eq!(read(&text), "---\ntitle: Café — ✅\n");
}
