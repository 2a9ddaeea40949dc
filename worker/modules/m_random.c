/* _random: the Mersenne Twister. */
