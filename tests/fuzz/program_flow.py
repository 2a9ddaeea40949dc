"""Parts of random programs: control flow, order of evaluation, and scopes.

A function gets a plan, a source of choices that the caller seeds, and a log of what it did; it is run with several plans, so
that the same code goes many ways. What it did, how it ended and the lines of its traceback are shown.
"""

PRELUDE = '''\
class Plan:
    def __init__(self, seed): self.state, self.steps = seed * 7919 + 17, 0
    def __call__(self, n=2):
        self.steps += 1
        if self.steps > 80: raise RecursionError("plan is at its end")
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 16) % n
class Manager:
    def __init__(self, c, log, n): self.c, self.log, self.n = c, log, n
    def __enter__(self):
        self.log(f"enter{self.n}")
        if not self.c(9): raise LookupError(self.n)
        return self.n
    def __exit__(self, t, v, tb):
        self.log(f"exit{self.n}{t and t.__name__}")
        if not self.c(7): raise OSError(self.n)
        return not self.c(3)
    async def __aenter__(self):
        await Pause(self.n)
        return self.__enter__()
    async def __aexit__(self, *a):
        await Pause(self.n)
        return self.__exit__(*a)
class Pause:
    def __init__(self, v): self.v = v
    def __await__(self): return (yield self.v)
async def acount(c, log, n):
    try:
        for i in range(n):
            if not c(5): await Pause(i)
            log(f"a{i}")
            yield i
    finally:
        log("aend")
def lines_of(e, first):  # not of what was thrown into a generator: CPython forgets some of those
    lines, tb = [], e.__traceback__
    while tb:
        if tb.tb_lineno >= first: lines.append(tb.tb_lineno - first)
        tb = tb.tb_next
    return lines[1:]
def follow(f, kind, plans):
    """Runs f with each plan and shows what came of it; a generator or coroutine is driven by the plan too."""
    first = f.__code__.co_firstlineno
    for plan in plans:
        done, c = [], Plan(plan)
        log = lambda x, done=done: done.append(str(x))  # what a collection ends later is none of the next plan
        try:
            made = f(c, log)
            if kind != "plain": drive(made, kind, c, log)
            else: log(f"= {canon(made)}")
        except BaseException as e:
            told = kind == "plain" and not isinstance(e, UnboundLocalError)  # in warm code CPython may name the line before
            log(f"! {failed(e)} {lines_of(e, first) if told else ''}")
        print(plan, " ".join(done))
def drive(g, kind, c, log):
    for i in range(12):
        action = c(8) if i else 2 + c(8) % 3 if c(6) else 0
        try:
            if kind == "agen":
                step = g.athrow(KeyError("in")) if action == 0 else g.aclose() if action == 1 else g.asend(None if action < 5 else "s")
                while True:
                    try: log("p" + canon(step.send(None)))
                    except StopIteration as e: log("y" + canon(e.value)); break
            elif action == 0: log("t" + canon(g.throw(KeyError("in"))))
            elif action == 1: log("c" + canon(g.close()))
            else: log("y" + canon(g.send(None if action < 5 else "s")))
        except (StopIteration, StopAsyncIteration) as e:
            log("end" + canon(getattr(e, "value", None)))
            return
        except (TypeError, RuntimeError) as e:
            log(failed(e))
            if "already" in str(e): return
        except KeyError as e:
            log(failed(e))
    if kind != "agen": g.close()
    else:
        try: g.aclose().send(None)
        except (StopIteration, StopAsyncIteration, RuntimeError) as e: log(failed(e))
class Trail:
    """t(n, v) notes n and gives v; the one with the fatal number raises."""
    def __init__(self, fatal): self.done, self.fatal = [], fatal
    def __call__(self, n, v=None):
        self.done.append(n)
        if n == self.fatal: raise ZeroDivisionError(n)
        return v
class Spot:
    """A place whose every use is noted."""
    def __init__(self, t, name): self.__dict__.update(t=t, name=name)
    def __getitem__(self, k): self.t.done.append(f"{self.name}[{canon(k)}]"); return 5
    def __setitem__(self, k, v): self.t.done.append(f"{self.name}[{canon(k)}]={canon(v)}")
    def __delitem__(self, k): self.t.done.append(f"del {self.name}[{canon(k)}]")
    def __getattr__(self, k): self.t.done.append(f"{self.name}.{k}"); return 6
    def __setattr__(self, k, v): self.t.done.append(f"{self.name}.{k}={canon(v)}")
    def __delattr__(self, k): self.t.done.append(f"del {self.name}.{k}")
    def __repr__(self): return self.name
    def __enter__(self): self.t.done.append("in " + self.name); return self
    def __exit__(self, *a): self.t.done.append("out " + self.name)
def keep(*a, **k): return a, k
def deco(x): return lambda f: f
def trail(f, count):
    for fatal in range(count + 1):
        t = Trail(fatal)
        try: end = canon(f(t, Spot(t, "p"), Spot(t, "q")))
        except BaseException as e: end = failed(e) + str(lines_of(e, f.__code__.co_firstlineno))
        print(fatal, *t.done, end)
'''

FLOW_ERRORS = ["KeyError", "ValueError", "IndexError", "OSError", "LookupError", "StopIteration"]
ONE_KEYWORD, TEXT, TEXTS = "{'m': 1}", "'-'", "['x', 'y']"


def indent(lines):
    return ["    " + line for line in lines]


class FlowParts:
    """Statements about where control goes; mixed into the Generator, whose choices they use."""

    # ---- blocks

    def st_flow(self):
        kind = self.pick(["plain", "plain", "gen", "coro", "agen"])
        f = self.fresh("flow")
        self.marks = 0
        self.flow_kind = kind
        body = self.block(self.r.randint(2, 4), loop=False, leave=True)
        if kind in ("gen", "agen"):
            body.append("yield 'last'")
        head = ("async " if kind in ("coro", "agen") else "") + f"def {f}(c, log):"
        start = ["v = 0"] if self.chance(0.8) else ["if c(): v = 0"]
        plans = sorted(self.r.sample(range(100), 8))
        return [head, *indent(start + body), f"follow({f}, {kind!r}, {plans})"]

    def mark(self):
        self.marks += 1
        return self.marks

    def block(self, depth, loop, leave):
        """Lines of a suite. loop: break and continue may stand here; leave: return, break and continue may (not in except*)."""
        lines = []
        for _ in range(self.r.randint(1, 3)):
            lines += self.flow_statement(depth, loop, leave)
        return lines

    def test(self):
        return self.pick(["c()", "c()", "c(3)", "not c()", "c() and c()", "c() or c(3)", "c() and (c() or not c())", "not (c() and not c())", "c(3) == 1",
                          "0 < c(4) < 3", "(w := c(3)) > 1", "c() if c() else c()", "c(3) in (1, 2)", "v is None", "True", "0", "not 1"])

    def flow_statement(self, depth, loop, leave):
        sub = lambda in_loop=loop, can_leave=leave: indent(self.block(depth - 1, in_loop, can_leave))
        if depth <= 0 or self.chance(0.25):
            return self.flow_leaf(loop, leave)
        asynchronous = self.flow_kind in ("coro", "agen")
        a = "async " if asynchronous and self.chance(0.5) else ""
        choice = self.r.randrange(10)
        if choice == 0:
            lines = [f"if {self.test()}:", *sub()]
            if self.chance(0.3):
                lines += [f"elif {self.test()}:", *sub()]
            return lines + (["else:", *sub()] if self.chance(0.5) else [])
        if choice == 1:
            source = "acount(c, log, c(4))" if a else self.pick(["range(c(4))", "range(c(3))", "(1, 2)", "[c(), c(3)]", "[x for x in range(3) if c()]", "iter([3])"])
            lines = [f"{a}for {self.pick(['i', 'v', 'i'])} in {source}:", *sub(True, leave)]
            return lines + (["else:", *sub()] if self.chance(0.4) else [])
        if choice == 2:
            return [f"while {self.test()}:", *indent([f"log('w{self.mark()}'); c()"]), *sub(True, leave), *(["else:", *sub()] if self.chance(0.4) else [])]
        if choice in (3, 4, 5):
            return self.flow_try(sub)
        if choice == 6:
            targets = [f"Manager(c, log, {self.mark()})" + self.pick(["", " as m", " as v"]) for _ in range(self.r.randint(1, 2))]
            return [f"{a}with {', '.join(targets)}:", *sub()]
        if choice == 7:
            lines = [f"match {self.pick(['c(4)', '(c(3), v)', 'v'])}:"]
            for pattern in self.r.sample(["0", "1 | 2", "(1, x)", "[a, *_]", "int(x) if x > c(3)", "None", "{'k': v}", "3", "str()"], self.r.randint(1, 3)):
                lines += [f"    case {pattern}:", *indent(sub())]
            return lines + (["    case _:", *indent(sub())] if self.chance(0.5) else [])
        if choice == 8 and self.flow_kind != "agen":
            kind, self.flow_kind = self.flow_kind, "plain"
            g = f"g{self.mark()}"
            lines = [f"def {g}(x=1):", *(["    nonlocal v"] if self.chance(0.4) else []), *indent(self.block(depth - 1, False, True)), f"log({g}())"]
            self.flow_kind = kind
            return lines
        return self.flow_try(sub)

    def flow_try(self, sub):
        lines = ["try:", *sub()]
        handlers = self.r.randint(0, 2)
        star = handlers and self.chance(0.2)
        for i in range(handlers):
            types = self.pick(["KeyError", "ValueError", "(KeyError, IndexError)", "LookupError", "Exception", "OSError", "ExceptionGroup" if not star else "OSError"])
            name = self.pick(["", " as e", " as v"])
            lines += [f"except{'*' if star else ''} {types}{name}:", *(indent([f"log({name[4:]}.args)"]) if name and self.chance(0.5) else []), *(indent(self.star_suite()) if star else sub())]
        if handlers and not star and self.chance(0.2):
            lines += ["except:", *sub()]
        if handlers and self.chance(0.3):
            lines += ["else:", *sub()]
        if not handlers or self.chance(0.4):
            lines += ["finally:", *sub()]
        return lines

    def star_suite(self):
        """In an except* nothing may leave."""
        return [self.pick([f"log({self.mark()})", "raise", f"raise KeyError({self.mark()})", "v = 1", f"if c(): raise OSError({self.mark()})", "pass"])]

    def flow_leaf(self, loop, leave):
        n = self.mark()
        options = [[f"log({n})"]] * 5 + [[f"v = {n}"], ["v += 1"], ["log(v)"], ["del v"], ["pass"], [f"log([c(3) for _ in range(2)])"], [f"log([j for j in range(3) if c()])"],
                                         [f"raise {self.pick(FLOW_ERRORS)}({n})"], [f"if c(): raise {self.pick(FLOW_ERRORS)}({n})"], [f"if c(3): raise {self.pick(FLOW_ERRORS)}({n}) from {self.pick(['None', 'KeyError(0)'])}"],
                                         [f"assert c(), {n}"], ["if not c(5): raise"], [f"if c(): raise ExceptionGroup('g', [KeyError({n}), OSError({n})])"], [f"log((lambda: v)())"], [f"log({n}) if c() else log(-{n})"],
                                         [f"[0][c()]"], [f"log({{}}['k'])"], [f"x, y = [{n}] * c(4)"], [f"log(f'{{v}}:{{c(3)!r}}')"]]
        if leave:
            options += [["return"], [f"return {n}"], [f"if c(): return {n}"], [f"return c(3)"]] if self.flow_kind != "agen" else [["return"], ["if c(): return"]]
            if loop:
                options += [["break"], ["continue"], ["if c(): break"], ["if c(): continue"]] * 2
        if self.flow_kind in ("gen", "agen"):
            options += [[f"yield {n}"], [f"log((yield {n}))"], [f"v = yield"]] * 2
        if self.flow_kind == "gen":
            options += [[f"log((yield from [{n}, -{n}]))"], [f"yield from (x for x in range(c(3)))"]]
        if self.flow_kind in ("coro", "agen"):
            options += [[f"await Pause({n})"], [f"log(await Pause({n}))"], ["log([x async for x in acount(c, log, 2)])"]] * 2
        return self.pick(options)

    # ---- order of evaluation

    def st_order(self):
        f = self.fresh("order")
        self.marks = 0
        lines = []
        for _ in range(self.r.randint(1, 3)):
            lines += self.order_statement()
        return [f"def {f}(t, p, q):", *indent(lines), f"trail({f}, {min(self.marks, 14)})"]

    def t(self, *values):
        return f"t({self.mark()}, {self.pick(values)})"

    def order_expr(self, d=2):
        e = lambda: self.order_expr(d - 1)
        number = lambda: self.t("1", "2", "0", "3")
        if d <= 0:
            return self.pick([number, number, lambda: self.t("[1, 2]", "(3,)", "'ab'"), lambda: self.t("p", "q"), lambda: self.t("None", "True")])()
        return self.pick([
            lambda: f"({number()} {self.pick(['+', '-', '*', '//', '<<'])} {number()})", lambda: f"({e()} if {e()} else {e()})", lambda: f"({e()} {self.pick(['and', 'or'])} {e()})",
            lambda: f"({number()} < {number()} {self.pick(['<', '!=', '<='])} {number()})", lambda: f"[{e()}, *{self.t('[1]', '()', 'range(2)')}, {e()}]", lambda: f"{{{number()}: {e()}, {number()}: {e()}}}",
            lambda: f"{{**{self.t('{1: 2}', '{}')}, {number()}: {e()}}}", lambda: f"{{{number()}, {number()}}}", lambda: f"keep({e()}, *{self.t('[1]', '()')}, k={e()}, **{self.t('{}', ONE_KEYWORD)})",
            lambda: f"{self.t('keep')}({e()}, {e()}, z={e()})", lambda: f"{self.t('p', 'q')}[{e()}]", lambda: f"{self.t('p', 'q')}[{number()}:{number()}, {number()}]", lambda: f"{self.t('p', 'q')}.x",
            lambda: f"f'{{{number()}!r:>{{{number()}}}}}{{{number()}}}'", lambda: f"(x := {e()})", lambda: f"(lambda a={e()}, *, b={e()}: (a, b))()", lambda: f"[{self.t('i')} for i in {self.t('[1, 2]', '()')} if {self.t('i', '1')}]",
            lambda: f"({e()} in {self.t('[1]', '(2, 3)')})", lambda: f"(not {e()})", lambda: f"(-{number()})", lambda: f"{self.t('[3, 4]', '(3, 4)')}[{self.t('0', '1', '2')}]", lambda: f"({e()}, {e()})", lambda: f"{self.t(TEXT)}.join({self.t('[]', TEXTS)})",
        ])()

    def order_target(self):
        return self.pick([lambda: f"{self.t('p', 'q')}[{self.order_expr(0)}]", lambda: f"{self.t('p', 'q')}.x", lambda: "x", lambda: f"{self.t('p', 'q')}[{self.order_expr(0)}:{self.order_expr(0)}]"])()

    def order_statement(self):
        e = self.order_expr
        name = self.fresh("n")
        return self.pick([
            lambda: [f"t({self.mark()}, {e()})"], lambda: [f"{self.order_target()} = {e()}"], lambda: [f"{self.order_target()} = {self.order_target()} = {e(1)}"],
            lambda: [f"{self.order_target()}, {self.order_target()} = {self.t('(1, 2)', '[1, 2]', '(1,)')}"], lambda: [f"({self.order_target()}, *{self.order_target()}), {self.order_target()} = {self.t('((1, 2, 3), 4)', '((), 1)')}"],
            lambda: [f"{self.t('p', 'q')}[{e(1)}] {self.pick(['+=', '-=', '//=', '*='])} {e(1)}"], lambda: [f"{self.t('p', 'q')}.y += {e(1)}"], lambda: [f"del {self.t('p', 'q')}[{e(1)}], {self.t('p', 'q')}.z"],
            lambda: [f"for {self.t('p', 'q')}[{e(0)}] in {self.t('[1, 2]', '()')}: t({self.mark()})", f"else: t({self.mark()})"], lambda: [f"with {self.t('p', 'q')} as {self.order_target()}, {self.t('p', 'q')}: {e(1)}"],
            lambda: [f"assert {e(1)}, {e(1)}"], lambda: [f"raise {self.t('ValueError(1)', 'KeyError', '3')} from {self.t('None', 'OSError(2)', '4')}"], lambda: [f"return {e()}"], lambda: [f"print({e()}, {e()}, sep={self.t(TEXT, 'None')})"],
            lambda: [f"@deco({self.t('1')})", f"@deco({self.t('2')})", f"def {name}(a: {self.t('1')} = {e(1)}, /, b={e(1)}, *c: {self.t('2')}, d={e(1)}, **k) -> {self.t('3')}: return a, b, c, d", f"return {name}({e(0)}, d={e(0)})"],
            lambda: [f"@deco({self.t('1')})", f"class {name}({self.t('object', 'int', 'Exception')}, metaclass={self.t('type')}):", f"    a: {self.t('int')} = {e(1)}", f"    b = {e(1)}", f"return {name}.b"],
            lambda: [f"a: {e(0)} = {e(1)}", f"{self.t('p', 'q')}.x: {e(0)} = {e(1)}"], lambda: [f"while {e()}:", f"    t({self.mark()})", "    break"], lambda: [f"match {e(1)}:", f"    case [x, y] if {e(0)}: t({self.mark()}, x)", f"    case int(x): t({self.mark()})", f"    case _: {e(0)}"],
            lambda: ["try:", f"    {e()}", f"except ({self.t('KeyError', 'ZeroDivisionError')}, {self.t('ValueError')}):", f"    {e(1)}", "finally:", f"    {e(0)}"],
        ])()

    # ---- scopes

    def st_scopes(self):
        self.marks = 0
        self.scope_names = self.r.sample(["a", "b", "c", "d"], 3)
        f = self.fresh("scope")
        lines = [f"{name} = 'global {name}'" for name in self.r.sample(self.scope_names, 2)]
        lines += [f"def {f}():", *indent(self.scope_body(3, [], "function"))]
        lines += [*self.guarded([f"{f}()"]), f"show([{', '.join(f'globals().get({name!r})' for name in self.scope_names)}])"]
        return lines

    def scope_body(self, depth, enclosing, kind):
        """enclosing: the names that each function around binds."""
        declared, lines = {}, []
        for name in self.scope_names:
            if self.chance(0.15):
                declared[name] = "global"
            elif self.chance(0.3) and any(name in bound for bound in enclosing):
                declared[name] = "nonlocal"
        lines += [f"{how} {name}" for name, how in declared.items()]
        bound = {name for name in self.scope_names if self.chance(0.5) and name not in declared}
        lines += [f"{name} = '{kind} {self.mark()}'" for name in self.scope_names if name in bound and self.chance(0.7)]
        hidden = {name for name, how in declared.items() if how == "global"} if kind == "function" else set()
        visible = [names - hidden for names in enclosing] + ([bound] if kind == "function" else [])
        for _ in range(self.r.randint(2, 4)):
            lines += self.scope_statement(depth, visible, declared)
        lines += [f"if not {name}: {name} = 0" for name in sorted(bound)] if kind == "function" and self.chance(0.3) else []
        # What `bound` promises to functions inside is bound here whatever happened.
        return lines + [f"{name} = '{kind} end'" for name in sorted(bound)]

    def see(self, text):
        return ["try: show(" + str(self.mark()) + f", {text})", "except NameError as e_: print(failed(e_))"]

    def scope_statement(self, depth, visible, declared):
        name, other = self.r.sample(self.scope_names, 2)
        free = lambda n: n not in declared
        simple = [lambda: self.see(name), lambda: self.see(f"[{name} for _ in range(1)]"), lambda: self.see(f"(lambda: {name})()"), lambda: self.see(f"[(lambda: {name} + {other})() for {name} in 'xy']"),
                  lambda: self.see(f"(lambda {name}={other}: [{name} for {other} in 'z'])()"), lambda: self.see(f"{{{name}: {other} for {name} in 'k'}}"), lambda: self.see(f"[[{name} for {other} in {name}] for {name} in ['pq']]"),
                  lambda: self.see(f"list({name} + {other} for {name} in 'gh')"), lambda: self.see(f"sorted(k for k in locals() if len(k) == 1)")]
        if depth <= 0 or self.chance(0.5):
            return self.pick(simple)()
        inner = self.fresh("s")
        return self.pick([
            lambda: [f"def {inner}():", *indent(self.scope_body(depth - 1, visible, "function")), *self.guarded([f"{inner}()"])],
            lambda: [f"def {inner}({name}='argument'):", *indent(self.see(name) + self.see(f"(lambda: {name})()")), *self.guarded([f"{inner}()"])],
            lambda: ["try:", f"    class {inner}:", *indent(indent(self.scope_body(depth - 1, visible, "class"))), f"    show(sorted(k for k in vars({inner}) if len(k) == 1))", "except Exception as e_: print(failed(e_))"],
            lambda: [f"{inner} = lambda {other}=1: [{name} for _ in range(2)]", *self.see(f"{inner}()")],
        ])()
