#!/bin/sh
# Builds Atoll and runs every test; then builds it with ASan, UBSan and LeakSanitizer and runs the unit tests, a third of the language's
# scripts and the system tests again; then with ThreadSanitizer, for a few seconds of threads under stress.
#
#     sh tests/run.sh              all of it, in less than 20 minutes on two cores
#     sh tests/run.sh --quick      not under the sanitizers
#     sh tests/run.sh --sanitize   only under ASan and UBSan, and there every test
#     sh tests/run.sh --tsan [N]   only under ThreadSanitizer: 200 threads for N seconds (60), then jobs that leave threads running, as long;
#                                  then the language's scripts about threads
#     sh tests/run.sh --hostile    what takes hours instead: scripts with a collection at every allocation, with refused allocations,
#                                  20,000 random programs, ten minutes of each fuzz target, and two storms of 20,000 jobs
#
# Each stage closes with "N passed, N failed"; so does the whole, and the exit status is 0 when nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 1
python=/usr/bin/python3.11
hostile=
case ${1:-} in
    '') plain=1 sanitized=sample stressed=5 ;;
    --quick) plain=1 sanitized= stressed= ;;
    --sanitize) plain= sanitized=all stressed= ;;
    --tsan) plain= sanitized= stressed=${2:-60} ;;
    --hostile) plain= sanitized= stressed= hostile=1 ;;
    *) echo "usage: sh tests/run.sh [--quick | --sanitize | --tsan [SECONDS] | --hostile]"; exit 2 ;;
esac
logs=build/test-logs
passed=0 failed=0

# Runs a stage, shows its output, and adds the counts of its last line to the totals.
stage() {
    name=$1
    shift
    echo "== $name"
    "$@" >"$logs/$name.log" 2>&1
    status=$?
    counts=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name.log" | tail -n 1)
    if [ -z "$counts" ]; then
        tail -n 40 "$logs/$name.log"
        echo "$name ended with status $status and without a count"
        failed=$((failed + 1))
        return
    fi
    p=${counts%% *}
    f=${counts##*, }
    f=${f%% *}
    [ "$f" = 0 ] || cat "$logs/$name.log"
    [ "$f" != 0 ] || echo "$counts"
    passed=$((passed + p))
    failed=$((failed + f))
    if [ "$f" = 0 ] && [ "$status" != 0 ]; then
        tail -n 40 "$logs/$name.log"
        echo "$name ended with status $status"
        failed=$((failed + 1))
    fi
}

# The unit tests of one build tree, counted.
unit_tests() {
    ctest --test-dir "$1" --output-on-failure --timeout 900 -j "$(nproc)" >"$logs/ctest.log" 2>&1
    status=$?
    cat "$logs/ctest.log"
    $python - "$logs/ctest.log" <<'END'
import re, sys
found = re.search(r"(\d+) tests failed out of (\d+)", open(sys.argv[1]).read())
bad, all_ = (int(found[1]), int(found[2])) if found else (1, 1)
print(f"{all_ - bad} passed, {bad} failed")
END
    return $status
}

# build TREE [OFF: without the tests]
build() {
    cmake --preset "$1" -DATOLL_TESTS="${2:-ON}" >"$logs/build-$1.log" 2>&1 && cmake --build --preset "$1" >>"$logs/build-$1.log" 2>&1 && return
    tail -n 60 "$logs/build-$1.log"
    echo "the $1 build failed"
    exit 1
}

sh tests/harness/packages.sh test || exit 1
mkdir -p "$logs"
if [ "$plain" ]; then
    echo "== build"
    build release
    stage unit unit_tests build
    stage layering $python tests/system/layering.py
    stage globals $python tests/system/no_globals.py
    stage lang $python tests/harness/lang.py
    stage programs $python tests/harness/programs.py
    stage system $python tests/harness/system.py --jobs "$(nproc)"
fi
if [ "$sanitized" ]; then
    echo "== sanitizer build"
    build asan
    stage unit-asan unit_tests build-asan
    if [ "$sanitized" = all ]; then
        stage lang-asan $python tests/harness/lang.py --build build-asan --slow 20
        stage programs-asan $python tests/harness/programs.py --build build-asan --slow 20
    else
        stage lang-asan $python tests/harness/lang.py --build build-asan --slow 20 --sample 280
    fi
    stage system-asan $python tests/harness/system.py --build build-asan --slow 20 --jobs "$(nproc)"
fi
if [ "$stressed" ]; then
    echo "== ThreadSanitizer build"
    build tsan OFF
    stage stress-tsan $python tests/harness/stress.py --seconds "$stressed"
    [ "$plain" ] || stage lang-tsan $python tests/harness/lang.py --build build-tsan --slow 20 threads
fi
if [ "$hostile" ]; then
    echo "== build"
    build release
    stage collect $python tests/harness/lang.py --collect --slow 30
    stage faults $python tests/harness/lang.py --fail-sweep --slow 3 --sample 120
    stage random $python tests/fuzz/programs.py --count 20000
    stage fuzz $python tests/fuzz/run.py
    stage storm $python tests/system/storm
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
