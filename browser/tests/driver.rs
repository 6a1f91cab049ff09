//! The driver drives: a page, its scripts, its keys, two tabs, a picture.

#![expect(clippy::disallowed_methods, reason = "a picture is read back")]

use browser::{Browser, Scheme, json};

#[test]
fn a_browser_opens_pages_runs_scripts_and_takes_pictures() {
    let Some(browser) = Browser::find() else {
        return eprintln!("skipped: no Chromium");
    };
    let tab = browser.tab();
    tab.viewport(400, 300);
    tab.goto("data:text/html,<title>One</title><input autofocus><button onclick='this.id=1'>Go");
    assert_eq!(tab.eval("document.title"), "One");
    assert_eq!(tab.eval("Promise.resolve([innerWidth, innerHeight])"), json!([400, 300]));

    tab.click("input");
    tab.write("words");
    tab.press("Backspace");
    assert_eq!(tab.eval("document.querySelector('input').value"), "word");
    tab.press("/");
    tab.press("Shift+Tab");
    tab.eval("addEventListener('keydown', e => { window.seen = [e.key, e.code, e.ctrlKey]; })");
    tab.press("Control+k");
    assert_eq!(tab.eval("window.seen"), json!(["k", "KeyK", true]));
    tab.eval("document.querySelector('input').focus()");
    tab.press("Tab");
    tab.press("Enter");
    assert_eq!(tab.wait_for("document.querySelector('button').id"), "1");
    assert_eq!(tab.eval("document.querySelector('input').value"), "word/");

    for (scheme, dark) in [(Scheme::Dark, true), (Scheme::Light, false)] {
        tab.prefer(scheme);
        assert_eq!(tab.eval("matchMedia('(prefers-color-scheme: dark)').matches"), dark);
    }

    assert!(tab.complaints().is_empty());
    tab.eval("console.error('no', 'good'); setTimeout(() => { throw new Error('thrown') })");
    tab.eval("new Promise(done => setTimeout(done, 10))");
    let complaints = tab.complaints();
    assert_eq!(complaints[0], "no good");
    assert!(complaints[1].starts_with("Error: thrown"), "{complaints:?}");
    assert!(tab.complaints().is_empty());

    let other = browser.tab();
    other.goto("data:text/html,<title>Two</title>");
    assert_eq!(
        (other.eval("document.title"), tab.eval("document.title")),
        ("Two".into(), "One".into())
    );
    let seen = |tab: &browser::Tab| tab.eval("document.visibilityState");
    assert_eq!([seen(&tab), seen(&other)], ["hidden", "visible"]);
    tab.bring_to_front();
    assert_eq!([seen(&tab), seen(&other)], ["visible", "hidden"]);
    let window = browser.window();
    assert_eq!([seen(&tab), seen(&window)], ["visible", "visible"]);
    other.close();

    let folder = tempfile::tempdir().expect("a folder");
    let picture = folder.path().join("pictures/one.png");
    tab.screenshot(&picture);
    let bytes = std::fs::read(&picture).expect("the picture is there");
    assert!(bytes.starts_with(b"\x89PNG"));
}

#[test]
fn a_script_that_throws_fails_the_test() {
    let Some(browser) = Browser::find() else {
        return eprintln!("skipped: no Chromium");
    };
    let tab = browser.tab();
    let run = std::panic::AssertUnwindSafe(|| tab.eval("null.property"));
    let thrown = std::panic::catch_unwind(run).expect_err("it throws");
    let message = thrown.downcast_ref::<String>().expect("a message");
    assert!(message.contains("TypeError"), "{message}");
}
