#!/usr/bin/env bash
# read-compare.sh [--mails N] [--seed N] [--keep DIR] [--each N]: makes mails by chance (src/test/java/ekiden/testing/corpus), reads them with
# `ekiden mail read --json`, with Angus and with Python's email package, and tells how many each reads right. Texts are compared without the blanks
# at their end, and a wave dash is a tilde: the tables of the readers differ there. The first --each mails (default 40) are also read one by one, for
# time and memory: more than 2 s or 200 MB is counted.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
mails=4000 seed=1 keep='' each=40
while [ $# -gt 0 ]; do
    case $1 in
        --mails) mails=$2 ;;
        --seed) seed=$2 ;;
        --keep) keep=$2 ;;
        --each) each=$2 ;;
        *) echo "usage: bench/read-compare.sh [--mails N] [--seed N] [--keep DIR] [--each N]" >&2; exit 2 ;;
    esac
    shift 2
done
work=${keep:-$(mktemp -d "${TMPDIR:-/tmp}/ekiden-compare.XXXXXX")}
[ -n "$keep" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
cd "$home"
./dev corpus "$work" "$mails" "$seed"
[ -e target/ekiden.jar ] || ./ekiden --help >/dev/null
find "$work/mails" -name '*.eml' -print0 | sort -z | xargs -0 -n 4000 ./dev angus >"$work/angus.jsonl"
exec python3 bench/read_compare.py "$work" "$each"
