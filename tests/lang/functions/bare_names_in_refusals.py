# Some native functions refuse keywords without telling their module or class.
import datetime
import functools
import math
import re
import threading
import time

for function in (math.log, math.log2, functools.reduce, time.asctime, time.gmtime, time.ctime, time.strftime, time.localtime, time.clock_gettime,
                 time.get_clock_info, time.mktime, re.match("a", "a").group, re.match("a", "a").start,
                 datetime.date.fromordinal, datetime.date(1, 1, 1).__format__, datetime.time().__format__, datetime.date.fromtimestamp,
                 datetime.datetime(1, 1, 1).__format__, datetime.datetime.strptime, datetime.datetime.utcfromtimestamp,
                 datetime.datetime.fromordinal, datetime.date.today, threading.Lock().__exit__, threading.RLock().__exit__, "".join, [].append):
    for arguments in ((), (1,)):
        try:
            function(*arguments, bogus=1)
        except TypeError as e:
            print(e)
