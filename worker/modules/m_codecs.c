/* codecs: encodings by name. */
