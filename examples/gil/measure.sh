#!/bin/sh
# Prints how long the same work takes in one thread, in four threads of one worker, and in two workers; then how long a collection lets
# a thread of its own worker wait, and how long another worker:  measure.sh ATOLL
set -eu
atoll=${1:-build/bin/atoll}
folder=$(dirname "$0")
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Runs the command and prints its wall time behind a title; what it printed goes to fd 3.
timed() {
    title=$1
    shift
    start=$(date +%s%N)
    "$@" >&3
    printf '%-26s %5d ms\n' "$title" $((($(date +%s%N) - start) / 1000000))
}

timed "one thread" "$atoll" run "$folder/work.py" 3>"$results/one"
timed "four threads, one worker" "$atoll" run "$folder/work.py" threads 3>"$results/threads"
printf '0\n1\n2\n3\n' >"$results/in"
timed "two workers" "$atoll" map -w 2 --in "$results/in" "$folder/work.py:piece" 3>"$results/workers"
cmp "$results/one" "$results/threads"
cmp "$results/one" "$results/workers"

"$atoll" run "$folder/pause.py" >"$results/pause"
read -r took pause <"$results/pause"
echo "a collection of $took ms: a thread of the same worker waits $pause ms"
printf '"beat"\n"collect"\n' | "$atoll" map -w 2 "$folder/pause.py:role" >"$results/apart"
{ read -r pause; read -r took; } <"$results/apart"
echo "a collection of $took ms: another worker waits $pause ms"
