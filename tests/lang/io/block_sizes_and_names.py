# FileIO sets its name as a subclass wants it, and knows a block size; line buffering is not for bytes.
import io
import os
import warnings


class Stubborn(io.FileIO):
    def __setattr__(self, name, value):
        if name == "name":
            raise ValueError("no name")
        super().__setattr__(name, value)


try:
    Stubborn(__file__)
except ValueError as e:
    print(e)
with open(__file__, "rb", 0) as raw:
    print(type(raw._blksize), raw._blksize > 1, raw.name == __file__)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    open(__file__, "rb", 1).close()
    print([(w.category.__name__, str(w.message), os.path.basename(w.filename) == os.path.basename(__file__)) for w in seen])
