#!/bin/sh
# Sees to it that the Node that npm has installed runs. It needs one library of the system's, libatomic, which small Debian images lack: on
# Debian as root that is installed, and one line says so; elsewhere one sentence says what to install.
#
# This is a shell script because there may be no Node that could run anything newer. Before the packages are installed it looks for the library
# itself.
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
