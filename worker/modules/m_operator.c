/* _operator: the operators as functions. */
