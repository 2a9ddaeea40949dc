/* _csv: rows of text files. */
