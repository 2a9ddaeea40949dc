"""Sources that are no Python: (mode, flags, source) for compare.py. FLAGS are compile()'s."""

EXPRESSIONS = r"""
