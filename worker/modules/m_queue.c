/* _queue: SimpleQueue. */
