#!/bin/sh
# Installs Mockhall into a virtual environment at PREFIX: tools/install.sh PREFIX
# The image's build stage runs this. It needs no make, leaves the checkout as it is, and every package that comes
# over the network is checked against its hash. PYTHON=... names the interpreter.
set -eu
if [ $# -ne 1 ]; then
    echo "usage: tools/install.sh PREFIX" >&2
    exit 2
fi
case $1 in
    /*) prefix=$1 ;;
    *) prefix=$PWD/$1 ;;
esac
cd "$(dirname "$0")/.."
python=$(tools/find-python.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
install() { "$1" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$2"; }

# Building has an environment of its own: what builds the wheel has no business on a server.
"$python" -m venv "$work/build"
install "$work/build/bin/python" requirements/build.txt
"$work/build/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --wheel-dir "$work" .

"$python" -m venv "$prefix"
install "$prefix/bin/python" requirements/runtime.txt
# The wheel is the one just built: no index is asked for a package of that name.
"$prefix/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall \
    "$work"/mockhall-*.whl
"$prefix/bin/mockhall" --help >/dev/null
echo "Mockhall is installed: $prefix/bin/mockhall serve"
