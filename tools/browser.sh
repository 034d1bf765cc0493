#!/usr/bin/env bash
# See to the browser of the browser tests: Chromium, and fonts with Chinese characters and emoji.
# Root on Debian: install what is missing. Anybody else: say in a sentence what will be skipped, and go on.
# CFC_REQUIRE_BROWSER=1: a missing browser is a failure.
set -euo pipefail

has_chromium() { command -v chromium >/dev/null; }
has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list "$1" family)" ]; }

look() {
    missing=()
    has_chromium || missing+=(chromium)
    has_font :lang=zh || missing+=(fonts-noto-cjk)
    has_font "Noto Color Emoji" || missing+=(fonts-noto-color-emoji)
}

install_missing() {
    echo "Installing for the browser tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    local patiently=(-qq -o DPkg::Lock::Timeout=300)
    apt-get "${patiently[@]}" update &&
        apt-get "${patiently[@]}" install -y --no-install-recommends "${missing[@]}" >/dev/null
}

look
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    install_missing || echo "apt-get could not install them." >&2
    look
fi

if [ ${#missing[@]} -eq 0 ]; then
    exit 0
elif has_chromium; then
    echo "No fonts for Chinese or emoji (${missing[*]}): screenshots may show boxes instead of characters." >&2
elif [ "${CFC_REQUIRE_BROWSER:-}" = 1 ]; then
    echo "Chromium is missing and CFC_REQUIRE_BROWSER=1 asks for it; as root: apt-get install ${missing[*]}" >&2
    exit 1
else
    echo "Browser tests will be skipped, as Chromium is not installed; as root: apt-get install ${missing[*]}" >&2
fi
