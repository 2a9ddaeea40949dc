# A union of types says its type's module, so that typing may annotate it.
import time
import typing

print((int | str).__module__, type(int | str).__module__, typing.Annotated[int | float, "c"])
for keywords in {}, {"dict": None}, {"dict": {}}, {"dict": {"tm_zone": "Z", "other": 2}}:
    try:
        print(time.struct_time("123456789", **keywords).tm_zone)
    except TypeError as e:
        print(e)
