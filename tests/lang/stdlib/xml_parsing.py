# XML through ElementTree, minidom, SAX and Expat: trees, events in pieces, errors with their positions.
import xml.etree.ElementTree as ET
from xml.dom import minidom
import xml.sax, io
from xml.parsers import expat
doc = '''<?xml version="1.0" encoding="UTF-8"?>
<!-- top -->
<catalog xmlns="http://x.org/d" xmlns:p="urn:p" lang='en &amp; "fr"'>
  <book id="b1" p:rank="1"><title>A &lt; B &#233; &#x41;</title><price>10.5</price></book>
  <book id="b2"><title><![CDATA[raw <b> & ]]></title>tail<?pi some data?></book>
  <empty/><p:x a="1
2"	b = '3'></p:x>
</catalog>
'''
r = ET.fromstring(doc)
def walk(e, d=0):
    print(' '*d, e.tag, e.attrib, repr(e.text), repr(e.tail))
    for c in e: walk(c, d+1)
walk(r)
print(ET.tostring(r, encoding='unicode'))
print(r.find('{http://x.org/d}book[@id="b2"]/{http://x.org/d}title').text, len(r.findall('.//{*}title')))
for bad in ('', '   ', 'text', '<a>', '<a></b>', '<a><b></a>', '<a/><b/>', '<a b=c/>', '<a b="1" b="2"/>', '<a>&x;</a>', '<a>&</a>', '<a>&#0;</a>', '<p:a/>', '<a', '<a><', '<a b="<"/>', '<1/>', '<a>]]></a>', '<!-- -- --><a/>', '<a/>junk', '<?xml version="1.0"?><?xml version="1.0"?><a/>', '<?xml version="2.0"?><a/>', ' <?xml version="1.0"?><a/>', '<a>\x01</a>', '<a b/>', '<a b="1"c="2"/>', '</a>', '<a></a', '<a><!-- x </a>', '<a><![CDATA[ x</a>', '<!DOCTYPE a [<!ENTITY e "v">]><a>&e;</a>', '<!DOCTYPE a><a>&e;</a>', '<a\n\n>\n<b>\n</c>\n</a>', '<a &/>', '<a>&#xZ;</a>', '<a>&lt</a>', '<é/>', '<a é="ü"/>', b'<?xml version="1.0" encoding="latin-1"?><a>\xe9</a>', b'\xff\xfe<\x00a\x00/\x00>\x00', b'<?xml version="1.0" encoding="nope"?><a/>', b'<a>\xff</a>', '<?xml version="1.0" encoding="UTF-8"?><a>é</a>', '<a:b xmlns:a="u"/>', '<a xmlns:xml="u"/>', '<a xmlns:p=""/>', '<a xmlns:p="u" xmlns:q="u" p:x="1" q:x="2"/>', '<?pi?><a/>', '<a/><!-- c --><?p?>  ', '<a/>&x;', '<!DOCTYPE a SYSTEM "x.dtd"><a>&e;</a>', '<!DOCTYPE a [<!ENTITY e "<b>x</b>"><!ATTLIST a k CDATA "d">]><a>&e;</a>', '<!DOCTYPE a [<!ENTITY e "&f;"><!ENTITY f "&e;">]><a>&e;</a>'):
    try:
        e = ET.fromstring(bad); print(repr(bad)[:50], '->', ET.tostring(e))
    except ET.ParseError as x: print(repr(bad)[:50], '->', x, x.code, x.position)
    except Exception as x: print(repr(bad)[:50], '->', type(x).__name__, x)
for ev, el in ET.iterparse(io.BytesIO(doc.encode()), events=('start','end','start-ns','end-ns','comment','pi')):
    tag = getattr(el, 'tag', el)
    print(ev, getattr(tag, '__name__', tag), getattr(el,'text',None))
p = ET.XMLPullParser(['start','end'])
for i in range(0, len(doc), 7): p.feed(doc[i:i+7])
print([(e, x.tag) for e, x in p.read_events()][:6])
d = minidom.parseString(doc)
print(d.documentElement.tagName, d.documentElement.getAttribute('lang'), [n.nodeName for n in d.documentElement.childNodes])
print(d.toxml()); print(minidom.parseString('<a><b>t</b><c/></a>').toprettyxml(indent='  '))
try: minidom.parseString('<a>')
except expat.ExpatError as e: print(e, e.code, e.lineno, e.offset)
class H(xml.sax.ContentHandler):
    def startElement(self, n, a): print('S', n, dict(a))
    def endElement(self, n): print('E', n)
    def characters(self, c): print('C', repr(c))
    def processingInstruction(self, t, d): print('P', t, d)
xml.sax.parseString(doc, H())
try: xml.sax.parseString('<a>', H())
except xml.sax.SAXParseException as e: print(e, e.getLineNumber(), e.getColumnNumber())
ps = expat.ParserCreate()
ps.StartElementHandler = lambda n, a: print('start', n, a, ps.CurrentLineNumber, ps.CurrentColumnNumber, ps.CurrentByteIndex)
ps.EndElementHandler = lambda n: print('end', n, ps.CurrentLineNumber, ps.CurrentColumnNumber)
ps.CharacterDataHandler = lambda d: print('data', repr(d))
ps.CommentHandler = lambda d: print('comment', d)
ps.XmlDeclHandler = lambda *a: print('decl', a)
ps.DefaultHandler = lambda d: print('default', repr(d))
print(ps.Parse(doc, True))
try: ps.Parse('x')
except expat.ExpatError as e: print(e)
print(expat.errors.XML_ERROR_SYNTAX, expat.ErrorString(4), expat.errors.codes['mismatched tag'], expat.model.XML_CTYPE_MIXED)
ET.indent(r); ET.register_namespace('q','urn:p'); print(ET.tostring(r).decode()[:200])
t = ET.parse(io.StringIO('<a><b/></a>')); t.write(open('/dev/null','w') if False else io.BytesIO()); print(t.getroot(), type(t)) if False else None
root = ET.Element('root', k='v'); s = ET.SubElement(root, 'c'); s.text = 'a<b>&"'; s.tail='\n'; ET.dump(root); print(ET.tostring(root, short_empty_elements=False), ET.canonicalize('<a b="2" a="1"/>'), ET.fromstringlist(['<a>','</a>']).tag, ET.XML('<x/>').tag, ET.iselement(root))
