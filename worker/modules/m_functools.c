/* _functools: reduce, partial, lru_cache, cmp_to_key. */
