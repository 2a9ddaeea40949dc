# calendar and time without the clock's value.
import calendar, time
print(calendar.isleap(2000), calendar.isleap(1900), calendar.leapdays(2000, 2021), calendar.weekday(2024, 2, 29), calendar.monthrange(2023, 2), calendar.monthcalendar(2024, 2), calendar.day_name[0], calendar.month_abbr[12], calendar.timegm((2024, 1, 1, 0, 0, 0)), calendar.month(2024, 2))
print(time.gmtime(0), time.gmtime(10**9)[:6], time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(86400 * 365)), time.mktime(time.gmtime(0)) is not None, time.strptime("2024-02-29", "%Y-%m-%d")[:3], time.asctime(time.gmtime(0)), time.struct_time((2024, 1, 2, 3, 4, 5, 1, 2, 0)).tm_year, time.gmtime(0).tm_wday)
a = time.monotonic(); b = time.perf_counter(); time.sleep(0.01); print(time.monotonic() - a >= 0.009, time.perf_counter() - b >= 0.009, time.time() > 1.6e9, time.time_ns() > 1.6e18, isinstance(time.monotonic_ns(), int), time.process_time() >= 0, time.thread_time() >= 0, isinstance(time.perf_counter_ns(), int))
for bad in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.gmtime("x"), lambda: time.strftime("%Y", (1,)), lambda: time.strptime("x", "%Y"), lambda: calendar.monthrange(2024, 13), lambda: time.gmtime(10**20), lambda: time.sleep(None)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
