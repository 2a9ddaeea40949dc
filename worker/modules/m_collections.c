/* _collections: deque, defaultdict, OrderedDict. */
