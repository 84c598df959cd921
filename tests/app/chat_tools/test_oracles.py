"""Signatures that the makers' own libraries make are good here, and ours are good there."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import Clock, SignatureVerifier
from standardwebhooks import Webhook
from twilio.request_validator import RequestValidator

from app.chat_tools import TOOLS, URL

NOW = 1_768_816_810
KEY = "whsec_c3RlYWR5IGhhbmQga2V5IGZvciB0ZXN0cyBvbmx5"


class Then(Clock):
    """A clock that stands still."""

    def now(self) -> float:
        """The time of the tests."""
        return NOW


def test_slack() -> None:
    """Both ways, with characters of more than one byte."""
    body = '{"type":"event_callback","text":"schön"}'
    theirs = SignatureVerifier("8f742231b10e8888abcd99yyyzzz85a5", Then())
    signature = theirs.generate_signature(timestamp=str(NOW), body=body)
    headers = {"x-slack-request-timestamp": str(NOW), "x-slack-signature": str(signature)}
    assert TOOLS["slack"].verified(headers, body.encode(), (theirs.signing_secret,), NOW) == "ok"
    ours = TOOLS["slack"].sign(body.encode(), theirs.signing_secret, NOW, "")
    assert theirs.is_valid_request(body, dict(ours.headers))


@pytest.mark.parametrize("name", ["generic", "agent-assist", "xmpp"])
def test_standard_webhooks(name: str) -> None:
    """Both ways; several signatures in one header are for keys that change."""
    body = '{"messages":[]}'
    signature = Webhook(KEY).sign("msg_1", datetime.fromtimestamp(NOW, UTC), body)
    told = {"webhook-id": "msg_1", "webhook-timestamp": str(NOW), "webhook-signature": f"v1,AAAA v1a,x {signature}"}
    assert TOOLS[name].verified(told, body.encode(), (KEY,), NOW) == "ok"
    now = int(datetime.now(UTC).timestamp())
    ours = TOOLS[name].sign(body.encode(), KEY, now, "")
    assert Webhook(KEY).verify(body, dict(ours.headers)) == {"messages": []}


FORM = {
    "EventType": "onMessageAdded",
    "ConversationSid": "CH1",
    "MessageSid": "IM1",
    "Body": "Où est-il? a&b=c",
    "Z": "",
}


@pytest.mark.parametrize("signed", ["https://a.example/hooks/twilio/x", "https://a.example:443/hooks/twilio/x"])
@pytest.mark.parametrize("called", ["https://a.example/hooks/twilio/x", "https://a.example:443/hooks/twilio/x"])
def test_twilio_forms(signed: str, called: str) -> None:
    """With or without the port, as Twilio does it either way."""
    signature = RequestValidator("12345678901234567890").compute_signature(signed, FORM)
    headers = {"x-twilio-signature": signature, URL: called}
    raw = urlencode(FORM).encode()
    assert TOOLS["twilio"].verified(headers, raw, ("12345678901234567890",), NOW) == "ok"
    assert TOOLS["twilio"].verified(headers | {URL: "https://b.example/"}, raw, ("12345678901234567890",), NOW) != "ok"
    ours = TOOLS["twilio"].sign(raw, "12345678901234567890", NOW, called)
    assert RequestValidator("12345678901234567890").validate(called, FORM, ours.headers["x-twilio-signature"])


def test_twilio_json() -> None:
    """The body by its hash in the address."""
    theirs = RequestValidator("12345678901234567890")
    body = '[{"type":"com.twilio.conversations.message.added"}]'
    url = f"https://a.example/hooks/twilio/x?bodySHA256={theirs.compute_hash(body)}"
    headers = {"x-twilio-signature": theirs.compute_signature(url, {}), URL: url}
    assert TOOLS["twilio"].verified(headers, body.encode(), (theirs.token.decode(),), NOW) == "ok"
    assert TOOLS["twilio"].verified(headers, body.encode() + b" ", (theirs.token.decode(),), NOW) == "bad_signature"
