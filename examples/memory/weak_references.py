"""References that do not keep their object alive."""
import gc
import weakref


class Node:
    def __init__(self, name):
        self.name = name


node = Node("leaf")
ref = weakref.ref(node, lambda r: print("   told that the leaf is gone"))
print("alive:", ref().name)
del node
print("dead:", ref())

cache = weakref.WeakValueDictionary()
root = Node("root")
cache["root"] = root
print("in the cache:", sorted(cache))
del root
gc.collect()
print("and no more:", sorted(cache))

table = weakref.WeakKeyDictionary()
key = Node("key")
table[key] = "a note about it"
print("notes:", list(table.values()))
del key
print("notes:", list(table.values()))

final = weakref.finalize(Node("last"), print, "   finalize was called")
print("finalize is done:", not final.alive)
