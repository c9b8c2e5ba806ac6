#!/usr/bin/env bash
# Kills the program at random moments while somebody works, and looks at what is left: 500 times, or as often as is said.
# Each time every file has to be readable, and nothing older than two seconds may be lost (`tests/it/crashes.rs`).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
SOTPLAN_CRASHES="${1:-500}" cargo test --release --locked --test it crashes::killed -- --nocapture
