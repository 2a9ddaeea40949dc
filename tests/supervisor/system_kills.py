"""Workers killed at random: exactly the jobs they held are lost, and the pool comes back to size."""
import os
import random
import signal
import threading
import time
import unittest

from pool_harness import SLOW, Server, main, wait_until


class Kills(unittest.TestCase):
    def test_200_jobs_while_random_workers_are_killed(self):
        random.seed(20)
        killed, running, lock = set(), {}, threading.Lock()
        with Server("--restart-max", "60", workers=4) as server, server.client() as client:
            requests = [client.request("submit", {"source": f"sleep {random.randint(5, 40)}"}) for _ in range(200)]
            stop = threading.Event()

            def kill_now_and_then():
                while not stop.wait(random.uniform(0.005, 0.04)):
                    with lock:
                        if not running:
                            continue
                        pid = random.choice(list(running))
                        killed.add(pid)
                        del running[pid]
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        pass

            killer = threading.Thread(target=kill_now_and_then)
            killer.start()
            outcomes, answered = {}, 0
            while len(outcomes) < 200:
                message = client.event()
                if message[0] == 1:
                    self.assertIsNone(message[2])
                    answered += 1
                elif message[1] == "started":
                    with lock:
                        running[message[2]["pid"]] = message[2]["job"]
                elif message[1] == "outcome":
                    outcome = message[2]
                    self.assertNotIn(outcome["job"], outcomes)
                    outcomes[outcome["job"]] = outcome
                    with lock:
                        if running.get(outcome["pid"]) == outcome["job"]:
                            del running[outcome["pid"]]
            stop.set()
            killer.join()
            self.assertEqual(answered, 200)
            self.assertEqual(set(outcomes), set(range(1, 201)))
            died = [outcome["pid"] for outcome in outcomes.values() if outcome["verdict"] == "signal"]
            self.assertGreater(len(died), 5)
            # A kill may come between two jobs and hurt nobody; but each hurts at most one, and nothing else does.
            self.assertEqual(len(died), len(set(died)))
            self.assertLessEqual(set(died), killed)
            for job, outcome in outcomes.items():
                self.assertIn(outcome["verdict"], ("ok", "signal"))
                if outcome["verdict"] == "signal":
                    self.assertEqual(outcome["signal"], signal.SIGKILL)
            wait_until(lambda: len(server.pids("ready")) == 4 and len(server.pids()) == 4)
            status = server.status()
            self.assertEqual(status["verdicts"]["ok"] + status["verdicts"]["signal"], 200)

    def test_many_short_jobs_while_workers_are_killed(self):
        random.seed(4)
        with Server("--restart-max", "60", workers=3) as server, server.client() as client:
            stop = threading.Event()

            def kill_now_and_then():
                while not stop.wait(0.02):
                    pids = server.pids("ready", "busy")
                    if pids:
                        try:
                            os.kill(random.choice(pids), signal.SIGKILL)
                        except ProcessLookupError:
                            pass

            killer = threading.Thread(target=kill_now_and_then)
            killer.start()
            total, sent, seen = 20000, 0, {}
            try:
                while len(seen) < total:
                    while sent < total and sent - len(seen) < 1000:
                        client.request("submit", {"source": "value 1", "events": "outcome"})
                        sent += 1
                    message = client.event()
                    if message[0] == 2:
                        self.assertNotIn(message[2]["job"], seen)
                        seen[message[2]["job"]] = message[2]["verdict"]
            finally:
                stop.set()
                killer.join()
            self.assertEqual(set(seen), set(range(1, total + 1)))
            self.assertLessEqual(set(seen.values()), {"ok", "signal"})
            wait_until(lambda: len(server.pids("ready")) == 3)

    def test_replacement_is_quick(self):
        with Server(workers=2) as server, server.client() as client:
            times = []
            for _ in range(20):
                client.outcome(client.submit("segv"))
                start = time.monotonic()
                client.outcome(client.submit("value 1", isolation="process"))
                client.outcome(client.submit("value 1"))
                times.append(time.monotonic() - start)
            self.assertLess(sorted(times)[-2], 0.05 * SLOW)

    def test_a_job_that_had_not_begun_is_not_blamed(self):
        """A worker that is killed before it has looked at its job, however long ago that was sent."""
        with Server(workers=1) as server, server.client() as client:
            for count in range(3):
                pid = server.pids("ready")[0]
                os.kill(pid, signal.SIGSTOP)
                job = client.submit("value 1", value_as="json")
                time.sleep(0.05)
                os.kill(pid, signal.SIGKILL)
                self.assertEqual(client.outcome(job)["verdict"], "ok", count)
            self.assertEqual(server.status()["verdicts"], {"ok": 3})

    def test_idle_deaths_open_the_circuit_which_closes_again(self):
        with Server("--restart-max", "3", "--restart-window", "10s", "--restart-pause", "2s", workers=1) as server:
            with server.client() as client:
                for _ in range(4):
                    pid = wait_until(lambda: server.pids("ready"))[0]
                    os.kill(pid, signal.SIGKILL)
                    wait_until(lambda: pid not in server.pids())
                self.assertRegex(server.status()["circuit"], "^open: more than 3 workers failed within 10.0 s .*SIGKILL; the queue is kept")
                job = client.submit("value 1")  # it waits
                self.assertEqual(client.outcome(job)["verdict"], "ok")
                self.assertEqual(server.status()["circuit"], "closed")

    def test_deaths_by_jobs_do_not_open_it(self):
        with Server("--restart-max", "3", workers=2) as server, server.client() as client:
            jobs = [client.submit("segv") for _ in range(40)]
            self.assertEqual({client.outcome(job)["verdict"] for job in jobs}, {"signal"})
            self.assertEqual(server.status()["circuit"], "closed")


if __name__ == "__main__":
    main()
