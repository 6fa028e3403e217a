#!/usr/bin/env bash
# bench/startup.sh [-n RUNS] [help] [up] [quickstart]
#
# How long the built product takes to start and what it holds in memory, whole processes through ./ekiden, each one fresh:
#   help         ekiden --help, from start to exit
#   up           ekiden up, from start until the API answers and smtpd accepts; its memory when idle for 10 s
#   quickstart   ekiden quickstart --exit, from start to exit, and the time it tells from the mail's end of data to the
#                command's first line
# Prints for each: runs, median, smallest to largest, and what DESIGN promises for the median. Without a name: all three.
# Exit code: 0 all within, 1 something is slower or larger, 2 usage, 7 something does not work.
set -u -o pipefail
export LC_ALL=C

runs=10
idle_seconds=10
ready_seconds=60
names=()
while [ $# -gt 0 ]; do
    case $1 in
        -n) runs=${2-}; shift ;;
        help | up | quickstart) names+=("$1") ;;
        *) sed -n 2,10p "$0" >&2; exit 2 ;;
    esac
    shift
done
case $runs in '' | *[!0-9]* | 0) echo 'startup: -n wants a number' >&2; exit 2 ;; esac
[ ${#names[@]} -gt 0 ] || names=(help up quickstart)

root=$(cd "$(dirname "$0")/.." && pwd) || exit 7
scratch=$(mktemp -d "${TMPDIR:-/tmp}/ekiden-bench-XXXXXX") || exit 7
child=
finish() {
    if [ -n "$child" ]; then kill "$child" 2>/dev/null; wait "$child" 2>/dev/null; fi
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM
# Something to wait on that never comes: a pause without starting a process.
mkfifo "$scratch/never" && exec 8<>"$scratch/never" || exit 7
pause() { read -r -t "$1" -u 8 || :; }

micros() { local t=${EPOCHREALTIME/[.,]/}; printf -v "$1" '%s' "$t"; }
broken() { echo "startup: $1 does not work:" >&2; tail -n 5 "$2" >&2; exit 7; }

over=0
# report NAME UNIT LIMIT DIVISOR VALUES...: values are whole numbers, shown divided
report() {
    local name=$1 unit=$2 limit=$3 divisor=$4
    shift 4
    printf '%s\n' "$@" | sort -n | awk -v name="$name" -v unit="$unit" -v limit="$limit" -v by="$divisor" '
        { v[NR] = $1 / by }
        END {
            median = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
            word = median > limit ? "OVER" : "ok"
            printf "%-34s n=%-3d median %8.1f %-2s  %8.1f - %.1f  promised %g %s  %s\n", name, NR, median, unit, v[1], v[NR], limit, unit, word
            exit median > limit
        }' || over=1
}

free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then printf -v "$1" '%s' "$port"; return; fi
    done
    echo 'startup: no free port' >&2
    exit 7
}

# A line that begins so, as the first answer of what listens there. Opens and closes one connection.
answers() {
    local port=$1 say=$2 wanted=$3 line=
    exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
    if [ -n "$say" ]; then printf '%b' "$say" >&3; fi
    read -r -t 1 -u 3 line || :
    exec 3>&- 3<&-
    [[ $line == "$wanted"* ]]
} 2>/dev/null

bench_help() {
    local times=() start end
    for ((i = 0; i < runs; i++)); do
        micros start
        "$root/ekiden" --help >"$scratch/out" 2>&1 </dev/null || broken 'ekiden --help' "$scratch/out"
        micros end
        times+=($((end - start)))
    done
    report 'ekiden --help' ms 300 1000 "${times[@]}"
}

bench_up() {
    local times=() sizes=() start end api smtp home api_up smtp_up
    for ((i = 0; i < runs; i++)); do
        free_port api
        free_port smtp
        home=$scratch/home$i
        mkdir -p "$home"
        chmod 700 "$home"
        printf '%s\n' 'version: 1' "listen: 127.0.0.1:$api" 'mail:' '  profiles:' '    orders:' \
            "      receive: {smtpd: {listen: 127.0.0.1:$smtp, recipients: [orders@localhost]}}" >"$home/ekiden.yaml"
        api_up=
        smtp_up=
        micros start
        "$root/ekiden" up --home "$home" >"$scratch/out" 2>&1 </dev/null &
        child=$!
        while [ -z "$api_up" ] || [ -z "$smtp_up" ]; do
            if [ -z "$smtp_up" ] && answers "$smtp" '' 220; then smtp_up=1; fi
            if [ -z "$api_up" ] && answers "$api" "GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:$api\r\nConnection: close\r\n\r\n" "HTTP/1.1 200"; then api_up=1; fi
            micros end
            if ! kill -0 "$child" 2>/dev/null || [ $((end - start)) -gt $((ready_seconds * 1000000)) ]; then
                broken 'ekiden up' "$scratch/out"
            fi
            pause 0.005
        done
        times+=($((end - start)))
        pause "$idle_seconds"
        sizes+=("$(awk '/^VmRSS:/ { print $2 }' "/proc/$child/status")")
        kill "$child" && wait "$child"
        child=
        rm -rf "$home"
    done
    report 'ekiden up, ready' ms 1500 1000 "${times[@]}"
    report "ekiden up, idle ${idle_seconds} s, memory (RSS)" MB 150 1024 "${sizes[@]}"
}

bench_quickstart() {
    local times=() latencies=() start end told
    for ((i = 0; i < runs; i++)); do
        micros start
        LANG=C "$root/ekiden" quickstart --exit >"$scratch/out" 2>&1 </dev/null || broken 'ekiden quickstart --exit' "$scratch/out"
        micros end
        times+=($((end - start)))
        told=$(grep -oE "first line: [0-9]+\.[0-9]+ ms" "$scratch/out" | grep -oE '[0-9]+\.[0-9]+') \
            || broken 'the told time of ekiden quickstart' "$scratch/out"
        latencies+=("$(awk -v ms="$told" 'BEGIN { printf "%d", ms * 1000 }')")
    done
    report 'ekiden quickstart --exit' ms 6000 1000 "${times[@]}"
    report 'end of data to first line' ms 50 1000 "${latencies[@]}"
}

# The first start builds and records the cache; it is nobody's measurement.
"$root/ekiden" --help >"$scratch/out" 2>&1 </dev/null || broken 'ekiden --help' "$scratch/out"
for name in "${names[@]}"; do "bench_$name"; done
exit "$over"
