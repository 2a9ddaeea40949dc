# warnings: filters, recording, turning into errors.
import warnings, sys
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); warnings.warn("first"); warnings.warn("dep", DeprecationWarning); warnings.warn(UserWarning("inst"))
    print([(x.category.__name__, str(x.message), x.filename == __file__) for x in w])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: warnings.warn("now an error", RuntimeWarning)
    except RuntimeWarning as e: print("raised", e)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("default")
    def f(): warnings.warn("repeated", stacklevel=2)
    for _ in range(3): f()
    f(); print(len(w))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("ignore"); warnings.warn("ignored"); warnings.filterwarnings("always", message="spec.*", category=UserWarning); warnings.warn("special"); warnings.warn("other"); print([str(x.message) for x in w])
for bad in (lambda: warnings.warn("a", int), lambda: warnings.warn(), lambda: warnings.simplefilter("nope"), lambda: warnings.warn("x", "y")):
    try: bad()
    except (TypeError, AssertionError) as e: print(type(e).__name__, e)
print(warnings.formatwarning("msg", UserWarning, "file.py", 3, "the line"), [c.__name__ for c in Warning.__subclasses__() if c.__module__ == "builtins"] == sorted([c.__name__ for c in Warning.__subclasses__() if c.__module__ == "builtins"], key=[c.__name__ for c in Warning.__subclasses__()].index))
