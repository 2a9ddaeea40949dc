# compare: stderr
"""Frames of the library show their lines and carets, as the program's own."""
import asyncio
import json
import traceback
import warnings

try:
    json.loads("[1, {]")
except ValueError:
    traceback.print_exc()


class Odd:
    def __deepcopy__(self, memo):
        raise KeyError("odd")


async def fail():
    await asyncio.wait_for(asyncio.sleep(1), 0.001)


try:
    asyncio.run(fail())
except TimeoutError as e:
    print([type(x).__name__ for x in (e, e.__cause__, e.__context__)])

import copy
try:
    copy.deepcopy({"a": [Odd()]})
except KeyError:
    traceback.print_exc()
warnings.warn_explicit("old", UserWarning, json.__file__, 3)
exec(compile("1/0", json.__file__, "exec"))
