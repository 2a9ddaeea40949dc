# exec, eval and __build_class__ run any code, also that of functions with parameters: they get their defaults or are refused.
import warnings
warnings.simplefilter("ignore")

async def coroutine():
    pass

functions = [lambda q: q, lambda q=1: q, lambda *a, **k: (a, k), lambda *, k: k, lambda *, k=3: k, lambda: (yield)]
for f in functions + [coroutine]:
    for run in (lambda: __build_class__(f, "K"), lambda: exec(f.__code__), lambda: eval(f.__code__)):
        try:
            result = run()
            print(type(result).__name__ if hasattr(result, "close") else result)
            if hasattr(result, "close"):
                result.close()
        except TypeError as e:
            print(e)
