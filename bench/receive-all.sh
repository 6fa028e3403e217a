#!/usr/bin/env bash
# receive-all.sh BENCH OUT: one whole comparison of receiving in one run: ekiden beside every peer of a bench, on the same Dovecot.
# BENCH is a folder with bench.py, report.py, servers.sh and contestants.json; BUILD names the folder that its build.sh has filled. OUT is a new
# folder on the disk to be measured; it takes the results (fsync.json, receive.jsonl, disk.jsonl, up.jsonl, report.md), the receipts and
# spools of ekiden, and the mails of the Dovecot, which is started and ended here.
#   PARTS     of fsync peers disk up (all): the disk's fsync; ekiden and the peers, with OUTDIR where bench.py has it; ekiden and the plain
#             reader sketch with OUTDIR in OUT; UP_MAILS mails through ekiden up (receive-up.sh), then UP_JOBS mails with a job each
#   ROUNDS    of peers and disk (3)         SETS     small,mb1,mb25
#   ONLY      contestants, by commas (all)  UP_MAILS without a job (10000)   UP_JOBS  with the command true (1000); 0: not at all
#   BASEPORT  of the servers (27000)
# Exit code: 0 every run was right, 1 one was not, 2 usage, 7 something does not work. Needs what BENCH needs: root, Dovecot, python3.
set -u
[ $# = 2 ] && [ -f "$1/bench.py" ] || { sed -n 2,11p "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd) && bench=$(cd "$1" && pwd) && mkdir -p "$2" && out=$(cd "$2" && pwd) || exit 7
parts=${PARTS:-fsync peers disk up}
rounds=${ROUNDS:-3}
sets=${SETS:-small,mb1,mb25}
[ -s "${BUILD-}/seed/expect.json" ] || { echo "receive-all: BUILD must name the folder that build.sh has filled" >&2; exit 2; }
export BUILD BASEPORT=${BASEPORT:-27000} NO_POSTFIX=1 STATE_ROOT=$out/state CONTESTANTS=$out/contestants.json
servers=$out/servers
wrong=0
mkdir -p "$STATE_ROOT" "$out/saved" || exit 7

# raw-noop10 differs from raw-java only in how it waits for new mail. ekiden stands beside raw-java, so that both meet the same machine.
python3 - "$bench/contestants.json" "$root/bench/receive.sh" >"$CONTESTANTS" <<'PY' || exit 7
import json, sys
contestants = json.load(open(sys.argv[1]))
peers = {name: line for name, line in contestants["receive"].items() if name != "raw-noop10"}
print(json.dumps({**contestants, "receive": {"ekiden": sys.argv[2], **peers}}, indent=1))
PY

# 4 KB behind the end of one file, then fsync, and the same into a new file each time; milliseconds
fsync() {
    python3 - "$STATE_ROOT" <<'PY'
import json, os, sys, time
folder = sys.argv[1]


def forced(file):
    os.write(file, b"x" * 4096)
    start = time.perf_counter()
    os.fsync(file)
    return (time.perf_counter() - start) * 1e3


def told(times):
    times.sort()
    return {"n": len(times), "p50_ms": round(times[len(times) // 2], 3), "p99_ms": round(times[len(times) * 99 // 100], 3)}


flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND
one = os.open(folder + "/fsync", flags, 0o600)
append = [forced(one) for _ in range(500)]
os.close(one)
new = []
for n in range(500):
    file = os.open(f"{folder}/fsync.{n}", flags, 0o600)
    new.append(forced(file))
    os.close(file)
for name in ["fsync", *(f"fsync.{n}" for n in range(500))]:
    os.unlink(f"{folder}/{name}")
print(json.dumps({"what": "fsync", "append": told(append), "new_file": told(new)}))
PY
}

# compare RESULTS CONTESTANTS: an empty list means all
compare() {
    python3 "$bench/bench.py" backlog "$servers/env" --rounds "$rounds" --sets "$sets" --only "$2" --out "$1" || wrong=1
    if [ ! -s "$1" ] || grep -q '"ok": false' "$1"; then wrong=1; fi
}

# through_up USER COUNT JOB
through_up() {
    local box=$servers/mail/$1
    rm -rf "$box"
    mkdir -p "$box/Maildir/cur" "$box/Maildir/new" "$box/Maildir/tmp"
    find "$BUILD/seed/small/Maildir/new" -type f | sort | head -n "$2" | xargs -d '\n' cp -t "$box/Maildir/new" && chown -R mail:mail "$box" || exit 7
    doveadm -c "$servers/dovecot.conf" index -u "$1" INBOX
    HOST=127.0.0.1 PORT=$((BASEPORT + 143)) USER=$1 PASS=pass COUNT=$2 JOB=$3 "$root/bench/receive-up.sh" | tee -a "$out/up.jsonl"
    [ "${PIPESTATUS[0]}" = 0 ] || wrong=1
}

# The first start builds the product; it is nobody's measurement.
"$root/ekiden" --help >/dev/null || exit 7
trap '"$bench/servers.sh" stop "$servers"; rm -rf "$STATE_ROOT" "$out/saved" "$servers"' EXIT
trap 'exit 130' INT TERM
"$bench/servers.sh" start "$servers" >"$out/servers.log" || { cat "$out/servers.log" >&2; exit 7; }
for part in $parts; do
    case $part in
        fsync) fsync | tee -a "$out/fsync.json" ;;
        peers) compare "$out/receive.jsonl" "${ONLY:-}" ;;
        disk) OUTROOT=$out/saved compare "$out/disk.jsonl" ekiden,raw-java ;;
        up)
            through_up u0001 "${UP_MAILS:-10000}" ''
            if [ "${UP_JOBS:-1000}" != 0 ]; then through_up u0002 "${UP_JOBS:-1000}" '[true]'; fi
            ;;
        *) echo "receive-all: no such part: $part" >&2; exit 2 ;;
    esac
done
{
    cat "$out/fsync.json" 2>/dev/null
    for results in receive disk; do
        if [ -s "$out/$results.jsonl" ]; then echo "## $results.jsonl"; python3 "$bench/report.py" "$out/$results.jsonl"; fi
    done
    cat "$out/up.jsonl" 2>/dev/null
} >"$out/report.md"
echo "$out/report.md"
exit "$wrong"
