for s in ("_id1", "1_0j", "1__0", "1_0x", "1_", "_1", "1_0+2_0j", "(1_2)", "1_e3", "1e1_0j", "1j_"):
    try:
        print(s, complex(s))
    except ValueError as e:
        print(s, e)
