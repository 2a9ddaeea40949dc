"""Work in four pieces: one after another, or in four threads. `atoll map` gives the pieces to several workers."""
import sys
import threading

PIECES = 4


def piece(seed):
    """Steps of a linear congruence: pure computation."""
    for _ in range(20_000_000):
        seed = (seed * 1103515245 + 12345) % 2147483648
    return seed


def one_after_another():
    return [piece(seed) for seed in range(PIECES)]


def in_threads():
    results = [None] * PIECES

    def work(seed):
        results[seed] = piece(seed)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(PIECES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


if __name__ == "__main__":
    print(*(in_threads if sys.argv[1:] == ["threads"] else one_after_another)(), sep="\n")
