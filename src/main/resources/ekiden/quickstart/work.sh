#!/bin/sh
# Prints the time at which it runs (nanoseconds since 1970), then each file it was given, with its size in bytes.
date +%s%N
for file in "$@"; do
    printf '%s %s\n' "$(wc -c < "$file" | tr -d ' ')" "$file"
done
