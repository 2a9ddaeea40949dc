/* _bisect: binary search in sorted sequences. */
