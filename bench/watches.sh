#!/usr/bin/env bash
# [ROUNDS=5] watches.sh [JMH ARGUMENTS]: how many mails a second one core reads and matches (JMH, one thread) with one watch and with 10,000 (60 % sender, 30 % subject,
# 9 % text, 1 % regular expression). Promised: at least
# 70 % of the rate, in the middle of the rounds. Exit code 1 when it is less.
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
# speeds of a machine drift by more than what is asked for: both rates are taken in turn, and each pair of neighbours gives one ratio
rounds=${ROUNDS:-5}
for ((round = 1; round <= rounds; round++)); do
    "$JDK/bin/java" -cp "$work/classes:$target/classes:$jmh" org.openjdk.jmh.Main -f 1 -wi 3 -w 2 -i 4 -r 2 -t 1 -rf json -rff "$work/result.$round.json" "$@"
done
python3 - "$work" "$rounds" <<'PYTHON'
import json, statistics, sys
rounds = {}
for n in range(1, int(sys.argv[2]) + 1):
    for r in json.load(open(f"{sys.argv[1]}/result.{n}.json")):
        rounds.setdefault(r["benchmark"].split(".")[-1], {}).setdefault(n, {})[int(r["params"]["watches"])] = r["primaryMetric"]["score"]
ok = True
for name, pairs in sorted(rounds.items()):
    both = [(p[1], p[10000]) for p in pairs.values() if 1 in p and 10000 in p]
    if both:
        ratios = sorted(100 * many / one for one, many in both)
        middle = statistics.median(ratios)
        one, many = (statistics.median(side) for side in zip(*both))
        print(f"{name}: {one:.0f} mails/s with one watch, {many:.0f} with 10,000: {middle:.0f} % ({len(both)} rounds, {ratios[0]:.0f} to {ratios[-1]:.0f})")
        ok &= name != "readAndMatch" or middle >= 70
sys.exit(0 if ok else 1)
PYTHON
