"""The fault matrix: for each of its rows how the drills end, who pays, and what stands on the card.

A row names its drills, or `submit`, `poll`, `result`, `download`: all that strike then. With a dialect in front it holds only there, and
goes before the others. Rows that take their time are in `test_faults_waiting.py`.
"""

from dataclasses import dataclass

from generations.dialects import faults
from generations.dialects.faults import Fault
from generations.pipeline.trouble import LINKS_GONE, NO_USE
from generations.providers.client import NO_ANSWER
from generations.sandbox.weather.drills import ASKING, AT_ONCE, DOWNLOAD, DRILLS, Drill


@dataclass(frozen=True)
class End:
    told: str  # status of the request, was it charged, and what became of each picture
    says: str = ""  # on its card; nothing where all came
    badge: str = ""


Row = dict[str, End]

DONE, BOTH = End("done yes stored"), End("done yes stored stored")


def refused(fault: Fault) -> End:
    return End("refused no", fault.sentence)


def free(fault: Fault, *missing: str) -> End:
    """Taken on, and it came to nothing that costs anything."""
    return End(" ".join(["failed no", *missing]), fault.sentence)


def costs_who_knows(fault: Fault) -> End:
    return End("failed unknown", fault.taken)


def no_use(why: str, pictures: int = 1) -> End:
    return End("failed yes" + " refused" * pictures, f"{NO_USE} {why}")


def lost(sentence: str, **others: End) -> Row:
    """Nobody knows whether it was taken on. APIMart is asked with the same key and tells; a question or a download is just repeated."""
    return {"submit": End("unknown unknown", sentence), "apimart submit": DONE, "poll": DONE, "download": DONE, **others}


ASK_THEM = NO_ANSWER.partition(". ")[2]  # said of what came in part as well
FAILED_PARTLY = "1 of 2 came. The provider failed to make the image."
HELD_BACK = faults.RESULT.sentence.partition(" Nothing")[0]
NO_WAY, NOT_HTTPS = "The link redirects to a place that is not allowed.", "Only https links are accepted."
FOREIGN, CUT = "This is not a PNG, JPEG or WEBP image.", "The image is damaged (cut off)."
TOLD_ONCE = {f"{dialect} {drill}": no_use(NOT_HTTPS) for dialect in ("tensorslab", "apimart") for drill in ("link-inside", "link-file")}

MATRIX: dict[str, Row] = {
    "F2": {
        "submit": refused(faults.REQUEST),
        "bad-size": refused(faults.SIZE),
        "reference-timeout": refused(faults.REFERENCE),
    },
    "F3": {"submit": refused(faults.KEY)},
    "F4": {"submit": refused(faults.BALANCE)},
    "F5": {
        "forbidden": refused(faults.FORBIDDEN),
        "engine-gone": refused(faults.GONE),
        "forbidden-content": refused(faults.WORDS),
        "tensorslab forbidden-content": refused(faults.FORBIDDEN),  # one code for both
    },
    "F6": {
        "prompt-refused": refused(faults.WORDS),
        "reference-refused": refused(faults.PICTURE),
        "result-refused": refused(faults.RESULT),
        "tensorslab result-refused": costs_who_knows(faults.RESULT),
        "apimart result-refused": free(faults.RESULT),
        "item-refused": End("partial yes stored missing", f"1 of 2 came. {HELD_BACK} $0.01 charged, $0.01 released."),
        "anyfast item-refused": free(faults.RESULT, "missing"),
        "all-refused": free(faults.RESULT, "missing", "missing"),
    },
    "F7": {"poll": DONE},
    "F9": {"capped": refused(faults.LIMIT), "tensorslab capped": refused(faults.FAILED)},
    "F10": lost(
        faults.CUT_OFF.sentence,
        **{
            "500": End("unknown unknown", faults.BROKEN.sentence),
            "no-channel": refused(faults.GONE),
            "apimart unready": End("unknown unknown", faults.CUT_OFF.sentence),  # the same key is answered the same
        },
    ),
    "F11": lost(faults.SENSELESS.sentence),
    "F12": lost(faults.SENSELESS.sentence),
    "F13": lost(faults.SENSELESS.sentence, **{"no-links": costs_who_knows(faults.EMPTY)}),
    "F14": {
        "submit": refused(faults.REQUEST),
        "poll": costs_who_knows(faults.FAILED),
        "apimart poll": free(faults.FAILED),
        "odd-code": DONE,
    },
    "F15": lost(NO_ANSWER),
    "F16": lost(NO_ANSWER, **{"drip-body": End("unknown unknown", ASK_THEM), "apimart drip-body": DONE}),
    "F17": lost(NO_ANSWER),
    "F18": lost(NO_ANSWER),
    "F19": lost(faults.MOVED.sentence, **{"load-redirect": no_use(NO_WAY)}),
    "F20": lost(NO_ANSWER),
    "F21": lost(NO_ANSWER),
    "F22": {"poll": DONE},
    "F24": {"poll": DONE, "cancelled": costs_who_knows(faults.CANCELLED)},
    "F25": {
        "tensorslab poll": End("partial unknown stored missing", f"{FAILED_PARTLY} $0.02 stays held."),
        "apimart poll": End("partial yes stored missing", f"{FAILED_PARTLY} $0.01 charged, $0.01 released."),
    },
    "F26": {
        "fewer": End("partial yes stored", "1 of 2 came. $0.01 charged, $0.01 released."),
        "apimart fewer": End("partial yes stored", "1 of 2 came. $0.0195 charged, $0.0005 released."),
        "anyfast fewer": DONE,  # never less than one
        "extra": End("done yes stored stored stored", badge="One more than was asked for"),
        "anyfast extra": End("done yes stored stored", badge="One more than was asked for"),
        "drops-fields": End("partial yes stored", "1 of 2 came. $0.01 charged, $0.01 released."),
        "anyfast drops-fields": DONE,
    },
    "F27": {"submit": DONE},
    "F28": {
        **TOLD_ONCE,
        "link-inside": no_use(NOT_HTTPS, 2),
        "link-file": no_use(NOT_HTTPS, 2),
        "link-user": no_use("The link contains parts that are not allowed.", 2),
        "link-away": no_use(NO_WAY, 2),
        "link-loop": no_use(NO_WAY, 2),
        "link-on": BOTH,
        "link-data": BOTH,  # nobody is called for it
        "tensorslab link-data": End("partial yes stored", "1 of 2 came. $0.01 charged, $0.01 released."),
        "apimart link-data": End("partial yes stored", "1 of 2 came. $0.039 was charged."),
    },
    "F29": {"download": End("expired yes lost lost", LINKS_GONE), "fresh-link": BOTH},
    "F30": {"download": DONE, "picture-cut": no_use(CUT)},
    "F31": {"download": no_use(FOREIGN), "picture-empty": no_use("The file is empty.")},
    "F32": {
        "picture-bomb": no_use("Image has 400 megapixels; the limit is 100."),
        "picture-animated": no_use("Animated images are not supported."),
        "picture-zero": no_use(CUT),
    },
    "F33": {"result": End("done yes stored stored", badge=" instead of ")},
    "F34": {"result": BOTH},
    "F35": {"result": BOTH},
    "odd, but right": {"submit": DONE, "poll": DONE},
}

# What waits, never ends or is stopped is in `test_faults_waiting.py`.
WAITING = {
    "F1": (),  # nobody is there to drill
    "F3": ("poll-bad-key",),
    "F7": ("busy-seconds",),
    "F8": ("busy-date", "busy-garbage", "busy-negative", "busy-decade"),
    "F9": ("busy", "overloaded"),
    "F15": ("takes",),
    "F23": ("stuck",),
    "F36": ("late",),
}
# Not here, and why: it means something only beside another, its answer is so short that it may drip through in time, any 503 with an
# error is a busy one there, and the link leads to the provider's real host.
BESIDE = {"unpaid", "tensorslab drip-body", "ark unready", "apimart link-relative"}


def row_of(drill: Drill) -> str:
    return drill.row or "odd, but right"


def drills_of(row: str, dialect: str) -> list[Drill]:
    """Those that end by themselves, and soon. Files are fetched the same way whoever made them: some of those who have a task are drilled
    then, and some of the others."""
    left_out = {*BESIDE, *WAITING.get(row, ())}
    mine = (drill for drill in DRILLS.values() if row_of(drill) == row and dialect in told_of(drill))
    return [drill for drill in mine if not left_out & {drill.name, f"{dialect} {drill.name}"}]


def told_of(drill: Drill) -> tuple[str, ...]:
    if drill.when != DOWNLOAD:
        return drill.only
    place = [one for one in DRILLS.values() if one.when == DOWNLOAD].index(drill)
    return ASKING[place % len(ASKING)], AT_ONCE[place % len(AT_ONCE)]


def end_of(row: str, dialect: str, drill: Drill) -> End:
    found = MATRIX[row]
    names = (f"{dialect} {drill.name}", f"{dialect} {drill.when}", drill.name, drill.when)
    end = next(found[name] for name in names if name in found)
    single = dialect == "anyfast" and f"anyfast {drill.name}" not in found  # its engines make one picture
    return End(" ".join(end.told.split()[:3]), end.says, end.badge) if single else end
