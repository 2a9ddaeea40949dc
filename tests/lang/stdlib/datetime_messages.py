# The words in which dates and times refuse, and their reprs.
import datetime as d
from datetime import date, datetime, time, timedelta, timezone, tzinfo

CASES = """\
date(2024, 13, 1)
date(2024, 2, 30)
date(0,1,1)
date(10000,1,1)
date('a',1,1)
date(1.5,1,1)
date()
date(1)
datetime(1)
datetime()
datetime(2024,1,1,24)
datetime(2024,1,1,0,60)
datetime(2024,1,1,0,0,60)
datetime(2024,1,1,0,0,0,1000000)
datetime(2024,1,1,tzinfo=1)
datetime(2024,1,1,fold=2)
time(24)
time(0,60)
time(0,0,60)
time('a')
time(fold=3)
time(tzinfo='x')
timedelta('a')
timedelta(days='a')
timedelta(foo=1)
timedelta(1,2,3,4,5,6,7,8)
timedelta(days=10**10)
timedelta(days=1e20)
timedelta(days=float('nan'))
timedelta(days=float('inf'))
timedelta(1)/0
timedelta(1)//0
timedelta(1)%timedelta(0)
timedelta(1)/timedelta(0)
timedelta(1)*'a'
timedelta(1)*1.5
timedelta(1)+1
1+timedelta(1)
date(2024,1,1)+1
date(2024,1,1)-datetime(2024,1,1)
datetime(2024,1,1)-date(2024,1,1)
date(2024,1,1)<1
date(2024,1,1)<datetime(2024,1,1)
datetime(2024,1,1)<date(2024,1,1)
datetime(2024,1,1)<datetime(2024,1,1,tzinfo=timezone.utc)
datetime(2024,1,1)-datetime(2024,1,1,tzinfo=timezone.utc)
time(1)<time(1,tzinfo=timezone.utc)
datetime(2024,1,1)==datetime(2024,1,1,tzinfo=timezone.utc)
timedelta(1)<1
time(1)<1
time(1)+time(1)
date.fromisoformat('x')
date.fromisoformat(1)
date.fromisoformat('2024-13-01')
datetime.fromisoformat('x')
datetime.fromisoformat('2024-01-01T25:00')
datetime.fromisoformat(None)
time.fromisoformat('x')
time.fromisoformat('25:00')
datetime.strptime('x','%Y')
datetime.strptime('2024-01-01x','%Y-%m-%d')
datetime.strptime('2024','%Q')
datetime.strptime(1,'%Y')
datetime.fromtimestamp('x')
datetime.fromtimestamp(1e20)
datetime.fromtimestamp(float('nan'))
datetime.utcfromtimestamp(0)
date.fromtimestamp(0)
date.fromordinal(0)
date.fromordinal('a')
date.fromordinal(10**8)
date.fromisocalendar(2024,54,1)
date.fromisocalendar(2024,1,8)
date.fromisocalendar(0,1,1)
date.fromisocalendar('a',1,1)
date(2024,1,1).replace(month=13)
date(2024,1,1).replace(foo=1)
datetime(2024,1,1).replace(foo=1)
datetime(2024,1,1).replace(day=32)
date(2024,1,1).strftime()
date(2024,1,1).strftime(1)
datetime(2024,1,1).isoformat(timespec='x')
datetime(2024,1,1).isoformat(sep='ab')
datetime(2024,1,1).astimezone(1)
datetime.combine(1,2)
datetime.combine(date(2024,1,1),2)
datetime.now(1)
timezone(1)
timezone(timedelta(hours=24))
timezone(timedelta(0),1)
timezone()
timezone.utc
repr(timezone.utc)
repr(timezone(timedelta(hours=1)))
repr(timezone(timedelta(hours=-1),'X'))
str(timezone(timedelta(hours=-1,minutes=-30)))
timezone.utc.utcoffset(1)
timezone.utc.utcoffset(None)
tzinfo().utcoffset(None)
tzinfo().tzname(None)
tzinfo().dst(1)
tzinfo().fromutc(1)
date.max+timedelta(1)
date.min-timedelta(1)
datetime.max+timedelta(1)
timedelta.max+timedelta(1)
timedelta.max*2
-timedelta.max
abs(timedelta(-1))
repr(timedelta(0))
repr(timedelta(1,2,3))
str(timedelta(-1,5))
divmod(timedelta(5),timedelta(2))
round(timedelta(1))
hash(date(2024,1,1))==hash(date(2024,1,1))
date(2024,1,1).foo
date(2024,1,1).__dict__
setattr(date(2024,1,1),'year',5)
setattr(date(2024,1,1),'foo',5)
setattr(timedelta(1),'days',5)
delattr(date(2024,1,1),'year')
date.min
date.resolution
date.__module__
date(2024,1,1).isocalendar()
type(date(2024,1,1).isocalendar())
date(2024,1,1).isocalendar().week
date(2024,1,1).isocalendar()[1]
repr(date(2024,1,1).isocalendar())
tuple(date(2024,1,1).isocalendar())
date(2024,1,1).timetuple()
datetime(2024,1,1).utctimetuple()
datetime(2024,1,1,tzinfo=timezone.utc).timestamp()
datetime(2024,1,1,tzinfo=timezone.utc).__reduce__()
date(2024,1,1).__reduce__()
timedelta(1).__reduce__()
time(1).__reduce__()
timezone.utc.__reduce__()
__import__('copy').deepcopy(datetime(2024,1,1,tzinfo=timezone.utc))
__import__('pickle').loads(__import__('pickle').dumps(datetime(2024,1,1,tzinfo=timezone.utc)))
d.__name__
date.__mro__, datetime.__mro__, timezone.__mro__
f"{date(2024,1,5):%A %d %B %Y} {datetime(2024,1,5,1,2,3):%j %U %w %p %I %y %c %x %X %%}"
f"{date(2024,1,5):>20}"
format(date(2024,1,5),'')
datetime(2024,1,1,1,2,3,4).isoformat(' ','milliseconds')
time(1,2,3).isoformat(timespec='hours')
time(1,2,3).strftime('%H:%M')
str(time(1,2,3,4,timezone.utc))
repr(time(1,2,3,4,timezone.utc))
repr(datetime(2024,1,1,fold=1))
bool(timedelta(0)), bool(time(0))
date(2024,1,1) in {date(2024,1,1):1}
datetime(2024,1,1).date() == date(2024,1,1)
datetime(2024,1,1) == date(2024,1,1)
timedelta(1) == 1, timedelta(1) != 'a'
date(year=2024,month=1,day=1)
datetime(2024,1,1,hour='a')
datetime(2024,1.0,1)
datetime(2024,1,None)
timedelta(None)
timedelta(days=None)
timedelta(seconds=1.5, microseconds=0.5)
timedelta(hours='1')
timedelta(weeks=[])
timedelta(1).resolution
timedelta(microseconds=1)/2
timedelta(1)/1.5
timedelta(1)//1.5
timedelta(1)//timedelta(hours=5)
1/timedelta(1)
date.today().foo()
datetime.now(1,2)
time(1).utcoffset(), time(1).dst(), time(1).tzname()
datetime.fromisoformat('20240101T010203.5Z')
datetime.fromisoformat('2024-W01-1')
date.fromisoformat('2024-W01')
time.fromisoformat('T010203')
"""

for case in CASES.splitlines():
    try:
        print(case, "->", eval(case))
    except Exception as e:
        print(case, "->", type(e).__name__, e)

for o in date(2024, 1, 1), datetime(2024, 1, 1, 2, 3), time(4, 5), timedelta(6), timezone.utc:
    print([name for name in dir(o) if not name.startswith("_")])
