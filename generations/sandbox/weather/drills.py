"""Every drill by name: what it does, when, and which row of the fault matrix it is for."""

from dataclasses import dataclass
from itertools import chain

TENSORSLAB, APIMART, ANYFAST, GATEWAY, ARK = DIALECTS = ("tensorslab", "apimart", "anyfast", "gateway", "ark")
ASKING, AT_ONCE = (TENSORSLAB, APIMART), (ANYFAST, GATEWAY, ARK)
SUBMIT, POLL, RESULT, DOWNLOAD = "submit", "poll", "result", "download"


@dataclass(frozen=True)
class Drill:
    name: str
    row: str
    does: str
    when: str = SUBMIT
    times: int = 0  # how often it strikes for one request, task or picture before all is well; 0: always
    only: tuple[str, ...] = DIALECTS


# Refused before anything was taken on: the ledger stays empty.
REFUSALS = (
    Drill("bad-request", "F2", "a parameter is refused"),
    Drill("unprocessable", "F2", "a parameter is refused, with status 422"),
    Drill("bad-size", "F2", "the size is refused"),
    Drill("reference-timeout", "F2", "a reference could not be fetched in time, in Ark's words"),
    Drill("bad-key", "F3", "the key is refused"),
    Drill("no-credit", "F4", "the balance is empty"),
    Drill("forbidden", "F5", "the account may not use the engine"),
    Drill("engine-gone", "F5", "there is no such engine any more"),
    Drill("forbidden-content", "F5", "content rules by the words, with status 403"),
    Drill("prompt-refused", "F6", "content rules by the words"),
    Drill("reference-refused", "F6", "content rules by a reference"),
    Drill("busy-seconds", "F7", "429, Retry-After: 2"),
    Drill("busy-date", "F8", "429, Retry-After: a date two seconds from now"),
    Drill("busy-garbage", "F8", "429, Retry-After: soon"),
    Drill("busy-negative", "F8", "429, Retry-After: -5"),
    Drill("busy-decade", "F8", "429, Retry-After: ten years of seconds"),
    Drill("busy", "F9", "429 without Retry-After"),
    Drill("overloaded", "F9", "busy in the provider's own words"),
    Drill("capped", "F9", "the owner's own limit is reached: waiting does not help"),
    Drill("no-channel", "F10", "503 model_not_found as new-api says it: surely not taken on", only=AT_ONCE),
    Drill("unready", "F10", "503 with a JSON error; it was not taken on, but who can tell"),
    Drill("error-in-200", "F14", "status 200 with an error object"),
    Drill("not-success", "F14", 'status 200 with {"success": false}', only=(APIMART,)),
)

# An answer spoiled on its way. On submit the call was taken on and counted; `unpaid` makes it strike before that.
SPOILERS = (
    Drill("500", "F10", "500 with the dialect's own error"),
    Drill("502", "F10", "502 with an HTML page"),
    Drill("503", "F10", "503 with an HTML page"),
    Drill("504", "F10", "504 with an HTML page"),
    Drill("524", "F10", "524 with an HTML page, as Cloudflare gives up"),
    Drill("html", "F11", "200 with an HTML page"),
    Drill("cut-json", "F12", "200 with half of the JSON"),
    Drill("cut-body", "F12", "half of the body, then the connection ends"),
    Drill("empty", "F13", "200 with nothing in it"),
    Drill("no-content", "F13", "204"),
    Drill("not-an-object", "F13", "200 with a JSON list"),
    Drill("silence", "F15", "not one byte until the client goes away"),
    Drill("drip-head", "F16", "headers a byte a second"),
    Drill("drip-body", "F16", "the body a byte a second"),
    Drill("reset", "F17", "the connection is reset instead of an answer"),
    Drill("hang-up", "F17", "the connection ends without an answer"),
    Drill("flood", "F18", "1xx answers without end"),
    Drill("fat-headers", "F18", "200 kB of headers"),
    Drill("two-lengths", "F18", "two Content-Length that contradict each other"),
    Drill("redirect", "F19", "302 to an internal address"),
    Drill("redirect-here", "F19", "307 to the same address"),
    Drill("gzip", "F20", "Content-Encoding: gzip, though nobody asked for it"),
    Drill("gzip-bomb", "F20", "a gigabyte of zeros in a megabyte of gzip"),
    Drill("huge-length", "F21", "Content-Length: 99 GB"),
)

# The submit answer says something else than it should. Counted.
ANSWERS = (
    Drill("no-task", "F13", "accepted, but no task is named", only=ASKING),
    Drill("empty-data", "F13", "data: []"),
    Drill("null-data", "F13", "data: null"),
    Drill("wrong-types", "F13", "numbers and texts where lists and objects should be"),
    Drill("versioned", "", "the answer in the newer contract", only=(APIMART,)),
    Drill("extras", "", "fields of Azure and empty fields of new-api beside the picture", only=AT_ONCE),
    Drill("filter-notes", "", "what the content filter saw in words and picture, and the words as rewritten", only=AT_ONCE),
    Drill("other-engine", "", "names another engine than was asked for", only=AT_ONCE),
    Drill("b64", "F27", "pictures in the answer though links were asked for", only=AT_ONCE),
    Drill("b64-and-link", "F27", "both", only=AT_ONCE),
    Drill("b64-uri", "F27", "pictures as data URIs", only=AT_ONCE),
    Drill("b64-lines", "F27", "base64 with line ends and blanks", only=AT_ONCE),
)

# What the state of a task is said to be.
STATES = (
    Drill("unknown-task", "F22", "unknown task right after submit", POLL, 3, ASKING),
    Drill("stuck", "F23", "processing for ever", POLL, 0, ASKING),
    Drill("other-task", "F24", "the state of another task", POLL, 2, ASKING),
    Drill("odd-word", "F24", "a state outside the vocabulary", POLL, 2, ASKING),
    Drill("regress", "F24", "queued again after it was running", POLL, 0, ASKING),
    Drill("cancelled", "F24", "cancelled by the provider", POLL, 0, (APIMART,)),
    Drill("failed", "F14", "failed, with a reason and a code that is a word", POLL, 0, ASKING),
    Drill("failed-number", "F14", "failed, with a code that is a number", POLL, 0, (APIMART,)),
    Drill("failed-silent", "F14", "failed without a reason", POLL, 0, ASKING),
    Drill("failed-partial", "F25", "failed, with links of some pictures", POLL, 0, ASKING),
    Drill("odd-code", "F14", "a code that says error, then all is well", POLL, 2, (TENSORSLAB,)),
    Drill("no-links", "F13", "completed without links", POLL, 0, ASKING),
    Drill("link-text", "", "links as plain texts instead of lists", POLL, 0, ASKING),
    Drill("link-list", "", "all links in one list", POLL, 0, (APIMART,)),
    Drill("link-relative", "", "links without a host", POLL, 0, (APIMART,)),
    Drill("link-echo", "", "the references' links among the results", POLL, 0, ASKING),
    Drill("number-text", "", "numbers as texts", POLL, 0, (TENSORSLAB,)),
    Drill("poll-busy", "F7", "429, Retry-After: 1", POLL, 2, ASKING),
    Drill("poll-bad-key", "F3", "the key is refused", POLL, 0, ASKING),
)

# What is delivered. Counted and billed by what came.
RESULTS = (
    Drill("result-refused", "F6", "content rules by the result: nothing is delivered, nothing billed", RESULT),
    Drill("item-refused", "F6", "the last picture breaks content rules, the others come", RESULT, only=AT_ONCE),
    Drill("all-refused", "F6", "every picture is an error, in a list", RESULT, only=AT_ONCE),
    Drill("fewer", "F26", "one picture less than asked, but never none", RESULT),
    Drill("extra", "F26", "one picture more than asked", RESULT),
    Drill(
        "drops-fields", "F26", "a gateway that does not know group mode: one picture, whatever was asked", RESULT, only=(ANYFAST, GATEWAY)
    ),
    Drill("wrong-size", "F33", "half the width and height that were asked and stated", RESULT),
    Drill("wrong-format", "F34", "called PNG, is JPEG; or the other way round", RESULT),
    Drill("twins", "F35", "every picture is the same", RESULT),
    Drill("link-inside", "F28", "link to 169.254.169.254", RESULT),
    Drill("link-file", "F28", "file: link", RESULT),
    Drill("link-data", "F28", "data: link", RESULT),
    Drill("link-user", "F28", "link with a user and a password", RESULT),
    Drill("link-away", "F28", "link that redirects to 169.254.169.254", DOWNLOAD),
    Drill("link-on", "F28", "link that redirects to the picture", DOWNLOAD),
    Drill("link-loop", "F28", "link that redirects to itself", DOWNLOAD),
    Drill("dead-link", "F29", "404", DOWNLOAD),
    Drill("expired-link", "F29", "403, as an object store says it", DOWNLOAD),
    Drill("gone-link", "F29", "410", DOWNLOAD),
    Drill("fresh-link", "F29", "the first links given are expired, later answers bring good ones", RESULT, 1, ASKING),
    Drill("picture-json", "F31", "JSON with an image type", DOWNLOAD),
    Drill("picture-html", "F31", "HTML with an image type", DOWNLOAD),
    Drill("picture-svg", "F31", "SVG with an image type", DOWNLOAD),
    Drill("picture-pdf", "F31", "PDF with an image type", DOWNLOAD),
    Drill("picture-empty", "F31", "no bytes", DOWNLOAD),
    Drill("picture-bomb", "F32", "a small PNG of 20000x20000", DOWNLOAD),
    Drill("picture-animated", "F32", "a WebP of several frames", DOWNLOAD),
    Drill("picture-zero", "F32", "a PNG of 0x0", DOWNLOAD),
    Drill("picture-cut", "F30", "a picture that ends half-way, with the right length for what came", DOWNLOAD),
)

TIMES = (
    Drill("late", "F36", "comes 400 seconds later; where it is asked for, three hours"),
    Drill("takes", "F15", "comes after `=` seconds"),
    Drill("unpaid", "F17", "beside another: it strikes before the call is taken on, and nothing is counted"),
)


def moved(spoiler: Drill, name: str, when: str, only: tuple[str, ...]) -> Drill:
    row = "F30" if when == DOWNLOAD and spoiler.row in ("F10", "F12", "F15", "F16", "F17") else spoiler.row
    return Drill(name, row, spoiler.does, when, 2, only)


POLLS = tuple(moved(spoiler, f"poll-{spoiler.name}", POLL, ASKING) for spoiler in SPOILERS)
DOWNLOADS = tuple(moved(spoiler, f"load-{spoiler.name}", DOWNLOAD, DIALECTS) for spoiler in SPOILERS)
DRILLS = {drill.name: drill for drill in chain(REFUSALS, SPOILERS, ANSWERS, STATES, RESULTS, TIMES, POLLS, DOWNLOADS)}
