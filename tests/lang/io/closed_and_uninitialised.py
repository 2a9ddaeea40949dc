# What a raw stream answers when it is closed; a text stream's chunk size without a buffer.
import io


class Raw(io.RawIOBase):
    def readinto(self, b):
        return 0


raw = Raw()
raw.close()
text = io.TextIOWrapper.__new__(io.TextIOWrapper)
detached = io.TextIOWrapper(io.BytesIO())
detached.detach()
for what in ("raw.readable()", "raw.writable()", "raw.seekable()", "raw.isatty()", "raw.fileno()", "text._CHUNK_SIZE",
             "setattr(text, '_CHUNK_SIZE', 5)", "setattr(detached, '_CHUNK_SIZE', 5)", "delattr(detached, '_CHUNK_SIZE')",
             "detached._CHUNK_SIZE"):
    try:
        print(what, eval(what))
    except Exception as e:
        print(what, type(e).__name__, e)
