"""warnings.warn_explicit: what its arguments may be."""
import warnings

for module_globals in (None, {}, True, "x", {"__name__": "y"}):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            warnings.warn_explicit("text", UserWarning, "file.py", 42, module_globals=module_globals)
        except TypeError as e:
            print(e)
        print(len(caught))
for registry in (None, {}, 3):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            print(warnings.warn_explicit("text", UserWarning, "file.py", 42, registry=registry))
    except TypeError as e:
        print(e)
