"""Constructors, bounds and messages of datetime's types."""
import datetime as D
import pickle


def show(label, f, *args, **kwargs):
    try:
        print(label, repr(f(*args, **kwargs)))
    except Exception as e:
        print(label, type(e).__name__, e)


huge = 10 ** 30
for args in [(), (1,), (2020, 2), (2020, 2, 30), (0, 1, 1), (10000, 1, 1), (2020, 13, 1), (2020, 1, 1, 2), ("a", 1, 1), (1.5, 1, 1),
             (huge, 1, 1), (2 ** 31, 1, 1), (-5, 1, 1), (b"\x07\xe4\x02\x03",), (b"\x07\xe4\x0d\x03",), (None, 1, 1), (True, True, True)]:
    show("date", D.date, *args)
show("date", D.date, year=2020, month=5, day=6)
show("date", D.date, 2020, month=5, dya=6)
for args in [(2020, 1, 1), (2020, 1, 1, 24), (2020, 1, 1, 1, 60), (2020, 1, 1, 1, 1, 60), (2020, 1, 1, 1, 1, 1, 10 ** 6), (2020,),
             (2020, 1, 1, 1, 1, 1, 1, None, 1), (2020, 1, 1, 1, 1, 1, 1, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)]:
    show("datetime", D.datetime, *args)
show("datetime", D.datetime, 2020, 1, 1, fold=2)
show("datetime", D.datetime, 2020, 1, 1, fold=1, tzinfo=D.timezone.utc)
for args in [(), (25,), (1, 2, 3, 4), (1, 2, 3, 4, D.timezone.utc), (1, 2, 3, 4, 5), (-1,), ("x",), (1, 2, 3, 4, None, 1)]:
    show("time", D.time, *args)

for kwargs in [dict(days=1.5), dict(weeks=huge), dict(days=10 ** 9), dict(days=999999999, hours=24), dict(seconds=1e300), dict(seconds=float("nan")),
               dict(seconds=float("inf")), dict(minutes="1"), dict(microseconds=0.5), dict(microseconds=1.5), dict(microseconds=2.5),
               dict(milliseconds=0.0005), dict(days=10 ** 20, hours=-24 * 10 ** 20), dict(hours=-1), dict(years=1), dict(seconds=True)]:
    show("timedelta", D.timedelta, **kwargs)
show("timedelta", D.timedelta, 1, 2, 3, 4, 5, 6, 7)
show("timedelta", D.timedelta, 1, 2, 3, 4, 5, 6, 7, 8)

for args in [(), (1,), (D.timedelta(0),), (D.timedelta(hours=24),), (D.timedelta(hours=-5), "E"), (D.timedelta(hours=1), 2), (D.timedelta(microseconds=1),)]:
    show("timezone", D.timezone, *args)
print(D.timezone(D.timedelta(0)) is D.timezone.utc, D.timezone(D.timedelta(0), "Z") is D.timezone.utc, D.timezone(D.timedelta(0), "Z") == D.timezone.utc)
for minutes in (0, 90, -90, 1.5, -1439):
    zone = D.timezone(D.timedelta(minutes=minutes))
    print(zone, zone.tzname(None), zone.utcoffset(None), zone.dst(None), D.datetime(2020, 1, 1, tzinfo=zone).isoformat())
show("tzname", D.timezone.utc.tzname, 5)
show("fromutc", D.timezone.utc.fromutc, D.datetime(2020, 1, 1))

for f, args in [(D.date.fromtimestamp, (1e30,)), (D.date.fromtimestamp, (float("nan"),)), (D.date.fromtimestamp, ("1",)),
                (D.datetime.utcfromtimestamp, (1e11,)), (D.datetime.utcfromtimestamp, (-62135596801,)), (D.datetime.utcfromtimestamp, (1.9999999,)),
                (D.datetime.utcfromtimestamp, (-0.0000001,)), (D.datetime.utcfromtimestamp, (huge,)), (D.datetime.utcfromtimestamp, (1.0000005,)),
                (D.date.fromordinal, (0,)), (D.date.fromordinal, (3652060,)), (D.date.fromordinal, (huge,)), (D.date.fromordinal, (737425,)),
                (D.date.fromisocalendar, (2020, 53, 7)), (D.date.fromisocalendar, (2021, 53, 1)), (D.date.fromisocalendar, (2020, 1, 8)),
                (D.date.fromisocalendar, (0, 1, 1)), (D.date.fromisocalendar, (9999, 52, 7)), (D.date.fromisocalendar, (huge, 1, 1)),
                (D.date.fromisocalendar, (1, 1, 1)), (D.datetime.combine, (1, 2)), (D.datetime.combine, (D.date(2020, 1, 1), 2)),
                (D.datetime.combine, (D.date(2020, 1, 1), D.time(3, 4, fold=1))), (D.datetime.strptime, ("x", "%Y")), (D.datetime.strptime, (1, "%Y")),
                (D.datetime.strptime, ("2020-03-04 +0130", "%Y-%m-%d %z")), (D.datetime.now, (5,)), (D.datetime.fromtimestamp, (0, D.timezone.utc))]:
    show(f.__name__, f, *args)

for text in ["2020-01-02", "20200102", "2020-W01-4", "2020W014", "2020-W01", "2020W01", "2020-1-2", "2020-01-02T", "2020-01-02T03", "2020-01-02T03:04",
             "2020-01-02T0304", "2020-01-02 03:04:05.1", "2020-01-02 03:04:05,123456789", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05+01",
             "2020-01-02T03:04:05-01:02:03.4", "20200102T030405", "2020-W01-4T03", "2020W0140304", "2020-01-02é03:04", "2020-01-02T25:00",
             "2020-01-02T03:04:05+24:00", "2020-01-02T03:04:05+00:00", "2020-13-02", "2020-02-30", "", "2020", "2020-01-02T03:4", "2020-01-02T03:04x",
             "\ud800", "2020-01-02\ud80003:04", "0000-01-01", "2020-W54-1", "2020-W00-1", "20200102T12345678", "2020-01-02T12.5"]:
    show(ascii(text), D.datetime.fromisoformat, text)
    show("   date", D.date.fromisoformat, text)
for text in ["03", "03:04", "T03:04:05", "030405.5", "03:04:05+05:30", "24:00", "3:04", "", "03:04:05.", "03:04:05.1234567", "03Z", "03:04:05-00:00", 5]:
    show(ascii(text), D.time.fromisoformat, text)

delta, day, moment = D.timedelta(days=1, seconds=3, microseconds=5), D.date(2020, 2, 28), D.datetime(2020, 2, 28, 23, 59, 59, 999999)
for text in ["delta * 2", "2 * delta", "delta * 0.1", "delta / 3", "delta / 0", "delta // 7", "delta // 0", "delta / D.timedelta(0)", "delta % D.timedelta(seconds=7)",
             "divmod(delta, D.timedelta(seconds=7))", "delta / 2.5", "delta / 0.0", "delta * float('inf')", "delta * float('nan')", "delta * 10**30", "-delta", "abs(-delta)",
             "+delta", "delta + 1", "delta - delta", "day + delta", "delta + day", "day - delta", "day - day", "delta - day", "day + 1", "moment + delta", "moment - delta",
             "moment - D.datetime(2019, 1, 1)", "moment - moment.replace(tzinfo=D.timezone.utc)", "D.datetime.max + delta", "D.date.min - delta", "D.timedelta.max + delta",
             "moment < day", "day < moment", "moment == day", "day == moment", "moment < moment.replace(tzinfo=D.timezone.utc)", "day < 5", "delta < 5", "delta == 5",
             "D.time(1) < D.time(1, tzinfo=D.timezone.utc)", "D.time(1) == D.time(1, tzinfo=D.timezone.utc)", "bool(D.timedelta(0))", "bool(D.time(0))",
             "delta.total_seconds()", "D.timedelta.min", "D.timedelta.max", "D.timedelta.resolution", "moment.replace(year=0)", "moment.replace(tzinfo=5)", "day.replace(day=30)",
             "moment.isoformat('é', 'minutes')", "moment.isoformat(timespec='x')", "moment.isoformat('ab')", "moment.isoformat(5)", "format(day, '%Y')", "format(day, 5)", "f'{moment:%H:%M:%S.%f %z|%Z}'",
             "moment.astimezone(5)", "moment.timetuple()", "moment.utctimetuple()", "moment.isocalendar()", "moment.ctime()", "day.ctime()", "D.date(1, 1, 1).isocalendar()",
             "D.date(9999, 12, 31).isocalendar()", "hash(delta) == hash((delta.days, delta.seconds, delta.microseconds))", "day.strftime('%f|%z|%%|%')", "day.strftime()", "day.strftime(5)",
             "D.tzinfo().utcoffset(None)", "D.tzinfo(1, 2, x=3).dst(None)", "day.year.__class__", "moment.timetz()", "str(D.time(1, 2))", "D.time(1, 2).strftime('%H:%M:%S %f')"]:
    show(text, eval, text)

for value in [day, moment, moment.replace(tzinfo=D.timezone(D.timedelta(hours=2), "X"), fold=1), delta, D.time(1, 2, 3, 4, D.timezone.utc, fold=1), D.timezone.utc,
              D.timezone(D.timedelta(hours=3)), day.isocalendar()]:
    for protocol in range(6):
        back = pickle.loads(pickle.dumps(value, protocol))
        print(protocol, back == value, repr(back), type(back).__name__)
for name in ("year", "tzinfo"):
    try:
        setattr(moment, name, 5)
    except AttributeError as e:
        print(e)


class Sub(D.datetime):
    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls, *args, **kwargs)
        self.extra = len(args)
        return self


s = Sub(2020, 1, 2)
for v in (s, s + delta, s.replace(year=2021), Sub.fromisoformat("2020-05-06"), Sub.combine(day, D.time(5)), Sub.utcfromtimestamp(5), s.astimezone(D.timezone.utc)):
    print(type(v).__name__, repr(v), getattr(v, "extra", None))


class Odd(D.tzinfo):
    answer = None

    def utcoffset(self, dt):
        return self.answer

    dst = utcoffset

    def tzname(self, dt):
        return self.answer

    def __repr__(self):
        return "Odd()"


for answer in (None, 5, D.timedelta(hours=24), D.timedelta(hours=5), "x"):
    odd = Odd()
    odd.answer = answer
    t = D.datetime(2020, 1, 1, tzinfo=odd)
    for method in ("utcoffset", "dst", "tzname", "isoformat", "timetuple"):
        show(method, getattr(t, method))
    show("==", lambda: t == D.datetime(2020, 1, 1, tzinfo=D.timezone.utc))
    show("fromutc", odd.fromutc, t)
try:
    class Final(D.timezone):
        pass
except TypeError as e:
    print(e)
