"""Dates and times, as CPython's own native module has them: the classes are those of the library's pure twin (kept here as
_pydatetime); what the native ones do otherwise, above all the words of their errors, replaces it there."""
import sys
import _imp
import _pydatetime as _twin
from _native_words import Signature as _Signature, in_class as _in_class, native as _native
from _native_words import type_name as _type_name, with_words as _with_words
from _pydatetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta, timezone, tzinfo

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

UTC = timezone.utc

_index = _twin._index


# ---- arguments ----

_DATE = ("year", "month", "day")
_TIME = ("hour", "minute", "second", "microsecond", "tzinfo", "fold")
_COMPONENTS = ("microseconds", "milliseconds", "seconds", "minutes", "hours", "days", "weeks")
_TIMEDELTA = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")


def _check_components(args, kwargs):
    """timedelta's: the first that is no number is named."""
    given = dict(zip(_TIMEDELTA, args), **kwargs)
    for name in _COMPONENTS:
        value = given.get(name, 0)
        if not isinstance(value, (int, float)):
            raise TypeError(f"unsupported type for timedelta {name} component: {_type_name(value)}")


def _days_overflow(e):
    days = int(str(e).rpartition(" ")[2])
    if not -2**31 <= days < 2**31:
        return OverflowError("Python int too large to convert to C int")
    return OverflowError(f"days={days}; must have magnitude <= 999999999")


def _timedelta_new(pure):
    signature = _Signature("__new__", _TIMEDELTA)

    def __new__(cls, *args, **kwargs):
        try:
            return pure(cls, *args, **kwargs)
        except (TypeError, OverflowError) as e:
            refused = _days_overflow(e) if "# of days" in str(e) else e
        try:
            signature.check(args, kwargs)
            _check_components(args, kwargs)
            raise refused
        finally:
            del refused
    return __new__


# ---- fields ----

def _out_of_int(value):
    if not -2**31 <= value < 2**31:
        raise OverflowError("signed integer is greater than maximum" if 0 < value < 2**63 else
                            "signed integer is less than minimum" if -2**63 <= value < 0 else
                            "Python int too large to convert to C long")


def _check_date_fields(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= _twin._days_in_month(year, month):
        return year, month, day
    for value in (year, month, day):
        _out_of_int(value)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    raise ValueError("day is out of range for month")


_TIME_RANGES = (("hour", 23), ("minute", 59), ("second", 59), ("microsecond", 999999))


def _check_time_fields(*fields):
    hour, minute, second, microsecond, fold = fields = [*map(_index, fields)]
    if (0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59 and 0 <= microsecond <= 999999
            and (fold == 0 or fold == 1)):
        return fields
    for value in fields:
        _out_of_int(value)
    for value, (name, most) in zip(fields, _TIME_RANGES):
        if not 0 <= value <= most:
            raise ValueError(f"{name} must be in 0..{most}")
    raise ValueError("fold must be either 0 or 1")


def _check_tzinfo_arg(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{_type_name(tz)}'")


_DAY_RANGE = "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)"


def _check_utc_offset(name, offset):
    if offset is None:
        return
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or a timedelta, not '{_type_name(offset)}'")
    if not -timedelta(1) < offset < timedelta(1):
        raise ValueError(_DAY_RANGE + ".")


def _check_tzname(name):
    if name is not None and not isinstance(name, str):
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{_type_name(name)}'")


def _refuse_comparison(x, y):
    raise TypeError(f"can't compare {_type_name(x)} to {_type_name(y)}")


# ---- date ----

def _refuse_iso(text):
    raise ValueError(f"Invalid isoformat string: {text!r}")


def _date_fromordinal(cls, ordinal, /):
    """int -> date corresponding to a proleptic Gregorian ordinal."""
    ordinal = _index(ordinal)
    if ordinal < 1:
        raise ValueError("ordinal must be >= 1")
    return cls(*_twin._ord2ymd(ordinal))


def _date_fromisoformat(cls, date_string, /):
    """str -> Construct a date from a string in ISO 8601 format."""
    if not isinstance(date_string, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        fields = _twin._parse_isoformat_date(date_string) if len(date_string) in (7, 8, 10) else None
    except Exception:
        fields = None
    if not fields:
        _refuse_iso(date_string)
    return cls(*fields)


def _date_fromisocalendar(cls, year, week, day):
    """int, int, int -> Construct a date from the ISO year, week number and weekday."""
    year, week, day = _index(year), _index(week), _index(day)
    try:
        return cls(*_twin._isoweek_to_gregorian(year, week, day))
    except ValueError as e:
        words = str(e)
    raise ValueError(words.replace("Invalid weekday", "Invalid day"))


def _date_sub(self, other):
    if isinstance(other, datetime):
        return NotImplemented
    return _pure_date_sub(self, other)


def _strftime(pure, name):
    signature = _Signature("strftime", ("format",), 1)

    def strftime(self, *args, **kwargs):
        if len(args) != 1 or kwargs:
            signature.check(args, kwargs)
            args = (*args, *kwargs.values())
        if not isinstance(args[0], str):
            raise TypeError(f"strftime() argument 1 must be str, not {_type_name(args[0])}")
        return pure(self, *args)
    strftime.__qualname__ = f"{name}.strftime"
    strftime.__doc__ = pure.__doc__
    return strftime


# ---- time ----

def _time_fromisoformat(cls, time_string, /):
    """string -> time from a string in ISO 8601 format"""
    if not isinstance(time_string, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        fields = _twin._parse_isoformat_time(time_string.removeprefix("T"))
    except Exception:
        fields = None
    if not fields:
        _refuse_iso(time_string)
    return cls(*fields)


# ---- datetime ----

def _datetime_fromtimestamp(cls, timestamp, tz=None):
    """timestamp[, tz] -> tz's local time from POSIX timestamp."""
    _check_tzinfo_arg(tz)
    return cls._fromtimestamp(_moment(timestamp), tz is not None, tz)


def _datetime_utcfromtimestamp(cls, timestamp, /):
    """Construct a naive UTC datetime from a POSIX timestamp."""
    return cls._fromtimestamp(_moment(timestamp), True, None)


def _moment(timestamp):
    if not isinstance(timestamp, float):
        return _index(timestamp)
    if timestamp != timestamp:
        raise ValueError("Invalid value NaN (not a number)")
    return timestamp


_COMBINED = _Signature("combine", ("date", "time", "tzinfo"), 2)


def _datetime_combine(cls, *args, **kwargs):
    """date, time -> datetime with same date and time fields"""
    _COMBINED.check(args, kwargs)
    given = dict(zip(_COMBINED.names, args), **kwargs)
    for k, wanted in (1, date), (2, time):
        value = given[wanted.__name__]
        if not isinstance(value, wanted):
            raise TypeError(f"combine() argument {k} must be datetime.{wanted.__name__}, not {_type_name(value)}")
    return _pure_combine(cls, **given)


def _datetime_strptime(cls, date_string, format, /):
    """string, format -> new datetime parsed from a string (like time.strptime())."""
    for k, value in (1, date_string), (2, format):
        if not isinstance(value, str):
            raise TypeError(f"strptime() argument {k} must be str, not {_type_name(value)}")
    return _pure_strptime(cls, date_string, format)


def _datetime_isoformat(self, sep="T", timespec="auto"):
    """[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."""
    if not isinstance(sep, str) or len(sep) != 1:
        raise TypeError(f"isoformat() argument 1 must be a unicode character, not {_type_name(sep)}")
    return _pure_isoformat(self, sep, timespec)


def _datetime_astimezone(self, tz=None):
    """tz -> convert to local time in new timezone tz"""
    _check_tzinfo_arg(tz)
    return _pure_astimezone(self, tz)


# ---- time zones ----

def _abstract(name):
    def method(self, dt, /):
        raise NotImplementedError(f"a tzinfo subclass must implement {name}()")
    method.__name__ = name
    method.__qualname__ = f"tzinfo.{name}"
    return method


def _tzinfo_fromutc(self, dt, /):
    """datetime in UTC -> datetime in local time."""
    if not isinstance(dt, datetime):
        raise TypeError("fromutc: argument must be a datetime")
    if dt.tzinfo is not self:
        raise ValueError("fromutc: dt.tzinfo is not self")
    offset, dst = dt.utcoffset(), dt.dst()
    for name, value in ("utcoffset", offset), ("dst", dst):
        if value is None:
            raise ValueError(f"fromutc: non-None {name}() result required")
    shift = offset - dst
    if shift:
        dt += shift
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
    return dt + dst


def _timezone_new(pure):
    signature = _Signature("timezone", ("offset", "name"), 1)

    def __new__(cls, *args, **kwargs):
        try:
            return pure(cls, *args, **kwargs)
        except (TypeError, ValueError):
            pass
        signature.check(args, kwargs)
        given = dict(zip(signature.names, args), **kwargs)
        for k, (name, wanted, title) in enumerate((("offset", timedelta, "datetime.timedelta"), ("name", str, "str"))):
            if name in given and not isinstance(given[name], wanted):
                raise TypeError(f"timezone() argument {k + 1} must be {title}, not {_type_name(given[name])}")
        raise ValueError(f"{_DAY_RANGE}, not {given['offset']!r}.")
    return __new__


def _timezone_method(pure):
    """A method of timezone that takes a datetime or None."""
    name = pure.__name__

    def method(self, dt, /):
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(f"{name}(dt) argument must be a datetime instance or None, not {_type_name(dt)}")
        return pure(self, dt)
    method.__name__ = name
    method.__qualname__ = pure.__qualname__
    method.__doc__ = pure.__doc__
    return method


def _timezone_fromutc(self, dt, /):
    """datetime in UTC -> datetime in local time."""
    if not isinstance(dt, datetime):
        raise TypeError("fromutc() argument must be a datetime instance")
    if dt.tzinfo is not self:
        raise ValueError("fromutc: dt.tzinfo is not self")
    return dt + self._offset


def _timezone_reduce(self):
    return self.__class__, self.__getinitargs__(), None


def _week_repr(self):
    return f"{_type_name(self)}(year={self[0]}, week={self[1]}, weekday={self[2]})"


# ---- all of it in its place ----

_pure_date_sub = date.__sub__
_pure_combine = datetime.combine.__func__
_pure_strptime = datetime.strptime.__func__
_pure_isoformat = datetime.isoformat
_pure_astimezone = datetime.astimezone


def _read_only(cls, names, words):
    for name in names:
        def refuse(self, *_, name=name):
            raise AttributeError(words.format(name=name, cls=cls.__name__))
        setattr(cls, name, property(cls.__dict__[name].fget, refuse, refuse, cls.__dict__[name].__doc__))


def _install():
    for function in (_check_date_fields, _check_time_fields, _check_tzinfo_arg, _check_utc_offset, _check_tzname):
        setattr(_twin, function.__name__, function)
    _twin._cmperror = _refuse_comparison
    for cls in (date, datetime, time, timedelta, timezone, tzinfo, _twin._IsoCalendarDate):
        cls.__module__ = "datetime"
        _imp._name_in_full(cls)
    _read_only(timedelta, ("days", "seconds", "microseconds"), "readonly attribute")
    for cls, names in (date, _DATE), (time, _TIME), (datetime, _TIME):
        _read_only(cls, names, "attribute '{name}' of 'datetime.{cls}' objects is not writable")
    past_the_end = OverflowError, "result out of range", "date value out of range"
    _in_class(timedelta, __new__=_timedelta_new(timedelta.__new__))
    _in_class(date, __new__=_native(date.__new__, _Signature("", _DATE, 3, takes_state=True)), __sub__=_date_sub,
              __add__=_with_words(date.__add__, *past_the_end), fromordinal=classmethod(_date_fromordinal),
              fromisoformat=classmethod(_date_fromisoformat), fromisocalendar=classmethod(_date_fromisocalendar),
              replace=_native(date.replace, _Signature("replace", _DATE)), strftime=_strftime(date.strftime, "date"))
    _in_class(time, __new__=_native(time.__new__, _Signature("", _TIME, 0, 5, takes_state=True)),
              strftime=_strftime(time.strftime, "time"),
              replace=_native(time.replace, _Signature("replace", _TIME, 0, 5)),
              fromisoformat=classmethod(_time_fromisoformat),
              _cmp=_with_words(time._cmp, TypeError, "cannot compare naive and aware times",
                               "can't compare offset-naive and offset-aware times"))
    _in_class(datetime, __new__=_native(datetime.__new__, _Signature("", _DATE + _TIME, 3, 8, takes_state=True)),
              replace=_native(datetime.replace, _Signature("replace", _DATE + _TIME, 0, 8)),
              now=classmethod(_native(datetime.now.__func__, _Signature("now", ("tz",)))),
              fromtimestamp=classmethod(_native(_datetime_fromtimestamp,
                                                _Signature("fromtimestamp", ("timestamp", "tz"), 1))),
              utcfromtimestamp=classmethod(_datetime_utcfromtimestamp), combine=classmethod(_datetime_combine),
              strptime=classmethod(_datetime_strptime), isoformat=_datetime_isoformat, astimezone=_datetime_astimezone,
              __add__=_with_words(datetime.__add__, *past_the_end),
              __sub__=_with_words(datetime.__sub__, TypeError, "cannot mix naive and timezone-aware time",
                                  "can't subtract offset-naive and offset-aware datetimes"),
              _cmp=_with_words(datetime._cmp, TypeError, "cannot compare naive and aware datetimes",
                               "can't compare offset-naive and offset-aware datetimes"))
    for cls in date, datetime:
        cls.__radd__ = cls.__add__
    _in_class(tzinfo, utcoffset=_abstract("utcoffset"), tzname=_abstract("tzname"), dst=_abstract("dst"),
              fromutc=_tzinfo_fromutc)
    _in_class(timezone, __new__=_timezone_new(timezone.__new__), fromutc=_timezone_fromutc, __reduce__=_timezone_reduce,
              **{name: _timezone_method(timezone.__dict__[name]) for name in ("utcoffset", "tzname", "dst")})
    _twin._IsoCalendarDate.__repr__ = _week_repr


_install()
