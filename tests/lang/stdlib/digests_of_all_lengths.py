# Digests of messages around the blocks' sizes, in pieces and at once, and how a hash goes on after it was asked or copied.
import hashlib
import hmac
import io

NAMES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
         "blake2b", "blake2s"]
message = bytes((i * 7 + i // 251) % 256 for i in range(5000))

for name in NAMES:
    whole = hashlib.new(name)
    print(name, whole.name, whole.digest_size, whole.block_size, name in hashlib.algorithms_guaranteed)
    over_all = hashlib.new(name)
    for length in [*range(0, 300, 7), 55, 56, 63, 64, 65, 71, 72, 73, 103, 104, 111, 112, 127, 128, 129, 135, 136,
                   143, 144, 145, 167, 168, 169, 1000, 4999]:
        at_once = hashlib.new(name, message[:length])
        in_pieces = hashlib.new(name)
        start = 0
        for size in (1, 3, 64, 63, 128, 200, 5000):
            in_pieces.update(message[start:min(length, start + size)])
            start = min(length, start + size)
        assert at_once.digest() == in_pieces.digest(), (name, length)
        over_all.update(at_once.digest())
    print(over_all.hexdigest())
    before = over_all.copy()
    over_all.update(b"more")
    print(before.hexdigest() != over_all.hexdigest(), over_all.hexdigest() == over_all.hexdigest())
    print(hmac.new(b"key", message, name).hexdigest(), hmac.digest(b"k" * 200, b"text", name).hex())

for name in ("shake_128", "shake_256"):
    h = hashlib.new(name, message)
    print(name, h.digest_size, h.block_size, h.hexdigest(7), h.hexdigest(0), len(h.digest(1000)))
    for length in (0, 1, 135, 136, 137, 167, 168, 169, 336, 337):
        print(hashlib.new(name, message[:length]).hexdigest(200)[-40:], h.digest(length).hex()[-16:])

tree = dict(fanout=2, depth=2, leaf_size=4096, inner_size=32)
for make, half in ((hashlib.blake2b, 16), (hashlib.blake2s, 8)):
    left = make(message[:4096], node_offset=0, node_depth=0, last_node=False, digest_size=32, **tree)
    right = make(message[4096:], node_offset=1, node_depth=0, last_node=True, digest_size=32, **tree)
    root = make(digest_size=20, node_offset=0, node_depth=1, last_node=True, **tree)
    root.update(left.digest() + right.digest())
    print(root.hexdigest())
    print(make(b"x", key=b"secret", salt=b"s" * half, person=b"p" * half, digest_size=10).hexdigest())

print(hashlib.file_digest(io.BytesIO(message), "sha256").hexdigest())
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 3).hex())
print(hashlib.pbkdf2_hmac("sha1", b"password", b"salt", 2, 50).hex())
print(hmac.compare_digest("abc", "abc"), hmac.compare_digest(b"abc", b"abd"))
for refused in (lambda: hashlib.new("nothing"), lambda: hashlib.md5("text"), lambda: hashlib.sha256().update(3)):
    try:
        refused()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, str(e).split("(")[0])
import _sha3
print([(s._rate_bits, s._capacity_bits, s._suffix) for s in (_sha3.sha3_256(), _sha3.shake_128())])
