/* _md5, _sha1, _sha256, _sha512: message digests. */
