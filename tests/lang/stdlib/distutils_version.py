# What is left of distutils in every Debian: versions that compare.
import warnings

warnings.simplefilter("ignore")
from distutils.version import LooseVersion, StrictVersion

print(LooseVersion("1.10") > LooseVersion("1.9"), LooseVersion("1.5.1b2").version, LooseVersion("2.0") == "2.0")
print(StrictVersion("1.0a3") < StrictVersion("1.0"), repr(StrictVersion("0.4.1")), str(StrictVersion("1.2.0")))
for text in "1", "2.7.2.2", "1.3.a4":
    try:
        print(StrictVersion(text))
    except ValueError as e:
        print(e)
print(sorted(["1.10", "1.9.2", "0.99", "1.9"], key=LooseVersion))
