/* math: mathematical functions. */
