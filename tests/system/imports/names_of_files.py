"""Names of files that are no UTF-8: as str with surrogates, and as bytes."""
import os
import sys

d = sys.argv[1]
p = os.path.join(d, 'a\udcff.py')


def t(f):
    try: print(ascii(f()).replace(d, 'D'))
    except Exception as e: print(type(e).__name__, ascii(str(e)).replace(d, 'D'))


t(lambda: open(p, 'w').write('x = 1\ndef f(): 1/0\n'))
t(lambda: os.listdir(d))
t(lambda: os.listdir(os.fsencode(d)))
t(lambda: os.stat(p).st_size)
t(lambda: os.path.exists(p))
t(lambda: open(p).read())
t(lambda: os.rename(p, p + '2'))
t(lambda: os.rename(p + '2', p))
t(lambda: os.open(p, 0) > 2)
t(lambda: [e.name for e in os.scandir(d)])
t(lambda: open(os.path.join(d, '\ud800'), 'w'))
t(lambda: os.stat('\ud800'))
t(lambda: os.mkdir(p + 'd'))
t(lambda: os.path.isdir(p + 'd'))
t(lambda: open(p + 'none'))
t(lambda: os.remove(p))
t(lambda: os.rmdir(p + 'd'))
t(lambda: open(os.fsencode(p), 'w').close())
t(lambda: os.access(p, 4))
t(lambda: os.utime(p))
t(lambda: os.chmod(p, 0o600))
t(lambda: os.unlink(p))
t(lambda: os.path.realpath(p))
t(lambda: os.readlink(p))
