/* stat: file modes. */
