"""Decimals upon native numbers: made once in _decimal_class, however often this module is imported anew."""
from _decimal_class import *
from _decimal_class import __all__, __doc__, __libmpdec_version__, __version__
