"""A tree of elements that is built, searched by tags and paths, changed and walked."""
import xml.etree.ElementTree as ET

root = ET.Element("shop")
for i in range(300):
    item = ET.SubElement(root, "item", id=str(i), kind="abc"[i % 3])
    ET.SubElement(item, "name").text = f"thing {i}"
    ET.SubElement(item, "price").text = str(i * 17 % 101)
total = 0
for _ in range(200):
    for item in root.findall("item"):
        total += int(item.findtext("price")) + len(item.find("name").text) + int(item.get("id"))
        item.set("seen", "yes")
    total += sum(len(e.text) for e in root.iter("name")) + len(root.findall(".//price")) + len("".join(root.itertext()))
print(total, len(ET.tostring(root)), root[5].attrib)
