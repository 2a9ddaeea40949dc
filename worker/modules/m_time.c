/* time: clocks and calendars. */
