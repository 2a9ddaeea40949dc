# Identifiers beyond ASCII, and their normalization.
café = 1
π = 3.14159
naïve_Δ = café + π
print(café, π, naïve_Δ)
ﬁ = "ligature"
print(fi, "fi" in globals(), "ﬁ" in globals())
class Ünïcode:
    größe = 5
    def méthode(self): return self.größe
print(Ünïcode().méthode(), Ünïcode.__name__)
𝐱 = 10
print(x)
变量 = [1, 2]
print(变量)
def функция(аргумент): return аргумент * 2
print(функция(аргумент=21))
_ = 1; __ = 2; ___x___ = 3
print(_, __, ___x___)
for name in ("a1", "1a", "_", "é", "变", "a-b", "", "ª", "x\u0301", "class", "·", "℘", "²"):
    print(ascii(name), name.isidentifier())
match = 1; case = 2; type = 3; _ = 4
print(match, case, type, _)
print(match == 1, [match][0], (case), type + 1)
