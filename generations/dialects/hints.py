"""What a message is about, where its code does not tell: providers put the most useful word into the prose."""

import re

from generations.dialects.faults import BALANCE, PICTURE, REFERENCE, REQUEST, RESULT, SIZE, WORDS, Fault

# Read when the first message comes: it takes a while, and most processes hear none.
RULES = r"sensitive|moderat|prohibited|violat|content (?:check|polic|rule|filter|security|safety)|审核|敏感|违规|违禁|内容安全"
RESULTS = r"\b(?:output|generated|result)|输出|生成的"
PICTURES = r"\b(?:input image|reference|image_urls?|source ?image|uploaded image)|参考图|输入图|原图"
NAMED = r"parameter [`'\"]?(\w+)"
REFERENCES = r"\b(?:image_?urls?|source ?images?|reference|downloading|data uri|base64)\b|`image`|参考图"
SIZES = r"\b(?:size|resolution|pixels?|aspect ratio|width|height)\b|尺寸|分辨率|宽高|像素"
MONEY = r"\b(?:quota|balance|credits?|insufficient|overdue|arrears|billing)\b|余额|额度|欠费|积分|充值"
MISTAKES = r"\b(?:invalid|not valid|required|missing|must be|not supported|unsupported)\b|无效|必填|不支持|参数"
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
    if found(RULES, message):
        return RESULT if found(RESULTS, message) else PICTURE if found(PICTURES, message) else WORDS
    named = found(NAMED, message)
    if fault := PARAMETERS.get(param.lower()) or (PARAMETERS.get(named[1].lower()) if named else None):
        return fault
    if param or named:  # another one
        return None
    return REFERENCE if found(REFERENCES, message) else SIZE if found(SIZES, message) else None


def about_mistake(message: str) -> Fault | None:
    return REQUEST if found(MISTAKES, message) else None


def about_money(message: str) -> Fault | None:
    return BALANCE if found(MONEY, message) else None


def found(words: str, message: str) -> re.Match[str] | None:
    return re.search(words, message, re.IGNORECASE)
