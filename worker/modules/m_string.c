/* string: the parts of format strings. */
