//! What does the program say where a window cannot open?

use std::process::Command;

/// Starts the program where there is nothing to show a window on.
fn without_display(lang: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_sotplan"))
        .args(["--lang", lang])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("XDG_CONFIG_HOME", folder.path())
        .output()
        .unwrap();
    (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_one_sentence_says_what_is_missing_in_the_language_of_the_user() {
    let (code, sv) = without_display("sv");
    assert_eq!(code, Some(1));
    assert!(sv.contains("ingen skärm") && sv.contains("ssh -X"), "{sv}");
    let (_, en) = without_display("en");
    assert!(en.contains("no display") && en.contains("ssh -X"), "{en}");
    for text in [sv, en] {
        assert!(!text.contains(".rs") && !text.contains("cargo") && !text.contains("panicked"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with("sotplan:")).count(), 1);
    }
}
