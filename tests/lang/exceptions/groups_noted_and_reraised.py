# Part of a group that a handler raises again joins the rest of the group, even if it got a note meanwhile.
class Uncomparable:
    def __eq__(self, other):
        raise KeyError("eq")


for notes in (None, ["seen"], Uncomparable()):
    try:
        try:
            raise ExceptionGroup("group", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3)])])
        except* ValueError as e:
            if notes:
                e.__notes__ = notes
            raise
    except ExceptionGroup as e:
        print(repr(e), hasattr(e, "__notes__"), [hasattr(x, "__notes__") for x in e.exceptions])
