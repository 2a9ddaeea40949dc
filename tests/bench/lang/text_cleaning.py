"""Lines of text split, replaced, decoded and encoded, as programs that clean files do."""
rows = [f"{i:05d}; caf\u00e9 {i % 7} ;item-{i % 13}; {i * 37 % 1000}.{i % 100:02d}; " for i in range(3000)]
raw = "\r\n".join(rows).encode("cp1252")
names, total, kinds = {}, 0, set()
for _ in range(60):
    text = raw.decode("cp1252")
    for line in text.replace("\r\n", "\n").splitlines():
        number, place, item, price, _rest = line.split(";")
        name = place.strip().replace("\u00e9", "e").replace(" ", "_").removeprefix("caf")
        names[name] = names.get(name, 0) + 1
        kinds.add(item.partition("-")[2])
        total += int(number) + int(price.replace(".", ""))
    utf8 = text.encode()
    total += len(utf8.split()) + utf8.count(b"item") + len(utf8.decode("utf-8"))
    total += len(utf8.replace(b"item-", b"#").split(b";"))
print(sorted(names.items()), total, sorted(kinds, key=int))
