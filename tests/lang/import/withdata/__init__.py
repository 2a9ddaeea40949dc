import pkgutil
text = pkgutil.get_data(__name__, "words.txt").decode()
def fail(x):
    return 1 / x
