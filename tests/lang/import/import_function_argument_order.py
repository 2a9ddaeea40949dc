# __import__ looks at its level before its name.
for args in ((None, None, None, None, None), (None, None, None, None, 0), (1,), ("", None, None, (), 0), ("sys", None, None, None, -1),
             ("sys", None, None, (), "x"), ("sys", None, None, (), 2 ** 40), ("no_such_thing",)):
    try:
        print(__import__(*args).__name__)
    except Exception as e:
        print(type(e).__name__, e)
