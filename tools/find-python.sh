#!/bin/sh
# Prints the first Python that is new enough (3.11) and can make a virtual environment; else says what to do.
# Each is started, not only looked up: version managers put stand-ins on the PATH that only print an error.
set -u
fits='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
new='import sys; sys.exit(sys.version_info < (3, 11))'
bare=
for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$name" ] || continue
    if "$name" -c "$fits" >/dev/null 2>&1; then
        printf '%s\n' "$name"
        exit 0
    fi
    if [ -z "$bare" ] && "$name" -c "$new" >/dev/null 2>&1; then bare=$name; fi
done
if [ -n "$bare" ]; then
    echo "$bare has no 'venv' with pip in it. On Debian and Ubuntu: apt install python3-venv" >&2
else
    echo "Mockhall needs Python 3.11 or newer. Install it, or name one: make run PYTHON=/path/to/python3" >&2
fi
exit 1
