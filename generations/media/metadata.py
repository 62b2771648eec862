"""What a copy says about itself: that an AI model made it, which one, and from which words. Originals are never touched.

The words are IPTC's (Photo Metadata 2025.1). What the provider had written into the original goes along: its label must
not get lost on the way, whatever we add.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

MADE_BY_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
MOST = 65_000  # bytes: a JPEG has no room for more in one piece
DESCRIPTION = 1_000  # letters of the prompt where viewers look for a caption; all of it stands in its own field

NAMES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "TC260": "http://www.tc260.org.cn/ns/AIGC/1.0/",  # the label of GB 45438, as providers in China write it
}
for prefix, address in NAMES.items():
    ElementTree.register_namespace(prefix, address)


def named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


OURS = {
    named(name)
    for name in (
        "Iptc4xmpExt:DigitalSourceType",
        "Iptc4xmpExt:AISystemUsed",
        "Iptc4xmpExt:AIPromptInformation",
        "xmp:CreatorTool",
        "xmp:CreateDate",
        "dc:source",
        "dc:description",
    )
}
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BEFORE = "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
AFTER = "<?xpacket end='w'?>"


@dataclass(frozen=True)
class Label:
    engine: str
    tool: str
    made: datetime
    original: str  # hash of the file this is a copy of
    prompt: str = ""  # empty: it stays in the studio


def packet(label: Label, earlier: bytes = b"") -> bytes:
    """The label as XMP, together with what stood in the original. Where that gets too long, our own words are cut first."""
    written = b""
    for prompt in (label.prompt, label.prompt[:DESCRIPTION], ""):
        written = write(label, prompt, earlier)
        if len(written) <= MOST:
            return written
    return written if not earlier else packet(label)


def write(label: Label, prompt: str, earlier: bytes) -> bytes:
    root = Element(named("x:xmpmeta"))
    graph = SubElement(root, named("rdf:RDF"))
    graph.extend(kept(earlier))
    graph.append(describe(label, UNWRITABLE.sub("", prompt)))
    return f"{BEFORE}{ElementTree.tostring(root, encoding='unicode')}{AFTER}".encode()


def describe(label: Label, prompt: str) -> Element:
    about = Element(named("rdf:Description"), {named("rdf:about"): ""})
    made = label.made.astimezone(UTC).isoformat(timespec="seconds")
    facts = {
        "Iptc4xmpExt:DigitalSourceType": MADE_BY_AI,
        "Iptc4xmpExt:AISystemUsed": label.engine,
        "Iptc4xmpExt:AIPromptInformation": prompt,
        "xmp:CreatorTool": label.tool,
        "xmp:CreateDate": made,
        "dc:source": f"sha256:{label.original}",
    }
    for name, text in facts.items():
        if text:
            SubElement(about, named(name)).text = text
    if prompt:
        choices = SubElement(SubElement(about, named("dc:description")), named("rdf:Alt"))
        language = {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"}
        SubElement(choices, named("rdf:li"), language).text = prompt[:DESCRIPTION]
    return about


def kept(earlier: bytes) -> list[Element]:
    """What the original says of itself, without what we say too. A packet that cannot be read says nothing."""
    try:
        text = earlier.decode().strip("\0 \ufeff\r\n\t")
        if not text or "<!DOCTYPE" in text or "<!ENTITY" in text:
            return []
        root = ElementTree.fromstring(text)  # noqa: S314  # what makes XML dangerous was just refused
    except (UnicodeDecodeError, ElementTree.ParseError):
        return []
    graph = root if root.tag == named("rdf:RDF") else root.find(named("rdf:RDF"))
    found = [] if graph is None else graph.findall(named("rdf:Description"))
    for about in found:
        for fact in [one for one in about if one.tag in OURS]:
            about.remove(fact)
        for name in OURS.intersection(about.keys()):
            del about.attrib[name]
    return found
