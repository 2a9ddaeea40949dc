"""A logging-like call chain: levels, handlers, filters, formatters, keyword arguments, *args passed along."""


class Record:
    def __init__(self, name, level, message, args, **extra):
        self.name, self.level, self.message, self.args = name, level, message, args
        self.__dict__.update(extra)

    def text(self):
        return self.message % self.args if self.args else self.message


class Formatter:
    def __init__(self, pattern):
        self.pattern = pattern

    def format(self, record):
        return self.pattern % {"name": record.name, "level": record.level, "message": record.text()}


class Handler:
    def __init__(self, level, formatter):
        self.level, self.formatter, self.lines, self.size = level, formatter, 0, 0

    def handle(self, record):
        if record.level >= self.level:
            self.emit(self.formatter.format(record))

    def emit(self, line):
        self.lines += 1
        self.size += len(line)


class Logger:
    def __init__(self, name, parent=None, level=0):
        self.name, self.parent, self.level, self.handlers, self.filters = name, parent, level, [], []

    def enabled_for(self, level):
        return level >= self.effective_level()

    def effective_level(self):
        logger = self
        while logger:
            if logger.level:
                return logger.level
            logger = logger.parent
        return 0

    def debug(self, message, *args, **kwargs):
        if self.enabled_for(10):
            self._log(10, message, args, **kwargs)

    def info(self, message, *args, **kwargs):
        if self.enabled_for(20):
            self._log(20, message, args, **kwargs)

    def error(self, message, *args, **kwargs):
        if self.enabled_for(40):
            self._log(40, message, args, **kwargs)

    def _log(self, level, message, args, **extra):
        record = Record(self.name, level, message, args, **extra)
        if all(f(record) for f in self.filters):
            logger = self
            while logger:
                for handler in logger.handlers:
                    handler.handle(record)
                logger = logger.parent


root = Logger("root", level=20)
root.handlers.append(Handler(20, Formatter("%(level)d:%(name)s:%(message)s")))
child = Logger("root.child", root)
child.handlers.append(Handler(40, Formatter("[%(name)s] %(message)s")))
child.filters.append(lambda record: "secret" not in record.message)
for i in range(30000):
    child.debug("not shown %s", i)
    child.debug("nor this")
    child.info("shown %d of %d", i, 30000, job=i)
    child.error("failed: %s", "reason")
    child.info("a secret")
print(root.handlers[0].lines, root.handlers[0].size, child.handlers[0].lines, child.handlers[0].size)
