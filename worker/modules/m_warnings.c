/* warnings: warning filters. */
