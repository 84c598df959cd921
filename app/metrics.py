"""What operators watch. One registry an app, so that two apps in one process do not mix.

Several workers answer on one port, and a scrape comes to any of them: each then tells what all have counted, through
files in a folder that their parent names. A gauge says how those of the living are put together.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable, read when it is imported

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # seconds


class Metrics:
    """The counters and gauges of one server."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("steadyhand_messages", "Messages heard, by role", ["role"], registry=self.registry)
        self.duplicates = Counter(
            "steadyhand_duplicates", "Messages that had been heard before", registry=self.registry
        )
        self.refused = Counter(
            "steadyhand_refused", "Calls and frames refused, by code", ["code"], registry=self.registry
        )
        self.sockets = Gauge(
            "steadyhand_sockets",
            "Open sockets, by role",
            ["role"],
            registry=self.registry,
            multiprocess_mode="livesum",
        )
        self.closed = Counter(
            "steadyhand_sockets_closed", "Sockets closed by us, by code", ["code"], registry=self.registry
        )
        self.hear = Histogram(
            "steadyhand_hear_seconds", "Reading and folding one message", buckets=BUCKETS, registry=self.registry
        )
        self.score = Histogram(
            "steadyhand_score_seconds",
            "Waiting for the encoder's scores of one message",
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.unscored = Counter(
            "steadyhand_encoder_missed",
            "Messages that the linear scorer read in the encoder's place, by reason",
            ["reason"],
            registry=self.registry,
        )
        self.commit = Histogram(
            "steadyhand_commit_seconds", "From folded to committed", buckets=BUCKETS, registry=self.registry
        )
        self.conflicts = Counter(
            "steadyhand_conflicts",
            "Writes that came after another worker's, and were tried again",
            registry=self.registry,
        )
        self.repairs = Counter(
            "steadyhand_repairs",
            "Watchers brought up to date from the store, by reason",
            ["reason"],
            registry=self.registry,
        )
        self.outbox = Gauge(
            "steadyhand_outbox",
            "Changes that other workers wait to hear of",
            registry=self.registry,
            multiprocess_mode="livemax",
        )
        self.database_up = Gauge(
            "steadyhand_database_up",
            "Whether the database answers",
            registry=self.registry,
            multiprocess_mode="livemin",
        )
        self.backplane_up = Gauge(
            "steadyhand_backplane_up",
            "Whether the backplane answers",
            registry=self.registry,
            multiprocess_mode="livemin",
        )
        self.live = Gauge(
            "steadyhand_live_conversations",
            "Tiles on the board",
            registry=self.registry,
            multiprocess_mode="livemostrecent",  # each has those of all, and counts them when it is asked
        )
        self.alerts = Counter(
            "steadyhand_alerts", "Alerts raised to supervisors, by kind", ["kind"], registry=self.registry
        )
        self.held_back = Counter(
            "steadyhand_alerts_held_back", "Alerts that a desk's budget had no room for", registry=self.registry
        )
        self.letters = Counter(
            "steadyhand_alert_deliveries",
            "Tries to deliver an alert to the webhook, by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self.deliveries = Counter(
            "steadyhand_deliveries",
            "Deliveries of chat tools, by tool and verdict",
            ["tool", "verdict"],
            registry=self.registry,
        )
        self.told = Counter(
            "steadyhand_inbox_told",
            "Events of chat tools that were told to their conversations or left, by outcome",
            ["outcome"],
            registry=self.registry,
        )
        self.telling = Histogram(
            "steadyhand_inbox_seconds",
            "From the delivery of an event to its conversation's having it",
            buckets=(*BUCKETS, 5, 10, 30, 60),
            registry=self.registry,
        )
        self.written = Counter(
            "steadyhand_written",
            "What was written into chat tools, by tool, kind and outcome",
            ["tool", "what", "outcome"],
            registry=self.registry,
        )
        self.missed = Counter(
            "steadyhand_missed_looks",
            "Looks for messages that a chat tool's webhooks did not bring, by tool and outcome",
            ["tool", "outcome"],
            registry=self.registry,
        )
        self.cards = Counter(
            "steadyhand_cards",
            "Cards and answers to shortcuts in chat tools, by tool and outcome",
            ["tool", "outcome"],
            registry=self.registry,
        )
        self.playbooks = Counter(
            "steadyhand_playbook_loads", "Loads of playbooks, by outcome", ["outcome"], registry=self.registry
        )

    def text(self) -> bytes:
        """All of them in the Prometheus text format, those of the other workers in it."""
        if FOLDER not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
