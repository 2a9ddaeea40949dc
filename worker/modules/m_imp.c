/* imp: the import system's native half. */
