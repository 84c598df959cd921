"""How fast somebody may go."""

from app.pace import Pace


def test_so_many_in_a_second_and_then_as_many_again():
    """The second begins with the first one, and nothing is saved up."""
    pace = Pace(3)
    assert [pace.keeps(at) for at in (0.0, 0.1, 0.2, 0.3, 0.9)] == [True, True, True, False, False]
    assert [pace.keeps(at) for at in (9.0, 9.0, 9.0, 9.0)] == [True, True, True, False]
