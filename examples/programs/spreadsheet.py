"""A spreadsheet: cells with formulas, dependency order, cycles and errors.

    spreadsheet.py [-]      reads "CELL = FORMULA" lines from standard input, the built-in sheet without -
"""
import sys
from collections import deque

SHEET = """\
A1 = 12
A2 = 30
A3 = =A1 + A2 * 2
B1 = =sum(A1:A3)
B2 = =avg(A1:A3) + max(A1:A2)
B3 = =B1 / (A1 - 12)
C1 = =B3 + 1
C2 = =C3 + 1
C3 = =C2 * 2
D1 = text
D2 = =D1
D3 = =D1 + 1
A4 = =if(A1 > 10, B1, C2)
B4 = =count(A1:D3)
C4 = =min(A1:B2) ** 2 % 7
D4 = =Z9 +
"""


class CellError(Exception):
    pass


def split_name(name):
    """('B', 12) of B12."""
    column = name.rstrip("0123456789")
    return column, int(name[len(column):])


def cells_between(first, last):
    (c1, r1), (c2, r2) = split_name(first), split_name(last)
    return [chr(c) + str(r) for r in range(r1, r2 + 1) for c in range(ord(c1), ord(c2) + 1)]


def is_cell_name(word):
    return len(word) > 1 and word[0].isupper() and word[1:].isdigit()


def translate(formula):
    """(Python source, names of the cells used)."""
    out, used, i = [], [], 0
    while i < len(formula):
        start = i
        if formula[i].isalpha():
            while i < len(formula) and (formula[i].isalnum() or formula[i] == ":"):
                i += 1
            word = formula[start:i]
            if ":" in word:
                names = cells_between(*word.split(":"))
                used += names
                out.append("[" + ", ".join(f"cell({name!r})" for name in names) + "]")
            elif is_cell_name(word):
                used.append(word)
                out.append(f"cell({word!r})")
            else:
                out.append(word + "_" if word == "if" else word)
        else:
            out.append(formula[i])
            i += 1
    return "".join(out), used


def numbers(values):
    return [v for v in values if isinstance(v, (int, float))]


class Sheet:
    FUNCTIONS = {"sum": lambda vs: sum(numbers(vs)), "avg": lambda vs: sum(numbers(vs)) / len(numbers(vs)),
                 "max": lambda vs: max(numbers(vs)), "min": lambda vs: min(numbers(vs)),
                 "count": lambda vs: len(numbers(vs)), "if_": lambda test, yes, no: yes if test else no}

    def __init__(self):
        self.formulas, self.uses, self.values, self.errors = {}, {}, {}, {}

    def __setitem__(self, name, text):
        if text.startswith("="):
            source, self.uses[name] = translate(text[1:].strip())
            self.formulas[name] = source
        else:
            self.uses[name] = []
            self.formulas[name] = repr(float(text) if "." in text else int(text)) if text.lstrip("-").replace(".", "").isdigit() else repr(text)

    def cell(self, name):
        if name in self.errors:
            raise CellError(f"{name} failed")
        return self.values.get(name, 0)

    def order(self):
        """Cells after those they use; the rest stand on cycles or behind them."""
        waiting = {name: len({u for u in used if u in self.formulas}) for name, used in self.uses.items()}
        users = {}
        for name, used in self.uses.items():
            for u in set(used):
                users.setdefault(u, []).append(name)
        ready, done = deque(sorted(n for n, k in waiting.items() if k == 0)), []
        while ready:
            name = ready.popleft()
            done.append(name)
            for user in sorted(users.get(name, [])):
                waiting[user] -= 1
                if waiting[user] == 0:
                    ready.append(user)
        return done, sorted(set(self.formulas) - set(done))

    def calculate(self):
        done, cyclic = self.order()
        for name in cyclic:
            self.errors[name] = "cycle"
        for name in done:
            scope = {**self.FUNCTIONS, "cell": self.cell, "__builtins__": {}}
            try:
                self.values[name] = eval(self.formulas[name], scope)
            except SyntaxError:
                self.errors[name] = "bad formula"
            except (CellError, ArithmeticError, TypeError, NameError) as error:
                self.errors[name] = f"{type(error).__name__}: {error}"
        return done

    def shown(self, name):
        if name in self.errors:
            return "#" + self.errors[name].split(":")[0]
        value = self.values.get(name, "")
        return f"{value:.2f}" if isinstance(value, float) else str(value)

    def __str__(self):
        columns = sorted({split_name(n)[0] for n in self.formulas})
        rows = sorted({split_name(n)[1] for n in self.formulas})
        table = [[""] + columns] + [[str(r)] + [self.shown(c + str(r)) for c in columns] for r in rows]
        widths = [max(map(len, column)) for column in zip(*table)]
        return "\n".join(" | ".join(cell.rjust(w) for cell, w in zip(row, widths)) for row in table)


def main(argv):
    sheet = Sheet()
    for line in (sys.stdin if argv[1:2] == ["-"] else SHEET.splitlines()):
        name, _, text = line.partition("=")
        if name.strip():
            sheet[name.strip()] = text.strip()
    print("calculated:", " ".join(sheet.calculate()))
    print(sheet)
    for name, error in sorted(sheet.errors.items()):
        print(f"{name}: {error}")


if __name__ == "__main__":
    main(sys.argv)
