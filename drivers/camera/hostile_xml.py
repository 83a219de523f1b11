"""XML from the network: what is too big, too deep, or brings definitions of its own is no answer."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from drivers.errors import BadFrame

MOST_BYTES = 1 << 20
MOST_DEPTH = 48
MOST_ELEMENTS = 20_000


class _Counted(TreeBuilder):
    """Builds the tree as long as it stays within its bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise BadFrame("length")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def tree_of(data: bytes) -> Element:
    """The root of this document. Raises BadFrame: ``length`` beyond the bounds, else ``syntax``.

    A document type is refused as such: neither SOAP nor WS-Discovery may hold one.
    """
    if len(data) > MOST_BYTES:
        raise BadFrame("length")
    parser = DefusedXMLParser(target=_Counted(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, LookupError, ValueError) as wrong:
        raise BadFrame("syntax") from wrong
    return root
