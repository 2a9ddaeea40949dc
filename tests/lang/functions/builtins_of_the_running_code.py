# A function made with globals that have no __builtins__ gets those of the code that makes it.
ns = {"type": type, "__builtins__": {"None": None}}
exec("def plain(s): pass\nmade = type(plain)(plain.__code__, {})", ns)
print(ns["plain"].__builtins__ is ns["__builtins__"], ns["made"].__builtins__ is ns["__builtins__"])
print("__builtins__" in ns["made"].__globals__)
