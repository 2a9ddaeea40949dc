"""The bases of the East Asian codecs' classes: none of those codecs is there, so no object of them can be made."""


def _made_by(cls):
    cls.codec  # AttributeError, mostly
    raise TypeError("codec is unexpected type")


class MultibyteIncrementalEncoder:
    """What encodes piece by piece."""

    def __new__(cls, errors="strict"):
        return _made_by(cls)


class MultibyteIncrementalDecoder:
    """What decodes piece by piece."""

    def __new__(cls, errors="strict"):
        return _made_by(cls)


class MultibyteStreamReader:
    """What decodes a stream."""

    def __new__(cls, stream, errors="strict"):
        return _made_by(cls)


class MultibyteStreamWriter:
    """What encodes to a stream."""

    def __new__(cls, stream, errors="strict"):
        return _made_by(cls)
