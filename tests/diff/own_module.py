# What only Atoll can do stands in a module of its own: whether a large old generation is collected in steps.
import _atoll

print(_atoll.is_incremental())
_atoll.set_incremental(False)
print(_atoll.is_incremental())
_atoll.set_incremental([1])
print(_atoll.is_incremental())
