/* _ctypes: one look at one word of a live object. */
