#!/usr/bin/env bash
# load.sh measures how many answers a second parley gives over HTTP from one core.
#
#	.ci/load.sh [QUADS [SECONDS]]    a million, for 10 seconds each, if not given
#
# It makes a synthetic graph, serves it on one core, and asks it from the others with
# wrk (Debian's package): mediations by mediator, as JSON, each of all mediators as
# often as any other. Each is measured without and with answers kept, plain and packed
# as browsers and most libraries ask for them, then at half of the rate. Where other programs use the machine, what counts is the number of
# answers for each second of processor time that the server took.
set -euo pipefail
cd "$(dirname "$0")/.."
quads=${1:-1000000}
seconds=${2:-10}
export CGO_ENABLED=0
for tool in wrk taskset curl go; do
	command -v "$tool" >/dev/null 2>&1 || { echo "$0: $tool is not installed" >&2; exit 1; }
done

work=$(mktemp -d)
server=
cleanup() {
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	rm -rf "$work"
}
trap cleanup EXIT
address=127.0.0.1:18099
cores=$(nproc)

go build -trimpath -o "$work/" ./cmd/parley ./cmd/train
"$work/train" synthetic -quads "$quads" -graph "bolt:$work/graph.bolt"

# start serves with one processor on the last core, and waits until nothing is being
# made any more, the index of words being the last.
start() {
	GOMAXPROCS=1 taskset -c $((cores - 1)) \
		"$work/parley" serve --graph "bolt:$work/graph.bolt" --addr "$address" --log-level error 2>/dev/null &
	server=$!
	"$work/parley" health --ready --wait 300s --addr "$address" >/dev/null
	until curl -fsS "http://$address/v1/quotes?q=talks" >/dev/null 2>&1; do sleep 1; done
}

# ticks prints the processor time that the server has taken, in hundredths of a second.
ticks() { awk '{print $14 + $15}' "/proc/$server/stat"; }

cat >"$work/ask.lua" <<'LUA'
local ids, pause, asked = {}, tonumber(os.getenv("PAUSE_MS")), 0
local accept = os.getenv("FRESH") == "1" and "application/json, x/%d;q=0.1" or "application/json"
for line in io.lines(os.getenv("IDS")) do ids[#ids + 1] = line end
function init() math.randomseed(os.time()) end
function request()
	asked = asked + 1 -- no answer is kept for a header that was never sent before
	return wrk.format("GET", "/v1/questions/mediations?mediator=" .. ids[math.random(#ids)],
		{Accept = accept:format(asked), ["Accept-Encoding"] = os.getenv("PACKING")})
end
function delay() return pause end
LUA

# run asks for a while over $1 connections that pause $2 ms between questions; with $3
# set to 1 no answer is there already. $4 is the packing asked for, gzip or identity.
run() {
	local before after
	before=$(ticks)
	IDS="$work/ids" PAUSE_MS=$2 FRESH=$3 PACKING=$4 taskset -c 0-$((cores > 1 ? cores - 2 : 0)) \
		wrk -t1 -c"$1" -d"${seconds}s" --latency -s "$work/ask.lua" "http://$address" >"$work/out"
	after=$(ticks)
	grep -E '50%|99%|Requests/sec|Transfer/sec|Non-2xx|Socket' "$work/out"
	awk -v t=$((after - before)) '/requests in/ {printf "answers a second of processor time: %.0f\n", $1 * 100 / t; exit}' "$work/out"
}

start
next=
while true; do # page by page
	curl -fsS "http://$address/v1/questions/mediators?sort=id&limit=1000&values=1&evidence=1$next" >"$work/page"
	grep -o '{"thing":{"id":"[^"]*"' "$work/page" | sed 's/.*"id":"//; s/"$//' >>"$work/ids"
	next=$(grep -o '"next":"[^"]*"' "$work/page" | sed 's/.*:"/\&next=/; s/"$//') || break
done
echo "mediators asked for: $(wc -l <"$work/ids")"
run 8 0 1 identity >/dev/null # what is worked out once for each graph
while read -r fresh packing title; do
	printf '== %s: as fast as it goes\n' "$title"
	[ "$fresh" = 1 ] || run 8 0 0 "$packing" >/dev/null # what is kept has been asked for
	run 8 0 "$fresh" "$packing"
	rate=$(awk '/Requests\/sec/ {print $2}' "$work/out")
	printf -- '-- at half of that rate\n'
	run 32 "$(awk -v r="$rate" 'BEGIN {printf "%.1f", 32 * 2000 / r}')" "$fresh" "$packing"
done <<'RUNS'
1 identity every answer made anew
0 identity answers kept
0 gzip answers kept, packed
RUNS
