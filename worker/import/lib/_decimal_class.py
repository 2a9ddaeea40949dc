"""The native side of decimal, in Python: the library's pure decimals with the signals and the words of errors that CPython's
native ones have."""
import _decimal_number
import _imp
import _pydecimal as _twin
from _native_words import Signature as _Signature, in_class as _in_class, native as _native, type_name as _type_name
from _pydecimal import *
from _pydecimal import __doc__, __libmpdec_version__, __version__

__all__ = _twin.__all__

ContextManager = _twin._ContextManager
_SIGNALS = (InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped)


class _SignalDict(dict):
    """Which signals are set, in the order of the native ones."""

    def __init__(self, given):
        super().__init__((signal, bool(given[signal])) for signal in _SIGNALS)

    def __setitem__(self, signal, value):
        if signal not in self:
            raise KeyError("invalid error flag")
        super().__setitem__(signal, bool(value))

    def __delitem__(self, signal):
        raise ValueError("signal keys cannot be deleted")

    def __repr__(self):
        return "{" + ", ".join(f"{signal!r}:{value}" for signal, value in self.items()) + "}"

    def copy(self):
        return _SignalDict(self)


# ---- contexts ----

# As they stand in a native context, whose repr goes through its bits.
_BITS = (Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)

_RANGES = {"prec": (1, MAX_PREC, "[1, MAX_PREC]"), "Emin": (MIN_EMIN, 0, "[MIN_EMIN, 0]"),
           "Emax": (0, MAX_EMAX, "[0, MAX_EMAX]"), "capitals": (0, 1, "0 or 1"), "clamp": (0, 1, "0 or 1")}
_ROUNDINGS = """\
valid values for rounding are:
  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,
   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
   ROUND_05UP]"""


def _context_setattr(self, name, value):
    if name in _RANGES:
        least, most, title = _RANGES[name]
        if not isinstance(value, int):
            raise TypeError("an integer is required")
        if not least <= value <= most:
            raise ValueError(f"valid {'values' if most == 1 else 'range'} for {name} {'are' if most == 1 else 'is'} {title}")
        value = int(value)
    elif name == "rounding":
        if value not in _twin._rounding_modes:
            raise TypeError(_ROUNDINGS)
    elif name in ("flags", "traps"):
        if not isinstance(value, dict):
            raise TypeError("argument must be a signal dict")
        if value.keys() != _KNOWN_SIGNALS:
            raise KeyError("invalid error flag")
        if type(value) is not _SignalDict:
            value = _SignalDict(value)
    elif name != "_ignored_flags":
        raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
    object.__setattr__(self, name, value)


_KNOWN_SIGNALS = set(_SIGNALS)


def _context_delattr(self, name):
    raise AttributeError("context attributes cannot be deleted")


def _context_repr(self):
    flags, traps = (", ".join(signal.__name__ for signal in _BITS if signals[signal]) for signals in (self.flags, self.traps))
    return (f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
            f"capitals={self.capitals}, clamp={self.clamp}, flags=[{flags}], traps=[{traps}])")


def _context_copy(self):
    """Return a duplicate of the context with all flags and traps as they are."""
    made = _decimal_number.copy_context(self, True)
    return _pure_context_copy(self) if made is NotImplemented else made


def _context_shallow_copy(self):
    made = _decimal_number.copy_context(self, False)
    return _pure_context_shallow_copy(self) if made is NotImplemented else made


_IMPLIED = {Overflow: (Inexact, Rounded), Underflow: (Inexact, Rounded, Subnormal)}


def _context_raise_error(self, condition, explanation=None, *args):
    """The signal is set; a trapped one is raised with the conditions that there were."""
    signal = _twin._condition_map.get(condition, condition)
    if signal in self._ignored_flags:
        return signal().handle(self, *args)
    self.flags[signal] = True
    for implied in _IMPLIED.get(signal, ()):
        self.flags[implied] = True
    if self.traps[signal]:
        raise signal([condition])
    return condition().handle(self, *args)


def _getcontext():
    """Get the current default context."""
    return _pure_getcontext()


def _setcontext(context, /):
    """Set a new default context."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    _pure_setcontext(context)


def _localcontext(ctx=None, **kwargs):
    """Return a context manager that will set the default context to a copy of ctx."""
    if ctx is None:
        ctx = _pure_getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    return _pure_localcontext(ctx, **kwargs) if kwargs else ContextManager(ctx)


# ---- decimals ----

def _check_context(context):
    if context is not None and not isinstance(context, Context):
        raise TypeError("optional argument must be a context")


def _with_context(pure, place):
    """A method whose argument at that place (self counts), or by name, is a context or None."""
    def method(*args, **kwargs):
        _check_context(args[place] if len(args) > place else kwargs.get("context"))
        return pure(*args, **kwargs)
    method.__doc__ = pure.__doc__
    method.__wrapped__ = pure
    return method


def _with_rounding(pure, place):
    """The same for one that takes a rounding there, and a context behind it."""
    def method(*args, **kwargs):
        _check_context(args[place + 1] if len(args) > place + 1 else kwargs.get("context"))
        rounding = args[place] if len(args) > place else kwargs.get("rounding")
        if rounding is not None and rounding not in _twin._rounding_modes:
            raise TypeError(_ROUNDINGS)
        return pure(*args, **kwargs)
    method.__doc__ = pure.__doc__
    method.__wrapped__ = pure
    return method


def _decimal_new(pure):
    signature = _Signature("", ("value", "context"))

    def __new__(cls, *args, **kwargs):
        try:
            _check_context(args[1] if len(args) > 1 else kwargs.get("context"))
            return pure(cls, *args, **kwargs)
        except (TypeError, ValueError) as e:
            refused = e
        try:
            signature.check(args, kwargs)
            _check_value(args[0] if args else kwargs.get("value", "0"))
            raise refused
        finally:
            del refused
    return __new__


def _check_value(value):
    if not isinstance(value, (tuple, list)):
        if not isinstance(value, (str, int, float, Decimal)):
            raise TypeError(f"conversion from {_type_name(value)} to Decimal is not supported")
        return
    if len(value) != 3:
        raise ValueError("argument must be a sequence of length 3")
    sign, digits, exponent = value
    if not isinstance(sign, int) or sign not in (0, 1):
        raise ValueError("sign must be an integer with the value 0 or 1")
    if isinstance(exponent, str) and exponent not in ("F", "n", "N"):
        raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
    if not isinstance(exponent, (str, int)):
        raise ValueError("exponent must be an integer")
    raise ValueError("coefficient must be a tuple of digits")


def _convert_other(other, raiseit=False, allow_float=False):
    if isinstance(other, Decimal):
        return other
    if isinstance(other, int):
        return Decimal(other)
    if allow_float and isinstance(other, float):
        return Decimal.from_float(other)
    if raiseit:
        raise TypeError(f"conversion from {_type_name(other)} to Decimal is not supported")
    return NotImplemented


def _refuse_special(self, what="integer"):
    if self._is_special:
        if self._isnan():
            raise ValueError(f"cannot convert NaN to {what}")
        raise OverflowError(f"cannot convert Infinity to {what}")


def _to_integer(pure):
    def method(self):
        _refuse_special(self)
        return pure(self)
    return method


def _decimal_round(self, ndigits=None):
    if ndigits is None:
        _refuse_special(self)
        return _pure_round(self)
    if not isinstance(ndigits, int):
        raise TypeError("optional arg must be an integer")
    return _pure_round(self, ndigits)


def _decimal_float(self):
    if self.is_snan():
        raise ValueError("cannot convert signaling NaN to float")
    return _pure_float(self)


def _decimal_hash(self):
    if self.is_snan():
        raise TypeError("Cannot hash a signaling NaN value")
    return _pure_hash(self)


def _decimal_format(self, spec, context=None, _localeconv=None):
    if not isinstance(spec, str):
        raise TypeError("format arg must be str")
    alternate = "#" in (spec[2:] if spec[1:2] in tuple("<>=^") else spec)  # a fill may be anything
    try:
        if not alternate:
            return _pure_format(self, spec, context, _localeconv)
    except ValueError:
        pass
    raise ValueError("invalid format string")


def _from_float(cls, f, /):
    """Class method that converts a float to a decimal number, exactly."""
    if not isinstance(f, (int, float)):
        raise TypeError("argument must be int or float")
    return _pure_from_float(cls, f)


def _divmod(self, other, context=None):
    """Both of them, or the native choice of what to raise first when one divides by zero."""
    divisor = _convert_other(other)
    if divisor is not NotImplemented and not divisor and not self._is_special and self:
        context = context or getcontext()
        if context.traps[InvalidOperation] and context.traps[DivisionByZero]:
            context.flags[InvalidOperation] = context.flags[DivisionByZero] = True
            raise InvalidOperation([InvalidOperation, DivisionByZero])
    return _pure_divmod(self, other, context)


def _rdivmod(self, other, context=None):
    other = _convert_other(other)
    return other if other is NotImplemented else _divmod(other, self, context)


def _context_divmod(self, a, b, /):
    """Return quotient and remainder of the division a / b."""
    return _divmod(_convert_other(a, raiseit=True), _convert_other(b, raiseit=True), self)


# ---- all of it in its place ----

_pure_context_copy, _pure_context_shallow_copy = Context.copy, Context._shallow_copy
_pure_getcontext, _pure_setcontext, _pure_localcontext = _twin.getcontext, _twin.setcontext, _twin.localcontext
_pure_round, _pure_float, _pure_hash, _pure_format = Decimal.__round__, Decimal.__float__, Decimal.__hash__, Decimal.__format__
_pure_from_float, _pure_divmod = Decimal.from_float.__func__, Decimal.__divmod__
_BINARY = ("compare", "compare_signal", "compare_total", "compare_total_mag", "copy_sign", "logical_and", "logical_or",
           "logical_xor", "max", "max_mag", "min", "min_mag", "next_toward", "remainder_near", "rotate", "same_quantum",
           "scaleb", "shift")
_UNARY = ("exp", "is_normal", "is_subnormal", "ln", "log10", "logb", "logical_invert", "next_minus", "next_plus", "normalize",
          "number_class", "sqrt", "to_eng_string")
_ROUNDED = ("to_integral", "to_integral_exact", "to_integral_value")


def _install():
    ContextManager.__name__ = ContextManager.__qualname__ = "ContextManager"
    _SignalDict.__name__ = _SignalDict.__qualname__ = "SignalDict"
    _SignalDict.__module__ = "decimal"
    for cls in Decimal, Context, ContextManager, _SignalDict:
        _imp._name_in_full(cls)
    _twin._convert_other = _convert_other
    _in_class(Context, __setattr__=_context_setattr, __delattr__=_context_delattr, __repr__=_context_repr,
              _raise_error=_context_raise_error, copy=_context_copy, __copy__=_context_copy,
              _shallow_copy=_context_shallow_copy, divmod=_context_divmod)
    _twin._signals[:] = _SIGNALS
    for context in DefaultContext, BasicContext, ExtendedContext:
        context.flags, context.traps = context.flags, context.traps
    _in_class(Decimal, __new__=_decimal_new(Decimal.__new__), __int__=_to_integer(Decimal.__int__),
              __floor__=_to_integer(Decimal.__floor__), __ceil__=_to_integer(Decimal.__ceil__), __round__=_decimal_round,
              __float__=_decimal_float, __hash__=_decimal_hash, __format__=_decimal_format, __divmod__=_divmod,
              __rdivmod__=_rdivmod, from_float=classmethod(_from_float))
    Decimal.__trunc__ = Decimal.__int__
    _in_class(Decimal, quantize=_native(_with_rounding(Decimal.quantize, 2), _Signature("", ("exp", "rounding", "context"), 1)),
              fma=_native(_with_context(Decimal.fma, 3), _Signature("", ("other", "third", "context"), 2)),
              **{name: _with_context(getattr(Decimal, name), 1) for name in _UNARY},
              **{name: _native(_with_rounding(getattr(Decimal, name), 1), _Signature("", ("rounding", "context")))
                 for name in _ROUNDED},
              **{name: _native(_with_context(getattr(Decimal, name), 2), _Signature("", ("other", "context"), 1))
                 for name in _BINARY})
    for function in _getcontext, _setcontext, _localcontext:
        function.__name__ = function.__qualname__ = function.__name__[1:]
        function.__module__ = "decimal"


_install()


# ---- the class upon native numbers ----

def _make_class(pure):
    """Decimal again, with the methods that Number has not: those are left to it, and the pure ones to its rare cases."""
    number = _decimal_number.Number
    left_out = {"__slots__", "_exp", "_int", "_sign", "_is_special", "__dict__", "__weakref__", "__new__"} | vars(number).keys() - {"__doc__"}
    members = {name: value for name, value in vars(pure).items() if name not in left_out}
    members["__slots__"] = ()
    cls = type("Decimal", (number,), members)
    slow = dict(vars(pure))
    slow["__new__"] = _slow_new
    _decimal_number.install(cls, slow, _twin._current_context_var, _pure_getcontext, Inexact, Rounded, FloatOperation)
    _imp._name_in_full(cls)
    return cls


def _slow_new(*args, **kwargs):
    made = _Pure(*args, **kwargs)
    if type(made) is not _Pure:
        return made
    try:
        return _decimal_number.from_triple(made._sign, made._int, made._exp, made._is_special)
    except OverflowError:
        return _pure_getcontext()._raise_error(InvalidOperation)


_Pure = Decimal
Decimal = _twin.Decimal = _make_class(_Pure)
_twin._dec_from_triple = _decimal_number.from_triple
_twin._Infinity, _twin._NegativeInfinity, _twin._NaN = Decimal("Inf"), Decimal("-Inf"), Decimal("NaN")
_twin._Zero, _twin._One, _twin._NegativeOne = Decimal(0), Decimal(1), Decimal(-1)
_twin._SignedInfinity = (_twin._Infinity, _twin._NegativeInfinity)
_twin._numbers.Number.register(Decimal)
getcontext, setcontext, localcontext = _getcontext, _setcontext, _localcontext
