"""The library's sources can be asked for: by linecache, inspect, and the loader."""
import copy
import importlib.util
import inspect
import json
import json.decoder
import linecache
import threading

print(linecache.getline(threading.__file__, 1), end="")
print(linecache.getline(threading.__file__, 10**6) == "")
print(inspect.getsource(copy.copy).splitlines()[0], inspect.getsourcelines(copy.deepcopy)[1])
print(inspect.getsource(json.JSONDecoder).splitlines()[0])
print(inspect.getsourcefile(json.dumps), inspect.getfile(threading.Thread))
print(inspect.getcomments(json.decoder.py_scanstring), inspect.getmodule(copy.copy).__name__)
for module in threading, json, json.decoder:
    loader = module.__loader__
    source = loader.get_source(module.__name__)
    print(type(loader).__name__, loader.name, loader.path, loader.get_filename(), loader.is_package(module.__name__))
    print(len(source) > 1000, source.splitlines()[0], loader.get_data(loader.path).decode() == source)
    print(loader.get_code(module.__name__).co_filename, module.__spec__.origin, module.__spec__.has_location)
try:
    loader.get_source("another")
except ImportError as e:
    print(e)
print(importlib.util.find_spec("threading").loader.path)
print(importlib.reload(copy) is copy)
with open(threading.__file__) as file:
    print(file.readline(), end="")
