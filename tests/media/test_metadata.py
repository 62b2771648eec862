from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from generations.media.metadata import MADE_BY_AI, MOST, NAMES, Label, packet

LABEL = Label("Seedream 5.0 Lite", "Seedbed 0.1.0", datetime(2026, 11, 20, 13, 46, tzinfo=UTC), "ab" * 32, "a red kite, 红色风筝")
AIGC = '{"Label":"1","ContentProducer":"001191110108MA01KP2T5U00000"}'


def said(written: bytes) -> dict[str, str]:
    """What a reader of XMP finds, by its usual short names."""
    short = {address: prefix for prefix, address in NAMES.items()}
    found: dict[str, str] = {}
    for about in ElementTree.fromstring(written.decode()).iter(f"{{{NAMES['rdf']}}}Description"):  # noqa: S314  # we wrote it
        about.attrib.pop(f"{{{NAMES['rdf']}}}about", None)
        for name, text in [*about.attrib.items(), *((fact.tag, "".join(fact.itertext())) for fact in about)]:
            address, _, local = name[1:].rpartition("}")
            fact = f"{short[address]}:{local}"
            assert fact not in found, "a fact is said twice"
            found[fact] = text
    return found


def earlier(inside: str, wrapped: bool = True) -> bytes:
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMES.items())
    graph = f"<rdf:RDF {spaces}>{inside}</rdf:RDF>"
    return (f'<x:xmpmeta xmlns:x="{NAMES["x"]}">{graph}</x:xmpmeta>' if wrapped else graph).encode()


def test_a_copy_says_that_an_ai_model_made_it_and_which():
    facts = said(packet(LABEL))
    assert facts["Iptc4xmpExt:DigitalSourceType"] == MADE_BY_AI
    assert facts["Iptc4xmpExt:AISystemUsed"] == "Seedream 5.0 Lite"
    assert facts["xmp:CreatorTool"] == "Seedbed 0.1.0"
    assert facts["xmp:CreateDate"] == "2026-11-20T13:46:00+00:00"
    assert facts["dc:source"] == f"sha256:{'ab' * 32}"


def test_the_prompt_goes_along_only_if_it_may():
    assert said(packet(LABEL))["dc:description"] == said(packet(LABEL))["Iptc4xmpExt:AIPromptInformation"] == LABEL.prompt
    about = "<rdf:Description><Iptc4xmpExt:AIPromptInformation>风筝</Iptc4xmpExt:AIPromptInformation></rdf:Description>"
    assert "风筝" not in packet(replace(LABEL, prompt=""), earlier(about)).decode()


@pytest.mark.parametrize("nasty", ["<script>", "a & b", "]]>", "\x1b[31m\x00", "\u202e\ufffe", "'\"", "👩‍🚀"])
def test_whatever_stands_in_a_prompt_stays_readable(nasty: str):
    assert said(packet(replace(LABEL, prompt=f"x{nasty}")))["Iptc4xmpExt:AIPromptInformation"].startswith("x")


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("as_attribute", [True, False])
def test_the_label_of_the_provider_goes_along(wrapped: bool, as_attribute: bool):
    label = AIGC.replace('"', "&quot;")
    if as_attribute:
        about = f'<rdf:Description rdf:about="" TC260:AIGC="{label}"/>'
    else:
        about = f"<rdf:Description><TC260:AIGC>{label}</TC260:AIGC></rdf:Description>"
    assert said(packet(LABEL, earlier(about, wrapped)))["TC260:AIGC"] == AIGC


def test_what_both_say_is_said_once_and_by_us():
    about = '<rdf:Description xmp:CreatorTool="Ark"><Iptc4xmpExt:AISystemUsed>Doubao</Iptc4xmpExt:AISystemUsed></rdf:Description>'
    assert said(packet(LABEL, earlier(about)))["Iptc4xmpExt:AISystemUsed"] == "Seedream 5.0 Lite"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&a;</rdf:RDF>'


@pytest.mark.parametrize("unreadable", [b"", b"\0\0", b"no xml", b"\xff\xfe<", b"<a/>", b"<x:xmpmeta", BOMB])
def test_a_packet_that_cannot_be_read_says_nothing(unreadable: bytes):
    assert packet(LABEL, unreadable) == packet(LABEL)


def test_padding_around_a_packet_does_not_matter():
    about = "<rdf:Description><TC260:AIGC>1</TC260:AIGC></rdf:Description>"
    padded = b"<?xpacket begin='\xef\xbb\xbf'?>" + earlier(about) + b"\n   <?xpacket end='w'?>\0"
    assert said(packet(LABEL, padded))["TC260:AIGC"] == "1"


@pytest.mark.parametrize("letter", ["&", "词", "👩"])
def test_the_longest_prompt_still_fits_into_a_jpeg(letter: str):
    written = packet(replace(LABEL, prompt=letter * 10_000))
    assert len(written) <= MOST
    assert said(written)["Iptc4xmpExt:AIPromptInformation"] == letter * 10_000


def test_where_it_gets_too_long_the_label_stays_and_our_words_are_cut():
    about = f"<rdf:Description><TC260:AIGC>{'1' * 50_000}</TC260:AIGC></rdf:Description>"
    written = packet(replace(LABEL, prompt="&" * 10_000), earlier(about))
    assert len(written) <= MOST
    assert len(said(written)["TC260:AIGC"]) == 50_000


def test_a_packet_that_leaves_no_room_for_ours_gives_way():
    about = f"<rdf:Description><dc:rights>{'x' * MOST}</dc:rights></rdf:Description>"
    assert packet(LABEL, earlier(about)) == packet(LABEL)
