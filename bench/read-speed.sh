#!/usr/bin/env bash
# read-speed.sh [JMH ARGUMENTS]: how fast one core reads mails (JMH, one thread): headers decoded, text produced, SHA-256 of the attachments
# computed, nothing saved. Promised: 250 MB/s of raw mail with an attachment of 1 MB, and 8,000 mails/s of 4 KB. Exit code 1 when it is less.
set -euo pipefail
[ $# -gt 0 ] || set -- -f 2 -wi 3 -w 3 -i 4 -r 3
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
target=$home/target
. ./src/main/sh/jdk.sh
. ./src/main/sh/build.sh
utf8_names
find_jdk "$target" || { no_jdk; exit 7; }
need_maven || exit 7
maven -q -Dquick compile
work=$target/read-speed
mkdir -p "$work/classes"
maven -q -f bench/read-speed/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath"
jmh=$(cat "$work/classpath")
"$JDK/bin/javac" -nowarn -cp "$target/classes:$jmh" -processorpath "$jmh" -d "$work/classes" bench/read-speed/*.java
"$JDK/bin/java" "-Dread-speed.size=$work/size" -cp "$work/classes:$target/classes:$jmh" org.openjdk.jmh.Main -t 1 -rf json -rff "$work/result.json" "$@"
python3 - "$work" <<'PYTHON'
import json, sys
work = sys.argv[1]
size = int(open(f"{work}/size").read())
scores = {r["benchmark"].split(".")[-1]: r["primaryMetric"]["score"] for r in json.load(open(f"{work}/result.json"))}
ok = True
if "large" in scores:
    rate = scores["large"] * size / 1e6
    ok &= rate >= 250
    print(f"large: {rate:.0f} MB/s of raw mail (promised 250)")
if "small" in scores:
    ok &= scores["small"] >= 8000
    print(f"small: {scores['small']:.0f} mails/s (promised 8000)")
sys.exit(0 if ok else 1)
PYTHON
