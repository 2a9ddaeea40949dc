/* cmath: the same of complex numbers. */
