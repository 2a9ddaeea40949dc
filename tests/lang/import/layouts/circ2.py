import circ1; print(hasattr(circ1,"Y")); print(circ1.Y)
