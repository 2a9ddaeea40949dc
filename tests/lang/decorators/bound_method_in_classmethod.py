# A bound method is no descriptor: a classmethod binds it once more. The wrappers look like what they wrap.
class A:
    def foo(self, cls):
        return type(self).__name__, cls.__name__

class B:
    bar = classmethod(A().foo)
    plain = A().foo

print(B.bar(), B().bar(), B().plain(B))
print("__get__" in type(A().foo).__dict__)

def annotated(x: int, y: str = "") -> bool:
    "doc"
for wrap in classmethod, staticmethod:
    w = wrap(annotated)
    print(sorted(w.__dict__), w.__annotations__, w.__wrapped__ is annotated)
