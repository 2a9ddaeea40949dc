/* _contextvars: variables of a context. */
