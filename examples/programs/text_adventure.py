"""A text adventure whose rooms are generators: each yields text and receives commands.

    text_adventure.py [-]       - plays from standard input, otherwise a recorded game is played
"""
import sys

RECORDED = """look
take lamp
north
take sword
light lamp
look
east
west
north
take key
fight troll
high
low
fight dragon
north
open chest
take crown
open chest
south
south
south
drop lamp
inventory
dance
quit
"""


class Game:
    def __init__(self):
        self.carried = set()
        self.flags = set()
        self.turns = 0
        self.score = 0
        self.floor = {"beach": {"lamp", "shell"}, "cave": {"sword"}, "bridge": {"key"}, "tower": set()}

    def award(self, points, why):
        if why not in self.flags:
            self.flags.add(why)
            self.score += points
            return f" [+{points}]"
        return ""


def common(game, room, command):
    """Commands that work in every room; None for those that do not."""
    verb, _, thing = command.partition(" ")
    here = game.floor[room]
    if verb == "take":
        if thing not in here:
            return f"There is no {thing or 'such thing'} here."
        here.remove(thing)
        game.carried.add(thing)
        return f"You take the {thing}." + game.award(5, "took " + thing)
    if verb == "drop":
        if thing not in game.carried:
            return f"You carry no {thing}."
        game.carried.remove(thing)
        here.add(thing)
        return f"You drop the {thing}."
    if verb == "inventory":
        return "You carry " + (", ".join(sorted(game.carried)) or "nothing") + "."
    if verb == "light" and thing in game.carried:
        game.flags.add("light")
        return f"The {thing} shines."
    return None


def seen(game, room):
    things = sorted(game.floor[room])
    return f" You see: {', '.join(things)}." if things else ""


def beach(game):
    text = "A beach under palms. A cave opens to the north."
    reply = text + seen(game, "beach")
    while True:
        command = yield reply
        if command == "north":
            return "cave"
        reply = text + seen(game, "beach") if command == "look" else common(game, "beach", command)


def cave(game):
    def describe():
        if "light" not in game.flags:
            return "It is dark."
        return "A wet cave. Ways lead south and north; a crack lies to the east." + seen(game, "cave")

    reply = describe()
    while True:
        command = yield reply
        if command == "south":
            return "beach"
        if command == "north":
            if "light" in game.flags:
                return "bridge"
            reply = "You would break your neck in the dark."
        elif command == "east":
            reply = "The crack is too narrow. A cold wind blows from it."
        elif command == "look":
            reply = describe()
        else:
            reply = common(game, "cave", command)


def troll_fight(game):
    """A conversation inside the room on the bridge."""
    command = yield "The troll roars. Strike high or low?"
    if "sword" not in game.carried:
        return "Without a weapon you run in circles until it is bored."
    strikes = 0
    while command in ("high", "low"):
        strikes += 1
        if strikes == 2:
            game.flags.add("troll gone")
            return "The troll tumbles into the ravine." + game.award(20, "troll")
        command = yield f"It parries your {command} blow. Again?"
    game.flags.add("troll gone")
    return f"You say {command!r}; confused, the troll walks away." + game.award(10, "troll")


def bridge(game):
    text = "A rope bridge."
    reply = text + ("" if "troll gone" in game.flags else " A troll guards it.") + seen(game, "bridge")
    while True:
        command = yield reply
        if command == "south":
            return "cave"
        if command == "fight troll" and "troll gone" not in game.flags:
            reply = yield from troll_fight(game)
        elif command == "north":
            if "troll gone" in game.flags:
                return "tower"
            reply = "The troll does not let you pass."
        elif command == "look":
            reply = text + seen(game, "bridge")
        else:
            reply = common(game, "bridge", command)


def tower(game):
    reply = "A tower room with an iron chest." + seen(game, "tower")
    while True:
        command = yield reply
        if command == "south":
            return "bridge"
        if command == "open chest":
            if "key" not in game.carried:
                reply = "The chest is locked."
            elif "chest" in game.flags:
                reply = "It is open already."
            else:
                game.floor["tower"].add("crown")
                reply = "The lid creaks. A crown!" + game.award(25, "chest")
        else:
            reply = common(game, "tower", command)


ROOMS = {"beach": beach, "cave": cave, "bridge": bridge, "tower": tower}


def play(game):
    """The whole game as one generator: it chains the rooms."""
    room, visited = "beach", []
    try:
        while True:
            visited.append(room)
            room = yield from ROOMS[room](game)
    finally:
        print(f"You walked {' -> '.join(visited)}.")


def main(argv):
    lines = (sys.stdin if argv[1:2] == ["-"] else RECORDED.splitlines())
    game = Game()
    story = play(game)
    print(next(story))
    for line in lines:
        command = " ".join(line.lower().split())
        if command == "quit":
            break
        game.turns += 1
        print(f"> {command}")
        print(story.send(command) or "You cannot do that.")
    story.close()
    print(f"{game.score} points in {game.turns} turns, carrying {sorted(game.carried)}.")


if __name__ == "__main__":
    main(sys.argv)
