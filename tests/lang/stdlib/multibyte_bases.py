# The bases of the East Asian codecs can be imported and asked about.
import _multibytecodec
import codecs

for name in "MultibyteIncrementalEncoder", "MultibyteIncrementalDecoder", "MultibyteStreamReader", "MultibyteStreamWriter":
    cls = getattr(_multibytecodec, name)
    print(cls.__module__, cls.__name__, issubclass(codecs.getincrementaldecoder("utf-8"), cls))
    try:
        cls("strict")
    except AttributeError as e:
        print(type(e).__name__)
