/* _signal: names of signals, and what Ctrl-C does. */
