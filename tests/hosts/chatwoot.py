"""An imitation of a Chatwoot server, written from its contracts: the calls that we make, with what they overwrite."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN, ACCOUNT = "the-token-of-a-user", "3"
PAGE, CONVERSATIONS = 20, 25
PLACE = re.compile(rf"/api/v1/accounts/{ACCOUNT}/conversations/(\d+)(?:/(\w+))?")


class Chatwoot(ThreadingHTTPServer):
    """Conversations of one account by their numbers; `calls` are those that were made, `down` the status of all."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.conversations: dict[int, dict[str, Any]] = {}
        self.calls: list[tuple[str, str]] = []
        self.down = 0
        self._messages = 100
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}"

    def begins(self, number: int, at: float, **more: Any) -> dict[str, Any]:
        """A conversation in which somebody has written at that time, in Unix seconds."""
        meta = {"sender": {"id": 5, "name": "Casey"}, "channel": "Channel::Api"}
        kept = {"id": number, "labels": [], "custom_attributes": {}, "priority": None, "messages": [], "meta": meta}
        self.conversations[number] = {**kept, "last_activity_at": at, **more}
        return self.conversations[number]

    def says(self, number: int, text: str, at: float, **more: Any) -> dict[str, Any]:
        """A message of the contact, or what `more` makes of it."""
        self._messages += 1
        contact = {"message_type": 0, "private": False, "sender": {"id": 5, "name": "Casey"}, "content_attributes": {}}
        message = {"id": self._messages, "content": text, "created_at": int(at), **contact, **more}
        self.conversations[number]["messages"].append(message)
        self.conversations[number]["last_activity_at"] = at
        return message

    def notes(self, number: int) -> list[str]:
        """The private ones."""
        return [one["content"] for one in self.conversations[number]["messages"] if one["private"]]


class _Answers(BaseHTTPRequestHandler):
    server: Chatwoot

    def do_GET(self) -> None:
        """What there is."""
        self._answer(self._get)

    def do_POST(self) -> None:
        """What is to be."""
        self._answer(self._post)

    def _answer(self, find: Any) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.server.calls.append((self.command, self.path))
        allowed = self.headers.get("api_access_token") == TOKEN
        found = None if self.server.down or not allowed else find(urlsplit(self.path), body)
        status = self.server.down or (401 if not allowed else 404 if found is None else 200)
        raw = json.dumps(found if status == 200 else {"error": "no"}).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _get(self, place: Any, _: Any) -> Any:
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        if place.path == "/api/v1/profile":
            return {"id": 21, "name": "Agent One", "email": "one@example.com", "accounts": [{"id": int(ACCOUNT)}]}
        if place.path.endswith("/conversations"):
            return self._listed(int(query["page"]))
        matched = PLACE.fullmatch(place.path)
        known = matched and self.server.conversations.get(int(matched[1]))
        if not known:
            return None
        match matched[2]:
            case "messages":
                before = int(query.get("before", 10**9))
                return {"payload": [one for one in known["messages"] if one["id"] < before][-PAGE:]}
            case "labels":
                return {"payload": known["labels"]}
        return known

    def _listed(self, page: int) -> Any:
        newest = sorted(self.server.conversations.values(), key=lambda one: -one["last_activity_at"])
        return {"data": {"payload": newest[CONVERSATIONS * (page - 1) : CONVERSATIONS * page]}}

    def _post(self, place: Any, body: Any) -> Any:
        matched = PLACE.fullmatch(place.path)
        known = matched and self.server.conversations.get(int(matched[1]))
        if not known:
            return None
        match matched[2]:
            case "messages":
                mine = {"message_type": 1, "private": body["private"], "sender": {"id": 21, "type": "user"}}
                return self.server.says(known["id"], body["content"], known["last_activity_at"], **mine)
            case "labels" | "custom_attributes" | "assignments" | "toggle_priority" as what:
                known.update(body if what != "assignments" else {"assignee": body["assignee_id"]})
                return {"payload": known}
        return None
