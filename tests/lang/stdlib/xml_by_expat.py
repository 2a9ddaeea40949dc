"""XML read by pyexpat itself and by what stands upon it; documents that are broken or hostile."""
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.parsers.expat as expat
import xml.sax
from xml.parsers.expat import errors, model

NAMES = ["StartElementHandler", "EndElementHandler", "CharacterDataHandler", "ProcessingInstructionHandler", "CommentHandler", "StartCdataSectionHandler", "EndCdataSectionHandler",
         "StartNamespaceDeclHandler", "EndNamespaceDeclHandler", "StartDoctypeDeclHandler", "EndDoctypeDeclHandler", "EntityDeclHandler", "XmlDeclHandler", "ElementDeclHandler", "AttlistDeclHandler",
         "NotationDeclHandler", "UnparsedEntityDeclHandler", "DefaultHandlerExpand", "SkippedEntityHandler"]
DOCUMENT = b"""<?xml version="1.0" encoding="iso-8859-1" standalone="yes"?>
<!DOCTYPE a [
<!ELEMENT a (b|c)*> <!ELEMENT b (#PCDATA)> <!ELEMENT c EMPTY>
<!ATTLIST b x CDATA "default" y ID #IMPLIED>
<!ENTITY e "entity \xe9"> <!NOTATION n PUBLIC "p"> <!ENTITY u SYSTEM "s" NDATA n>
]>
<!-- comment --><?target data?>
<a xmlns:p="urn:p" k="1" j='2 &lt;'><b>text &e; &#65;</b><c/><![CDATA[<raw>]]><p:q p:r="s"/>
</a>"""


def parser(log, *args, **options):
    p = expat.ParserCreate(*args)
    for name, value in options.items():
        setattr(p, name, value)
    for name in NAMES:
        setattr(p, name, lambda *a, name=name: log.append((name, *a)))
    return p


for args, options in [((), {}), ((None, "}"), {"buffer_text": True}), ((None, ""), {"ordered_attributes": True, "specified_attributes": True}), ((None, " "), {"namespace_prefixes": True})]:
    log = []
    p = parser(log, *args, **options)
    print(p.Parse(DOCUMENT, True))
    for entry in log:
        print(entry)
chunks = []
p = parser(chunks)
for i in range(0, len(DOCUMENT), 7):
    p.Parse(DOCUMENT[i:i + 7])
print(p.Parse(b"", True), len(chunks), p.CurrentLineNumber, p.CurrentByteIndex, p.ErrorCode)

for text in [b"", b"<a>", b"<a></b>", b"<a x='1' x='2'/>", b"<a>&nothing;</a>", b"<a/><b/>", b"text", b"<a>\xff</a>", b"<a b>", b"<?xml version='1.0' encoding='nothing'?><a/>", b"<a>&#0;</a>", b"<p:a/>",
             b"<!DOCTYPE a [<!ENTITY x '&x;'>]><a>&x;</a>", "<a>é\u20ac</a>", b"\xff\xfe<\x00a\x00/\x00>\x00", b"<a><![CDATA[", b"<a>]]></a>", b"<a/>\x00"]:
    log = []
    p = expat.ParserCreate(None, " ")
    p.CharacterDataHandler = log.append
    try:
        print(text, p.Parse(text, True), log)
    except expat.ExpatError as e:
        print(text, e, e.code, e.lineno, e.offset, errors.messages[e.code] == expat.ErrorString(e.code))
    except (LookupError, ValueError) as e:
        print(text, type(e).__name__, e)


def stumble(*args):
    raise KeyError("handler")


p = expat.ParserCreate()
p.StartElementHandler = stumble
try:
    p.Parse("<a><b/></a>", True)
except KeyError as e:
    print("raised", e)
p = expat.ParserCreate()
for f in [lambda: p.Parse(5), lambda: p.Parse(), lambda: expat.ParserCreate(5), lambda: expat.ParserCreate(None, "ab"), lambda: p.ParseFile(5), lambda: delattr(p, "StartElementHandler"), lambda: setattr(p, "buffer_size", 0),
          lambda: setattr(p, "buffer_size", "x"), lambda: p.SetBase(5), lambda: p.nothing, lambda: type(p)()]:
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(model.XML_CTYPE_SEQ, model.XML_CQUANT_PLUS, errors.codes[errors.XML_ERROR_SYNTAX], errors.XML_ERROR_TAG_MISMATCH)

tree = ET.fromstring("<r xmlns='urn:d' xmlns:x='urn:x'><x:i n='1'>one<b/>tail</x:i><!-- c --><i n='2'>two &amp; &#x20ac;</i></r>")
print(ET.tostring(tree), [(e.tag, e.attrib, e.text, e.tail) for e in tree.iter()])
print(tree.find("{urn:d}i").text, [e.get("n") for e in tree.findall(".//*[@n]")])
for event, element in ET.iterparse(__import__("io").BytesIO(b"<a><b>1</b><b>2</b></a>"), events=("start", "end")):
    print(event, element.tag, element.text)
try:
    ET.fromstring("<a><b></a>")
except ET.ParseError as e:
    print(e, e.code, e.position)
dom = xml.dom.minidom.parseString("<a x='1'><b>t</b><!--c--></a>")
print(dom.toprettyxml(indent=" "), dom.getElementsByTagName("b")[0].firstChild.data)


class Handler(xml.sax.ContentHandler):
    def startElement(self, name, attrs):
        print("start", name, dict(attrs))

    def characters(self, content):
        print("text", content)


xml.sax.parseString(b"<a x='1'>t<b/></a>", Handler())
laughs = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]><l>&a11;</l>"
try:
    ET.fromstring(laughs)
except ET.ParseError as e:
    print(e)
deep = "<a>" * 50000 + "</a>" * 50000
count = []
p = expat.ParserCreate()
p.StartElementHandler = lambda name, attributes: count.append(1)
print(p.Parse(deep, True), len(count))
