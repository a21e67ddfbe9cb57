#!/bin/sh
# Unpacks the distribution's pgbouncer with the libraries that it needs beside this file.
# Nothing is installed, and only fetching a package list needs root.
set -u
cd "$(dirname "$0")" || exit

unpack() {
	command -v apt-get >/dev/null && command -v dpkg >/dev/null || return
	if ! apt-cache show pgbouncer >/dev/null 2>&1; then
		if [ "$(id -u)" = 0 ]; then apt-get -q update; else sudo -n apt-get -q update; fi || return
	fi
	rm -rf unpacked download && mkdir download && cd download || return
	# shellcheck disable=SC2046 # names of packages
	apt-get -q download pgbouncer $(apt-cache depends pgbouncer | sed -n 's/^ *Depends: \(libevent\|libc-\{0,1\}ares\)/\1/p') || return
	cd ..
	for file in download/*.deb; do
		dpkg -x "$file" unpacked || return
	done
	rm -rf download
}

if ! unpack; then
	echo "no pgbouncer, and none could be unpacked: install it (Debian: apt-get install pgbouncer; macOS: brew install pgbouncer), or set PGBOUNCER to its path" >&2
	[ "${CI:-}" != true ] # elsewhere its tests are skipped
fi
