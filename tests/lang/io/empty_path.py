# An empty path names nothing: it is not the current directory.
import codecs
import io
import os

print(os.path.exists(''), os.path.isdir(''), os.path.isfile(b''), os.path.lexists(''), os.access('', 0))


def show(function, *args):
    try:
        print(function(*args))
    except OSError as e:
        print(type(e).__name__, e, repr(e.filename))


for function in os.stat, os.lstat, os.listdir, os.scandir, os.chdir, open, io.FileIO, codecs.open:
    show(function, '')
show(os.stat, b'')
show(open, '', 'w')
print(list(os.walk('')), os.path.abspath('') == os.getcwd())
