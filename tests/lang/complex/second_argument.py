# The second argument of complex() is no place for __complex__.
class Both:
    def __complex__(self):
        return 1 + 2j


class Real:
    def __float__(self):
        return 2.5


for arguments in ((Both(),), (Both(), 1), (1, Both()), (Real(), Real()), (1j, 2j), ("1", 2), (1, "2")):
    try:
        print(complex(*arguments))
    except TypeError as e:
        print(e)
