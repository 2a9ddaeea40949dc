# Comments in every place.
# first
x = 1  # after code
# between

def f(  # in parameters
    a,  # a
    # alone
    b=2,  # b
):  # after colon
    # at the start of a body
    c = a + b  # sum

    # before return
    return c  # result
    # after return

# at column zero inside nothing
y = [  # list
    1,
    # inside
    2,  # two
]  # end
z = (1 +  # plus
     2)
if x:  # if
    # only a comment before
    pass
    # after pass
# dedented comment
else:
    pass
s = "# not a comment"; t = '''# nor
# this'''
print(f(1), y, z, s, t)  # done
class A:  # class
    # comment
    x = 1  # attr

    # last
#no space
	# tab before comment
print(A.x) # é unicode 中
# last line without newline
