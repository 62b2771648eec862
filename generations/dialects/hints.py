"""What a message is about, where its code does not tell: providers put the most useful word into the prose."""

import re

from generations.dialects.faults import BALANCE, PICTURE, REFERENCE, REQUEST, RESULT, SIZE, WORDS, Fault

RULES = re.compile(
    r"sensitive|moderat|prohibited|violat|content (?:check|polic|rule|filter|security|safety)|审核|敏感|违规|违禁|内容安全", re.IGNORECASE
)
RESULTS = re.compile(r"\b(?:output|generated|result)|输出|生成的", re.IGNORECASE)
PICTURES = re.compile(r"\b(?:input image|reference|image_urls?|source ?image|uploaded image)|参考图|输入图|原图", re.IGNORECASE)
NAMED = re.compile(r"parameter [`'\"]?(\w+)", re.IGNORECASE)
REFERENCES = re.compile(r"\b(?:image_?urls?|source ?images?|reference|downloading|data uri|base64)\b|`image`|参考图", re.IGNORECASE)
SIZES = re.compile(r"\b(?:size|resolution|pixels?|aspect ratio|width|height)\b|尺寸|分辨率|宽高|像素", re.IGNORECASE)
MONEY = re.compile(r"\b(?:quota|balance|credits?|insufficient|overdue|arrears|billing)\b|余额|额度|欠费|积分|充值", re.IGNORECASE)
MISTAKES = re.compile(r"\b(?:invalid|not valid|required|missing|must be|not supported|unsupported)\b|无效|必填|不支持|参数", re.IGNORECASE)
PARAMETERS = {
    "size": SIZE,
    "resolution": SIZE,
    "image": REFERENCE,
    "images": REFERENCE,
    "image_url": REFERENCE,
    "image_urls": REFERENCE,
    "imageurl": REFERENCE,
    "sourceimage": REFERENCE,
}


def hint(message: str, param: str = "") -> Fault | None:
    if RULES.search(message):
        return RESULT if RESULTS.search(message) else PICTURE if PICTURES.search(message) else WORDS
    named = NAMED.search(message)
    if fault := PARAMETERS.get(param.lower()) or (PARAMETERS.get(named[1].lower()) if named else None):
        return fault
    if param or named:  # another one
        return None
    return REFERENCE if REFERENCES.search(message) else SIZE if SIZES.search(message) else None


def about_mistake(message: str) -> Fault | None:
    return REQUEST if MISTAKES.search(message) else None


def about_money(message: str) -> Fault | None:
    return BALANCE if MONEY.search(message) else None
