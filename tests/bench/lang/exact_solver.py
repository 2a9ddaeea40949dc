"""A puzzle solver by exact cover over dicts of sets, and queens as a recursive generator."""


def solve(columns, rows, partial):
    if not columns:
        yield list(partial)
        return
    column = min(columns, key=lambda c: len(columns[c]))
    for row in list(columns[column]):
        partial.append(row)
        removed = select(columns, rows, row)
        yield from solve(columns, rows, partial)
        deselect(columns, rows, row, removed)
        partial.pop()


def select(columns, rows, row):
    removed = []
    for j in rows[row]:
        for i in columns[j]:
            for k in rows[i]:
                if k != j:
                    columns[k].remove(i)
        removed.append(columns.pop(j))
    return removed


def deselect(columns, rows, row, removed):
    for j in reversed(rows[row]):
        columns[j] = removed.pop()
        for i in columns[j]:
            for k in rows[i]:
                if k != j:
                    columns[k].add(i)


def latin(n):
    rows, columns = {}, {}
    for r in range(n):
        for c in range(n):
            for v in range(n):
                rows[r, c, v] = [("cell", r, c), ("row", r, v), ("column", c, v)]
    for name, keys in rows.items():
        for key in keys:
            columns.setdefault(key, set()).add(name)
    return columns, rows


def queens(n, row=0, columns=frozenset(), down=frozenset(), up=frozenset()):
    if row == n:
        yield ()
        return
    for c in range(n):
        if c not in columns and row - c not in down and row + c not in up:
            for rest in queens(n, row + 1, columns | {c}, down | {row - c}, up | {row + c}):
                yield (c,) + rest


print(sum(1 for _ in solve(*latin(4), [])), sum(1 for _ in queens(8)), next(queens(18)))
