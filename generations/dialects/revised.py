"""Some providers rewrite a prompt before they draw it. The OpenAI-like formats say how, beside each picture."""

import json


def revised_prompt(answer: bytes, index: int) -> str:
    """From a raw answer that was kept; empty where it says nothing."""
    try:
        found = json.loads(answer)["data"][index]["revised_prompt"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    return found.strip() if isinstance(found, str) else ""
