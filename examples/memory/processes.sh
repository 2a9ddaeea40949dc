#!/bin/sh
# Two workers, two sessions: each has its own objects, counts and collector, and what goes from one to the other is a copy.
#
#     sh examples/memory/processes.sh [ATOLL]
set -eu
atoll=${1:-build/bin/atoll}
folder=$(mktemp -d)
export ATOLL_SOCKET="$folder/atoll.sock"
"$atoll" serve -w 2 >"$folder/log" 2>&1 &
server=$!
trap 'kill $server; wait $server || true; rm -rf "$folder"' EXIT
until "$atoll" status >/dev/null 2>&1; do sleep 0.05; done

left() { "$atoll" submit --session left "$@"; }
right() { "$atoll" submit --session right "$@"; }

# While both are busy, each session gets a worker of its own, and keeps it.
left -c 'import time; time.sleep(0.3)' &
right -c 'import time; time.sleep(0.3)'
wait $!

echo "Equal values, two owners:"
program='import os
value = [[1, 2], [1, 2]]
value.append(value[0])
print("   process", os.getpid(), "holds", value)'
left -c "$program"
right -c "$program"

echo "One is changed, and the other does not know:"
left -c 'value[0].append(3); print("   left: ", value)'
right -c 'print("   right:", value)'

echo "What is sent is a copy, with an identity and a count of its own:"
left -c 'import sys
more = [value] * 5
print("   left:  count", sys.getrefcount(value) - 1)'
printf 'def take(copy):\n    copy.append("changed")\n    return copy\n' >"$folder/take.py"
sent=$(left -c 'import json; print(json.dumps([value]))')
echo "   sent:  $sent"
printf '   right: '
right --call "$folder/take.py:take" --args "$sent"
left -c 'print("   left:  still", value)'

echo "A collection in one, and the collections of both since they began:"
told='import gc
print("  ", [generation["collections"] for generation in gc.get_stats()])'
right -c "$told"
left -c 'import gc; [gc.collect() for _ in range(10)]; print("   ten times in the left one")'
left -c "$told"
right -c "$told"
