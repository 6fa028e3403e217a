#!/bin/sh
# The job of quickstart: its first line is the time at which it runs, then what it was given.
date "+running at %s.%N"
for file in "$@"; do
    echo "$file: $(wc -l <"$file") lines, $(wc -c <"$file") bytes"
done
