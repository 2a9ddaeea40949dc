"""Control groups whose every controller is there: what is written into them, and what is made of what they say. The groups are a
folder (groups_shim.c), since few machines hand controllers down; tests/system/test_cgroup.py has the kernel's own."""
import os
import signal
import tempfile
import unittest

from pool_harness import FOLDER, WORKER, Server, main, wait_until

PROGRAM = os.path.join(os.path.dirname(WORKER), "atoll-fake-groups")


class Groups(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=FOLDER)
        open(os.path.join(self.folder, "cgroup.subtree_control"), "w").close()

    def serve(self, *options, controllers="memory pids cpu", **more):
        env = {"ATOLL_TEST_GROUPS": self.folder, "ATOLL_TEST_CONTROLLERS": controllers}
        return Server("--cgroup", self.folder, *options, program=PROGRAM, env=env, **more)

    def text(self, *names):
        with open(os.path.join(self.folder, *names)) as file:
            return file.read()

    def layers(self, server):
        return [worker["layers"]["cgroup"] for worker in server.status()["workers"]]

    def test_limits_are_written_before_the_worker_is_put_in(self):
        with self.serve("--cgroup-memory", "64M", "--cgroup-processes", "50", "--cgroup-cpu", "150", workers=2) as server:
            self.assertEqual(self.layers(server), ["active"] * 2)
            for worker in server.status()["workers"]:
                group = f"worker-{worker['worker']}"
                self.assertEqual(self.text(group, "memory.max"), str(64 << 20))
                self.assertEqual(self.text(group, "memory.swap.max"), "0")
                self.assertEqual(self.text(group, "pids.max"), "50")
                self.assertEqual(self.text(group, "cpu.max"), "150000 100000")
                self.assertEqual(self.text(group, "cgroup.procs"), str(worker["pid"]))
        self.assertEqual(os.listdir(self.folder), ["cgroup.subtree_control"], "the groups go with the server")

    def test_a_kill_that_the_group_has_counted_is_the_oom_killers(self):
        with self.serve("--cgroup-memory", "64M", workers=1) as server, server.client() as client:
            for counted, verdict in ((0, "signal"), (3, "oom"), (3, "signal"), (4, "oom")):
                job = client.submit("sleep 60000", events="all")
                while (message := client.event())[1] != "started":
                    pass
                with open(os.path.join(self.folder, "worker-1", "memory.events"), "w") as file:
                    file.write(f"low 0\nhigh 0\nmax 9\noom 9\noom_kill {counted}\noom_group_kill 0\n")
                os.kill(message[2]["pid"], signal.SIGKILL)
                self.assertEqual(client.outcome(job)["verdict"], verdict, counted)
                wait_until(lambda: server.pids("ready"))
            self.assertEqual(self.text("worker-1", "cgroup.kill"), "1", "what it may have left is killed")

    def test_a_controller_that_is_missing_matters_where_its_limit_is_asked_for(self):
        for options, controllers, state in (((), "", "active"), (("--cgroup-memory", "64M"), "pids cpu", "unavailable"),
                                            (("--cgroup-processes", "9"), "pids", "active"), (("--cgroup-cpu", "50"), "memory", "unavailable")):
            with self.serve(*options, controllers=controllers, workers=1) as server:
                self.assertEqual(self.layers(server), [state], options)
                self.assertEqual("worker-not-grouped" in server.read_log(), state == "unavailable")
                with server.client() as client:
                    self.assertEqual(client.outcome(client.submit("value 1"))["verdict"], "ok")

    def test_what_is_required_and_missing_ends_the_start(self):
        with self.assertRaisesRegex(AssertionError, "sandbox layer cgroup is unavailable"):
            self.serve("--cgroup-memory", "64M", "--require", "cgroup", controllers="pids", workers=1)

    def test_a_reload_changes_the_limits_of_workers_to_come(self):
        config = os.path.join(self.folder, "..", f"groups-{os.getpid()}.conf")
        with open(config, "w") as file:
            file.write("cgroup-processes = 20\n")
        with self.serve("--config", config, workers=1) as server:
            self.assertEqual(self.text("worker-1", "pids.max"), "20")
            with open(config, "w") as file:
                file.write("cgroup-memory = 32M\n")
            self.assertEqual(server.atoll("reload").returncode, 0)
            old = server.pids()
            os.kill(old[0], signal.SIGKILL)
            wait_until(lambda: server.pids("ready") and server.pids() != old)
            self.assertEqual(self.text("worker-1", "memory.max"), str(32 << 20))
            self.assertEqual(self.text("worker-1", "pids.max"), "max", "the old limit is taken away")


if __name__ == "__main__":
    main()
