"""Fannkuch: permutations and reversals of short lists."""


def fannkuch(n):
    p, q, s = list(range(n)), list(range(n)), list(range(n))
    sign, best, checksum = 1, 0, 0
    while True:
        q0 = p[0]
        if q0:
            for i in range(1, n):
                q[i] = p[i]
            flips = 1
            while True:
                qq = q[q0]
                if not qq:
                    checksum += sign * flips
                    best = max(best, flips)
                    break
                q[q0] = q0
                if q0 >= 3:
                    i, j = 1, q0 - 1
                    while i < j:
                        q[i], q[j] = q[j], q[i]
                        i += 1
                        j -= 1
                q0 = qq
                flips += 1
        if sign == 1:
            p[0], p[1] = p[1], p[0]
            sign = -1
        else:
            p[1], p[2] = p[2], p[1]
            sign = 1
            for i in range(2, n):
                if s[i]:
                    s[i] -= 1
                    break
                s[i] = i
                if i == n - 1:
                    return checksum, best
                t = p[0]
                p[:i + 1] = p[1:i + 2]
                p[i + 1] = t


print(fannkuch(9))
