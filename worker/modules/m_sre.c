/* _sre: regular expressions. */
