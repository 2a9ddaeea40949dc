"""A CLI with subcommands, csv/json/ini in memory, reports and unittest run at the end."""
import argparse
import configparser
import csv
import io
import json
import logging
import operator
import statistics
import sys
import unittest
from itertools import groupby
from unittest import mock

DATA = """region,product,units,price
north,apple,10,1.50
south,apple,7,1.75
north,"pear, green",3,2.25
south,banana,20,0.5
"""


def load(stream):
    for row in csv.DictReader(stream):
        row["units"], row["price"] = int(row["units"]), float(row["price"])
        yield row


def report(rows, key, out=sys.stdout):
    rows = sorted(rows, key=operator.itemgetter(key))
    for name, group in groupby(rows, operator.itemgetter(key)):
        group = list(group)
        total = sum(r["units"] * r["price"] for r in group)
        print(f"{name:<12}|{len(group):>3}|{total:>10,.2f}", file=out)


def build():
    parser = argparse.ArgumentParser(prog="sales", description="Sales figures.", epilog="Bye.")
    parser.add_argument("-v", "--verbose", action="count", default=0, help="more output")
    parser.add_argument("--version", action="version", version="%(prog)s 1.0")
    sub = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    r = sub.add_parser("report", help="a report", aliases=["r"])
    r.add_argument("key", choices=["region", "product"])
    r.add_argument("--min", type=float, default=0.0, metavar="N", help="least price (default: %(default)s)")
    s = sub.add_parser("stats", help="statistics")
    s.add_argument("fields", nargs="+")
    group = s.add_mutually_exclusive_group()
    group.add_argument("--json", action="store_true")
    group.add_argument("--csv", dest="as_csv", action="store_const", const=";")
    return parser


def run(argv):
    options = build().parse_args(argv)
    logging.getLogger("sales").setLevel([logging.WARNING, logging.INFO, logging.DEBUG][min(options.verbose,
        2)])
    rows = list(load(io.StringIO(DATA)))
    logging.getLogger("sales").info("%d rows, %r", len(rows), vars(options))
    match options:
        case argparse.Namespace(command="report" | "r", key=key, min=least):
            report([r for r in rows if r["price"] >= least], key)
        case argparse.Namespace(command="stats", fields=fields, json=as_json):
            figures = {f: {"mean": statistics.fmean(r[f] for r in rows),
                "sd": round(statistics.stdev(r[f] for r in rows), 4),
                           "median": statistics.median(r[f] for r in rows)} for f in fields}
            if as_json:
                json.dump(figures, sys.stdout, indent=2)
                print()
            else:
                w = csv.writer(sys.stdout, delimiter=options.as_csv or ",", lineterminator="\n",
                    quoting=csv.QUOTE_NONNUMERIC)
                w.writerow(["field", *next(iter(figures.values()))])
                w.writerows([f, *v.values()] for f, v in figures.items())


handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("{levelname:8}{name}: {message}", style="{"))
logging.getLogger().addHandler(handler)
for line in ("report region", "r product --min 1", "-vv stats units price --json", "stats units --csv",
    "stats units --json --csv",
             "report", "report planet", "--version", "-h", "stats -h", "bogus", ""):
    sys.stderr, saved = sys.stdout, sys.stderr
    try:
        run(line.split())
    except SystemExit as e:
        print("exit", e.code)
    except KeyError as e:
        print("key", e)
    finally:
        sys.stderr = saved
config = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
config.read_string(
    "[DEFAULT]\nroot = /srv\n[web]\nport: 80\nurl = http://h:${port}${root}\ndebug = off\n[db]\nlist =\n  a\n  b\n")
print({s: dict(config[s]) for s in config.sections()}, config.getboolean("web", "debug"),
    config["db"]["list"].split())
try:
    config.get("web", "nothing")
except configparser.Error as e:
    print(type(e).__name__, e)


class Tests(unittest.TestCase):
    def setUp(self):
        self.rows = list(load(io.StringIO(DATA)))
        self.addCleanup(self.rows.clear)

    def test_load(self):
        self.assertEqual(len(self.rows), 4)
        self.assertAlmostEqual(self.rows[0]["price"], 1.5)
        with self.assertRaisesRegex(ValueError, "invalid literal"):
            list(load(io.StringIO("region,product,units,price\na,b,c,d")))

    def test_report(self):
        out = io.StringIO()
        report(self.rows, "region", out)
        self.assertEqual(out.getvalue().splitlines()[0], "north       |  2|     21.75")

    def test_sub(self):
        for i in range(3):
            with self.subTest(i=i):
                self.assertLess(i, 3)

    @mock.patch(f"{__name__}.report")
    def test_mock(self, fake):
        run(["report", "region"])
        fake.assert_called_once()
        self.assertEqual(fake.call_args.args[1], "region")
        fake.side_effect = [1, ValueError("two")]
        self.assertEqual(fake(), 1)
        self.assertRaises(ValueError, fake)

    @unittest.skip("later")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_expected(self):
        self.assertIn("x", "abc")


stream = io.StringIO()
result = unittest.TextTestRunner(stream,
    verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
print(result)
print("\n".join(line for line in stream.getvalue().splitlines() if not line.startswith("Ran")))
