# else on try, for, while, if; nested.
def attempt(fn):
    try:
        print("try")
        fn()
    except ZeroDivisionError:
        print("except")
        return "E"
    else:
        print("else")
        return "L"
    finally:
        print("finally")
print(attempt(lambda: 1), attempt(lambda: 1 / 0))
for i in range(2):
    try:
        if i: raise KeyError(i)
    except KeyError as e:
        print("caught", e)
    else:
        print("no error", i)
def nested():
    for i in range(3):
        try:
            for j in range(3):
                if j == i: break
            else:
                print("inner completed", i)
                continue
            if i == 1: return "returned"
        finally:
            print("cleanup", i)
    else:
        print("outer completed")
print(nested())
def override():
    try:
        return 1
    finally:
        return 2
def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"
def loop():
    while True:
        try:
            return "try"
        finally:
            break
    return "after"
def keep():
    x = 1
    try:
        return x
    finally:
        x = 2
print(override(), swallow(), loop(), keep())
