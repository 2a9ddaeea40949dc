# Triple-quoted, raw and concatenated f-strings.
a, b = 1, "two"
print(f"""first {a}
second {b!r}
  third {a +
         1}
{{literal}}""")
print(f'''{a}'"{b}"' ''', rf"\{a}\n", fr"{b}\t{{\}}", f"{a}\
{b}", "plain {a} " f"{a} " "{b} " rf"\d{b}", f"{a}" f"{b}" * 2, (f"{a}"
    f"-{b}"
    "-end"), Rf"\w", f"\u00e9{a}\x41\N{BULLET}", f"\\{a}\\", f"tab\t{a}", f"{a}'s", f'"{b}"', f"it's {b}", len(f"""{
    a
}"""))
def doc():
    f"not a docstring {1}"
print(doc.__doc__, f"{'nested ' f'{a} ' 'parts'}", f"{a:{'>'}{'5'}}", f"{'a,b'.split(',')}", f"{dict(x=1)['x']}", f"{(1, 2)[0]}", f"{[i for i in range(3)]}", f"{{'k': {a}}}", f"{ {'k': a} }", f"{'{}'.format(a)}", f"{'%d' % a}", f"{a if b else 0:>3}", f"{(lambda v: v * 2)(a)}", f"{a!r:^{5}}", f"{'#' * 3}", sep="|")
