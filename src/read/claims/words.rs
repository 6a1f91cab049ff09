//! The words around figures, in ten languages: English, German, French, Spanish, Portuguese,
//! Italian, Dutch, Russian, Chinese, Japanese. Data, to be widened: lower case, one meaning a row.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    model::gap::Priority,
    read::ledger::{status, vocabulary::SHIPPED},
};

/// What a word says about a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// What is counted: a gap.
    Gap,
    /// The figure is the whole.
    Total,
    /// Praises or weighs and may name no priority: "10 major gaps".
    Weighty,
    /// Of these, those not done.
    Open,
    /// Of these, those done.
    Done,
    /// Of these, those done in part.
    Partial,
    /// Of the figure before, these.
    OfWhich,
    /// The figure names or picks and does not count: `Phase 2`, `top 10`, `another 3`.
    NoCount,
    /// The sentence supposes or wishes.
    Supposed,
    /// Stands between a figure and its noun and says nothing: 个, 件, `distinct`.
    Measure,
    /// The head of a column of counts.
    Count,
    /// How far all of it is.
    Overall,
    /// Being done, in percent.
    Progress,
    /// The mean of a column.
    Mean,
    /// What it costs to do.
    Effort,
    /// How urgent it is: the head of a column, a label.
    Priority,
    /// Lines of a file.
    Lines,
    /// Words of a file.
    Words,
    /// The figure is meant about so.
    About,
    /// The figure is the least.
    AtLeast,
    /// The figure is the most: then it is a limit and counts nothing.
    AtMost,
}

/// The words of every sense.
#[rustfmt::skip]
pub const WORDS: &[(Sense, &[&str])] = &[
    (Sense::Gap, &["gap", "gaps"]),
    (Sense::Gap, &["lücke", "lücken"]),
    (Sense::Gap, &["lacune", "lacunes", "écart", "écarts"]),
    (Sense::Gap, &["brecha", "brechas", "laguna", "lagunas"]),
    (Sense::Gap, &["lacuna", "lacunas"]),
    (Sense::Gap, &["lacunae"]),
    (Sense::Gap, &["hiaat", "hiaten", "leemte", "leemtes"]),
    (Sense::Gap, &["пробел", "пробела", "пробелов", "пробелы", "разрыв", "разрыва", "разрывов", "разрывы"]),
    (Sense::Gap, &["差距", "缺口"]),
    (Sense::Gap, &["ギャップ", "欠落"]),

    (Sense::Total, &["total", "totals", "totaling", "totalling", "all", "overall", "identified", "found", "listed", "discovered", "recorded", "sum", "altogether"]),
    (Sense::Total, &["gesamt", "gesamtzahl", "insgesamt", "summe", "alle", "allen", "aller", "identifiziert", "identifizierte", "gefunden", "gefundene", "ermittelt", "festgestellt"]),
    (Sense::Total, &["toutes", "tous", "identifiées", "identifiés", "identifiée", "trouvées", "relevées", "recensées", "totale", "somme"]),
    (Sense::Total, &["todas", "todos", "identificadas", "identificados", "encontradas", "totales", "suma"]),
    (Sense::Total, &["todas", "todos", "identificadas", "levantadas", "totais", "soma"]),
    (Sense::Total, &["tutte", "tutti", "totale", "totali", "identificate", "individuate", "rilevate", "somma"]),
    (Sense::Total, &["totaal", "alle", "geïdentificeerd", "geïdentificeerde", "gevonden", "som"]),
    (Sense::Total, &["всего", "итого", "все", "всех", "выявлено", "найдено", "обнаружено", "сумма"]),
    (Sense::Total, &["总计", "合计", "总数", "共", "全部", "所有", "发现", "总共"]),
    (Sense::Total, &["合計", "総数", "総計", "全", "計", "すべて"]),

    (Sense::Weighty, &["major", "significant", "serious", "important", "key", "main", "severe", "big"]),
    (Sense::Weighty, &["wichtig", "wichtige", "wichtigen", "wesentlich", "wesentliche", "wesentlichen", "schwerwiegend", "schwerwiegende", "groß", "große"]),
    (Sense::Weighty, &["majeures", "majeurs", "importantes", "importants", "significatives", "principales"]),
    (Sense::Weighty, &["importantes", "principales", "significativas", "graves", "mayores"]),
    (Sense::Weighty, &["importantes", "principais", "significativas", "graves", "maiores"]),
    (Sense::Weighty, &["importanti", "principali", "significative", "gravi", "maggiori"]),
    (Sense::Weighty, &["belangrijke", "significante", "grote", "ernstige", "voornaamste"]),
    (Sense::Weighty, &["важных", "существенных", "значительных", "серьёзных", "серьезных", "крупных", "основных"]),
    (Sense::Weighty, &["主要", "重大", "重要"]),
    (Sense::Weighty, &["主要な", "重大な", "重要な"]),

    (Sense::Open, &["remaining", "open", "unresolved", "outstanding", "unfilled", "unaddressed", "left"]),
    (Sense::Open, &["verbleibend", "verbleibende", "verbleibenden", "offen", "offene", "offenen", "übrig", "übrigen"]),
    (Sense::Open, &["restant", "restante", "restants", "restantes", "ouvertes", "ouverts"]),
    (Sense::Open, &["restantes", "pendientes", "abiertas", "abiertos"]),
    (Sense::Open, &["restantes", "pendentes", "abertas", "abertos"]),
    (Sense::Open, &["rimanenti", "restanti", "aperte", "aperti"]),
    (Sense::Open, &["resterende", "openstaande", "overige"]),
    (Sense::Open, &["оставшиеся", "оставшихся", "открытых", "открытые", "открыто", "осталось"]),
    (Sense::Open, &["剩余", "未解决", "未完成"]),
    (Sense::Open, &["残り", "未解決", "未対応"]),

    (Sense::Done, &["closed", "resolved", "filled", "done", "completed", "fixed", "remediated"]),
    (Sense::Done, &["geschlossen", "geschlossene", "erledigt", "erledigte", "gelöst", "gelöste", "behoben"]),
    (Sense::Done, &["comblées", "comblés", "résolues", "résolus", "fermées", "terminées"]),
    (Sense::Done, &["cerradas", "resueltas", "completadas"]),
    (Sense::Done, &["fechadas", "resolvidas", "concluídas"]),
    (Sense::Done, &["chiuse", "risolte", "completate"]),
    (Sense::Done, &["gesloten", "opgelost", "opgeloste", "afgerond"]),
    (Sense::Done, &["закрыто", "закрытых", "закрытые", "решено", "устранено"]),
    (Sense::Done, &["已解决", "已关闭", "已完成"]),
    (Sense::Done, &["解決済み", "対応済み", "完了"]),

    (Sense::Partial, &["partial", "partially"]),
    (Sense::Partial, &["teilweise"]),
    (Sense::Partial, &["partielles", "partiellement"]),
    (Sense::Partial, &["parciales", "parcialmente"]),
    (Sense::Partial, &["parciais", "parcial"]),
    (Sense::Partial, &["parziali", "parzialmente"]),
    (Sense::Partial, &["gedeeltelijk", "gedeeltelijke"]),
    (Sense::Partial, &["частично", "частичных"]),
    (Sense::Partial, &["部分"]),
    (Sense::Partial, &["一部"]),

    (Sense::OfWhich, &["of which", "including"]),
    (Sense::OfWhich, &["davon", "darunter"]),
    (Sense::OfWhich, &["dont"]),
    (Sense::OfWhich, &["de las cuales", "de ellas"]),
    (Sense::OfWhich, &["das quais", "dos quais"]),
    (Sense::OfWhich, &["di cui", "delle quali"]),
    (Sense::OfWhich, &["waarvan", "waaronder"]),
    (Sense::OfWhich, &["из них", "из которых"]),
    (Sense::OfWhich, &["其中"]),
    (Sense::OfWhich, &["うち"]),

    (Sense::NoCount, &["phase", "week", "weeks", "priority", "gap", "level", "tier", "wave", "sprint", "step", "section", "dimension", "version", "part", "chapter", "appendix", "line", "lines", "page", "q", "p", "v", "top", "first", "last", "next", "another", "other", "additional", "further", "these", "those", "every", "each", "per", "any", "rank", "no", "only", "close", "closes", "closed", "fix", "fixes", "fixed", "fills", "add", "adds", "remove"]),
    (Sense::NoCount, &["woche", "stufe", "priorität", "lücke", "abschnitt", "kapitel", "ersten", "letzten", "nächsten", "weitere", "weiteren", "andere", "anderen", "diese", "jede", "pro", "nur"]),
    (Sense::NoCount, &["semaine", "priorité", "niveau", "étape", "lacune", "autres", "premières", "premiers", "dernières", "prochaines", "ces", "chaque", "par"]),
    (Sense::NoCount, &["fase", "semana", "prioridad", "nivel", "etapa", "brecha", "otras", "otros", "primeras", "primeros", "últimas", "próximas", "estas", "cada", "por"]),
    (Sense::NoCount, &["prioridade", "nível", "lacuna", "outras", "primeiras", "primeiros", "próximas", "estas", "mais"]),
    (Sense::NoCount, &["settimana", "priorità", "livello", "altre", "altri", "prime", "primi", "prossime", "queste", "ogni"]),
    (Sense::NoCount, &["prioriteit", "niveau", "stap", "hiaat", "andere", "eerste", "laatste", "volgende", "deze", "elke"]),
    (Sense::NoCount, &["фаза", "фазы", "неделя", "приоритет", "уровень", "этап", "шаг", "пробел", "других", "другие", "первые", "первых", "ещё", "еще", "каждые", "по", "строка", "строки"]),
    (Sense::NoCount, &["第", "阶段", "优先级", "前", "另外", "其他", "每"]),
    (Sense::NoCount, &["フェーズ", "優先度", "上位", "他の", "最初の", "次の", "各"]),

    (Sense::Supposed, &["if", "unless", "should", "target", "goal", "example", "suppose", "would", "could", "until"]),
    (Sense::Supposed, &["wenn", "falls", "sollte", "sollten", "ziel", "beispiel", "würde", "bis"]),
    (Sense::Supposed, &["si", "objectif", "exemple", "devrait"]),
    (Sense::Supposed, &["si", "objetivo", "ejemplo", "debería", "hasta"]),
    (Sense::Supposed, &["se", "meta", "objetivo", "exemplo", "deveria", "até"]),
    (Sense::Supposed, &["obiettivo", "esempio", "dovrebbe"]),
    (Sense::Supposed, &["als", "indien", "doel", "voorbeeld", "zou"]),
    (Sense::Supposed, &["если", "цель", "пример", "например"]),
    (Sense::Supposed, &["如果", "目标", "例如"]),
    (Sense::Supposed, &["もし", "目標", "例えば"]),

    (Sense::Measure, &["distinct", "separate", "individual", "documented", "known", "priority", "severity", "of", "the", "in", "de", "des", "der", "di", "van", "das", "dos", "do", "da", "las", "los"]),
    (Sense::Measure, &["个", "项", "条", "处", "大", "的"]),
    (Sense::Measure, &["件", "個", "つ", "項目", "の"]),

    (Sense::Count, &["count", "number", "quantity", "gaps", "amount", "items"]),
    (Sense::Count, &["anzahl", "zahl", "menge"]),
    (Sense::Count, &["nombre", "quantité"]),
    (Sense::Count, &["cantidad", "número"]),
    (Sense::Count, &["quantidade", "qtd"]),
    (Sense::Count, &["numero", "quantità"]),
    (Sense::Count, &["aantal"]),
    (Sense::Count, &["количество", "число", "кол-во"]),
    (Sense::Count, &["数量", "个数"]),
    (Sense::Count, &["件数", "数"]),

    (Sense::Overall, &["overall", "total"]),
    (Sense::Overall, &["gesamt", "insgesamt", "gesamtfortschritt", "gesamtstatus"]),
    (Sense::Overall, &["global", "globale", "ensemble", "total"]),
    (Sense::Overall, &["general", "global", "total"]),
    (Sense::Overall, &["geral", "global", "total"]),
    (Sense::Overall, &["complessivo", "complessiva", "totale", "globale"]),
    (Sense::Overall, &["totaal", "totale", "algehele", "algemene"]),
    (Sense::Overall, &["общий", "общая", "общее", "итого", "всего"]),
    (Sense::Overall, &["总体", "整体"]),
    (Sense::Overall, &["全体", "総合"]),

    (Sense::Progress, &["complete", "completed", "completion", "progress", "status", "implemented", "implementation", "done", "readiness", "compliance", "maturity"]),
    (Sense::Progress, &["fortschritt", "gesamtfortschritt", "gesamtstatus", "fertig", "umgesetzt", "umsetzung", "erfüllung", "abgeschlossen"]),
    (Sense::Progress, &["avancement", "terminé", "achèvement", "conformité", "progression", "réalisé"]),
    (Sense::Progress, &["progreso", "avance", "completo", "completado", "cumplimiento", "estado"]),
    (Sense::Progress, &["progresso", "completo", "concluído", "conclusão", "conformidade", "estado"]),
    (Sense::Progress, &["avanzamento", "completato", "completamento", "conformità", "stato", "progresso"]),
    (Sense::Progress, &["voortgang", "voltooid", "gereed", "afgerond", "naleving"]),
    (Sense::Progress, &["прогресс", "готовность", "выполнено", "завершено", "реализовано", "соответствие"]),
    (Sense::Progress, &["进度", "完成", "完成度", "合规"]),
    (Sense::Progress, &["進捗", "完了", "達成", "準拠"]),

    (Sense::Mean, &["average", "mean", "avg"]),
    (Sense::Mean, &["durchschnitt", "mittelwert", "schnitt"]),
    (Sense::Mean, &["moyenne"]),
    (Sense::Mean, &["promedio", "media"]),
    (Sense::Mean, &["média", "médio"]),
    (Sense::Mean, &["media"]),
    (Sense::Mean, &["gemiddelde", "gemiddeld"]),
    (Sense::Mean, &["среднее", "средний", "средняя"]),
    (Sense::Mean, &["平均", "平均值"]),
    (Sense::Mean, &["平均"]),

    (Sense::Effort, &["effort", "estimate", "estimated", "estimation", "work", "duration", "time", "days", "hours", "weeks"]),
    (Sense::Effort, &["aufwand", "schätzung", "dauer", "gesamtaufwand", "zeitaufwand"]),
    (Sense::Effort, &["effort", "charge", "estimation", "durée"]),
    (Sense::Effort, &["esfuerzo", "estimación", "duración"]),
    (Sense::Effort, &["esforço", "estimativa", "duração"]),
    (Sense::Effort, &["sforzo", "impegno", "stima", "durata"]),
    (Sense::Effort, &["inspanning", "schatting", "duur", "tijd"]),
    (Sense::Effort, &["трудозатраты", "оценка", "усилия", "время", "длительность"]),
    (Sense::Effort, &["工作量", "估算", "工期"]),
    (Sense::Effort, &["工数", "見積", "見積もり", "期間"]),

    (Sense::Priority, &["priority", "severity", "prio"]),
    (Sense::Priority, &["priorität", "schweregrad", "dringlichkeit"]),
    (Sense::Priority, &["priorité", "gravité", "sévérité"]),
    (Sense::Priority, &["prioridad", "severidad", "gravedad"]),
    (Sense::Priority, &["prioridade", "severidade", "gravidade"]),
    (Sense::Priority, &["priorità", "severità", "gravità"]),
    (Sense::Priority, &["prioriteit", "ernst"]),
    (Sense::Priority, &["приоритет", "важность", "критичность"]),
    (Sense::Priority, &["优先级", "严重性"]),
    (Sense::Priority, &["優先度", "重要度"]),

    (Sense::Lines, &["line", "lines", "zeile", "zeilen", "ligne", "lignes", "línea", "líneas", "linha", "linhas", "riga", "righe", "regel", "regels", "строка", "строки", "строк", "行"]),
    (Sense::Words, &["word", "words", "wort", "wörter", "wörtern", "mot", "mots", "palabra", "palabras", "palavra", "palavras", "parola", "parole", "woord", "woorden", "слово", "слова", "слов", "字", "词", "語"]),

    (Sense::About, &["about", "around", "approximately", "approx", "roughly", "some", "nearly", "almost", "circa", "ca", "c"]),
    (Sense::About, &["etwa", "ungefähr", "rund", "fast", "zirka"]),
    (Sense::About, &["environ", "près de", "presque"]),
    (Sense::About, &["aproximadamente", "unos", "unas", "cerca de", "casi"]),
    (Sense::About, &["quase", "uns", "umas"]),
    (Sense::About, &["quasi", "all'incirca"]),
    (Sense::About, &["ongeveer", "bijna"]),
    (Sense::About, &["около", "примерно", "почти"]),
    (Sense::About, &["约", "大约", "約", "およそ"]),

    (Sense::AtLeast, &["more than", "over", "at least", "exceeding"]),
    (Sense::AtLeast, &["mehr als", "über", "mindestens"]),
    (Sense::AtLeast, &["plus de", "au moins"]),
    (Sense::AtLeast, &["más de", "al menos"]),
    (Sense::AtLeast, &["mais de", "pelo menos"]),
    (Sense::AtLeast, &["più di", "oltre", "almeno"]),
    (Sense::AtLeast, &["meer dan", "minstens", "ruim"]),
    (Sense::AtLeast, &["более", "больше", "не менее", "свыше"]),
    (Sense::AtLeast, &["超过", "至少", "以上"]),

    (Sense::AtMost, &["up to", "at most", "fewer than", "less than", "under", "below", "within"]),
    (Sense::AtMost, &["bis zu", "höchstens", "weniger als", "unter"]),
    (Sense::AtMost, &["jusqu'à", "au plus", "moins de"]),
    (Sense::AtMost, &["hasta", "como máximo", "menos de"]),
    (Sense::AtMost, &["até", "no máximo", "menos de"]),
    (Sense::AtMost, &["fino a", "al massimo", "meno di"]),
    (Sense::AtMost, &["tot", "hooguit", "minder dan"]),
    (Sense::AtMost, &["до", "не более", "менее"]),
    (Sense::AtMost, &["不超过", "少于", "最多"]),
];

/// Units of effort and size: one spelling, and the words for it. `person-` and its like are cut
/// off before.
#[rustfmt::skip]
pub const UNITS: &[(&str, &[&str])] = &[
    ("minutes", &["minute", "minutes", "min", "mins", "minuten", "minuto", "minutos", "minuti", "minuut", "минут", "минута", "минуты", "分钟", "分"]),
    ("hours", &["hour", "hours", "hr", "hrs", "h", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora", "ore", "uur", "uren", "час", "часа", "часов", "小时", "時間"]),
    ("days", &["day", "days", "d", "tag", "tage", "tagen", "personentage", "jour", "jours", "día", "días", "dia", "dias", "giorno", "giorni", "dag", "dagen", "день", "дня", "дней", "天", "日", "人日"]),
    ("weeks", &["week", "weeks", "wk", "wks", "woche", "wochen", "personenwochen", "semaine", "semaines", "semana", "semanas", "settimana", "settimane", "weken", "неделя", "недели", "недель", "周", "週", "人周"]),
    ("months", &["month", "months", "monat", "monate", "monaten", "mois", "mes", "meses", "mês", "mese", "mesi", "maand", "maanden", "месяц", "месяца", "месяцев", "个月", "ヶ月", "人月"]),
    ("points", &["point", "points", "pts", "sp", "punkte", "puntos", "pontos", "punti", "punten", "баллов"]),
    ("pages", &["page", "pages", "seite", "seiten", "página", "páginas", "pagina", "pagine", "pagina's", "страница", "страницы", "страниц", "页", "ページ"]),
    ("lines", &["line", "lines", "zeilen", "lignes", "líneas", "linhas", "righe", "regels", "строк", "行"]),
];

/// What stands before a unit and does not change it.
pub const PERSON: &[&str] = &[
    "person",
    "dev",
    "developer",
    "man",
    "engineer",
    "staff",
    "team",
    "working",
    "work",
    "story",
    "personen",
    "homme",
    "persona",
    "pessoa",
    "uomo",
    "mens",
    "manuren",
    "человеко",
];

static SENSES: LazyLock<BTreeMap<&str, Vec<Sense>>> = LazyLock::new(|| {
    let mut senses: BTreeMap<&str, Vec<Sense>> = BTreeMap::new();
    for (sense, words) in WORDS {
        for word in *words {
            let own = senses.entry(word).or_default();
            if !own.contains(sense) {
                own.push(*sense);
            }
        }
    }
    senses
});

static UNIT_OF: LazyLock<BTreeMap<&str, &'static str>> = LazyLock::new(|| {
    UNITS.iter().flat_map(|(unit, words)| words.iter().map(|word| (*word, *unit))).collect()
});

/// Whether a word (lower case) or a phrase of several has a sense.
pub fn is(word: &str, sense: Sense) -> bool {
    SENSES.get(word).is_some_and(|senses| senses.contains(&sense))
}

/// The priority that a word or a few mean, as everywhere in a ledger.
pub fn priority(text: &str) -> Option<Priority> {
    status::priority(text, &SHIPPED)
}

/// The unit that a word (lower case) means, in one spelling.
pub fn unit(word: &str) -> Option<&'static str> {
    UNIT_OF.get(word).copied().or_else(|| {
        let (before, last) = word.rsplit_once('-')?;
        PERSON.contains(&before).then(|| UNIT_OF.get(last).copied()).flatten()
    })
}

/// The longest word of the table that a run of Chinese or Japanese begins with, in bytes.
pub fn prefix(run: &str) -> Option<usize> {
    let ends = run.char_indices().map(|(at, letter)| at + letter.len_utf8());
    ends.take(8)
        .filter(|end| SENSES.contains_key(&run[..*end]) || UNIT_OF.contains_key(&run[..*end]))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sense_that_needs_it_is_said_in_ten_languages() {
        for sense in [
            Sense::Gap,
            Sense::Total,
            Sense::Open,
            Sense::Done,
            Sense::Partial,
            Sense::OfWhich,
            Sense::Count,
            Sense::Overall,
            Sense::Progress,
            Sense::Mean,
            Sense::Effort,
        ] {
            let rows = WORDS.iter().filter(|(own, _)| *own == sense).count();
            assert!(rows >= 10, "{sense:?} has {rows} languages");
        }
        for (_, words) in WORDS {
            assert!(words.iter().all(|word| *word == word.to_lowercase()));
        }
        assert!(is("lücken", Sense::Gap) && is("совсем", Sense::Gap) == is("", Sense::Gap));
        assert_eq!(unit("person-weeks"), Some("weeks"));
        assert_eq!(unit("tage"), Some("days"));
        assert_eq!(prefix("差距总数"), Some("差距".len()));
    }
}
