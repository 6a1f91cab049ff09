//! The languages research is read in: their small words, the stemmer of each, and the words by
//! which a sentence demands something. Data, to be widened: lower case, one entry a word.

use rust_stemmers::Algorithm;

/// A language that texts are compared in. The order is that of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the languages")]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Portuguese,
    Italian,
    Dutch,
    Russian,
    Chinese,
    Japanese,
}

/// What is known of a language.
#[derive(Debug)]
pub struct Tongue {
    /// The language.
    pub language: Language,
    /// Its name, for messages.
    pub name: &'static str,
    /// The Snowball stemmer; none where words do not change their ends.
    pub stemmer: Option<Algorithm>,
    /// Words that stand in any text and tell no subject, separated by white space.
    pub small: &'static str,
    /// Words that demand, each matched as a whole word with any ending given here.
    pub demands: &'static [&'static str],
}

impl Language {
    /// What is known of it.
    pub fn tongue(self) -> &'static Tongue {
        &TONGUES[self as usize]
    }
}

/// All languages, the table of a language at its own place.
pub const TONGUES: [Tongue; 10] = [
    Tongue {
        language: Language::English,
        name: "English",
        stemmer: Some(Algorithm::English),
        small: "a about above after again all also an and any are as at be because been before \
                being below between both but by can could did do does doing done down during each \
                few for from further had has have having he her here him his how i if in into is \
                it its just may me might more most my no nor not of off on once only or other our \
                out over own same she should so some such than that the their them then there \
                these they this those through to too under until up upon very via was we were \
                what when where whether which while who whom why will with within without would \
                you your must shall",
        demands: &["must", "shall", "required", "requires", "mandatory", "critical"],
    },
    Tongue {
        language: Language::German,
        name: "German",
        stemmer: Some(Algorithm::German),
        small: "aber alle allem allen aller alles als also am an auch auf aus bei beim bis damit \
                dann das dass dem den der des die dies diese diesem diesen dieser dieses doch dort \
                durch ein eine einem einen einer eines er es für gegen hat haben hier ich ihr im in \
                ist jede jeder jedes kann kein keine können man mehr mit muss müssen nach nicht noch \
                nur ob oder ohne sein sich sie sind so soll sollen sondern über um und uns unter \
                vom von vor war was weil wenn werden wie wir wird wo zu zum zur zwischen",
        demands: &[
            "muss",
            "müssen",
            "erforderlich",
            "notwendig",
            "verpflichtend",
            "zwingend",
            "kritisch",
            "kritische",
            "kritischer",
            "kritischen",
        ],
    },
    Tongue {
        language: Language::French,
        name: "French",
        stemmer: Some(Algorithm::French),
        small: "afin ainsi alors après au aucun aussi autre aux avant avec avoir ce cela ces cet \
                cette ceux chaque chez comme dans de depuis des doit doivent donc dont du elle elles \
                en entre est et être eux fait il ils je la le les leur leurs lors lui mais même ne \
                ni nos notre nous on ont ou où par pas pendant peu peut peuvent plus pour quand que \
                quel quelle qui sa sans se ses si son sont sous sur tous tout toute toutes très un \
                une vers vos votre vous",
        demands: &[
            "doit",
            "doivent",
            "requis",
            "requise",
            "requises",
            "obligatoire",
            "obligatoires",
            "critique",
            "critiques",
        ],
    },
    Tongue {
        language: Language::Spanish,
        name: "Spanish",
        stemmer: Some(Algorithm::Spanish),
        small: "a al algo ante antes así aunque bajo cada como con contra cual cuando de debe deben \
                del desde después donde dos durante e el ella ellas ellos en entre era es esa ese \
                eso esta estas este esto estos está están fue ha hacia han hasta hay la las le les \
                lo los más me mi mientras muy ni no nos nuestro o otra otro para pero poco por \
                porque pues que quien se según ser si sin sobre solo son su sus también tan tanto \
                te tiene tienen toda todas todo todos un una uno unos y ya",
        demands: &[
            "debe",
            "deben",
            "requerido",
            "requerida",
            "requiere",
            "obligatorio",
            "obligatoria",
            "crítico",
            "crítica",
            "críticos",
            "críticas",
        ],
    },
    Tongue {
        language: Language::Portuguese,
        name: "Portuguese",
        stemmer: Some(Algorithm::Portuguese),
        small: "a ainda ao aos apenas após as até cada com como da das de dela dele deve devem do \
                dos e é ela ele eles em entre era essa esse esta está estão este eu foi há isso isto \
                já lhe mais mas me mesmo meu muito na nas nem no nos nossa nosso não o onde os ou \
                para pela pelas pelo pelos pode podem por porque qual quando que quem se seja sem \
                ser seu seus só sobre sua suas são também tem têm toda todas todo todos um uma você \
                à às",
        demands: &[
            "deve",
            "devem",
            "exigido",
            "exigida",
            "requer",
            "obrigatório",
            "obrigatória",
            "crítico",
            "crítica",
            "críticos",
            "críticas",
        ],
    },
    Tongue {
        language: Language::Italian,
        name: "Italian",
        stemmer: Some(Algorithm::Italian),
        small: "a ad ai al alla alle allo anche ancora attraverso avere che chi ci come con contro \
                così cui da dai dal dalla dalle dei del della delle dello deve devono di dove due e \
                è ed essere fra già gli ha hanno i il in io la le lo loro ma mentre mi molto ne nei \
                nel nella nelle noi non nostro o ogni per perché più poi prima può quale quando \
                quanto quella quello questa queste questi questo se senza si sia solo sono sopra \
                sotto su sua sue sugli sui sul sulla suo tra tutti tutto un una uno",
        demands: &[
            "deve",
            "devono",
            "richiesto",
            "richiesta",
            "obbligatorio",
            "obbligatoria",
            "critico",
            "critica",
            "critici",
            "critiche",
        ],
    },
    Tongue {
        language: Language::Dutch,
        name: "Dutch",
        stemmer: Some(Algorithm::Dutch),
        small: "aan al alle als andere bij daar dan dat de deze die dit door een elk elke en er ge \
                geen had heb hebben heeft het hier hij hoe hun ik in is je kan kunnen maar meer met \
                moet moeten na naar niet nog nu of om omdat onder ons ook op over te tegen toch toen \
                tot tussen u uit van veel via voor want waren was wat we wel werd wie wij worden \
                wordt ze zei zelf zich zij zijn zo zonder zou",
        demands: &[
            "moet",
            "moeten",
            "vereist",
            "vereiste",
            "verplicht",
            "verplichte",
            "kritiek",
            "kritisch",
            "kritische",
        ],
    },
    Tongue {
        language: Language::Russian,
        name: "Russian",
        stemmer: Some(Algorithm::Russian),
        small: "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где \
                да даже для до его ее если есть еще же за здесь и из или им их к как ко когда кто ли \
                либо между меня мне может мы на над надо не него нет ни них но ну о об однако он она \
                они оно от очень по под при с со так также такой там те тем то того тоже той только \
                том ты у уже хотя чего чей чем что чтобы эта эти это этого этой этом этот я",
        demands: &[
            "должен",
            "должна",
            "должно",
            "должны",
            "требуется",
            "требуются",
            "необходимо",
            "обязательно",
            "обязательный",
            "обязательна",
            "критично",
            "критический",
            "критическая",
            "критически",
        ],
    },
    Tongue {
        language: Language::Chinese,
        name: "Chinese",
        stemmer: None,
        small: "",
        demands: &["必须", "必須", "必需", "应当", "應當", "关键", "關鍵"],
    },
    Tongue {
        language: Language::Japanese,
        name: "Japanese",
        stemmer: None,
        small: "",
        demands: &[
            "必須",
            "必要がある",
            "必要です",
            "しなければならない",
            "なければなりません",
            "重大",
            "致命的",
        ],
    },
];

/// A tenth of the letters in a script without spaces make a text Chinese or Japanese.
const UNSPACED_SHARE: usize = 10;
/// One word in twenty of running text, at the very least, is a small word of its language.
const SMALL_SHARE: usize = 20;
/// Fewer small words may be there by accident.
const FEWEST_SMALL: usize = 3;
/// So many bytes from the start are enough to know a language.
const SAMPLE: usize = 32 * 1024;

/// The language of a text; none when it has too little running text to tell, as code has.
pub fn detect(text: &str) -> Option<Language> {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let (mut letters, mut han, mut kana) = (0, 0, 0);
    for letter in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        han += usize::from(is_han(letter));
        kana += usize::from(is_kana(letter));
    }
    if (han + kana) * UNSPACED_SHARE > letters {
        return Some(if kana * 4 > han { Language::Japanese } else { Language::Chinese });
    }
    let mut hits = [0_usize; TONGUES.len()];
    let mut words = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        let word = word.to_lowercase();
        for tongue in &TONGUES {
            hits[tongue.language as usize] += usize::from(is_small(tongue.language, &word));
        }
    }
    let best = TONGUES
        .iter()
        .max_by_key(|t| (hits[t.language as usize], std::cmp::Reverse(t.language)))?;
    let hits = hits[best.language as usize];
    (hits >= FEWEST_SMALL && hits * SMALL_SHARE > words).then_some(best.language)
}

/// Whether a lower-case word is one of the language's small ones.
pub fn is_small(language: Language, word: &str) -> bool {
    use std::{collections::BTreeSet, sync::LazyLock};
    static SMALL: LazyLock<Vec<BTreeSet<&'static str>>> =
        LazyLock::new(|| TONGUES.iter().map(|t| t.small.split_whitespace().collect()).collect());
    SMALL[language as usize].contains(word)
}

/// A Han character, as in Chinese and Japanese.
pub fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Hiragana or katakana.
pub fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_stands_at_its_own_place() {
        for tongue in &TONGUES {
            assert_eq!(tongue.language.tongue().name, tongue.name);
            assert!(!tongue.demands.is_empty());
        }
    }

    #[test]
    fn languages_are_told_by_their_small_words() {
        let cases = [
            (
                "The queue is lost when the process ends, and nobody is told of it.",
                Language::English,
            ),
            (
                "Die Warteschlange geht verloren, wenn der Prozess endet und nicht gesichert ist.",
                Language::German,
            ),
            (
                "La file est perdue quand le processus se termine, et rien ne le dit.",
                Language::French,
            ),
            (
                "La cola se pierde cuando el proceso termina y no hay aviso para los usuarios.",
                Language::Spanish,
            ),
            (
                "A fila é perdida quando o processo termina e não há aviso para os usuários.",
                Language::Portuguese,
            ),
            (
                "La coda si perde quando il processo termina e non viene detto agli utenti.",
                Language::Italian,
            ),
            (
                "De wachtrij gaat verloren als het proces stopt en niemand hoort het van ons.",
                Language::Dutch,
            ),
            (
                "Очередь теряется, когда процесс завершается, и никто не знает об этом.",
                Language::Russian,
            ),
            ("进程结束时队列会丢失，没有人知道。", Language::Chinese),
            ("プロセスが終わるとキューは失われます。", Language::Japanese),
        ];
        for (text, language) in cases {
            assert_eq!(detect(text), Some(language), "{text}");
        }
        assert_eq!(detect("let x = foo(bar); struct Baz { qux: u8 } fn main() {}"), None);
        assert_eq!(detect(""), None);
    }
}
