"""A mini web framework: routing, middleware, dependency injection, templates, validation, signals, plugins, DI container."""
import contextlib
import contextvars
import copy
import html
import http
import inspect
import io
import re
import sys
import traceback
import types
import warnings
from collections import defaultdict
from functools import partial, partialmethod, reduce, wraps


class HTTPError(Exception):
    registry = {}

    def __init_subclass__(cls, status, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.status = http.HTTPStatus(status)
        HTTPError.registry[status] = cls

    def __init__(self, detail=None, **extra):
        super().__init__(detail or self.status.phrase)
        self.extra = extra


class NotFound(HTTPError, status=404): pass
class Invalid(HTTPError, status=422): pass


class Template:
    cache = {}

    def __new__(cls, text):
        if text not in cls.cache:
            cls.cache[text] = self = super().__new__(cls)
            self.code = self.compile(text)
        return cls.cache[text]

    @staticmethod
    def compile(text):
        lines, depth = ["def render(ctx, out):"], 1
        for part in re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text):
            add = lambda s: lines.append("    " * depth + s)
            if part.startswith("{{"):
                add(f"out(escape(str(eval({part[2:-2].strip()!r}, ctx))))")
            elif part.startswith("{%"):
                word = part[2:-2].strip()
                if word.startswith("end"):
                    depth -= 1
                elif word == "else":
                    depth -= 1
                    add("else:")
                    depth += 1
                else:
                    head = re.sub(r"^(for \w+ in|if) (.*)$", lambda m: f"{m[1]} eval({m[2]!r}, ctx):", word)
                    add(head)
                    depth += 1
                    if word.startswith("for"):
                        add("ctx[{0!r}] = {0}".format(word.split()[1]))
            elif part:
                add(f"out({part!r})")
        scope = {"escape": html.escape}
        exec(compile("\n".join(lines), "<template>", "exec"), scope)
        return scope["render"]

    def __call__(self, **ctx):
        out = io.StringIO()
        self.code(ctx, out.write)
        return out.getvalue()


current = contextvars.ContextVar("current")


class App:
    def __init__(self):
        self.routes, self.middleware, self.signals, self.providers = [], [], defaultdict(list), {}

    def route(self, pattern, method="GET"):
        regex = re.compile(re.sub(r"<(?:(\w+):)?(\w+)>",
            lambda m: f"(?P<{m[2]}>{r'-?[0-9]+' if m[1] == 'int' else '[^/]+'})", pattern))
        return lambda f: self.routes.append((method, regex, f)) or f

    get, post = partialmethod(route, method="GET"), partialmethod(route, method="POST")

    def provide(self, f):
        self.providers[f.__name__] = f
        return f

    def on(self, name):
        return partial(lambda f, n: self.signals[n].append(f) or f, n=name)

    def call(self, f, stack, **given):
        bound = {}
        for name, p in inspect.signature(f).parameters.items():
            if name in given:
                try:
                    bound[name] = p.annotation(given[name]) if p.annotation is not p.empty else given[name]
                except (TypeError, ValueError) as e:
                    raise Invalid(f"{name}: {e}", field=name) from e
            elif name in self.providers:
                value = self.call(self.providers[name], stack, **given)
                bound[name] = stack.enter_context(contextlib.contextmanager(lambda v=value: v)(
                    )) if inspect.isgenerator(value) else value
            elif p.default is p.empty:
                raise Invalid(f"missing {name}", kind=p.kind.description)
        return f(**bound)

    def __call__(self, method, path, **body):
        def core(method, path):
            for m, regex, f in self.routes:
                if m == method and (match := regex.fullmatch(path)):
                    with contextlib.ExitStack() as stack:
                        return 200, self.call(f, stack, **match.groupdict(), **body)
            raise NotFound(path=path)
        token = current.set(path)
        try:
            return reduce(lambda inner, mw: wraps(inner)(partial(mw, inner)), self.middleware, core)(method,
                path)
        except HTTPError as e:
            for s in self.signals["error"]:
                s(e)
            return e.status.value, str(e)
        except Exception as e:
            return 500, traceback.format_exception_only(e)[-1].strip()
        finally:
            current.reset(token)


app = App()


@app.middleware.append
def shout(inner, method, path):
    status, text = inner(method, path)
    return status, text.upper() if path.endswith("!") else text


@app.provide
def db():
    print("open", end=" ")
    yield {"users": {1: "ann", 2: "b<ob>"}}
    print("close", end=" ")


@app.provide
def users(db):
    return copy.deepcopy(db["users"])


@app.get("/user/<int:id>")
def user(id: int, users, verbose: bool = False):
    if id not in users:
        raise NotFound(f"no user {id}")
    return Template(
        "<p>{% if v %}{{ current }}: {% else %}-{% endif %}{{ name.title() }}{% for c in name %}[{{c}}]{% endfor %}</p>")(
        name=users[id], v=verbose, current=current.get())


@app.post("/div/<a>/<b>")
def div(a: float, b: float):
    return f"{a / b:.3f}"


app.get("/hi/<name>!")(lambda name: f"hi {name}")
app.on("error")(lambda e: print("signal", type(e).__name__, e.extra, repr(e.__cause__), end=" | "))
for request in (("GET", "/user/1"), ("GET", "/user/2"), ("GET", "/user/9"), ("GET", "/user/x"), ("POST",
    "/div/1/3"), ("POST", "/div/1/0"), ("POST", "/div/q/1"),
                ("GET", "/hi/bob!"), ("DELETE", "/")):
    print(app(*request))
print(app("GET", "/user/2", verbose="yes"), len(Template.cache), HTTPError.registry, user.__name__,
    inspect.signature(user))
try:
    current.get()
except LookupError as e:
    print(type(e).__name__)
try:
    Template("{{ 1 }}{% if x %}")
except SyntaxError as e:
    print(type(e).__name__, e.msg, e.filename, e.lineno)
try:
    class Bad(HTTPError, status=999): pass
except ValueError as e:
    print(e)
plugin = types.ModuleType("plugin_a", "A plugin.")
exec("def setup(app):\n    '''Set up.'''\n    app.get('/plug')(lambda: __name__)\n", plugin.__dict__)
sys.modules["plugin_a"] = plugin
import plugin_a
plugin_a.setup(app)
print(app("GET", "/plug"), plugin_a, plugin_a.__doc__, inspect.getdoc(plugin_a.setup))
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    warnings.warn("old", DeprecationWarning, stacklevel=1)
    print([(w.category.__name__, str(w.message)) for w in seen])
print(html.unescape("&lt;&#233;&hearts;&amp"), http.HTTPStatus.IM_A_TEAPOT.phrase,
    http.HTTPMethod.GET if hasattr(http, "HTTPMethod") else "-")
