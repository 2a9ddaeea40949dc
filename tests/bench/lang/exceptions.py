"""Raising, catching, finally, and try that never fails."""


class Refused(Exception):
    pass


def risky(i):
    if i % 3 == 0:
        raise Refused(i)
    if i % 3 == 1:
        return {}["missing"]
    return i


def run(n):
    total = 0
    for i in range(n):
        try:
            total += risky(i)
        except Refused as e:
            total += e.args[0]
        except KeyError:
            total -= 1
        finally:
            total += 1
    for i in range(5 * n):
        try:
            total += 1
        except ValueError:
            pass
    return total


print(run(1000000))
