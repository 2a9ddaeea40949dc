"""Native operations that would run for a long time end soon after a cancel, because they ask: the worker need not be killed."""
import unittest

from support import Pool, SystemTest

# What is prepared, and what would not end, or not soon.
OPERATIONS = {
    "in an endless iterator": ("import itertools", "'x' in itertools.repeat(1)"),
    "sum of an endless iterator": ("import itertools", "sum(itertools.count())"),
    "unpacking": ("import itertools", "a, *b = map(abs, itertools.repeat(0))"),
    "joining nothing": ("import itertools", "''.join(itertools.repeat(''))"),
    "filter": ("import itertools", "next(filter(None, itertools.repeat(0)))"),
    "dict of pairs": ("import itertools", "dict(zip(itertools.repeat(1), itertools.repeat(2)))"),
    "set of an endless iterator": ("import itertools", "set(itertools.cycle((1, 2)))"),
    "countOf": ("import itertools, operator", "operator.countOf(itertools.repeat(1), 2)"),
    "sums of floats": ("import itertools, math", "math.fsum(itertools.repeat(0.0))"),
    "a deque that keeps nothing": ("import collections, itertools", "collections.deque(itertools.count(), maxlen=0)"),
    "permutations": ("import itertools", "sum(1 for _ in itertools.permutations(range(20)))"),
    "products": ("x = 3 ** 1_000_000", "while True: x * x"),
    "repeated lists": ("x = [0]", "while True: y = x * 100_000_000"),
    "lists that grow by repetition": ("x = [object(), 1, 2]", "while True:\n    y = x[:]\n    y *= 30_000_000"),
    "repeated texts": ("x = 'ab\u00e9'", "while True: y = x * 300_000_000"),
    "repeated bytes": ("x = bytearray(1)", "while True: y = x * 900_000_000"),
    "power of a modulus": ("x = 3 ** 400_000; m = 7 ** 400_000", "pow(x, x, m)"),
    "a key of a password": ("import hashlib", "hashlib.pbkdf2_hmac('sha256', b'p', b's', 2_000_000_000)"),
    "a key that costs memory": ("import hashlib", "hashlib.scrypt(b'p', salt=b's', n=1 << 16, r=8, p=1000, maxmem=(1 << 31) - 1)"),
    "sorting with a key": ("x = list(range(200_000))", "while True: x.sort(key=lambda v: -v)"),
    "sorting": ("import random; x = [random.random() for _ in range(300_000)]", "while True: sorted(x)"),
    "a regular expression": ("import re", "re.match(r'(a|aa)+$', 'a' * 60 + 'b')"),
    "a long match": ("import re; x = 'ab' * 1_000_000", "while True: re.findall('c', x)"),
    "upper case": ("x = 'é' * 3_000_000", "while True: x.upper()"),
    "equal views": ("x = memoryview(b'a' * 3_000_000)", "while True: x.tolist()"),
    "base64": ("import base64; x = base64.b64encode(b'a' * 9_000_000)", "while True: base64.b64decode(x)"),
    "lzma": ("import lzma; x = b'abcdefgh' * 20_000_000", "lzma.compress(x)"),
    "bz2": ("import bz2, random; x = random.randbytes(60_000_000)", "bz2.compress(x)"),
    "zlib": ("import zlib, random; x = random.randbytes(100_000_000)", "while True: zlib.compress(x, 9)"),
    "json": ("import json; x = 'é' * 3_000_000", "while True: json.dumps(x)"),
    "hashing": ("import hashlib", "hashlib.pbkdf2_hmac('sha256', b'a', b'b', 2 ** 31 - 1)"),
    "random bits": ("import random", "random.getrandbits(2 ** 31 - 1)"),
    "digits of a float": ("n = 400_000_000", "while True: '%.*f' % (n, 1.5)"),
    "deep copies": ("import copy; x = [[i] for i in range(100_000)]", "while True: copy.deepcopy(x)"),
    "pickle": ("import pickle; x = list(range(1_000_000))", "while True: pickle.loads(pickle.dumps(x))"),
    "collections": ("import gc; x = [[] for _ in range(300_000)]", "while True: gc.collect()"),
    "compiling": ("x = 'x = 1\\n' * 100_000", "while True: compile(x, 'f', 'exec')"),
    "waiting for a lock": ("import threading; x = threading.Lock(); x.acquire()", "x.acquire()"),
    "waiting for an event loop": ("import asyncio", "asyncio.run(asyncio.sleep(1000))"),
}


class LongOperations(SystemTest):
    alone = True

    def cancelled(self, client, prepared, operation):
        """The outcome of a job that is cancelled when the operation has begun."""
        job = client.submit(source=f"{prepared}\nprint('begun', flush=True)\n{operation}\n", want_output=True)
        while True:
            name, record = client.event()
            if record.get("job") != job:
                continue
            if name == "output":
                client.call("cancel", job=job)
            if name == "outcome":
                return record

    def test_a_cancel_is_heard_within_native_operations(self):
        with Pool(1, "--grace", "20s") as pool, pool.client() as client:
            before = pool.pids()
            for what, (prepared, operation) in OPERATIONS.items():
                with self.subTest(what):
                    outcome = self.cancelled(client, prepared, operation)
                    self.assertEqual(outcome["verdict"], "cancelled", outcome)
                    self.assertEqual(pool.pids(), before, "the worker was killed")
                before = pool.pids()

    def test_what_is_flushed_before_an_operation_arrives_during_it(self):
        with Pool(1) as pool, pool.client() as client:
            job = client.submit(source="print('begun', flush=True)\nx = 3 ** 3_000_000\nwhile True: x * x", want_output=True)
            while (event := client.event())[0] != "output":
                pass
            self.assertEqual(event[1]["data"], b"begun\n")
            client.call("cancel", job=job)
            self.assertEqual(client.outcome(job)[0]["verdict"], "cancelled")


if __name__ == "__main__":
    unittest.main()
