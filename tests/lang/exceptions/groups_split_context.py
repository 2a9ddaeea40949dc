"""What except* raises again keeps its context, and shows it no more: a part of a group has its cause set, to None."""
def f():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)])
        except* KeyError:
            raise
def g():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)])
        except* KeyError:
            pass
def h():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)])
        except* ValueError:
            pass
def i():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)])
        except* KeyError:
            raise ValueError(4)
def j():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)])
        except* (KeyError, OSError):
            raise
def k():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise ExceptionGroup('g', [KeyError(2), OSError(3)]) from IndexError(7)
        except* KeyError:
            raise
        except* OSError as e:
            raise e
def l():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            raise KeyError(2)
        except* KeyError:
            raise
def m():
    try:
        raise OSError(1)
    except OSError as e:
        try:
            try:
                raise ExceptionGroup('g', [KeyError(2), OSError(3)]) from IndexError(7)
            except* KeyError:
                raise
        finally:
            1/0
def chain(e, d=0):
    if e is None or d>6: return
    print(' '*d, type(e).__name__, e, repr(e.__cause__), e.__suppress_context__)
    if isinstance(e, BaseExceptionGroup):
        for x in e.exceptions: chain(x, d+4)
    chain(e.__context__, d+1)
for f in (f,g,h,i,j,k,l,m):
    try: f()
    except BaseException as e: print(f.__name__); chain(e)
group = ExceptionGroup("g", [KeyError(1), OSError(2)])
print([x.__suppress_context__ for x in group.split(KeyError)], group.subgroup(OSError).__suppress_context__, group.subgroup(Exception).__suppress_context__)
