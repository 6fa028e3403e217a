#!/bin/sh
# Takes the saved attachments of an order as arguments and writes one line about each into out/.
set -eu
mkdir -p out
for file in "$@"; do
    printf '%s %s\n' "$(wc -c < "$file" | tr -d ' ')" "$file" >> out/loaded.txt
done
