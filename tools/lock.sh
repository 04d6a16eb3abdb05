#!/bin/sh
# Writes requirements/*.txt: every package with its exact version and hashes, for Python 3.11 and up in one file.
# Versions in the files stay unless pyproject.toml forbids them; `tools/lock.sh --upgrade` takes the newest.
# uv resolves for all Pythons and systems at once (pip-tools knows only the one it runs on); it lives beside the
# project's venv, since nothing else needs it.
set -eu
cd "$(dirname "$0")/.."
uv=.cache/lock/bin/uv
if [ ! -x "$uv" ]; then
    "$(tools/find-python.sh)" -m venv --clear .cache/lock
    .cache/lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
fi

lock() { # lock NAME "what it is" ARGUMENTS...
    out=requirements/$1.txt caption=$2
    shift 2
    [ -f "$out" ] || : >"$out"
    # No index address and no path of this machine may end in a committed file.
    "$uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --output-file "$out" "$@" >/dev/null
    {
        echo "# $caption Made by \`make lock\`; change pyproject.toml instead."
        echo "# One file serves Python 3.11 to 3.13: where versions differ, the lines carry markers."
        cat "$out"
    } >"$out.new"
    mv "$out.new" "$out"
}

lock dev "For tests and checks; holds runtime.txt and build.txt too." "$@" --extra dev pyproject.toml requirements/build.in
lock runtime "What a server runs." -c requirements/dev.txt --extra pdf pyproject.toml
lock build "What building the wheel takes." -c requirements/dev.txt requirements/build.in

if grep -nE '://|^-|^ *# +via +/|file:' requirements/dev.txt requirements/runtime.txt requirements/build.txt; then
    echo "An address or a path of this machine got into the files above." >&2
    exit 1
fi
