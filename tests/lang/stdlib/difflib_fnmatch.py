# difflib, fnmatch, string distances.
import difflib, fnmatch
a, b = "one\ntwo\nthree\nfour".splitlines(), "one\n2\nthree\nfour\nfive".splitlines()
print(*difflib.unified_diff(a, b, "a", "b", lineterm=""), *difflib.ndiff(a, b), sep="\n"); s = difflib.SequenceMatcher(None, "abcdef", "abxdef"); print(s.ratio(), s.get_opcodes(), s.find_longest_match(), s.get_matching_blocks(), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.SequenceMatcher(None, [1, 2, 3], [2, 3, 4]).ratio(), list(difflib.context_diff(a, b, lineterm=""))[:4], list(difflib.restore(difflib.ndiff(a, b), 2)) == b)
print(fnmatch.fnmatch("file.py", "*.py"), fnmatch.fnmatchcase("A", "a"), fnmatch.filter(["a.txt", "b.py", "c.txt"], "*.txt"), fnmatch.fnmatch("x1", "x[0-9]"), fnmatch.fnmatch("x1", "x[!0-9]"), fnmatch.fnmatch("abc", "a?c"), fnmatch.translate("*.p?"))
