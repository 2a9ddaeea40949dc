def nested(depth):
    value = ()
    for _ in range(depth):
        value = (value,)
    return value


print(hash(nested(900)) == hash(nested(900)), hash(nested(3)) == hash(((((),),),)))
print(len({nested(500), nested(500), nested(501)}))
