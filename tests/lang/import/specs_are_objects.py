# A module's spec has a __dict__, takes attributes, and can be copied and pickled.
import copy
import importlib.machinery
import importlib.util
import json
import math
import pickle
import sys

for module in sys, math, json:
    spec = module.__spec__
    for twin in copy.copy(spec), copy.deepcopy(spec), pickle.loads(pickle.dumps(spec)), pickle.loads(pickle.dumps(spec, 2)):
        print(twin == spec, twin is spec, twin.name, twin.parent, twin.has_location == spec.has_location, twin.loader is spec.loader)
    print(sorted(set(vars(spec)) - {"_initializing"}))

spec = importlib.util.spec_from_loader("made", None)
print(vars(spec))
spec.note = ["kept"]
print(list(vars(spec))[-1], spec.note, copy.copy(spec).note is spec.note, copy.deepcopy(spec).note == spec.note)
print(vars(pickle.loads(pickle.dumps(spec))) == vars(spec))


class Spec(importlib.machinery.ModuleSpec):
    pass


spec = Spec("a.b", None, origin="/x/b.py", is_package=True)
spec.has_location = True
twin = pickle.loads(pickle.dumps(spec))
print(type(twin) is Spec, twin, twin.submodule_search_locations, twin.parent, twin == spec)
spec._cached = "elsewhere"
print(spec.cached)
spec.cached = None
print(spec.cached == importlib.util.cache_from_source("/x/b.py"))
