# TreeBuilder and XMLParser: targets, events, factories, entities, errors.
import gc
import io
import weakref
import xml.etree.ElementTree as ET


def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "code", ""), getattr(e, "position", ""))


def dump(e):
    return (e.tag if isinstance(e.tag, str) else e.tag.__name__, dict(e.attrib), e.text, e.tail, [dump(c) for c in e])


TEXT = """<?xml version="1.0"?>
<!DOCTYPE r SYSTEM "r.dtd" [<!ENTITY own "mine &amp; yours">]>
<r xmlns="urn:ü" xmlns:p="urn:p" a="1" p:b="2">text &amp; more<!-- a comment -->after
<p:c/>tail<?go there ?>behind<d>&own;<![CDATA[<raw>]]></d>日本<d x="é"/>
</r>
"""
print(dump(ET.fromstring(TEXT)))
print(dump(ET.fromstring(TEXT.encode())))
print(dump(ET.fromstring(TEXT.replace("1.0\"", "1.0\" encoding=\"iso-8859-15\"").replace("日本", "").encode("iso-8859-15"))))
print(dump(ET.fromstring(bytearray(b"<a>x</a>"))), dump(ET.XML(memoryview(b"<a/>"))))


class Target:
    def __init__(self):
        self.log = []

    def __getattr__(self, name):
        if name.startswith("__") or name in ("doctype",):
            raise AttributeError(name)
        return lambda *args: self.log.append((name, *args))

    def data(self, text):
        if self.log and self.log[-1][0] == "data":
            text = self.log.pop()[1] + text
        self.log.append(("data", text))


class WithDoctype(Target):
    def doctype(self, *args):
        self.log.append(("doctype", *args))


for kind in Target, WithDoctype:
    target = kind()
    parser = ET.XMLParser(target=target)
    for i in range(0, len(TEXT), 7):
        parser.feed(TEXT[i:i + 7])
    show(parser.close)
    for row in target.log:
        print(row)


class Plain:
    pass


parser = ET.XMLParser(target=Plain())
parser.feed("<a>b</a>")
show(parser.close)
builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
print(dump(ET.fromstring(TEXT, ET.XMLParser(target=builder))))


class Sub(ET.TreeBuilder):
    def data(self, text):
        super().data(text.upper())

    def start(self, tag, attributes):
        return super().start(tag + "!", attributes)


print(dump(ET.fromstring("<a>b<c k='v'>d</c>e</a>", ET.XMLParser(target=Sub()))))
print(dump(ET.fromstring("<a>b<c k='v'>d</c>e</a>", ET.XMLParser(target=ET.TreeBuilder(lambda tag, attrib: ET.Element("x" + tag, attrib, n="1"))))))

parser = ET.XMLParser()
parser.entity["known"] = "here"
print(parser.version.startswith("Expat "), parser.entity, type(parser.target).__name__)
parser.feed("<!DOCTYPE a SYSTEM 'x'><a>&known;</a>")
print(dump(parser.close()))
parser = ET.XMLParser()
show(parser.feed, "<!DOCTYPE a SYSTEM 'x'><a>&unknown;</a>")
for text in "", "<a>", "<a></b>", "<a/><b/>", "x", "<a b='1' b='2'/>", "<a>&no;</a>", "<p:a/>", "<a>\x01</a>", "<a", b"\xff\xfe<":
    show(ET.fromstring, text)
show(ET.fromstring, 5)
show(ET.fromstring, None)
show(ET.XMLParser, 5)
show(lambda: ET.XMLParser(encoding=5))
show(lambda: ET.fromstring(b"<a>\xe9</a>", ET.XMLParser(encoding="latin-1")).text)
show(ET.XMLParser.__new__(ET.XMLParser).feed, "x")
show(ET.XMLParser.__new__(ET.XMLParser).close)
print(ET.ParseError.__mro__, ET.ParseError.__module__, ET.TreeBuilder.__module__, ET.XMLParser.__name__)

b = ET.TreeBuilder()
show(b.close)
show(b.end, "x")
print(b.data("lost"))
first = b.start("a", {})
print(b.data("one "), b.data("two"), b.data("three"))
inner = b.start("b", {"k": "v"})
b.data(b"xx") if False else None
print(b.end("b") is inner, b.data("tail"), b.end("whatever") is first, b.data("behind"))
print(dump(b.close()))
show(b.start, "again", {})
show(b.start, "x")
show(b.start, "x", [])
show(b.pi)
b = ET.TreeBuilder(comment_factory=lambda t: ("C", t), pi_factory=lambda t, d: ("P", t, d))
print(b.comment("x"), b.pi("t"), b.pi("t", "d"))
show(lambda: ET.TreeBuilder(1, 2))
show(lambda: ET.TreeBuilder(nonsense=1))


class Sink:
    class Node(list):
        text = tail = None


b = ET.TreeBuilder(lambda tag, attrs: Sink.Node())
node = b.start("a", {})
b.data("x")
b.start("b", {})
b.data("y")
b.end("b")
b.data("z")
b.end("a")
print(node.text, node[0].text, node[0].tail)

for events in None, ("start", "end"), ["start-ns", "end-ns", "comment", "pi"]:
    pull = ET.XMLPullParser(events)
    for i in range(0, len(TEXT), 40):
        pull.feed(TEXT[i:i + 40])
        for event, what in pull.read_events():
            print(event, what if not isinstance(what, ET.Element) else what.tag if isinstance(what.tag, str) else what.tag.__name__)
    show(pull.close)
show(ET.XMLPullParser, ("nonsense",))
show(ET.XMLPullParser, (5,))
show(ET.XMLParser()._setevents, [], 5)
show(ET.XMLParser(target=Sub())._setevents, [], ("end",))
for event, e in ET.iterparse(io.BytesIO(TEXT.encode()), ("end",)):
    print(event, e.tag, e.text)
    e.clear()
show(lambda: list(ET.iterparse(io.BytesIO(b"<a><b></a>"))))
print(dump(ET.parse(io.StringIO("<a>é</a>")).getroot()), dump(ET.parse(io.BytesIO(b"<a>" + b"x" * 100 + b"</a>")).getroot()))
show(ET.parse, io.BytesIO(b"<a>"))
show(ET.parse, io.BytesIO(b""))


class Bad:
    def __init__(self, name):
        self.name = name

    def start(self, tag, attributes):
        if self.name == tag:
            raise LookupError(tag)

    def data(self, text):
        raise ValueError(text)


show(lambda: ET.fromstring("<a><b/>", ET.XMLParser(target=Bad("b"))))
show(lambda: ET.fromstring("<a>x</a>", ET.XMLParser(target=Bad("b"))))


class Named(ET.XMLParser):
    def doctype(self, *args):
        print("never")


import warnings
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    parser = Named()
    parser.feed("<!DOCTYPE a><a/>")
    parser.close()
print([str(w.message) for w in seen])

target = Target()
parser = ET.XMLParser(target=target)
target.parser = parser
gone = weakref.ref(target)
del target, parser
gc.collect()
print(gone())
show(setattr, ET.XMLParser(), "target", 1)
show(setattr, ET.XMLParser(), "other", 1)
print(ET.canonicalize("<a b='1' a='2'><!-- c --><c/>x</a>"))
