for spec in ("+,", "_", "+_s", "z,", "#,.3", "=,s", " _.2", "_d", ",x", "+", "0=5", "=5"):
    try:
        print(repr(spec), format("text", spec))
    except ValueError as e:
        print(repr(spec), e)
