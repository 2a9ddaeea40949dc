print("b"); from .a import X
