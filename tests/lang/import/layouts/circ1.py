import circ2; Y=1
