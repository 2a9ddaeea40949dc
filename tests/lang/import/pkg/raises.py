print("about to raise")
raise ValueError("at import")
