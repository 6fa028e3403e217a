#!/usr/bin/env bash
# send-all.sh BENCH OUT: one whole comparison of sending in one run: ekiden and smtp-source beside every peer of a bench, into the same sink and the
# same Postfix. BENCH is a folder with bench.py, report.py, servers.sh and contestants.json; BUILD names the folder that its build.sh has filled. OUT is
# a new folder on the disk to be measured; it takes results, journals, and the queue of the Postfix, which is started and ended here.
#   ROUNDS    (3)        TARGETS  sink,postfix      ONLY  contestants, by commas (all)
#   SINK      mails of 4 KB into the sink (5000)    POSTFIX  into the Postfix (1500)
#   PICKUP    mails through the command sendmail into the pickup of the same Postfix, ours beside four plain loops of the command (500); 0: not at all
#   LARGE     bytes of an attachment whose sending is watched for its memory (100000000); 0: not at all
#   BASEPORT  of the servers (28000)
# Exit code: 0 every run was right, 1 one was not, 2 usage, 7 something does not work. Needs root, Postfix (smtp-sink, smtp-source), python3, GNU time.
set -u
[ $# = 2 ] && [ -f "$1/bench.py" ] || { sed -n 2,11p "$0" >&2; exit 2; }
root=$(cd "$(dirname "$0")/.." && pwd) && bench=$(cd "$1" && pwd) && mkdir -p "$2" && out=$(cd "$2" && pwd) || exit 7
export BUILD=${BUILD:-/tmp/bb} BASEPORT=${BASEPORT:-28000} STATE_ROOT=$out/state BATCH_DIR=$out/batches CONTESTANTS=$out/contestants.json
sink_mails=${SINK:-5000}
postfix_mails=${POSTFIX:-1500}
servers=$out/servers
wrong=0
mkdir -p "$STATE_ROOT" "$BATCH_DIR" || exit 7

python3 - "$bench/contestants.json" "$root/bench/send.sh" "$sink_mails" "$postfix_mails" >"$CONTESTANTS" <<'PY' || exit 7
import json, sys
contestants = json.load(open(sys.argv[1]))
source = """env PATH=$PATH:/usr/sbin sh -c 'smtp-source -m $COUNT -f $FROM -t $TO -d -s 4 -l $SIZE $HOST:$PORT >/dev/null && echo {}'"""
counts = {**contestants["send_count"], "default": {"sink": int(sys.argv[3]), "postfix": int(sys.argv[4])}}
send = {"ekiden": sys.argv[2], "smtp-source": source, **contestants["send"]}
print(json.dumps({"receive": {}, "send": send, "send_count": counts}, indent=1))
PY

# The same text as the peers': lines of 72 bytes.
for count in "$sink_mails" "$postfix_mails"; do
    python3 - "$count" >"$BATCH_DIR/$count.jsonl" <<'PY' || exit 7
import json, sys
text = "0123456789 job finished rc=0 and so on until the end of the line 01234\n" * (4096 // 72)
for n in range(int(sys.argv[1])):
    print(json.dumps({"id": n, "to": ["x@discard.test"], "subject": f"t{n}", "text": text}))
PY
done

# One mail with a large attachment into a sink of its own; its memory
large() {
    head -c "$1" /dev/urandom >"$out/large.bin"
    /usr/sbin/smtp-sink -u mail "127.0.0.1:$((BASEPORT + 27))" 100 &
    local sink=$!
    sleep 0.3
    /usr/bin/time -f '{"what":"large","seconds":%e,"rss_kb":%M,"exit":%x}' -o "$out/large.json" \
        "$root/ekiden" mail send --url "smtp://127.0.0.1:$((BASEPORT + 27))" --from bench@bench.test --to x@discard.test \
        --subject large --text large --attach "$out/large.bin" || wrong=1
    kill "$sink"
    rm -f "$out/large.bin"
    tail -n 1 "$out/large.json"
}

# The same mails through the pickup of the Postfix: the command itself in four loops, and ours, which calls it and says of each mail what became of it.
pickup() {
    local command=$out/sendmail home=$out/home round
    printf '#!/bin/sh\nexec /usr/sbin/sendmail -C "%s" "$@"\n' "$servers/postfix" >"$command"
    chmod 755 "$command"
    mkdir -m 700 "$home"
    printf 'version: 1\nmail: {profiles: {pickup: {send: {sendmail: {path: %s, system: postfix, tag: none}, from: bench@bench.test}}}}\n' "$command" >"$home/ekiden.yaml"
    head -n "$1" "$BATCH_DIR/$postfix_mails.jsonl" >"$BATCH_DIR/pickup.jsonl"
    python3 -c 'print("From: bench@bench.test\nTo: x@discard.test\nSubject: t\n\n" + "0123456789 job finished rc=0 and so on until the end of the line 01234\n" * (4096 // 72), end="")' >"$out/pickup.eml"
    for ((round = 1; round <= ${ROUNDS:-3}; round++)); do
        timed pickup-sendmail "$1" sh -c 'seq "$1" | xargs -P 4 -n 1 sh -c "exec \"$2\" -i -f bench@bench.test -- x@discard.test <\"$3\""' sh "$1" "$command" "$out/pickup.eml"
        rm -f "$BATCH_DIR"/pickup.jsonl.*
        timed pickup-ekiden "$1" "$root/ekiden" mail send --profile pickup --home "$home" --batch "$BATCH_DIR/pickup.jsonl" --json
    done
    rm -rf "$home" "$command" "$out/pickup.eml"
    cat "$out/pickup.json"
}

# timed NAME COUNT COMMAND...: one line of pickup.json
timed() {
    local name=$1 count=$2 begun ended
    shift 2
    begun=$(date +%s%N)
    "$@" >/dev/null 2>>"$out/pickup.err" || wrong=1
    ended=$(date +%s%N)
    printf '{"what":"%s","mails":%s,"mails_s":%s}\n' "$name" "$count" "$((count * 1000000000 / (ended - begun)))" >>"$out/pickup.json"
}

# The first start builds the product; it is nobody's measurement.
"$root/ekiden" --help >/dev/null || exit 7
trap '"$bench/servers.sh" stop "$servers"; rm -rf "$STATE_ROOT" "$BATCH_DIR" "$servers"' EXIT
trap 'exit 130' INT TERM
"$bench/servers.sh" start "$servers" >"$out/servers.log" || { cat "$out/servers.log" >&2; exit 7; }
python3 "$bench/bench.py" send "$servers/env" --rounds "${ROUNDS:-3}" --targets "${TARGETS:-sink,postfix}" --only "${ONLY:-}" --out "$out/send.jsonl" || wrong=1
if [ ! -s "$out/send.jsonl" ] || grep -vq '"rc": 0' "$out/send.jsonl"; then wrong=1; fi
if [ "${PICKUP:-500}" != 0 ]; then pickup "${PICKUP:-500}"; fi
if [ "${LARGE:-100000000}" != 0 ]; then large "${LARGE:-100000000}"; fi
{
    echo "## send.jsonl"
    python3 "$bench/report.py" "$out/send.jsonl"
    cat "$out/pickup.json" "$out/large.json" 2>/dev/null
} >"$out/report.md"
echo "$out/report.md"
exit "$wrong"
