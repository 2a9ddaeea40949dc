/* _ast: the classes of the syntax tree, trees to Python and back. */
