# The keyword list and what soft keywords still mean.
import keyword
print(len(keyword.kwlist), keyword.kwlist)
print(keyword.softkwlist)
print(keyword.iskeyword("class"), keyword.iskeyword("match"), keyword.issoftkeyword("_"))
match = {"x": 1}
print(match["x"])
match["y"] = 2
print(match)
print(match.get("y"), len(match))
case = lambda x: x
print(case(3))
match (1, 2):
    case (a, b):
        print("matched", a, b)
match = 5
match -1:
    case -1: print("minus one")
match * 2
print(match)
match [1]:
    case [x]: print("list", x)
for kw in keyword.kwlist:
    try:
        compile(f"{kw} = 1", "<k>", "exec")
    except SyntaxError as e:
        pass
    else:
        print("assignable", kw)
