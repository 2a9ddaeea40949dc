# termios and tty can be imported and asked where there is no terminal.
import termios
import tty


class NoTerminal:
    def fileno(self):
        return 0


for ask in (lambda: termios.tcgetattr(0), lambda: termios.tcgetwinsize(0), lambda: termios.tcdrain(NoTerminal()),
            lambda: termios.tcgetattr("x"), lambda: tty.setraw(0), lambda: tty.setcbreak(0)):
    try:
        ask()
    except (termios.error, TypeError) as e:
        print(type(e), e, e.args)
print(termios.TCSADRAIN, termios.ECHO, termios.ICANON, termios.B9600, tty.IFLAG, tty.CC, len(dir(termios)) > 200)
