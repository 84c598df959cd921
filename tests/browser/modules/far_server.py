"""The server's end of a sidebar's websocket, for tests that say themselves what comes over it."""

import json
import re

AT = "2026-01-01T00:00:00Z"


def reading(tension, band, evidence=()):
    """What was read from one message."""
    heat = {"tension": tension, "band": band, "trend": "rising"}
    return {"sentiment": -0.5, "signals": {}, **heat, "evidence": list(evidence)}


def phrase(number, text, missing=(), quote="third time"):
    """A suggestion as the advice holds it."""
    evidence = [{"message": "m1", "start": 0, "end": 10, "text": quote, "kind": "frustration"}]
    why = {"rule": "delivery.empathize", "reason": "They have told it before", "evidence": evidence}
    return {"id": f"s{number}", "step": "empathize", "text": text, "tone": "warm", "missing": list(missing), "why": why}


PHRASES = (
    phrase(1, "A third message about one order is too many."),
    phrase(2, "By [time] I will write to you here.", ["time"]),
    phrase(3, "Shall I send a new one, or refund it?"),
)


def snapshot(text="third time I write", suggestions=PHRASES, name="Mara", alerts=(), instructions=()):
    """A tense conversation of one message."""
    cue = {"message": "m1", "start": 0, "end": 10, "text": text[:10], "kind": "frustration", "rule": "repetition"}
    heard = reading(62, "tense", [{**cue, "points": 14}])
    message = {"id": "m1", "seq": 1, "role": "customer", "text": text, "at": AT, "reading": heard}
    steps = [{"step": "listen", "done": True, "by": "m0"}, {"step": "empathize", "done": False}]
    return {
        "type": "snapshot",
        "conversation": "c",
        "epoch": "e",
        "offset": 1,
        "resumed": False,
        "messages": [message],
        "state": {
            "conversation": "c",
            "customer": {"id": "u", "name": name},
            "tension": 62,
            "band": "tense",
            "trend": "rising",
            "cause": {"label": "delivery", "confidence": 0.8, "evidence": []},
            "history": [{"seq": 1, "tension": 62, "band": "tense", "at": AT}],
            "typing": {"customer": False, "agent": False},
            "resolved": False,
            "facts": {"order": "48-2291"},
        },
        "advice": {
            "next_step": "empathize",
            "reason": "They have told it before",
            "wait": False,
            "steps": steps,
            "suggestions": list(suggestions),
            "instructions": list(instructions),
            "cautions": [],
            "alerts": list(alerts),
            "not_shown": [],
        },
    }


class Far:
    """Answers hello and subscribe with `first`, and keeps what it hears."""

    def __init__(self, page, first):
        self.heard, self.first, self.socket = [], first, None
        page.route_web_socket(re.compile(r"/ws/v1/agent$"), self._open)

    def _open(self, socket):
        self.socket = socket
        socket.on_message(self._hear)

    def _hear(self, text):
        frame = json.loads(text)
        self.heard.append(frame)
        if frame["type"] == "hello":
            self.tell({"type": "welcome", "epoch": "e", "role": "agent"})
        elif frame["type"] == "subscribe":
            self.tell({**self.first, "conversation": frame["conversation"]})

    def tell(self, frame):
        """Send one frame to the sidebar."""
        self.socket.send(json.dumps(frame))

    def verdicts(self):
        """What the sidebar reported of its phrases."""
        return [(frame["suggestion"], frame["verdict"]) for frame in self.heard if frame["type"] == "feedback"]
