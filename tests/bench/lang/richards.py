"""An operating-system simulation in the manner of Richards: small objects, attribute access, polymorphism."""


class Packet:
    def __init__(self, link, ident, kind):
        self.link, self.ident, self.kind = link, ident, kind
        self.datum, self.data = 0, [0] * 4


def append(packet, queue):
    packet.link = None
    if queue is None:
        return packet
    p = queue
    while p.link is not None:
        p = p.link
    p.link = packet
    return queue


class Task:
    def __init__(self, system, ident, priority, queue):
        self.system, self.ident, self.priority, self.queue = system, ident, priority, queue
        self.waiting, self.held = queue is None, False
        system.tasks.append(self)
        system.table[ident] = self

    def runnable(self):
        return not self.held and (self.queue is not None or not self.waiting)

    def take(self):
        packet, self.queue = self.queue, self.queue.link if self.queue else None
        return packet

    def wait(self):
        self.waiting = True

    def give(self, packet):
        self.system.passed += 1
        packet.ident, target = self.ident, self.system.table[packet.ident]
        target.queue = append(packet, target.queue)
        target.waiting = False


class Idle(Task):
    state, count = 1, 0

    def run(self, packet):
        self.count += 1
        if self.count == self.system.limit:
            self.held = True
            return
        if self.state & 1:
            self.state = self.state // 2 ^ 0xD008
            self.system.table["device b"].held = False
        else:
            self.state //= 2
            self.system.table["device a"].held = False


class Worker(Task):
    target, count = "handler a", 0

    def run(self, packet):
        if packet is None:
            self.wait()
            return
        self.target = "handler b" if self.target == "handler a" else "handler a"
        packet.ident, packet.datum = self.target, 0
        for i in range(4):
            self.count = self.count % 26 + 1
            packet.data[i] = self.count + 64
        self.give(packet)


class Handler(Task):
    work = devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == "work":
                self.work = append(packet, self.work)
            else:
                self.devices = append(packet, self.devices)
        if self.work is not None:
            work = self.work
            if work.datum >= 4:
                self.work = work.link
                work.ident = "worker"
                self.give(work)
                return
            if self.devices is not None:
                device, self.devices = self.devices, self.devices.link
                device.datum = work.data[work.datum]
                work.datum += 1
                device.ident = self.device
                self.give(device)
                return
        self.wait()


class Device(Task):
    pending = None

    def run(self, packet):
        if packet is None:
            if self.pending is None:
                self.wait()
                return
            packet, self.pending = self.pending, None
            packet.ident = self.handler
            self.give(packet)
        else:
            self.pending = packet
            self.held = True


class System:
    def __init__(self, limit):
        self.tasks, self.table = [], {}
        self.limit, self.passed, self.steps = limit, 0, 0

    def schedule(self):
        progress = True
        while progress:
            progress = False
            for task in self.tasks:
                while task.runnable():
                    progress = True
                    self.steps += 1
                    task.run(task.take())
                    if isinstance(task, Idle):
                        break


def run(limit):
    system = System(limit)
    idle = Idle(system, "idle", 0, None)
    idle.waiting = False
    Worker(system, "worker", 1000, Packet(Packet(None, "worker", "work"), "worker", "work"))
    for name in "ab":
        device = "device " + name
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, "device")
        Handler(system, "handler " + name, 2000, queue).device = device
        Device(system, device, 4000, None).handler = "handler " + name
    system.schedule()
    return system.passed, system.steps


print(run(120000))
