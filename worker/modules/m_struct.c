/* _struct: values as packed bytes. */
