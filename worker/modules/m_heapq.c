/* _heapq: priority queues in lists. */
