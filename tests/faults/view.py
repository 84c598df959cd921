"""What a client knows of a conversation or of the board, folded from frames as the browser's own modules fold them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Frame = dict[str, Any]
Verdict = Literal["apply", "drop", "hole"]
PASSING = ("waiting_seconds", "typing", "history")  # of a state: what the clock alone changes, and what is not in each
COUNTED = ("waiting_seconds", "priority")  # of a tile: what the clock alone changes


@dataclass(slots=True)
class Position:
    """`static/live/position.js`: an offset is applied once; after a hole nothing is until it is filled in whole."""

    at: tuple[str, int] | None = None
    waiting: bool = True

    @property
    def resume(self) -> dict[str, Any]:
        """What a subscription says of it."""
        return {"resume": {"epoch": self.at[0], "offset": self.at[1]}} if self.at else {}

    def judge(self, frame: Frame) -> Verdict:
        """What to do with a snapshot, a `resumed` or an update."""
        if frame["type"] == "snapshot":
            self.at, self.waiting = (frame["epoch"], frame["offset"]), False
            return "apply"
        if frame["type"] == "resumed":
            if self.at and self.at[0] == frame["epoch"] and self.at[1] >= frame["offset"]:
                self.waiting = False
                return "apply"
            self.at = None
            return "hole"
        if self.at is None or frame["offset"] <= self.at[1]:
            return "drop"
        if frame["offset"] == self.at[1] + 1:
            self.at = (self.at[0], frame["offset"])
            return "apply"
        return "drop" if self.waiting else "hole"


@dataclass(slots=True)
class View:
    """`static/live/conversation.js`: snapshot and updates in, what the sidebar shows out."""

    messages: dict[str, Frame] = field(default_factory=dict)
    state: Frame = field(default_factory=dict)
    advice: Frame = field(default_factory=dict)

    def take(self, frame: Frame) -> None:
        """Fold a frame that a position let through."""
        if frame["type"] == "snapshot":
            self.messages = {message["id"]: message for message in frame["messages"]}
        elif frame["type"] == "update":
            if message := frame["message"]:
                self.messages[message["id"]] = {**message, "reading": frame["reading"]}
            for revised in frame.get("revised", ()):
                self.messages[revised["id"]]["reading"] = revised["reading"]
        if frame["type"] == "told":
            self.state = {**self.state, **frame["state"]}
        elif "state" in frame:
            self.state = {key: value for key, value in frame["state"].items() if key not in PASSING}
        self.advice = frame.get("advice", self.advice)

    def shown(self) -> Frame:
        """All that the clock does not change by itself."""
        return {"messages": list(self.messages.values()), "state": self.state, "advice": self.advice}


def held(state: Frame, transcript: Frame) -> Frame:
    """What `View.shown` must be, out of `GET /conversations/{id}` and its transcript."""
    left_out = {*PASSING, "epoch", "offset", "advice"}
    return {
        "messages": transcript["messages"],
        "state": {key: value for key, value in state.items() if key not in left_out},
        "advice": state["advice"],
    }


@dataclass(slots=True)
class Tiles:
    """`static/live/board.js`: the board, and what changed on it."""

    seq: int = -1
    by_conversation: dict[str, Frame] = field(default_factory=dict)

    def take(self, frame: Frame) -> None:
        """Fold a `board` or `tiles` frame."""
        if frame["type"] == "board":
            self.seq = frame["seq"]
            self.by_conversation = {tile["conversation"]: tile for tile in frame["tiles"]}
        elif frame["type"] == "tiles" and frame["seq"] > self.seq:
            self.seq = frame["seq"]
            self.by_conversation |= {tile["conversation"]: tile for tile in frame["changed"]}
            for conversation in frame["gone"]:
                self.by_conversation.pop(conversation, None)

    def shown(self) -> Frame:
        """All that the clock does not change by itself."""
        return steady(self.by_conversation.values())


def steady(tiles: Any) -> Frame:
    """Tiles by conversation, without what the clock alone changes."""
    shown = {tile["conversation"]: {key: value for key, value in tile.items() if key not in COUNTED} for tile in tiles}
    for tile in shown.values():
        tile["factors"] = {name: value for name, value in tile["factors"].items() if name != "waiting"}
    return shown
