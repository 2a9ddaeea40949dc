# Streams of every layer: raw, buffered, text; in memory, of Python classes, and the standard ones.
import io, sys
def t(f):
    try: r=f(); print(repr(r))
    except BaseException as e: print(type(e).__name__, e)
class Raw(io.RawIOBase):
    def __init__(self,data=b''): self.b=bytearray(data); self.p=0; self.log=[]
    def readable(self): return True
    def writable(self): return True
    def seekable(self): return True
    def readinto(self,buf):
        n=min(len(buf),3,len(self.b)-self.p); buf[:n]=self.b[self.p:self.p+n]; self.p+=n; return n
    def write(self,d):
        d=bytes(d)[:4]; self.b[self.p:self.p+len(d)]=d; self.p+=len(d); self.log.append(d); return len(d)
    def seek(self,o,w=0):
        self.p={0:0,1:self.p,2:len(self.b)}[w]+o; return self.p
r=Raw(b'line1\nline2\nline three\nend')
br=io.BufferedReader(r,5)
t(lambda: br.readline()); t(lambda: br.read(3)); t(lambda: br.peek(2)[:1]); t(lambda: br.read1(10)); t(lambda: br.tell()); t(lambda: br.read()); t(lambda: br.read()); t(lambda: br.seek(2)); t(lambda: list(br)); t(lambda: br.write(b'x')); t(lambda: br.raw is r)
b=bytearray(4); br.seek(0); t(lambda: br.readinto(b)); print(b)
t(lambda: Raw(b'abc').read()); t(lambda: Raw(b'abcdef').readall()); t(lambda: Raw(b'abc').read(2)); t(lambda: Raw(b'a\nb\n').readlines()); t(lambda: Raw(b'a\nb\n').readline())
w=Raw(); bw=io.BufferedWriter(w,8); t(lambda: bw.write(b'hello')); t(lambda: w.log); t(lambda: bw.write(b' world!!!')); t(lambda: w.log); t(lambda: bw.flush()); print(w.b); t(lambda: bw.tell()); t(lambda: bw.close()); t(lambda: bw.write(b'x')); t(lambda: bw.closed)
rr=io.BufferedRandom(Raw(b'0123456789'),4); t(lambda: rr.read(3)); t(lambda: rr.write(b'AB')); t(lambda: rr.read(2)); t(lambda: rr.seek(0)); t(lambda: rr.read())
for nl in (None,'','\n','\r','\r\n'):
    x=io.TextIOWrapper(io.BytesIO(b'a\nb\r\nc\rd\n'),encoding='utf-8',newline=nl); print(repr(nl), x.readlines(), x.newlines)
    o=io.BytesIO(); x=io.TextIOWrapper(o,encoding='utf-8',newline=nl); x.write('a\nb\r\nc\rd'); x.flush(); print(o.getvalue())
    s=io.StringIO('a\nb\r\nc\rd\n',newline=nl); print(s.getvalue().encode(), s.readlines(), s.newlines)
x=io.TextIOWrapper(io.BytesIO('héllo\nwörld\n日本\n'.encode()),encoding='utf-8')
t(lambda: x.read(2)); t(lambda: x.tell()); t(lambda: x.readline()); p=x.tell(); print(p); t(lambda: x.readline()); t(lambda: x.seek(p)); t(lambda: x.readline()); t(lambda: x.read()); t(lambda: x.seek(0)); t(lambda: next(x)); t(lambda: x.tell()); t(lambda: x.name); t(lambda: x.buffer.getvalue()[:3]); t(lambda: x.seek(1,1)); t(lambda: x.seek(0,2)); t(lambda: x.write('Ω')); t(lambda: x.seek(0)); t(lambda: x.read()[-1]); t(lambda: repr(x)); t(lambda: x.truncate(3)); x.seek(0); t(lambda: x.read()); t(lambda: x.detach().closed); t(lambda: x.read()); t(lambda: repr(x))
x=io.TextIOWrapper(io.BytesIO(b'ab\xffcd'),encoding='ascii',errors='replace'); t(lambda: x.read())
x=io.TextIOWrapper(io.BytesIO('abc'.encode('utf-16')),encoding='utf-16'); t(lambda: x.read())
o=io.BytesIO(); x=io.TextIOWrapper(o,encoding='utf-16'); x.write('a'); x.write('b'); x.flush(); print(o.getvalue())
o=io.BytesIO(); x=io.TextIOWrapper(o,encoding='cp1252'); t(lambda: x.write('é€')); x.flush(); print(o.getvalue()); t(lambda: x.write('日'));
o=io.BytesIO(); x=io.TextIOWrapper(o,encoding='ascii'); t(lambda: x.write('é')); t(lambda: x.write(5)); t(lambda: x.read())
t(lambda: x.reconfigure(encoding='utf-8', line_buffering=True)); t(lambda: (x.encoding,x.errors,x.line_buffering)); x.write('é\n'); print(o.getvalue())
s=io.StringIO(); t(lambda: s.write('abc')); t(lambda: s.seek(1)); t(lambda: s.write('XYZW')); t(lambda: s.getvalue()); t(lambda: s.truncate(2)); t(lambda: s.getvalue()); t(lambda: s.seek(5)); t(lambda: s.write('q')); t(lambda: s.getvalue()); t(lambda: s.seek(-1)); t(lambda: s.seek(1,1)); t(lambda: s.seek(0,2)); t(lambda: s.write(b'x')); t(lambda: s.read(1.5)); t(lambda: s.readline('x')); t(lambda: io.StringIO(5)); t(lambda: io.StringIO(newline='x')); t(lambda: io.StringIO('a\nb').__getstate__()); 
b=io.BytesIO(b'abc'); t(lambda: b.getbuffer()[0]); v=b.getbuffer(); v[0]=90; t(lambda: b.getvalue()); t(lambda: b.write(b'xxxxxxxx')); del v; t(lambda: b.write(b'xxxx')); t(lambda: b.getvalue()); t(lambda: b.seek(-1)); t(lambda: b.seek(1,5)); t(lambda: b.seek(100)); t(lambda: b.write(b'e')); t(lambda: len(b.getvalue())); t(lambda: b.truncate(3)); t(lambda: b.read()); b.seek(0); t(lambda: b.readlines()); t(lambda: b.write('a')); t(lambda: b.fileno()); t(lambda: b.__getstate__()); t(lambda: b.readinto(bytearray(2))); t(lambda: b.close()); t(lambda: b.read()); t(lambda: b.closed)
with io.StringIO('x') as q: pass
t(lambda: q.read()); t(lambda: q.__enter__())
d=io.IncrementalNewlineDecoder(None,True); t(lambda: d.decode('a\r')); t(lambda: d.decode('\nb\r')); t(lambda: d.getstate()); t(lambda: d.decode('',True)); t(lambda: d.newlines)
for n in ('IOBase','RawIOBase','BufferedIOBase','TextIOBase','FileIO','BytesIO','StringIO','BufferedReader','TextIOWrapper','UnsupportedOperation'):
    c=getattr(io,n); print(c, c.__mro__, c.__module__)
t(lambda: io.RawIOBase().read(1)); t(lambda: io.BufferedIOBase().read()); t(lambda: io.TextIOBase().write('a')); t(lambda: io.IOBase().seek(0)); t(lambda: io.IOBase().fileno()); t(lambda: io.IOBase().readable()); t(lambda: list(io.IOBase())); t(lambda: io.IOBase().closed)
class T(io.TextIOBase):
    def write(self,s): print('W',repr(s),file=sys.stderr); return len(s)
class Out:
    def __init__(self): self.l=[]
    def write(self,s): self.l.append(s)
o=Out(); print(1,2,sep='-',end='!',file=o); print(o.l)
sys.stdout=o; print('captured'); sys.stdout=sys.__stdout__; print(o.l)
t(lambda: print(1,sep=5)); t(lambda: print(1,end=b'')); t(lambda: print(1,file=5)); t(lambda: print(1,foo=2))
t(lambda: sys.stdout.name); t(lambda: (sys.stdout.encoding.lower(), sys.stdin.name, sys.stderr.errors, sys.stdout.isatty(), sys.stdout.fileno(), sys.stdout.writable(), sys.stdout.readable(), sys.stdin.readable(), sys.stdout.mode, sys.stdout.line_buffering, sys.stderr.line_buffering))
t(lambda: type(sys.stdout.buffer)); t(lambda: type(sys.stdout.buffer.raw)); t(lambda: sys.stdout.buffer.raw.name); t(lambda: sys.stdin.write('x')); t(lambda: sys.stdout.read()); sys.stdout.flush(); sys.stdout.buffer.write(b'bytes\n'); sys.stdout.buffer.flush(); print(sys.stdout.write('') )
print("\udc80".encode('utf-8','surrogateescape'))
sys.stdout.foo=1; print(sys.stdout.foo, io.open is open, io.DEFAULT_BUFFER_SIZE, io.SEEK_END)
import contextlib
with contextlib.redirect_stdout(io.StringIO()) as f: print("hid")
print(repr(f.getvalue()))
print(sys.stdin.readline().encode(), sys.stdin.read(3), [l for l in sys.stdin], sys.stdin.read())
try: input("p>")
except EOFError as e: print('EOF',e)
