print("lazy mod"); V=2
