# Every form of subscript.
class S:
    def __getitem__(self, k): return k
s = S()
print(s[0], s[0,], s[0, 1], s[:], s[1:], s[:1], s[::], s[::1], s[1::2], s[:1:2], s[1:2:3], s[:, :], s[1:2, 3], s[..., 0], s[...], s[()], s[(1, 2)], s[[1]], s[{"a": 1}], s["a"], s[None], s[-1], s[~0], s[1 + 1], s[lambda: 0].__name__, s[s[1]], s[1 if 1 else 2], s[not 1], s[x := 5], x, s[*[1, 2]], s[1:2, *[3], ::4], s[f"{x}"], s[b"x"], s[1j], sep="\n")
l = list(range(10)); print(l[2:8:3], l[-3:], l[:-3], l[::-1][:3], l[1:-1:2], l[5:2:-1], l[100:], l[:100][-1], l[3:3], [l[i:i + 3] for i in range(0, 10, 3)])
l[2:4] = []; l[:0] = [-1]; l[len(l):] = ["end"]; l[1:3] = "ab"; del l[::4]; print(l); m = [[1, 2, 3], [4, 5, 6]]; print(m[1][1:], [r[::-1] for r in m], m[::-1][0][0])
