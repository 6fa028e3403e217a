#!/usr/bin/env bash
# receive.sh: one receiving contestant for a bench that gives HOST PORT USER PASS OUTDIR COUNT MODE in the environment: saves COUNT unseen mails
# (bodies OUTDIR/*.txt, attachments OUTDIR/*.att), marks them read, and prints one JSON object last. In mode latency READY comes first.
# STATE_ROOT (a folder on a disk, otherwise TMPDIR) holds receipts and large mails under way. Lines go to a file beside OUTDIR, because their
# readers' time is not ours.
set -u
home=$(cd "$(dirname "$0")/.." && pwd)
state=$(mktemp -d "${STATE_ROOT:-${TMPDIR:-/tmp}}/ekiden-bench.XXXXXX")
lines=$OUTDIR.lines.$$
trap 'rm -rf "$state" "$lines"' EXIT
wait_for_mail() {
    "$home/ekiden" mail wait --url "imap://$USER@$HOST:$PORT/INBOX" --password-env PASS --state "$state" \
        --save "$OUTDIR" --body-name '{n}.txt' --attachment-name '{n}.{i}.att' --count "$COUNT" --timeout 10m
}
if [ "${MODE:-backlog}" = latency ]; then
    wait_for_mail | while IFS= read -r line; do [ "$line" = READY ] && echo READY; done
    code=${PIPESTATUS[0]}
else
    wait_for_mail >"$lines"
    code=$?
fi
printf '{"peer":"ekiden","count":%s,"exit":%s}\n' "$COUNT" "$code"
exit "$code"
