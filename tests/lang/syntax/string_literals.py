# Prefixes, quotes and escapes.
print('single', "double", '''triple''', """triple""")
print('a\'b', "a\"b", 'a"b', "a'b", '''a'b"c''')
print("tab\there", "nl\\n", "bell\a".encode(), "\b\f\v\r".encode())
print("\101\x41\u0041\U00000041\N{LATIN CAPITAL LETTER A}")
print("\0".encode(), "\7".encode(), "\1234".encode(), "\377".encode())
print(r"raw\n\t\\", R'raw\'quote', r"""raw
multi\line""")
print(b"bytes\x00\xff\n\101", rb"raw\x00", Rb'\d', bR"\w", BR'\s', br"\\")
print(u"unicode", U'upper')
print("""multi
line with "quotes" and \
continuation
""")
print('''
leading newline''')
print("con" "cat" 'ena' """ted""", b"by" b'tes')
print(len("\N{SNOWMAN}"), "\N{SNOWMAN}", "\N{greek small letter alpha}")
print(repr("\x7f\x80\xa0\xad\u200b\ud800\U0001F600\U0010FFFF"))
print(repr('it\'s'), repr("\""), repr('\'"'), repr("a\\b"))
print("", '', """""", '''''')
print("a" 'b' if 1 else "c")
print("%s" "%d" % ("x", 3))
print('\
')
print(len('\
'), "\\\
")
print("ends with backslash\\")
