# -*- coding: utf-8 -*-
# Text outside ASCII in source, comments and output: ñ 中 🎉
print("ñ 中 🎉 é", len("🎉"), len("中文"), "é" == "\u00e9")
print("🎉"[0], "a🎉b"[::-1], "é".upper(), "ß".upper(), "İ".lower().encode())
print(ascii("ñ 中 🎉"), repr("\t中\n"))
s = "héllo wörld"
print(s.title(), s.encode("utf-8"), s.encode("latin-1"))
print({"ключ": "значение"}, ["日本", "語"])
