/* typing: helpers of typing. */
