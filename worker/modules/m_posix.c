/* posix: the part of the system that a worker may touch. */
