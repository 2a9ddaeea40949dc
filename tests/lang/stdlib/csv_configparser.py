# csv-like and ini parsing with the standard modules.
import configparser, io
c = configparser.ConfigParser(); c.read_string("[DEFAULT]\nbase = /x\n[a]\npath = %(base)s/y\nn = 5\nflag = yes\n; comment\n[b]\nmulti = one\n  two\nempty =\n")
print(c.sections(), c["a"]["path"], c.getint("a", "n"), c.getboolean("a", "flag"), c["b"]["multi"], repr(c["b"]["empty"]), c["b"]["base"], "a" in c, c.has_option("a", "zz"), c.get("a", "zz", fallback="fb"), dict(c["a"]), c.options("b"))
for f in (lambda: c["zz"], lambda: c.get("a", "zz"), lambda: c.getint("a", "path"), lambda: c.read_string("no section = 1"), lambda: c.add_section("a"), lambda: configparser.ConfigParser().read_string("[x]\na=1\na=2")):
    try: f()
    except Exception as e: print(type(e).__name__, str(e).replace("\n", " | "))
c["new"] = {"k": "v"}; c.set("a", "n", "6"); c.remove_option("a", "flag"); s = io.StringIO(); c.write(s); print(s.getvalue())
