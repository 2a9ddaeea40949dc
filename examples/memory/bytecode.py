"""Source becomes bytecode for a machine with a stack of values."""
import dis


def area(width, height):
    return width * height + 1


code = area.__code__
print("names:", code.co_varnames, "constants:", code.co_consts, "stack:", code.co_stacksize)
depth = 0
for step in dis.get_instructions("width * height + 1"):
    if step.opname in ("LOAD_NAME", "LOAD_CONST", "BINARY_OP", "RETURN_VALUE"):
        depth += {"LOAD_NAME": 1, "LOAD_CONST": 1}.get(step.opname, -1)
        print(f"   {step.opname:14} {step.argrepr:8} values on the stack: {depth}")
print(eval(compile("6 * 7", "<string>", "eval")))
