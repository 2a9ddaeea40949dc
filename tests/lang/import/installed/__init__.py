# A place of installed things; a package so that its files are sent along.
