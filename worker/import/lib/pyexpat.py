"""XML parsing with Expat's interface, in Python: what a worker has in place of the C library. Parsers take documents whole or
in pieces, call handlers as Expat does and tell its errors and positions. They read no external entity by themselves."""
import codecs
import re
import sys
from types import ModuleType

EXPAT_VERSION = "expat_2.5.0"
version_info = (2, 5, 0)
native_encoding = "UTF-8"
features = [("sizeof(XML_Char)", 1), ("sizeof(XML_LChar)", 1), ("XML_DTD", 0), ("XML_CONTEXT_BYTES", 1024), ("XML_NS", 0)]
XML_PARAM_ENTITY_PARSING_NEVER = 0
XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE = 1
XML_PARAM_ENTITY_PARSING_ALWAYS = 2

_ERRORS = """\
NO_MEMORY out of memory
SYNTAX syntax error
NO_ELEMENTS no element found
INVALID_TOKEN not well-formed (invalid token)
UNCLOSED_TOKEN unclosed token
PARTIAL_CHAR partial character
TAG_MISMATCH mismatched tag
DUPLICATE_ATTRIBUTE duplicate attribute
JUNK_AFTER_DOC_ELEMENT junk after document element
PARAM_ENTITY_REF illegal parameter entity reference
UNDEFINED_ENTITY undefined entity
RECURSIVE_ENTITY_REF recursive entity reference
ASYNC_ENTITY asynchronous entity
BAD_CHAR_REF reference to invalid character number
BINARY_ENTITY_REF reference to binary entity
ATTRIBUTE_EXTERNAL_ENTITY_REF reference to external entity in attribute
MISPLACED_XML_PI XML or text declaration not at start of entity
UNKNOWN_ENCODING unknown encoding
INCORRECT_ENCODING encoding specified in XML declaration is incorrect
UNCLOSED_CDATA_SECTION unclosed CDATA section
EXTERNAL_ENTITY_HANDLING error in processing external entity reference
NOT_STANDALONE document is not standalone
UNEXPECTED_STATE unexpected parser state - please send a bug report
ENTITY_DECLARED_IN_PE entity declared in parameter entity
FEATURE_REQUIRES_XML_DTD requested feature requires XML_DTD support in Expat
CANT_CHANGE_FEATURE_ONCE_PARSING cannot change setting once parsing has begun
UNBOUND_PREFIX unbound prefix
UNDECLARING_PREFIX must not undeclare prefix
INCOMPLETE_PE incomplete markup in parameter entity
XML_DECL XML declaration not well-formed
TEXT_DECL text declaration not well-formed
PUBLICID illegal character(s) in public id
SUSPENDED parser suspended
NOT_SUSPENDED parser not suspended
ABORTED parsing aborted
FINISHED parsing finished
SUSPEND_PE cannot suspend in external parameter entity
RESERVED_PREFIX_XML reserved prefix (xml) must not be undeclared or bound to another namespace name
RESERVED_PREFIX_XMLNS reserved prefix (xmlns) must not be declared or undeclared
RESERVED_NAMESPACE_URI prefix must not be bound to one of the reserved namespace names
INVALID_ARGUMENT invalid argument
NO_BUFFER a successful prior call to function XML_GetBuffer was required
AMPLIFICATION_LIMIT_BREACH limit on input amplification factor (from DTD and entities) breached
NOT_STARTED parser not started"""

_CODES = {}
_TEXTS = {}


def _submodule(name, doc):
    module = ModuleType(f"pyexpat.{name}", doc)
    sys.modules[module.__name__] = module
    return module


errors = _submodule("errors", "Constants used to describe error conditions.")
model = _submodule("model", "Constants used to interpret content model information.")
for _code, _line in enumerate(_ERRORS.splitlines(), 1):
    _name, _, _text = _line.partition(" ")
    setattr(errors, f"XML_ERROR_{_name}", _text)
    _CODES[_name], _TEXTS[_code] = _code, _text
errors.codes = {text: code for code, text in _TEXTS.items()}
errors.messages = dict(_TEXTS)
for _code, _name in enumerate("EMPTY ANY MIXED NAME CHOICE SEQ".split(), 1):
    setattr(model, f"XML_CTYPE_{_name}", _code)
for _code, _name in enumerate("NONE OPT REP PLUS".split()):
    setattr(model, f"XML_CQUANT_{_name}", _code)


class ExpatError(Exception):
    pass


ExpatError.__module__ = "xml.parsers.expat"
error = ExpatError


def ErrorString(code, /):
    """Returns string error for given number."""
    return _TEXTS.get(code)


_START = (r":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
          r"\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff")
_NAME = re.compile(f"[{_START}][{_START}.0-9\\-\xb7\u0300-\u036f\u203f\u2040]*")
_PROLOG = re.compile(f"[{_START}.0-9\\-\xb7\"'%()|,\\[\\]#?*+>]")
_WORD = re.compile(f"[{_START}.0-9\\-\xb7\u0300-\u036f\u203f\u2040]*")
_TOKENS = re.compile(r"""<!DOCTYPE|[ \t\r\n]+|"[^"]*"|'[^']*'|[\[>]|[^ \t\r\n"'\[>]+""")
_SPACE = re.compile(r"[ \t\r\n]*")
_TEXT = re.compile(r"[^<&]+")
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DIGITS = re.compile(r"&#(?:x[0-9a-fA-F]*|[0-9]*)")
_CHARACTER = re.compile(r"#(?:x([0-9a-fA-F]+)|([0-9]+));")
_DECLARED = re.compile(r"""<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"([\w.:\-]+)"|'([\w.:\-]+)')"""
                       r"""(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.\-]*)"|'([A-Za-z][\w.\-]*)'))?"""
                       r"""(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(yes|no)"|'(yes|no)'))?[ \t\r\n]*\?>""")
_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.\-]*)["']""")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_XML = "http://www.w3.org/XML/1998/namespace"
_HANDLERS = ("StartElement EndElement ProcessingInstruction CharacterData UnparsedEntityDecl NotationDecl StartNamespaceDecl "
             "EndNamespaceDecl Comment StartCdataSection EndCdataSection Default DefaultHandlerExpand NotStandalone "
             "ExternalEntityRef StartDoctypeDecl EndDoctypeDecl EntityDecl XmlDecl ElementDecl AttlistDecl "
             "SkippedEntity").split()
_MAX_EXPANSION = 8 << 20


class _Incomplete(Exception):
    """What was fed ends inside of a token."""


class _Entity:
    def __init__(self, value, base=None, system=None, public=None, notation=None):
        self.value, self.base, self.system, self.public, self.notation = value, base, system, public, notation
        self.open = False


class _Flag:
    """An attribute that is true or false, whatever it is set to."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, parser, cls=None):
        return self if parser is None else parser.__dict__[self.name]

    def __set__(self, parser, value):
        parser._flush()
        parser.__dict__[self.name] = bool(value)


class xmlparser:
    buffer_text, namespace_prefixes, ordered_attributes, specified_attributes = _Flag(), _Flag(), _Flag(), _Flag()

    def __init__(self, encoding=None, separator=None, intern=None):
        for name in _HANDLERS:
            setattr(self, name if name.endswith("Handler") or name == "DefaultHandlerExpand" else f"{name}Handler", None)
        self.intern = {} if intern is None else intern
        self._pending, self._pending_size = [], 0   # character data that buffer_text holds back
        self.buffer_text = self.ordered_attributes = self.specified_attributes = self.namespace_prefixes = False
        self._buffer_size = 8192
        self.ErrorCode = 0
        self._encoding, self._separator, self._base = encoding, separator, None
        self._decoder, self._raw = None, b""
        self._text, self._at, self._line, self._column, self._bytes = "", 0, 1, 0, 0
        self._mark = 0                  # where the position was last counted to
        self._stack, self._seen_root, self._finished = [], False, False
        self._scopes = [{"xml": _XML}] if separator is not None else None
        self._entities, self._defaults, self._has_subset, self._standalone = {}, {}, False, False
        self._is_entity = False         # of an external entity: content, without an element around it
        self._expanded = 0
        self._in_doctype = self._started = False

    # ---- what programs call ----

    def Parse(self, data, isfinal=False, /):
        """Parse XML data. `isfinal' should be true at end of input."""
        if self._finished:
            self._fail("FINISHED")
        self._feed(data, isfinal)
        try:
            self._document(bool(isfinal))
        except _Incomplete:
            if isfinal and self._stack and self._text.startswith("<![CDATA[", self._at):
                self._fail("UNCLOSED_CDATA_SECTION", len(self._text))
            if isfinal:
                self._fail("UNCLOSED_TOKEN")
        if isfinal:
            self._finish()
        self._flush()
        self._forget()
        return 1

    def ParseFile(self, file, /):
        """Parse XML data from file-like object."""
        while True:
            data = file.read(65536)
            self.Parse(data, not data)
            if not data:
                return 1

    def SetBase(self, base, /):
        self._base = base

    def GetBase(self):
        return self._base

    def GetInputContext(self):
        return self._text[self._at:].encode() if self._started else None

    def SetParamEntityParsing(self, flag, /):
        return 1

    def UseForeignDTD(self, flag=True, /):
        pass

    def ExternalEntityParserCreate(self, context, encoding=None, /):
        other = xmlparser(encoding, self._separator, self.intern)
        for name, value in vars(self).items():
            if not name.startswith("_"):
                setattr(other, name, value)
        other._is_entity, other._stack = True, [("", "", ())]
        other._entities, other._defaults = self._entities, self._defaults
        return other

    @property
    def buffer_size(self):
        return self._buffer_size

    @buffer_size.setter
    def buffer_size(self, size):
        if not isinstance(size, int):
            raise TypeError("buffer_size must be an integer")
        if not 0 < size < 2**31:
            raise ValueError("buffer_size must be greater than zero" if size <= 0 else
                             "buffer_size must not be greater than 2147483647")
        self._flush()
        self._buffer_size = size

    @property
    def buffer_used(self):
        return self._pending_size

    @property
    def CurrentLineNumber(self):
        self._count()
        return self._line

    @property
    def CurrentColumnNumber(self):
        self._count()
        return self._column

    @property
    def CurrentByteIndex(self):
        self._count()
        return self._bytes if self._started else -1

    ErrorLineNumber, ErrorColumnNumber, ErrorByteIndex = CurrentLineNumber, CurrentColumnNumber, CurrentByteIndex

    # ---- input and positions ----

    def _feed(self, data, final):
        if isinstance(data, str):
            if self._decoder is None:
                self._decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
            self._text += data
        else:
            self._raw += bytes(data)
            if self._decoder is None and not self._choose(final):
                return
            try:
                self._text += self._decoder.decode(self._raw, bool(final))
            except UnicodeDecodeError as e:
                self._text += e.object[:e.start].decode(self._decoder_name, "ignore") + "\0"
            self._raw = b""
        if self._text:
            self._started = True

    def _choose(self, final):
        """The decoder, once the beginning tells it; False: more is needed."""
        raw, name = self._raw, self._encoding
        if not name:
            if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                name = "utf-16"
            elif raw[:2] in (b"<\0", b"\0<"):
                name = "utf-16-le" if raw[0] else "utf-16-be"
            elif raw[:3] == b"\xef\xbb\xbf":
                self._raw = raw[3:]
                name = "utf-8"
            elif raw[:5] == b"<?xml":
                if b"?>" not in raw and not final:
                    return False
                found = _ENCODING.match(raw.partition(b"?>")[0])
                name = found[1].decode() if found else "utf-8"
            elif len(raw) < 5 and not final:
                return False
        try:
            self._decoder = codecs.getincrementaldecoder(name or "utf-8")()
            self._decoder_name = name or "utf-8"
        except LookupError:
            self._finished = True
            raise
        return True

    def _count(self):
        """Brings line, column and byte index to where _at is."""
        passed = self._text[self._mark:self._at]
        if passed:
            lines = passed.count("\n") + passed.count("\r") - passed.count("\r\n")
            if lines:
                self._line += lines
                self._column = len(passed) - max(passed.rfind("\n"), passed.rfind("\r")) - 1
            else:
                self._column += len(passed)
            self._bytes += len(passed.encode("utf-8", "surrogatepass"))
            self._mark = self._at

    def _forget(self):
        self._count()
        self._text = self._text[self._at:]
        self._at = self._mark = 0

    def _fail(self, name, at=None):
        if at is not None:
            self._at = max(at, self._mark)
        self._count()
        self._flush()
        code = _CODES[name]
        self.ErrorCode = code
        self._finished = True
        e = ExpatError(f"{_TEXTS[code]}: line {self._line}, column {self._column}")
        e.code, e.offset, e.lineno = code, self._column, self._line
        raise e

    # ---- handing on ----

    def _call(self, name, *args):
        """Calls a handler if there is one; whether there was."""
        handler = getattr(self, name)
        if handler is None:
            return False
        self._flush()
        handler(*args)
        return True

    def _default(self, text):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler is not None and text:
            self._flush()
            handler(text)

    def _characters(self, text):
        if not text:
            return
        if self.CharacterDataHandler is None:
            self._default(text)
        elif self.buffer_text:
            if self._pending_size + len(text) > self._buffer_size:
                self._flush()
            self._pending.append(text)
            self._pending_size += len(text)
        else:
            for line in re.findall(r"\n|[^\n]+", text):
                self.CharacterDataHandler(line)

    def _flush(self):
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            self._pending_size = 0
            if self.CharacterDataHandler is not None:
                self.CharacterDataHandler(text)

    # ---- reading tokens ----

    def _until(self, end, start):
        found = self._text.find(end, start)
        if found < 0:
            raise _Incomplete
        return found

    def _name(self, at):
        found = _NAME.match(self._text, at)
        if not found:
            if at >= len(self._text):
                raise _Incomplete
            self._fail("INVALID_TOKEN", at)
        if found.end() == len(self._text):
            raise _Incomplete
        return found[0], found.end()

    def _spaces(self, at):
        at = _SPACE.match(self._text, at).end()
        if at == len(self._text):
            raise _Incomplete
        return at

    def _check(self, start, end):
        bad = _BAD.search(self._text, start, end)
        if bad:
            self._fail("INVALID_TOKEN", bad.start())

    def _document(self, final):
        while self._at < len(self._text):
            start = self._at
            c = self._text[start]
            if self._in_doctype:
                self._subset()
            elif c == "<":
                self._markup(start)
            elif c == "&" and self._stack:
                self._reference(start)
            elif self._stack:
                self._data(start, final)
            else:
                self._outside(start)

    def _outside(self, start):
        end = _SPACE.match(self._text, start).end()
        if end == start:
            if self._text[start] == "\ufeff" and not self._bytes and not start:
                self._at = self._mark = 1
                return
            self._check(start, start + 1)
            if not _PROLOG.match(self._text, start):
                self._fail("INVALID_TOKEN", start)
            word = _WORD.match(self._text, start).end()
            if start < word < len(self._text) and self._text[word] not in "> \t\r\n)?*+,|%":
                self._fail("INVALID_TOKEN", word)
            self._fail("JUNK_AFTER_DOC_ELEMENT" if self._seen_root else "SYNTAX", start)
        self._default(_lines(self._text[start:end]))
        self._at = end

    def _data(self, start, final):
        end = _TEXT.match(self._text, start).end()
        self._check(start, end)
        close = self._text.find("]]>", start, end)
        if close >= 0:
            self._fail("INVALID_TOKEN", close + 2)
        if end == len(self._text) and not final and self._text[end - 1] in "\r]":
            end = len(self._text[:end].rstrip("\r]"))
            if end <= start:
                raise _Incomplete
        self._characters(_lines(self._text[start:end]))
        self._at = end

    def _markup(self, start):
        text = self._text
        following = text[start + 1:start + 2]
        if following == "/":
            self._end_tag(start)
        elif following == "?":
            self._instruction(start)
        elif following == "!":
            self._declaration(start)
        elif not following:
            raise _Incomplete
        else:
            self._start_tag(start)

    def _declaration(self, start):
        text = self._text
        if text.startswith("<!--", start):
            self._comment(start)
        elif text.startswith("<![CDATA[", start) and self._stack:
            end = self._until("]]>", start + 9)
            self._check(start, end)
            if not self._call("StartCdataSectionHandler"):
                self._default("<![CDATA[")
            self._characters(_lines(text[start + 9:end]))
            if not self._call("EndCdataSectionHandler"):
                self._default("]]>")
            self._at = end + 3
        elif text.startswith("<!DOCTYPE", start) and not self._stack and not self._seen_root:
            self._doctype(start)
        elif any(whole.startswith(text[start:]) for whole in ("<!--", "<![CDATA[", "<!DOCTYPE")):
            raise _Incomplete
        else:
            self._fail("INVALID_TOKEN", start + 2)

    def _comment(self, start):
        text = self._text
        end = self._until("--", start + 4)
        if text[end + 2:end + 3] != ">":
            if end + 2 >= len(text):
                raise _Incomplete
            self._fail("INVALID_TOKEN", end + 2)
        self._check(start, end)
        if not self._call("CommentHandler", _lines(text[start + 4:end])):
            self._default(_lines(text[start:end + 3]))
        self._at = end + 3

    def _instruction(self, start):
        text = self._text
        end = self._until("?>", start + 2)
        name, behind = self._name(start + 2)
        if name.lower() == "xml":
            if start or self._bytes or name != "xml":
                self._fail("MISPLACED_XML_PI" if name == "xml" else "INVALID_TOKEN", start if name == "xml" else start + 2)
            self._xml_declaration(start, end + 2)
            return
        if behind < end and text[behind] not in " \t\r\n":
            self._fail("INVALID_TOKEN", behind)
        self._check(start, end)
        data = _lines(text[_SPACE.match(text, behind).end():end]) if behind < end else ""
        if not self._call("ProcessingInstructionHandler", name, data):
            self._default(_lines(text[start:end + 2]))
        self._at = end + 2

    def _xml_declaration(self, start, end):
        found = _DECLARED.match(self._text, start)
        if not found or found.end() != end:
            self._fail("XML_DECL", min(start + 6, end))
        version, encoding, standalone = found[1] or found[2], found[3] or found[4], found[5] or found[6]
        self._standalone = standalone == "yes"
        if not self._call("XmlDeclHandler", version, encoding, -1 if standalone is None else int(self._standalone)):
            self._default(self._text[start:end])
        self._at = end

    # ---- references ----

    def _reference(self, start):
        name, value, end = self._resolve(start)
        if name is None or name in _PREDEFINED:
            self._characters(value)
            self._at = end
            return
        entity = value
        if entity.value is None:
            if entity.notation is not None:
                self._fail("BINARY_ENTITY_REF", start)
            if self.ExternalEntityRefHandler is not None:
                self._flush()
                if not self.ExternalEntityRefHandler(name, entity.base, entity.system, entity.public):
                    self._fail("EXTERNAL_ENTITY_HANDLING", start)
            else:
                self._default(f"&{name};")
            self._at = end
            return
        if self.DefaultHandler is not None and self.DefaultHandlerExpand is None:
            self._default(f"&{name};")
            self._at = end
            return
        self._expand(entity, start, end)

    def _resolve(self, start):
        """Of "&...;" at start: (None or the name, text or the entity, the end)."""
        text = self._text
        if text[start + 1:start + 2] == "#":
            found = _CHARACTER.match(text, start + 1)
            if not found:
                if ";" not in text[start:start + 14] and len(text) - start < 14:
                    raise _Incomplete
                self._fail("INVALID_TOKEN", _DIGITS.match(text, start).end())
            code = int(found[1], 16) if found[1] else int(found[2])
            if code > 0x10ffff or _BAD.match(chr(code)):
                self._fail("BAD_CHAR_REF", start)
            return None, chr(code), found.end()
        name, end = self._name(start + 1)
        if text[end] != ";":
            self._fail("INVALID_TOKEN", end)
        if name in _PREDEFINED:
            return name, _PREDEFINED[name], end + 1
        entity = self._entities.get(name)
        if entity is None:
            if not self._has_subset or self._standalone:
                self._fail("UNDEFINED_ENTITY", start)
            if self.SkippedEntityHandler is not None:
                self._call("SkippedEntityHandler", name, False)
                return None, "", end + 1
            self._default(f"&{name};")
            return None, "", end + 1
        if entity.open:
            self._fail("RECURSIVE_ENTITY_REF", start)
        return name, entity, end + 1

    def _expand(self, entity, start, end):
        """Reads an entity's text as content, in the place of the reference."""
        self._expanded += len(entity.value)
        if self._expanded > _MAX_EXPANSION:
            self._fail("AMPLIFICATION_LIMIT_BREACH", start)
        self._at = start
        self._count()
        kept = self._text, end, self._line, self._column, self._bytes
        depth = len(self._stack)
        self._text, self._at, self._mark = entity.value, 0, 0
        entity.open = True
        try:
            self._document(True)
            if len(self._stack) != depth:
                self._fail("ASYNC_ENTITY")
        except _Incomplete:
            self._fail("UNCLOSED_TOKEN")
        finally:
            entity.open = False
        consumed = kept[0][start:end]
        self._text, self._at, self._line, self._column, self._bytes = kept
        self._column += len(consumed)
        self._bytes += len(consumed)
        self._mark = end

    # ---- elements ----

    def _start_tag(self, start):
        text = self._text
        name, at = self._name(start + 1)
        attributes, positions = {}, {}
        while True:
            after = self._spaces(at)
            c = text[after]
            if c == ">" or c == "/":
                break
            if after == at:
                self._fail("INVALID_TOKEN", at)
            key, at = self._name(after)
            at = self._spaces(at)
            if text[at] != "=":
                self._fail("INVALID_TOKEN", at)
            at = self._spaces(at + 1)
            quote = text[at]
            if quote not in "\"'":
                self._fail("INVALID_TOKEN", at)
            end = self._until(quote, at + 1)
            bad = text.find("<", at, end)
            if bad >= 0:
                self._fail("INVALID_TOKEN", bad)
            self._check(at, end)
            if key in attributes:
                self._until(">", end)
                self._fail("DUPLICATE_ATTRIBUTE", after)
            attributes[key] = self._value(at + 1, end)
            positions[key] = after
            at = end + 1
            if at >= len(text):
                raise _Incomplete
        empty = c == "/"
        if empty and text[after + 1:after + 2] != ">":
            if after + 1 >= len(text):
                raise _Incomplete
            self._fail("INVALID_TOKEN", after + 1)
        if not self._stack and self._seen_root:
            self._fail("JUNK_AFTER_DOC_ELEMENT", start)
        self._seen_root = True
        self._open(name, attributes, start, after + 1 + empty)
        if empty:
            self._close(start)

    def _value(self, start, end):
        """An attribute's value: references resolved, white space made spaces."""
        text = self._text
        if "&" not in text[start:end]:
            return _lines(text[start:end]).translate(_BLANKS)
        out, at = [], start
        while at < end:
            amp = text.find("&", at, end)
            if amp < 0:
                amp = end
            out.append(_lines(text[at:amp]).translate(_BLANKS))
            if amp == end:
                break
            name, value, at = self._resolve(amp)
            if isinstance(value, _Entity):
                value = self._entity_value(value, amp)
            out.append(value)
        return "".join(out)

    def _entity_value(self, entity, at):
        if entity.value is None:
            self._fail("ATTRIBUTE_EXTERNAL_ENTITY_REF", at)
        if entity.open:
            self._fail("RECURSIVE_ENTITY_REF", at)
        self._expanded += len(entity.value)
        if self._expanded > _MAX_EXPANSION:
            self._fail("AMPLIFICATION_LIMIT_BREACH", at)
        entity.open = True
        kept, self._text = self._text, entity.value
        try:
            return self._value(0, len(entity.value))
        finally:
            self._text = kept
            entity.open = False

    def _open(self, name, attributes, start, end):
        self._at = start
        specified = len(attributes)
        for key, (kind, default) in self._defaults.get(name, {}).items():
            if key in attributes:
                if kind != "CDATA":
                    attributes[key] = " ".join(filter(None, attributes[key].split(" ")))
            elif default is not None:
                attributes[key] = default
        shown, declared = name, ()
        if self._scopes is not None:
            shown, attributes, declared = self._with_namespaces(name, attributes, start)
        self._stack.append((name, shown, declared))
        items = list(attributes.items())
        if self.specified_attributes:
            items = items[:specified]
        if self.ordered_attributes:
            given = [part for item in items for part in item]
        else:
            given = dict(items)
        shown = self.intern.setdefault(shown, shown)
        if not self._call("StartElementHandler", shown, given):
            self._default(_lines(self._text[start:end]))
        self._at = end

    def _with_namespaces(self, name, attributes, start):
        scope, declared, rest = self._scopes[-1], [], {}
        for key, value in attributes.items():
            prefix = key[6:] if key.startswith("xmlns:") else "" if key == "xmlns" else None
            if prefix is None:
                rest[key] = value
                continue
            if prefix == "xmlns":
                self._fail("RESERVED_PREFIX_XMLNS", start)
            if prefix == "xml" and value != _XML:
                self._fail("RESERVED_PREFIX_XML", start)
            if prefix and not value:
                self._fail("UNDECLARING_PREFIX", start)
            if self._separator and self._separator in value:
                self._fail("SYNTAX", start)
            declared.append((prefix, value))
        if declared:
            scope = {**scope, **dict(declared)}
            for prefix, value in declared:
                self._call("StartNamespaceDeclHandler", prefix or None, value or None)
        self._scopes.append(scope)
        out = {}
        for key, value in rest.items():
            full = self._qualify(key, scope, start, False)
            if full in out:
                self._fail("DUPLICATE_ATTRIBUTE", start)
            out[full] = value
        return self._qualify(name, scope, start, True), out, [prefix for prefix, _ in declared]

    def _qualify(self, name, scope, start, is_element):
        prefix, colon, local = name.partition(":")
        if not colon:
            prefix, local = "", name
            uri = scope.get("") if is_element else None
        else:
            uri = scope.get(prefix)
            if uri is None:
                self._fail("UNBOUND_PREFIX", start)
        if not uri:
            return name
        parts = [uri, local, prefix] if self.namespace_prefixes and prefix else [uri, local]
        return self._separator.join(parts)

    def _end_tag(self, start):
        name, at = self._name(start + 2)
        at = self._spaces(at)
        if self._text[at] != ">":
            self._fail("INVALID_TOKEN", at)
        if not self._stack:
            if self._seen_root:
                self._fail("JUNK_AFTER_DOC_ELEMENT", start)
            self._fail("INVALID_TOKEN", start + 1)
        if self._stack[-1][0] != name:
            self._fail("TAG_MISMATCH", start + 2)
        self._at = start
        self._close(start, at + 1)

    def _close(self, start, end=None):
        _, shown, declared = self._stack.pop()
        called = self._call("EndElementHandler", self.intern.setdefault(shown, shown))
        if end is not None:
            if not called:
                self._default(_lines(self._text[start:end]))
            self._at = end
        if self._scopes is not None:
            self._scopes.pop()
            for prefix in reversed(declared):
                self._call("EndNamespaceDeclHandler", prefix or None)

    def _finish(self):
        if self._is_entity and len(self._stack) == 1:
            self._finished = True
            return
        if self._in_doctype or (self._stack and self._at < len(self._text)):
            self._fail("UNCLOSED_TOKEN")
        if not self._seen_root or self._stack:
            self._fail("NO_ELEMENTS", len(self._text))
        self._finished = True

    # ---- document types ----

    def _doctype(self, start):
        text = self._text
        name, at = self._name(self._spaces(start + 9))
        at = self._spaces(at)
        system, public, at = self._external(at)
        at = self._spaces(at)
        if text[at] not in "[>":
            self._fail("INVALID_TOKEN", at)
        subset = text[at] == "["
        if not self._call("StartDoctypeDeclHandler", name, system, public, int(subset)):
            for token in _TOKENS.findall(text[start:at + 1]):
                self._default(_lines(token))
        self._has_subset = system is not None
        self._in_doctype = subset
        self._at = at + 1
        if not subset:
            self._end_doctype()

    def _end_doctype(self):
        """Whether a handler was told."""
        if self._has_subset and not self._standalone and self.NotStandaloneHandler is not None:
            self._flush()
            if not self.NotStandaloneHandler():
                self._fail("NOT_STANDALONE")
        return self._call("EndDoctypeDeclHandler")

    def _external(self, at):
        """SYSTEM or PUBLIC identifiers at `at`: (system, public, where they end)."""
        text = self._text
        for word in "SYSTEM", "PUBLIC":
            if text.startswith(word, at):
                public = None
                at = self._spaces(at + 6)
                if word == "PUBLIC":
                    public, at = self._quoted(at)
                    public = " ".join(public.split())
                    at = self._spaces(at)
                    if text[at] not in "\"'":
                        return None, public, at
                system, at = self._quoted(at)
                return system, public, at
            if word.startswith(text[at:]):
                raise _Incomplete
        return None, None, at

    def _quoted(self, at):
        quote = self._text[at]
        if quote not in "\"'":
            self._fail("SYNTAX", at)
        end = self._until(quote, at + 1)
        return self._text[at + 1:end], end + 1

    def _subset(self):
        text, start = self._text, self._at
        at = _SPACE.match(text, start).end()
        if at > start:
            self._default(_lines(text[start:at]))
            self._at = at
            return
        if text[start] == "]":
            at = self._spaces(start + 1)
            if text[at] != ">":
                self._fail("INVALID_TOKEN", at)
            self._in_doctype = False
            self._at = at + 1
            if not self._end_doctype():
                self._default(text[start:at + 1])
        elif text.startswith("<!--", start):
            self._comment(start)
        elif text.startswith("<?", start):
            self._instruction(start)
        elif text[start] == "%":
            name, end = self._name(start + 1)
            if text[end] != ";":
                self._fail("INVALID_TOKEN", end)
            self._has_subset = True
            self._at = end + 1
        elif text.startswith("<!", start):
            self._subset_declaration(start)
        elif text[start] == "<" and start + 1 == len(text):
            raise _Incomplete
        else:
            self._fail("SYNTAX", start)

    def _subset_declaration(self, start):
        end = self._declaration_end(start)
        word, at = self._name(start + 2)
        read = {"ENTITY": self._entity, "ELEMENT": self._element, "ATTLIST": self._attlist,
                "NOTATION": self._notation}.get(word)
        if read is None:
            self._fail("SYNTAX", start)
        if not read(self._spaces(at), end - 1):
            self._default(_lines(self._text[start:end]))
        self._at = end

    def _declaration_end(self, start):
        at = start
        while True:
            found = re.compile(r"[>\"']").search(self._text, at)
            if not found:
                raise _Incomplete
            if found[0] == ">":
                return found.end()
            at = self._until(found[0], found.end()) + 1

    def _entity(self, at, end):
        text = self._text
        parameter = text[at] == "%"
        if parameter:
            at = self._spaces(at + 1)
        name, at = self._name(at)
        at = self._spaces(at)
        value = system = public = notation = None
        if text[at] in "\"'":
            value, at = self._quoted(at)
            value = _lines(re.sub(r"&#(?:x([0-9a-fA-F]+)|([0-9]+));",
                                  lambda m: chr(int(m[1], 16) if m[1] else int(m[2])), value))
        else:
            system, public, at = self._external(at)
            at = self._spaces(at)
            if text.startswith("NDATA", at):
                notation, at = self._name(self._spaces(at + 5))
        if self._spaces(at) != end:
            self._fail("SYNTAX", at)
        if not parameter:
            self._entities.setdefault(name, _Entity(value, self._base, system, public, notation))
        if notation is not None and self.UnparsedEntityDeclHandler is not None:
            return self._call("UnparsedEntityDeclHandler", name, self._base, system, public, notation)
        return self._call("EntityDeclHandler", name, int(parameter), value, self._base, system, public, notation)

    def _notation(self, at, end):
        name, at = self._name(at)
        system, public, at = self._external(self._spaces(at))
        return self._call("NotationDeclHandler", name, self._base, system, public)

    def _attlist(self, at, end):
        text = self._text
        element, at = self._name(at)
        called = False
        while (at := self._spaces(at)) < end:
            name, at = self._name(at)
            at = self._spaces(at)
            if text[at] == "(":
                close = self._until(")", at)
                kind, at = "".join(text[at:close + 1].split()), close + 1
            else:
                kind, at = self._name(at)
                if kind == "NOTATION":
                    close = self._until(")", at)
                    kind, at = kind + "".join(text[at:close + 1].split()), close + 1
            at = self._spaces(at)
            default, required = None, False
            if text[at] == "#":
                word, at = self._name(at + 1)
                required = word in ("REQUIRED", "FIXED")
                if word == "FIXED":
                    at = self._spaces(at)
            if text[at] in "\"'" and at < end:
                close = self._until(text[at], at + 1)
                default = self._value(at + 1, close)
                at = close + 1
            self._defaults.setdefault(element, {}).setdefault(name, (kind, default))
            called = self._call("AttlistDeclHandler", element, name, kind, default, int(required)) or called
        return called

    def _element(self, at, end):
        name, at = self._name(at)
        at = self._spaces(at)
        content = self._text[at:end].strip()
        if content in ("EMPTY", "ANY"):
            tree = (model.XML_CTYPE_EMPTY if content == "EMPTY" else model.XML_CTYPE_ANY, 0, None, ())
        else:
            tree, rest = _content(content)
            if rest or tree is None:
                self._fail("SYNTAX", at)
        return self._call("ElementDeclHandler", name, tree)


_BLANKS = {9: " ", 10: " ", 13: " "}


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _content(text):
    """A content model as nested tuples, and the text behind it."""
    text = text.lstrip()
    if not text.startswith("("):
        found = _NAME.match(text)
        if not found:
            return None, text
        quantifier, rest = _quantifier(text[found.end():])
        return (model.XML_CTYPE_NAME, quantifier, found[0], ()), rest
    kind, children, rest = model.XML_CTYPE_SEQ, [], text[1:].lstrip()
    if rest.startswith("#PCDATA"):
        kind, rest = model.XML_CTYPE_MIXED, rest[7:].lstrip()
        if rest.startswith("|"):
            rest = rest[1:]
    while rest and not rest.startswith(")"):
        child, rest = _content(rest)
        if child is None:
            return None, rest
        children.append(child)
        rest = rest.lstrip()
        if rest[:1] in ("|", ","):
            if rest[0] == "|" and kind == model.XML_CTYPE_SEQ:
                kind = model.XML_CTYPE_CHOICE
            rest = rest[1:]
    quantifier, rest = _quantifier(rest[1:])
    return (kind, quantifier, None, tuple(children)), rest


def _quantifier(text):
    code = "?*+".find(text[0]) + 1 if text else 0
    return code, text[1:] if code else text


XMLParserType = xmlparser


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    """Return a new XML parser object."""
    if namespace_separator is not None and not isinstance(namespace_separator, str):
        raise TypeError("ParserCreate() argument 'namespace_separator' must be str or None, "
                        f"not {type(namespace_separator).__name__}")
    if namespace_separator is not None and len(namespace_separator) > 1:
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    return xmlparser(encoding, namespace_separator, intern)
