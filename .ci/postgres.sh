#!/usr/bin/env bash
# postgres.sh runs a PostgreSQL server of its own for the tests.
#
#	.ci/postgres.sh start DIR    starts one that keeps its data in DIR, and prints its URL
#	.ci/postgres.sh stop DIR     stops it and removes DIR
#
# The server listens on a free port of the loopback interface only and is thrown
# away afterwards. If PostgreSQL is not there and the script runs as root on a
# Debian system, it is installed first. The tests find the server by its URL:
#
# The tests make databases of their own in it.
#
#	export PARLEY_TEST_POSTGRES="$(.ci/postgres.sh start DIR)"
set -euo pipefail

usage() {
	echo "usage: $0 start|stop DIR" >&2
	exit 2
}

# bin prints the folder of the newest installed server.
bin() {
	if command -v pg_ctl >/dev/null 2>&1; then
		dirname "$(readlink -f "$(command -v pg_ctl)")"
		return
	fi
	ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

# as_server runs a command as a user other than root, whom the server refuses.
as_server() {
	if [ "$(id -u)" -eq 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}

install_server() {
	if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
		echo "$0: PostgreSQL is not installed, and only root on Debian can install it here" >&2
		exit 1
	fi
	{
		apt-get update -q
		# No cluster of the distribution's: the tests make their own.
		mkdir -p /etc/postgresql-common
		[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
		DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql
	} >&2
}

# free_port prints a port on which nobody listens.
free_port() {
	port=$((20000 + $$ % 20000))
	while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
		port=$((port + 1))
	done
	echo "$port"
}

start() {
	dir=$1
	[ -n "$(bin)" ] || install_server
	bin=$(bin)
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
	[ "$(id -u)" -ne 0 ] || chown postgres "$dir"
	as_server "$bin/initdb" -D "$dir/data" -U parley --auth=trust --encoding=UTF8 --locale=C >&2
	port=$(free_port)
	as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w \
		-o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$dir' -c shared_buffers=256MB -c max_wal_size=2GB" start >&2
	echo "postgres://parley@127.0.0.1:$port/postgres?sslmode=disable"
}

stop() {
	dir=$(cd "$1" && pwd)
	as_server "$(bin)/pg_ctl" -D "$dir/data" -m immediate stop >&2 || true
	rm -rf "$dir"
}

[ $# -eq 2 ] || usage
case $1 in
start) start "$2" ;;
stop) stop "$2" ;;
*) usage ;;
esac
