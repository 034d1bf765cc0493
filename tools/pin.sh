#!/usr/bin/env bash
# Write requirements.txt and requirements-dev.txt from the .in files: exact versions, a hash for every file of each release.
# UPGRADE=1 takes newer versions; without it, what is pinned stays unless the .in file forbids it.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON_FOR_PIN:-.venv/bin/python}
# Only the package index itself may speak: a local wheel folder or a second index would bring in hashes nobody else can match.
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
export PIP_CONFIG_FILE=/dev/null
export CUSTOM_COMPILE_COMMAND="make pin"

options=(--generate-hashes --allow-unsafe --strip-extras --quiet
         --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header)
if [ "${UPGRADE:-}" = 1 ]; then options+=(--upgrade); fi

"$python" -m piptools compile "${options[@]}" --output-file requirements.txt requirements.in
"$python" -m piptools compile "${options[@]}" --output-file requirements-dev.txt requirements-dev.in

for file in requirements.txt requirements-dev.txt; do
    if grep -nE '://|^ *-(i|f)\b|--(index|extra-index|find-links|trusted-host)|@ ' "$file"; then
        echo "$file names an address; it must hold only names, versions and hashes." >&2
        exit 1
    fi
done
echo "Pinned. Now: make test, then commit the .in and .txt files together."
