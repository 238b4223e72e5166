#!/bin/sh
# Makes sure that the Node that npm has installed runs. It needs a system library, libatomic, which small
# Debian images lack. On Debian as root this script installs it and says so in one line. Otherwise it prints
# one sentence that says which package to install.
#
# It is a shell script, because there may be no Node new enough to run a program. If the npm packages are not
# installed yet, it looks for the library itself.
set -u
cd "$(dirname "$0")/.."

runs() {
  if [ -x node_modules/.bin/node ]; then
    node_modules/.bin/node --version >/dev/null 2>&1
  elif command -v ldconfig >/dev/null; then
    ldconfig -p | grep -q 'libatomic\.so\.1'
  fi
}

runs && exit 0

if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
  echo "Node needs libatomic1: installing it with apt-get." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update >&2 && apt-get -qq install --yes --no-install-recommends libatomic1 >&2
  runs && exit 0
fi

echo "The Node that npm has installed does not run here: install libatomic1 (Debian), libatomic (Fedora, Alpine), then run npm ci again." >&2
exit 1
