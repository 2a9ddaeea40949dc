/* unicodedata: what Unicode says of characters. */
