"""No process serves two tenants: what one leaves in a worker's memory is never there for another."""
import collections
import random
import unittest

from pool_harness import Refused, Server, main, wait_until


def marked(client, tenant, **more):
    """What is left in the process that the job runs in, and that process."""
    job = client.submit("marked", want_output=True, events="all", **({"tenant": tenant} if tenant else {}), **more)
    text = b""
    while True:
        message = client.event()
        if message[1] == "output" and message[2]["job"] == job:
            text += message[2]["data"]
        if message[1] == "outcome" and message[2]["job"] == job:
            assert message[2]["verdict"] == "ok", message
            return text.decode().strip(), message[2]["pid"]


class Tenants(unittest.TestCase):
    def test_a_mark_stays_with_its_tenant(self):
        with Server(workers=1) as server, server.client() as client:
            client.outcome(client.submit("mark of-a", tenant="a"))
            self.assertEqual(marked(client, "a")[0], "of-a")
            for other in ("b", None, "uid 0", "a "):
                self.assertEqual(marked(client, other)[0], "", other)
            self.assertEqual(marked(client, "a")[0], "")

    def test_every_isolation(self):
        with Server(workers=1) as server, server.client() as client:
            for isolation in ("fresh", "session", "process"):
                client.outcome(client.submit("mark secret", tenant="a", isolation=isolation))
                self.assertEqual(marked(client, "b", isolation=isolation)[0], "", isolation)

    def test_the_spare_steps_in(self):
        with Server("--spares", "2", workers=1) as server, server.client() as client:
            wait_until(lambda: server.status()["spares"] == 2)
            _, first = marked(client, "a")
            spares = [worker["pid"] for worker in server.status()["workers"] if worker["spare"]]
            _, second = marked(client, "b")
            self.assertIn(second, spares)
            wait_until(lambda: first not in server.pids())
            wait_until(lambda: server.status()["spares"] == 2 and len(server.pids("ready")) == 3)
            shown = {worker["tenant"] for worker in server.status()["workers"] if "tenant" in worker and not worker["spare"]}
            self.assertEqual(shown, {"b"})

    def test_sessions_of_two_tenants_are_two(self):
        with Server(workers=2) as server, server.client() as client:
            client.outcome(client.submit("mark of-a", session="s", tenant="a"))
            self.assertEqual(marked(client, "b", session="s")[0], "")
            self.assertEqual(marked(client, "a", session="s")[0], "of-a")
            self.assertFalse(client.call("end_session", {"session": "s"}).get("found", False))
            self.assertTrue(client.call("end_session", {"session": "s", "tenant": "a"})["found"])

    def test_keys_of_two_tenants_are_two(self):
        with Server(workers=2) as server, server.client() as client:
            first = client.submit("value 1", idempotency_key="k", tenant="a")
            self.assertEqual(client.submit("value 1", idempotency_key="k", tenant="a"), first)
            self.assertNotEqual(client.submit("value 1", idempotency_key="k", tenant="b"), first)
            self.assertNotEqual(client.submit("value 1", idempotency_key="k"), first)

    def test_a_name_too_long(self):
        with Server() as server, server.client() as client:
            with self.assertRaises(Refused) as caught:
                client.submit("value 1", tenant="x" * 300)
            self.assertEqual(caught.exception.name, "bad-value")

    def test_another_clients_jobs_do_not_wait_for_a_replacement(self):
        """Worker 1 is another tenant's and idle, worker 2 is free: the job runs at once."""
        with Server(workers=2) as server, server.client() as one, server.client() as two:
            pids = {marked(one, "a")[1], marked(two, "b")[1]}
            self.assertEqual(len(pids), 2)
            for _ in range(20):
                self.assertIn(marked(one, "a")[1], pids)
                self.assertIn(marked(two, "b")[1], pids)

    def test_many_tenants_at_once(self):
        chance, told = random.Random(4), collections.defaultdict(set)
        with Server("--spares", "1", workers=3) as server, server.client() as one, server.client() as two:
            jobs = {}
            for _ in range(300):
                client, tenant = chance.choice([one, two]), chance.choice("abcdef")
                jobs[client.submit("sleep 1", tenant=tenant)] = (client, tenant)
            for job, (client, tenant) in jobs.items():
                outcome = client.outcome(job, timeout=60)
                self.assertEqual(outcome["verdict"], "ok")
                told[outcome["pid"]].add(tenant)
            self.assertEqual({len(tenants) for tenants in told.values()}, {1})
            wait_until(lambda: len(server.pids("ready")) == 4)
            self.assertEqual(server.status()["deaths"], 0)

    def test_the_command_line(self):
        with Server(workers=1) as server:
            server.atoll("submit", "-c", "mark x", "--tenant", "a")
            self.assertEqual(server.atoll("submit", "-c", "marked", "--tenant", "a").stdout, "x\n")
            self.assertEqual(server.atoll("submit", "-c", "marked", env={"ATOLL_TENANT": "b"}).stdout, "\n")

    def test_the_prompt(self):
        with Server(workers=1) as server:
            server.atoll("submit", "-c", "mark x", "--tenant", "a")
            for words, shown in ((("--tenant", "a"), "x\n"), (("--tenant", "b"), "\n"), ((), "\n")):
                done = server.atoll("repl", *words, stdin="marked\n")
                self.assertEqual((done.stdout, done.stderr, done.returncode), (shown, "", 0), words)
            self.assertIn("not UTF-8", server.atoll("repl", "--tenant", "\udcff").stderr)
            self.assertEqual([worker["state"] for worker in server.status()["workers"]], ["ready"])  # no session is left


if __name__ == "__main__":
    main()
