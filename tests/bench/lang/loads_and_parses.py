"""pickle.loads, ElementTree.fromstring, struct.unpack of many, % of bytes, sets of characters: data that comes in whole."""
import decimal
import pickle
import struct
import xml.etree.ElementTree as ET

rows = [{"id": i, "name": f"user {i}", "tags": ["a", "b"], "score": i * 1.5} for i in range(2000)]
stored = pickle.dumps(rows)
text = "<all>" + "".join(f'<row id="{i}"><name>user {i}</name><note>a &amp; b</note></row>\n' for i in range(2000)) + "</all>"
packed = struct.pack("<20000I", *range(20000))
total = 0
for turn in range(8):
    total += sum(row["id"] for row in pickle.loads(stored))
    total += sum(int(row.get("id")) for row in ET.fromstring(text))
    total += sum(struct.unpack("<20000I", packed)) + len(set(text)) + sum(list(packed)[:1000])
lines = b"".join(b"%d %s\r\n" % (i, b"value") for i in range(40000))
print(total, len(lines), len("a\tbc\tdef\n".expandtabs() * 1000))
for i in range(1, 3000):
    with decimal.localcontext() as context:
        context.prec = 12
        third = decimal.Decimal(i) / 3
print(third, sum(pow(3, i, 1000003) for i in range(20000)))
