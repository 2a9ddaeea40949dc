# compare: stderr
import traceback
def f(): return "é中" + 1 / 0
def g(): return {"ключ": 1}["né"]
for fn in (f, g):
    try: fn()
    except Exception: traceback.print_exc()
raise ValueError("é中🎉 \ud800 \x00 tab\t")
