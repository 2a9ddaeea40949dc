"""What the README names is there: every test, every option of atoll's."""
import re
import unittest

from support import ROOT, SystemTest, atoll

README = (ROOT / "README.md").read_text()


class Readme(SystemTest):
    def test_named_tests_exist(self):
        names = set()
        for path in (ROOT / "tests").glob("**/*"):
            if path.suffix in (".py", ".c"):
                names.add(path.stem)
                names.update(re.findall(r"(?:def|class|void) (\w+)", path.read_text(errors="replace")))
        named = set(re.findall(r"`((?:test|fuzz)_\w+)`", README))
        self.assertGreater(len(named), 20)
        self.assertEqual(named - names, set())

    def test_named_options_exist(self):
        verbs = re.findall(r"(?m)^  (\S+) ", atoll("help").stdout)
        known = set(re.findall(r"--([\w-]+)", "".join(atoll("help", verb).stdout for verb in verbs)))
        named = set(re.findall(r"`(?:atoll [^`]*?)?--([a-z][\w-]*)", README))
        self.assertEqual(named - known, set())


if __name__ == "__main__":
    unittest.main()
