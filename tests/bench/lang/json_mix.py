"""The json module both ways."""
import json

data = {"rows": [{"id": i, "name": "row %d" % i, "value": i / 7, "tags": ["a", "b", None, True]} for i in range(4000)]}
for _ in range(30):
    text = json.dumps(data)
    again = json.loads(text)
    assert again == data
print(len(text), again["rows"][17])
