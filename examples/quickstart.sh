#!/bin/sh
# Installs what is missing, builds Atoll, starts a pool of two workers, counts the words of a real text in it, maps a function over
# many lines, shows the pool's status and stops it.
set -eu
cd "$(dirname "$0")/.."
atoll=build/bin/atoll
text=/usr/share/common-licenses/GPL-3
dir=$(mktemp -d)
socket=$dir/atoll.sock

sh tests/harness/packages.sh
cmake --preset release -DATOLL_TESTS=OFF >"$dir/build.log" 2>&1 && cmake --build --preset release >>"$dir/build.log" 2>&1 || {
    tail -n 40 "$dir/build.log"
    exit 1
}

echo "\$ atoll serve -w 2 -s $socket &"
$atoll serve -w 2 -s "$socket" >"$dir/serve.log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$dir"' EXIT
tries=0
until [ -S "$socket" ] && $atoll status -s "$socket" >/dev/null 2>&1; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 $server 2>/dev/null; then
        cat "$dir/serve.log"
        echo "the pool did not start"
        exit 1
    fi
    sleep 0.1
done

echo "\$ atoll submit -s $socket examples/programs/word_frequencies.py <$text"
$atoll submit -s "$socket" examples/programs/word_frequencies.py <"$text"

echo
echo "\$ atoll map -s $socket examples/quickstart/words.py:longest   (one job per line of the text, results in order; the last five)"
awk 'NF {gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, " "); print "\"" $0 "\""}' "$text" >"$dir/lines.jsonl"
$atoll map -s "$socket" examples/quickstart/words.py:longest --in "$dir/lines.jsonl" >"$dir/results.jsonl"
tail -n 5 "$dir/results.jsonl"
echo "$(wc -l <"$dir/results.jsonl") results for $(wc -l <"$dir/lines.jsonl") lines"

echo
echo "\$ atoll status -s $socket"
$atoll status -s "$socket"

echo
echo "\$ atoll stop -s $socket"
$atoll stop -s "$socket"
wait $server
trap 'rm -rf "$dir"' EXIT
echo "The pool has stopped."
