/* _json: scanning and writing JSON. */
