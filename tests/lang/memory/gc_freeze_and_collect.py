# Frozen garbage stays; unfreezing gives it back to the old generation.
import gc
gc.disable(); gc.collect()
class A:
    def __init__(self): self.me = self
    def __del__(self): print("del")
A(); gc.freeze(); print(gc.get_freeze_count() > 0, gc.collect()); gc.unfreeze(); print(gc.get_freeze_count(), gc.collect() >= 1, gc.collect(0))
