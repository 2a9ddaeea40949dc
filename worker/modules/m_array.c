/* array: arrays of machine numbers. */
