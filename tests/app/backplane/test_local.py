"""The backplane: to all who watch a topic now, in the order of publication, to nobody else."""

from app.backplane import LocalBackplane


def test_all_watchers_of_a_topic_get_it_in_order():
    """And those of another topic do not."""
    backplane, one, two, other = LocalBackplane(), [], [], []
    for topic, got in (("c", one), ("c", two), ("d", other)):
        backplane.subscribe(topic, lambda offset, text, got=got: got.append((offset, text)))
    for offset in (1, 2, 3):
        backplane.publish("c", offset, f"frame {offset}")
    assert one == two == [(1, "frame 1"), (2, "frame 2"), (3, "frame 3")]
    assert other == []


def test_who_has_left_gets_nothing_and_costs_nothing():
    """To leave twice is harmless, also while a frame is being handed out."""
    backplane, got = LocalBackplane(), []
    ends = []

    def leave_both(_offset: int, text: str) -> None:
        got.append(text)
        for end in ends:
            end()
            end()

    ends += [backplane.subscribe("c", leave_both), backplane.subscribe("c", leave_both)]
    backplane.publish("c", 1, "x")
    backplane.publish("c", 2, "y")
    assert set(got) == {"x"}
    assert backplane._watchers == {}
