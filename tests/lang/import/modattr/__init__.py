"""Module docstring."""
try: loads += 1
except NameError: loads = 1
x = 1
def get(): return x
def __getattr__(name):
    if name == "dynamic": return "dynamic value"
    raise AttributeError(f"module has no {name}")
def __dir__(): return ["custom", "dir"]
