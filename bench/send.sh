#!/usr/bin/env bash
# send.sh: one sending contestant for a bench that gives HOST PORT FROM TO COUNT in the environment: sends COUNT mails through `mail send --batch` with
# four connections and the journal on, and prints one JSON object last. BATCH_DIR/COUNT.jsonl is the batch, made beforehand (send-all.sh); results and
# journal lie in a new folder under STATE_ROOT (a folder on a disk, otherwise TMPDIR).
set -u
home=$(cd "$(dirname "$0")/.." && pwd)
state=$(mktemp -d "${STATE_ROOT:-${TMPDIR:-/tmp}}/ekiden-bench.XXXXXX")
trap 'rm -rf "$state"' EXIT
ln "$BATCH_DIR/$COUNT.jsonl" "$state/batch.jsonl" 2>/dev/null || cp "$BATCH_DIR/$COUNT.jsonl" "$state/batch.jsonl"
"$home/ekiden" mail send --url "smtp://$HOST:$PORT" --from "$FROM" --batch "$state/batch.jsonl" --connections 4 --json >&2
code=$?
printf '{"peer":"ekiden","count":%s,"exit":%s}\n' "$COUNT" "$code"
exit "$code"
