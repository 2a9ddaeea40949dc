# interrupt_main in the main thread raises there and then.
import _thread
def f():
    try:
        _thread.interrupt_main()
        print("not reached")
    except KeyboardInterrupt:
        print("KeyboardInterrupt at once")
f()
