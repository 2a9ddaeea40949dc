# argparse: parsing, defaults, errors.
import argparse, io, contextlib
p = argparse.ArgumentParser(prog="tool", description="A tool.", exit_on_error=False)
p.add_argument("file"); p.add_argument("rest", nargs="*"); p.add_argument("-n", "--num", type=int, default=5, help="a number"); p.add_argument("-v", "--verbose", action="count", default=0); p.add_argument("--flag", action="store_true"); p.add_argument("--mode", choices=["a", "b"]); p.add_argument("--list", action="append")
print(p.parse_args(["f"])); print(p.parse_args(["f", "x", "y", "-n", "3", "-vv", "--flag", "--mode=b", "--list", "1", "--list", "2"])); print(p.parse_known_args(["f", "--unknown"]))
print(p.format_usage(), p.format_help())
for args in (["f", "-n", "x"], ["f", "--mode", "c"]):
    try: p.parse_args(args)
    except argparse.ArgumentError as e: print(e)
err = io.StringIO()
with contextlib.redirect_stderr(err):
    try: p.parse_args([])
    except SystemExit as e: print(e.code)
print(err.getvalue().splitlines()[-1]); q = argparse.ArgumentParser(prog="q"); sub = q.add_subparsers(dest="cmd"); a = sub.add_parser("add"); a.add_argument("x", type=int); r = sub.add_parser("rm"); r.add_argument("--all", action="store_true"); print(q.parse_args(["add", "5"]), q.parse_args(["rm", "--all"])); g = argparse.ArgumentParser(); m = g.add_mutually_exclusive_group(); m.add_argument("-a", action="store_const", const=1); m.add_argument("-b", action="store_const", const=2); print(g.parse_args(["-b"]), argparse.Namespace(x=1) == argparse.Namespace(x=1))
