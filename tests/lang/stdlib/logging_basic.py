# logging to a string.
import logging, io
s = io.StringIO(); h = logging.StreamHandler(s); h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s")); log = logging.getLogger("app.sub"); log.addHandler(h); log.setLevel(logging.INFO); log.propagate = False
log.debug("no"); log.info("hello %s", "x"); log.warning("w %d", 5); log.error("e"); log.critical("c")
try: 1 / 0
except ZeroDivisionError: log.exception("failed")
log.log(35, "custom"); log.info("%(a)s", {"a": 1}); print("\n".join(l for l in s.getvalue().splitlines() if not l.startswith("  ")))
print(log.level, log.getEffectiveLevel(), log.isEnabledFor(10), logging.getLevelName(30), logging.getLevelName("ERROR"), log.parent.name, logging.getLogger("app.sub") is log, logging.getLogger().name, log.handlers == [h], log.name)
class F(logging.Filter):
    def filter(self, r): return "skip" not in r.getMessage()
log.addFilter(F()); s.truncate(0); s.seek(0); log.info("skip me"); log.info("keep me"); print(repr(s.getvalue())); c = logging.getLogger("app.sub.child"); c.info("from child"); print(repr(s.getvalue().splitlines()[-1])); h.setLevel(logging.ERROR); log.info("below handler"); print(s.getvalue().count("\n")); a = logging.LoggerAdapter(log, {"k": "v"}); h.setLevel(0); h.setFormatter(logging.Formatter("{levelname:>8}|{k}|{message}", style="{")); a.warning("adapted"); print(s.getvalue().splitlines()[-1])
