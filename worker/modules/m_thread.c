/* _thread: threads and locks. */
