"""Storms of jobs, whole: 20,000 jobs of 8 clients while workers die by every cause; then the same under a journal while the
server is killed 20 times.

    tests/system/storm [--jobs N] [--clients N] [--workers N] [--kills N] [--seed N] [--only workers|server]
"""
import argparse
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
from storm import Storm  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Storms of jobs.")
    parser.add_argument("--jobs", type=int, default=20000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=20, help="of the server, in the second storm")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["workers", "server"])
    options = parser.parse_args()
    failed = 0
    storms = {"workers": 0, "server": options.kills}
    for name, kills in storms.items():
        if options.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)  # workers are nobody
            complaints, numbers = Storm(options.jobs, options.clients, options.workers, kills, options.seed, folder).run()
        print("\n".join([*numbers, *complaints[:50]]), flush=True)
        failed += bool(complaints)
    ran = 2 if options.only is None else 1
    print(f"{ran - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
