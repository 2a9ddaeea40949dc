/* signal: names of signals. */
