#!/bin/sh
# Prints how long the same work takes in one thread, in four threads of one worker, and in two workers:  measure.sh ATOLL
set -eu
atoll=${1:-build/bin/atoll}
work=$(dirname "$0")/work.py

# Runs the command and prints its wall time behind a title; what it printed goes to fd 3.
timed() {
    title=$1
    shift
    start=$(date +%s%N)
    "$@" >&3
    printf '%-26s %5d ms\n' "$title" $((($(date +%s%N) - start) / 1000000))
}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
timed "one thread" "$atoll" run "$work" 3>"$results/one"
timed "four threads, one worker" "$atoll" run "$work" threads 3>"$results/threads"
printf '0\n1\n2\n3\n' >"$results/in"
timed "two workers" "$atoll" map -w 2 --in "$results/in" "$work:piece" 3>"$results/workers"
cmp "$results/one" "$results/threads"
cmp "$results/one" "$results/workers"
