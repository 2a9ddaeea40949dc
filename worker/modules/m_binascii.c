/* binascii: bytes as text. */
