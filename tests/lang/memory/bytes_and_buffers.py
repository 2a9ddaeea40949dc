# Buffers keep their owners; resizing is refused while shared.
import weakref, gc
class B(bytearray): pass
b = B(b"hello world"); r = weakref.ref(b); m = memoryview(b); del b; print(r() is not None, bytes(m[:5])); s = m[6:]; m.release(); print(r() is not None, s.tobytes()); s.release(); print(r())
b = bytearray(b"abc"); m = memoryview(b)
for f in (lambda: b.append(1), lambda: b.extend(b"x"), lambda: b.pop(), lambda: b.clear(), lambda: b.__delitem__(0), lambda: b.__iadd__(b"q"), lambda: b.insert(0, 1), lambda: b.remove(97)):
    try: f(); print("resized")
    except BufferError as e: print(e)
b[0] = 65; b[1:3] = b"BC"; print(b, m.tolist()); m2 = m[1:]; m3 = m2.cast("B"); del m, m2
try: b.append(1)
except BufferError: print("still exported")
del m3; b.append(33); print(b); x = memoryview(bytes(1000)); y = [x[i:] for i in range(100)]; print(sum(map(len, y))); del x, y; import io; i = io.BytesIO(b"data"); g = i.getbuffer(); g[0] = 68; print(i.getvalue()); del g; i.write(b"more than before"); print(i.getvalue())
