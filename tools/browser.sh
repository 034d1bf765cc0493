#!/usr/bin/env bash
# See to the browser of the browser tests: Chromium, and fonts with Chinese characters and emoji.
# Root on Debian: install what is missing. Anybody else: say in a sentence what will be skipped, and go on.
# CFC_REQUIRE_BROWSER=1: a missing browser is a failure. CFC_CHROMIUM names a Chromium elsewhere.
set -euo pipefail

chromium() {
    if [ -n "${CFC_CHROMIUM:-}" ]; then [ -x "$CFC_CHROMIUM" ]; else command -v chromium >/dev/null; fi
}
font_for() { command -v fc-list >/dev/null && [ -n "$(fc-list "$1" family)" ]; }

missing=()
look() {
    missing=()
    chromium || missing+=(chromium)
    font_for :lang=zh || missing+=(fonts-noto-cjk)
    font_for :family="Noto Color Emoji" || missing+=(fonts-noto-color-emoji)
}

look
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the browser tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    wait_for_lock=(-o DPkg::Lock::Timeout=300)
    if ! { apt-get "${wait_for_lock[@]}" update -qq &&
           apt-get "${wait_for_lock[@]}" install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }; then
        echo "apt-get could not install them." >&2
    fi
    look
    if [ ${#missing[@]} -eq 0 ]; then exit 0; fi
fi

if chromium; then
    echo "Browser tests run without ${missing[*]}: their screenshots may show boxes instead of characters." >&2
    exit 0
fi
if [ "${CFC_REQUIRE_BROWSER:-}" = 1 ]; then
    echo "Chromium is missing and CFC_REQUIRE_BROWSER=1 asks for it (Debian: apt-get install ${missing[*]})." >&2
    exit 1
fi
echo "Browser tests will be skipped: Chromium is not installed (as root: apt-get install ${missing[*]})." >&2
