"""Alerts as a fold of the board: what is current, what is earlier, and what is news exactly once."""

import pytest

pytestmark = pytest.mark.browser
AT = "2026-03-02T09:{:02d}:00.000Z"


def raised(minute, kind="risk", **more):
    """An alert as a tile has it."""
    severity = "warning" if kind == "risk" else "critical"
    base = {"kind": kind, "severity": severity, "at": AT.format(minute), "score": 0.8, "threshold": 0.7}
    return {**base, "text": "Risk rose from 12 % to 71 %: speaks of leaving", **more}


def tile(conversation, alert=None, **more):
    """A tile as the server sends it."""
    base = {"conversation": conversation, "customer": conversation.upper(), "agent": "dana", "team": "a", "tension": 80}
    return {**base, "band": "critical", "trend": "rising", "risk": 0.7, "waiting_seconds": 0, "alert": alert, **more}


def board(*tiles, seq=0):
    """A whole board."""
    return {"type": "board", "epoch": "e", "seq": seq, "tiles": list(tiles)}


def tiles(seq, *changed, gone=()):
    """What changed."""
    return {"type": "tiles", "seq": seq, "changed": list(changed), "gone": list(gone)}


def fold(page, *frames, listed=None):
    """The alerts after these frames and a list from the server, and what was news after each frame."""
    return page.evaluate(
        """async ([frames, listed]) => {
          const boards = await import('/static/live/board.js');
          const module = await import('/static/live/alerts.js');
          let [board, alerts] = [boards.emptyBoard(), module.noAlerts()];
          const told = [];
          for (const [index, frame] of frames.entries()) {
            board = boards.receive(board, frame, index);
            const now = module.heard(alerts, board);
            told.push(module.news(alerts, now).map(({ conversation }) => conversation));
            alerts = now;
            if (listed && index === 0) alerts = module.listed(alerts, listed);
          }
          return { told, alerts: module.newestFirst(alerts), same: module.heard(alerts, board) === alerts };
        }""",
        [list(frames), listed],
    )


def test_what_stands_when_the_page_opens_is_no_news_and_what_comes_is(page):
    """Newest first; the one that stood before is current too."""
    seen = fold(page, board(tile("a", raised(1)), tile("b")), tiles(1, tile("b", raised(5))))
    assert seen["told"] == [[], ["b"]]
    assert [(one["conversation"], one["fresh"], one["current"]) for one in seen["alerts"]] == [
        ("b", True, True), ("a", False, True),
    ]  # fmt: skip
    assert seen["same"], "a board that says nothing new draws nothing"


def test_a_board_that_comes_anew_tells_only_what_was_missed(page):
    """After a lost connection, or a server that starts again."""
    first, later = tile("a", raised(1)), tile("b", raised(5))
    seen = fold(page, board(tile("b")), tiles(1, first), board(first, later, seq=9), board(first, later, seq=2))
    assert seen["told"] == [[], ["a"], ["b"], []]


def test_one_that_is_taken_care_of_stays_among_the_earlier_ones(page):
    """Its tile has none any more, or has gone; a second alert of the same chat is another one."""
    seen = fold(
        page,
        board(tile("a"), tile("b", raised(1))),
        tiles(1, tile("a", raised(2))),
        tiles(2, tile("a"), gone=["b"]),
        tiles(3, tile("a", raised(9))),
    )
    assert seen["told"] == [[], ["a"], [], ["a"]]
    assert [(one["at"][14:16], one["current"]) for one in seen["alerts"]] == [
        ("09", True), ("02", False), ("01", False),
    ]  # fmt: skip


def test_what_the_server_lists_joins_what_was_heard(page):
    """Earlier ones with their letters; nothing of it twice, and nothing of it news."""
    mail = {"subject": "s", "text": "t\n"}
    listed = [{**raised(minute), "conversation": name, "team": "a", "turn": minute, "mail": mail}
              for minute, name in ((1, "a"), (0, "z"))]  # fmt: skip
    seen = fold(page, board(tile("a", raised(1))), tiles(1, tile("b", raised(5))), listed=listed)
    assert seen["told"] == [[], ["b"]]
    assert [(one["conversation"], one["customer"], one["mail"]) for one in seen["alerts"]] == [
        ("b", "B", None), ("a", "A", mail), ("z", "", mail),
    ]  # fmt: skip


def test_a_share_of_too_few_is_no_figure(page):
    """Below twenty nobody is shown a percentage."""
    words = page.evaluate(
        """async () => {
          const { shareWords, budgetOf, spentWords, thresholdWords } = await import('/static/live/desk.js');
          const budgets = ['6', ' 0', '60', '61', '-1', '2.5', ''].map(budgetOf);
          const share = (value, n) => shareWords({ value, low: 0.2, high: 0.6, n });
          const desk = { alerts_per_hour: 6, spent: 4, held_back: 2, threshold: 0.7 };
          return [share(0.4, 20), share(0.4, 19), share(null, 0), budgets,
            spentWords(desk), spentWords({ ...desk, held_back: 0 }), thresholdWords(desk),
            thresholdWords({ ...desk, alerts_per_hour: 0, threshold: null })];
        }"""
    )
    assert words[0] == {"figure": "40 %", "more": "20 to 60 %, of 20"}
    assert [one["figure"] for one in words[1:3]] == ["too few to say"] * 2
    assert words[3] == [6, 0, 60, None, None, None, None]
    assert words[4:6] == ["4 of 6 spent this hour, 2 held back", "4 of 6 spent this hour"]
    assert "0.70" in words[6]
    assert words[7].startswith("No alerts on rising risk")
