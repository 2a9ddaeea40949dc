# A tiny interpreter for an esoteric language.
def run(src, inp=""):
    jump, st = {}, []
    for i, c in enumerate(src):
        if c == "[": st.append(i)
        elif c == "]": j = st.pop(); jump[i], jump[j] = j, i
    tape, p, pc, out, it = [0] * 300, 0, 0, [], iter(inp)
    while pc < len(src):
        match src[pc]:
            case ">": p += 1
            case "<": p -= 1
            case "+": tape[p] = (tape[p] + 1) % 256
            case "-": tape[p] = (tape[p] - 1) % 256
            case ".": out.append(chr(tape[p]))
            case ",": tape[p] = ord(next(it, "\0"))
            case "[" if not tape[p]: pc = jump[pc]
            case "]" if tape[p]: pc = jump[pc]
        pc += 1
    return "".join(out)
print(run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+."), run(",[.,]", "echo"), run("+++[>+++++[>++++<-]<-]>>+++++.+.+."))
def forth(src):
    st, words, out = [], {}, []
    def ex(toks):
        it = iter(toks)
        for t in it:
            if t == ":":
                name = next(it); body = []
                for u in it:
                    if u == ";": break
                    body.append(u)
                words[name] = body
            elif t in words: ex(words[t])
            elif t == "dup": st.append(st[-1])
            elif t == "drop": st.pop()
            elif t == "swap": st[-1], st[-2] = st[-2], st[-1]
            elif t == "over": st.append(st[-2])
            elif t == ".": out.append(str(st.pop()))
            elif t in "+-*/": b, a = st.pop(), st.pop(); st.append({"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else 0}[t])
            else: st.append(int(t))
    try: ex(src.split())
    except IndexError: out.append("stack underflow")
    except ValueError as e: out.append(str(e))
    return " ".join(out), st
for p in ("1 2 + .", ": sq dup * ; 7 sq .", ": sq dup * ; : quad sq sq ; 3 quad . 1 2", "1 +", "foo", "1 2 swap . .", "5 0 / ."): print(p, forth(p))
def lam(s):
    return eval(s.replace("λ", "lambda "))
zero, succ = lam("λf:λx:x"), lam("λn:λf:λx:f(n(f)(x))"); add = lam("λm:λn:λf:λx:m(f)(n(f)(x))"); mult = lam("λm:λn:λf:m(n(f))"); two = succ(succ(zero)); three = succ(two); to_int = lambda n: n(lambda x: x + 1)(0)
print(to_int(add(two)(three)), to_int(mult(two)(three)), to_int(three(two)), (lambda f: (lambda x: x(x))(lambda x: f(lambda y: x(x)(y))))(lambda fac: lambda n: 1 if n == 0 else n * fac(n - 1))(6))
