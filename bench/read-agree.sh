#!/usr/bin/env bash
# read-agree.sh FOLDER [--each N]: reads the mails of a folder (one in each file) with `ekiden mail read --json`, with Angus and with Python's email
# package. Where the other two agree on the sender, the subject, the date, the text, the names or the bytes of the attachments, tells how often Ekiden
# reads the same; what differs stands in target/read-agree.txt. The --each largest mails (default 20) are also read one by one, for time and memory.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] && [ -d "$1" ] || { echo "usage: bench/read-agree.sh FOLDER [--each N]" >&2; exit 2; }
folder=$(cd "$1" && pwd) each=20
[ "${2:-}" != --each ] || each=$3
cd "$home"
[ -e target/ekiden.jar ] || ./ekiden --help >/dev/null
angus=$(mktemp "${TMPDIR:-/tmp}/ekiden-agree.XXXXXX")
trap 'rm -f "$angus"' EXIT
find "$folder" -type f -print0 | LC_ALL=C sort -z | xargs -0 -n 2000 ./dev angus >"$angus"
python3 bench/read_agree.py "$folder" "$angus" target/read-agree.txt "$each"
