/* itertools: iterators that make iterators. */
