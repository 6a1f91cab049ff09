//! What a change does to the policy that it is judged by, as findings.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diag::{Diagnostic, codes},
    model::{
        config::{Config, FILE_NAME, Level},
        policy::Policy,
    },
    path::RelPath,
    text::Span,
};

/// The base that a change is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    /// As it was asked for.
    pub name: &'a str,
    /// Its configuration.
    pub config: &'a Config,
    /// What counts.
    pub policy: &'a Policy,
}

/// One finding for each setting that the change has otherwise. `own` is the configuration of the
/// change as it is written, `policy` its policy.
pub fn findings(base: Base<'_>, own: &Config, policy: &Policy) -> Vec<Diagnostic> {
    let Some(path) = RelPath::new(FILE_NAME) else { return Vec::new() };
    let mut told = Told { base, path, found: Vec::new() };
    told.gate(policy);
    told.levels(policy);
    told.waivers(policy);
    told.what_is_read(own);
    if policy.external != base.policy.external {
        told.later("`[external]` is otherwise".to_owned(), None);
    }
    if policy.treatment.content != base.policy.treatment.content {
        told.later("`[content]` is otherwise".to_owned(), None);
    }
    if policy.treatment.limits != base.policy.treatment.limits {
        told.later("`[limits]` are otherwise".to_owned(), None);
    }
    if policy.substance != base.policy.substance {
        told.later("`[substance]` is otherwise".to_owned(), None);
    }
    told.found
}

struct Told<'a> {
    base: Base<'a>,
    path: RelPath,
    found: Vec<Diagnostic>,
}

impl Told<'_> {
    fn add(&mut self, what: String, span: Option<Span>, help: String) {
        let message = format!("{what} than in {}", self.base.name);
        let finding = Diagnostic::new(&codes::POLICY_CHANGED, &self.path, message).help(help);
        self.found.push(match span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }

    /// What counts only when it is in the base.
    fn later(&mut self, what: String, span: Option<Span>) {
        let base = self.base.name;
        let help = format!("this change is judged by {base}; what it sets counts once it is there");
        self.add(what, span, help);
    }

    fn gate(&mut self, policy: &Policy) {
        let (before, now) = (&self.base.policy.gate, &policy.gate);
        for rule in &now.rules {
            let about = &rule.about;
            match before.rules.iter().find(|old| old.about == *about) {
                Some(old) if old.limit == rule.limit => {}
                Some(old) => {
                    let (was, is) = (old.wanted(), rule.wanted());
                    let what = format!("the rule about {about} is otherwise, {is} and not {was},");
                    self.later(what, rule.span);
                }
                None => {
                    let what = format!("the gate has one rule more, about {about},");
                    self.later(what, rule.span);
                }
            }
        }
        for old in &before.rules {
            if now.rules.iter().all(|rule| rule.about != old.about) {
                let (about, was) = (&old.about, old.wanted());
                self.later(format!("the gate has one rule less, about {about} ({was}),"), None);
            }
        }
        if before.allow_empty != now.allow_empty {
            self.later("`allow_empty` of the gate is otherwise".to_owned(), None);
        }
    }

    fn levels(&mut self, policy: &Policy) {
        let (before, now) = (&self.base.policy.diagnostics, &policy.diagnostics);
        let name = |level: Option<&Level>| level.map_or("its own", |level| level.name());
        let codes: BTreeSet<&String> = before.codes.keys().chain(now.codes.keys()).collect();
        for code in codes {
            let (was, is) = (before.codes.get(code), now.codes.get(code));
            if was != is {
                let (was, is) = (name(was), name(is));
                let what = format!("the level of `{code}` is otherwise, {is} and not {was},");
                self.later(what, None);
            }
        }
        let folders = |of: &crate::model::levels::Levels| -> BTreeMap<_, _> {
            of.folder.iter().map(|folder| (folder.path.clone(), folder.codes.clone())).collect()
        };
        let (before, now) = (folders(before), folders(now));
        let paths: BTreeSet<&RelPath> = before.keys().chain(now.keys()).collect();
        for path in paths.into_iter().filter(|path| before.get(*path) != now.get(*path)) {
            self.later(format!("the levels of `{path}` are otherwise"), None);
        }
    }

    fn waivers(&mut self, policy: &Policy) {
        let base = self.base.policy;
        for own in &policy.waiver {
            if !base.waiver.iter().any(|old| old.says_the_same(own)) {
                let what = format!("the waiver of {} is new or otherwise", own.gap);
                self.later(what, own.span);
            }
        }
        let waived = |gap: &str| policy.waiver.iter().any(|own| own.gap.eq_ignore_ascii_case(gap));
        for old in base.waiver.iter().filter(|old| !waived(&old.gap)) {
            self.later(
                format!("the waiver of {} is gone, so fewer gaps are waived", old.gap),
                None,
            );
        }
        for own in policy.of_records.difference(&base.of_records) {
            self.later(
                format!("the waiver in the record of {} is new or otherwise", own.gap),
                None,
            );
        }
    }

    /// What says which files are read, and how: it counts at once.
    fn what_is_read(&mut self, own: &Config) {
        let base = self.base.config;
        for (key, is_same) in [
            ("sources", base.sources == own.sources),
            ("exclude", base.exclude == own.exclude),
            ("collection", base.collection == own.collection),
            ("drafts", base.drafts == own.drafts),
            ("vocabulary", base.vocabulary == own.vocabulary),
        ] {
            if !is_same {
                let help = "this counts at once: see that nothing is left out by it".to_owned();
                self.add(format!("`{key}` is otherwise, so other things are read,"), None, help);
            }
        }
    }
}
