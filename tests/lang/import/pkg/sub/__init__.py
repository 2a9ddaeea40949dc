print("importing pkg.sub")
name = "sub name"
