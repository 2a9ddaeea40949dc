"""The example programs made longer: (name, arguments, standard input)."""
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parents[3] / "examples" / "programs"
LICENCE = Path("/usr/share/common-licenses/GPL-3").read_text()


def bank_script():
    lines = ["open a 1000000", "open b 1000000 overdraft=500", "open c 5"]
    for i in range(9000):
        lines += [f"transfer a b {i % 90 + 1}", f"withdraw c {i}", f"deposit c {i % 7 + 0.25}",
                  f"batch transfer b a {i % 50 + 1}; transfer a c 1; withdraw c {i * 1000 + 1}"]
    return "\n".join(lines)


def json_text():
    rows = [f'{{"id": {i}, "name": "row \\u00e9 {i}", "values": [{i / 7}, -{i}e-3, true, null, [], {{}}]}}' for i in range(11000)]
    return "[" + ",\n".join(rows) + "]"


def spreadsheet_text():
    lines = [f"A{r} = {r}" for r in range(1, 800)]
    for column, before in zip("BCDEFGH", "ABCDEFG"):
        lines += [f"{column}{r} = ={before}{r} * 2 + sum({before}{max(1, r - 8)}:{before}{r}) % 1000" for r in range(1, 800)]
    return "\n".join(lines)


LISP = """(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(define (range a b) (if (>= a b) '() (cons a (range (+ a 1) b))))
(define (fold f acc xs) (if (null? xs) acc (fold f (f acc (car xs)) (cdr xs))))
(fib 19) (loop 60000 0) (fold + 0 (range 0 180))"""

STACK = """i = 2 count = 0
while count < 1800 { d = 2 prime = 1
  while d * d <= i { if i % d == 0 { prime = 0 d = i } d = d + 1 }
  if prime { count = count + 1 } i = i + 1 }
print i"""

ADVENTURE = "look\ntake lamp\nnorth\ntake sword\nlight lamp\nnorth\nfight troll\nhigh\nlow\ntake key\nnorth\nopen chest\n" + \
    "south\nlook\nsouth\ndance\nnorth\nnorth\ntake nothing\ninventory\n" * 28000

RUNS = [
    ("bank", ["-"], bank_script()),
    ("big_numbers", ["4200"], ""),
    ("binary_trees", ["13"], ""),
    ("dijkstra", ["150", "110", "5"], ""),
    ("event_simulation", ["60000", "3", "7"], ""),
    ("expression_evaluator", ["x = 3", "y = (x + 4) * 2 - 7 // 2"] + ["sqrt(x * x + y * y) / (1 + max(x, y, 3) % 5) ^ 2 - -x"] * 14000, ""),
    ("game_of_life", ["gosper gun", "900"], ""),
    ("huffman", ["-"], LICENCE * 12),
    ("json_pretty", ["-"], json_text()),
    ("lisp", ["-"], LISP),
    ("lru_cache", ["64", "250000"], ""),
    ("mandelbrot", ["520", "200", "160"], ""),
    ("matrix_multiplication", ["150"], ""),
    ("n_body", ["120000"], ""),
    ("n_queens", ["9"], ""),
    ("pi_digits", ["3600"], ""),
    ("regex_matcher", ["(a|b|ab)*(abb|ba+)c?", "ab" * 25000, "abb" * 20000 + "c", "b" * 25000], ""),
    ("spreadsheet", ["-"], spreadsheet_text()),
    ("stack_machine", ["-"], STACK),
    ("sudoku", ["4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......",
                "85...24..72......9..4.........1.7..23.5...9...4...........8..7..17..........36.4."] * 14, ""),
    ("text_adventure", ["-"], ADVENTURE),
    ("word_frequencies", ["40"], LICENCE * 130),
]
