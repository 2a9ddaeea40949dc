# importlib.metadata finds what is installed on sys.path, by way of the path finder.
import importlib.metadata
import os
import sys
from importlib.machinery import PathFinder

import installed

print([finder.__name__ for finder in sys.meta_path if getattr(finder, "find_distributions", None)][-1:])
print(list(PathFinder.find_distributions(importlib.metadata.DistributionFinder.Context(name="nope", path=[]))))
try:
    importlib.metadata.version("no_such_thing")
except importlib.metadata.PackageNotFoundError as e:
    print(e)
sys.path.insert(0, os.path.abspath(os.path.dirname(installed.__file__)))
print(importlib.metadata.version("own-thing"), importlib.metadata.distribution("Own_Thing").metadata["Name"])
print(importlib.metadata.entry_points(group="own.group"))
