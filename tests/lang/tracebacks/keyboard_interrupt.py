# compare: stderr
print("raising")
raise KeyboardInterrupt
