"""Modules' loaders are of importlib's class, whether they were imported before it or after; patched and derived loaders."""
import threading
import textwrap
import sys
import importlib.machinery as machinery
import importlib.util
import json
import os

Loader = machinery.SourceFileLoader
for module in (threading, textwrap, json, json.decoder):
    loader = module.__loader__
    print(module.__name__, type(loader) is Loader, loader is module.__spec__.loader, loader.name, os.path.basename(loader.path), vars(loader) == {"name": loader.name, "path": loader.path})
print(type(os.__loader__).__name__, os.__loader__ is machinery.FrozenImporter, sys.__loader__ is machinery.BuiltinImporter)
print(type(sys.modules["__main__"].__loader__) is Loader)
spec = importlib.util.find_spec("colorsys")
print(type(spec.loader) is Loader, spec.loader == Loader("colorsys", spec.origin), spec.loader != 3, hash(spec.loader) == hash(Loader("colorsys", spec.origin)))
print(spec.loader.get_source("colorsys")[:3], spec.loader.is_package("colorsys"), spec.loader.get_filename("colorsys") == spec.origin)


class Shouting(Loader):
    def get_data(self, path):
        return super().get_data(path).replace(b"ONE_THIRD", b"THREE")

    def path_stats(self, path):
        raise OSError

    def source_to_code(self, data, path, *, _optimization=-1):
        print("compiles", type(data).__name__)
        return super().source_to_code(data, path)


spec = importlib.util.spec_from_file_location("loud", spec.origin, loader=Shouting("loud", spec.origin))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(hasattr(module, "THREE"), hasattr(module, "ONE_THIRD"))

before = Loader.exec_module
Loader.exec_module = lambda self, module: (print("runs", self.name), before(self, module))[1]
import bisect
import colorsys
del Loader.exec_module
Loader.exec_module = before
import sched
print(bisect.__name__, colorsys.ONE_SIXTH > 0, sched.__name__)
