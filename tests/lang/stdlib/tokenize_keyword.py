# tokenize and token over small sources.
import tokenize, io, token
src = "def f(x):\n    # comment\n    return x + 1.5e3  # end\n\nif True:\n  s = 'a' f'{b}' \\\n    + r'c'\n"
for t in tokenize.generate_tokens(io.StringIO(src).readline):
    if t.type not in (token.FSTRING_START if hasattr(token, "FSTRING_START") else -1,): print(token.tok_name[t.type], repr(t.string), t.start, t.end)
for bad in ("(1", "'abc", "  x\n y\n", "x = '''abc"):
    try: list(tokenize.generate_tokens(io.StringIO(bad).readline)); print(repr(bad), "ok")
    except (tokenize.TokenError, IndentationError) as e: print(repr(bad), "->", type(e).__name__, e.args[0])
print(tokenize.detect_encoding(io.BytesIO(b"# coding: latin-1\nx").readline)[0], tokenize.untokenize([(1, "x"), (54, "="), (2, "1")]) if 0 else "", tokenize.detect_encoding(io.BytesIO(b"\xef\xbb\xbfx").readline)[0])
