"""Signatures as Standard Webhooks has them: whoever knows the secret can tell that a message is ours, and when it was."""

import base64
import hmac


def signature(key: bytes, identifier: str, timestamp: int, body: bytes) -> str:
    signed = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(keys, identifier: str, timestamp: int, body: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, identifier, timestamp, body) for key in keys),
    }
