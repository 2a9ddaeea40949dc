"""A loop at module level: every name is a global."""
total = 0
step = 3
for i in range(3000000):
    total = total + i * step
    if total > 1000000000:
        total = total - 1000000000
print(total)
