import sys, time, os
os.environ["TZ"] = "EST+05EDT,M3.2.0,M11.1.0"
time.tzset()
print(time.tzname, time.timezone, time.altzone, time.daylight)
import datetime
for fold in (0, 1):
    d = datetime.datetime(2014, 11, 2, 1, 30, fold=fold)
    print(d.timestamp(), d.astimezone(), datetime.datetime.fromtimestamp(d.timestamp()).fold)
gap = datetime.datetime(2014, 3, 9, 2, 30)
print(gap.timestamp(), gap.replace(fold=1).timestamp(), gap.astimezone(datetime.timezone.utc))
print(time.strftime("%Z %z", time.localtime(0)))
import sysconfig, faulthandler
print(sysconfig.get_config_var("Py_DEBUG"), sysconfig.get_config_var("VERSION"), sysconfig.get_path("stdlib"))
faulthandler.enable()
print(faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable())
