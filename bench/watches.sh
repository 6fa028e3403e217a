#!/usr/bin/env bash
# watches.sh [JMH ARGUMENTS]: how many mails a second one core reads and matches (JMH, one thread) with one watch and with 10,000 (60 % sender, 30 % subject,
# 9 % text, 1 % regular expression). Promised: at least 70 % of the rate. Exit code 1 when it is less.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"
target=$home/target
. ./src/main/sh/jdk.sh
. ./src/main/sh/build.sh
utf8_names
find_jdk "$target" || { no_jdk; exit 7; }
need_maven || exit 7
work=$target/watches
mkdir -p "$work/classes"
maven -q -Dquick compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$work/runtime"
maven -q -f bench/read-speed/pom.xml org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile="$work/classpath"
jmh=$(cat "$work/classpath"):$(cat "$work/runtime")
"$JDK/bin/javac" -nowarn -cp "$target/classes:$jmh" -processorpath "$jmh" -d "$work/classes" bench/watches/*.java
"$JDK/bin/java" -cp "$work/classes:$target/classes:$jmh" org.openjdk.jmh.Main -f 2 -wi 3 -w 3 -i 4 -r 3 -t 1 -rf json -rff "$work/result.json" "$@"
python3 - "$work" <<'PYTHON'
import json, sys
scores = {}
for r in json.load(open(f"{sys.argv[1]}/result.json")):
    scores[r["benchmark"].split(".")[-1], int(r["params"]["watches"])] = r["primaryMetric"]["score"]
ok = True
for name in sorted({name for name, _ in scores}):
    one, many = scores.get((name, 1)), scores.get((name, 10000))
    if one and many:
        print(f"{name}: {one:.0f} mails/s with one watch, {many:.0f} with 10,000: {100 * many / one:.0f} %")
        ok &= name != "readAndMatch" or many >= 0.7 * one
sys.exit(0 if ok else 1)
PYTHON
