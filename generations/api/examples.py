"""What the docs show. Every one of them is held against its shape by a test."""

from typing import Any

ID = "5e0f7c1e-8c1b-4c53-9b52-7a6a3b8f3d10"
IMAGE = "b1a4f0d2-2f0e-4f6d-a9a4-0f0d7a1c5e77"
SHA256 = "9f2c7e51c0a84a3f6d1be0c7f3a2d4c58e1b6f9a0d7c3e2f4a5b6c7d8e9f0a1b"
NEXT = "https://studio.example.com/api/generations?limit=1&cursor=WzQyXQ:1vM3xk:3mJ0w"

USD: dict[str, Any] = {"currency": "USD"}

REQUEST: dict[str, Any] = {
    "engine": "apimart/seedream-5.0-lite",
    "prompt": "A red kite above terraced tea fields, morning fog",
    "images": 2,
    "ratio": "16:9",
    "tier": "2K",
}

ASKED: dict[str, Any] = {
    **REQUEST,
    "size": None,
    "references": [],
    "seed": None,
    "guidance": None,
    "format": None,
    "watermark": False,
    "logo": None,
    "web_search": False,
}

GENERATION: dict[str, Any] = {
    "id": ID,
    "status": "done",
    "ended": True,
    "request": ASKED,
    "account": "APIMart",
    "person": {"id": 7, "name": "Dana Designer"},
    "private": False,
    "collection": None,
    "parent": None,
    "trouble": None,
    "money": {"word": "charged", "held": {"micro": 0, **USD}, "charged": {"micro": 70_000, **USD}, "each": {"micro": 35_000, **USD}},
    "attempts": [
        {
            "number": 1,
            "account": "APIMart",
            "outcome": "answered",
            "charge": "yes",
            "sent_at": "2026-11-20T18:03:07.120Z",
            "answered_at": "2026-11-20T18:03:25.871Z",
            "status": 200,
            "task": "task_01HZX8",
        }
    ],
    "images": [
        {
            "id": IMAGE,
            "index": 0,
            "status": "stored",
            "width": 2848,
            "height": 1600,
            "format": "jpeg",
            "bytes": 1_204_331,
            "sha256": SHA256,
            "url": "https://studio.example.com/pictures/b1a4f0d22f0e4f6da9a40f0d7a1c5e77-7~1vM3xk~k2Jx.jpeg",
            "trashed": False,
            "problem": None,
        }
    ],
    "created_at": "2026-11-20T18:03:06.904Z",
    "sent_at": "2026-11-20T18:03:07.120Z",
    "finished_at": "2026-11-20T18:03:26.310Z",
}

STOPPED: dict[str, Any] = {
    **GENERATION,
    "status": "cancelled",
    "money": {"word": "released", "held": {"micro": 0, **USD}, "charged": {"micro": 0, **USD}, "each": {"micro": 35_000, **USD}},
    "attempts": [
        {
            "number": 1,
            "account": "APIMart",
            "outcome": "not_sent",
            "charge": "no",
            "sent_at": None,
            "answered_at": None,
            "status": None,
            "task": None,
        }
    ],
    "images": [],
    "sent_at": None,
    "finished_at": "2026-11-20T18:03:09.004Z",
}

BEGUN: dict[str, Any] = {
    **GENERATION,
    "status": "queued",
    "ended": False,
    "money": {"word": "held", "held": {"micro": 70_000, **USD}, "charged": {"micro": 0, **USD}, "each": {"micro": 35_000, **USD}},
    "attempts": [{**STOPPED["attempts"][0], "outcome": "planned"}],
    "images": [],
    "sent_at": None,
    "finished_at": None,
    "ignored": [],
}

ENGINE: dict[str, Any] = {
    "id": "apimart/seedream-5.0-lite",
    "name": "Seedream 5.0 Lite",
    "makes": "both",
    "images": 15,
    "prompt": 10_000,
    "ratios": ["1:1", "16:9", "9:16"],
    "tiers": ["2K", "3K"],
    "usual_ratio": "1:1",
    "usual_tier": "2K",
    "sizes": [
        {"ratio": "1:1", "tier": "2K", "width": 2048, "height": 2048},
        {"ratio": "16:9", "tier": "2K", "width": 2848, "height": 1600},
    ],
    "exact": None,
    "references": {
        "least": 0,
        "most": 14,
        "with_images": 15,
        "formats": ["jpeg", "png"],
        "most_bytes": 10_485_760,
        "most_pixels": 36_000_000,
        "least_side": 15,
        "narrowest": 0.333,
        "widest": 3.0,
    },
    "formats": ["jpeg", "png"],
    "seed": False,
    "guidance": None,
    "watermark": True,
    "logo": False,
    "web_search": False,
    "ends": None,
    "successor": None,
    "accounts": [
        {"name": "APIMart", "sandbox": False, "price": {"micro": 35_000, **USD}, "seconds": 19, "hindrance": None},
    ],
}

CHECK: dict[str, Any] = {
    "ok": True,
    "engine": "apimart/seedream-5.0-lite",
    "account": "APIMart",
    "otherwise": [{"engine": "gateway/seedream-5.0", "account": "Gateway"}],
    "fields": [
        {"name": "prompt", "fate": "kept", "asked": REQUEST["prompt"], "sent": REQUEST["prompt"]},
        {"name": "images", "fate": "kept", "asked": 2, "sent": 2},
        {"name": "seed", "fate": "left out", "asked": 7, "sent": None},
    ],
    "size": {"width": 2848, "height": 1600},
    "price": {"micro": 70_000, **USD},
    "left": {"micro": 31_240_000, **USD},
    "asks": False,
    "call": {
        "call": "POST https://api.apimart.ai/v1/images/generations",
        "json": {"model": "doubao-seedream-5-0-lite", "prompt": REQUEST["prompt"], "n": 2, "size": "16:9", "resolution": "2K"},
    },
    "problems": [],
    "ignored": ["style"],
}


def fault(message: str, type: str, code: str = "", field: str = "") -> dict[str, Any]:
    problems = [{"field": field, "message": message}] if field else []
    said = {"message": f"{field}: {message}" if field else message, "type": type, "code": code or type, "param": field or None}
    return {"error": said | {"problems": problems}, "request_id": "5b0c2f6a91de"}


FAULTS: dict[int, dict[str, Any]] = {
    400: fault("The body is no JSON at line 1, column 12.", "invalid_request", "invalid_json"),
    401: fault("This token was revoked on 12 November 2026. Make a new one on your account page.", "authentication", "revoked_token"),
    403: fault("In Studio North this needs the role: Designer.", "permission", "missing_role"),
    404: fault("There is nothing here with this name, or it is not for this token.", "not_found"),
    409: fault("It has ended already, or its waiting was stopped before.", "conflict", "ended"),
    412: fault("Already decided by Rui Reviewer at 18:04.", "changed", "decided", "seen"),
    413: fault("The body is larger than 24 MB. Upload references first and name them by their SHA-256.", "too_large"),
    415: fault("This takes JSON: send it with Content-Type: application/json.", "unsupported_type"),
    422: fault("Number of images must be 1 to 15.", "refused", "refused", "images"),
    429: fault("120 calls a minute are the limit of this token. Wait 3 seconds.", "too_many", "too_many_calls"),
    500: fault("Something broke on our side. What was sent before goes on by itself.", "studio"),
    503: fault("The studio is working on other pictures. Try again in a moment.", "busy", "reference", "references"),
}
