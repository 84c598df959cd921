"""Simulated customers and agents: for demo floors, load and practice. The only room of `assist` that takes chance."""

from assist.simulator.agent import Agent, Heard, Spoken
from assist.simulator.chat import Line, Outcome, SimulatedChat
from assist.simulator.customer import Customer, Move
from assist.simulator.mood import Fault
from assist.simulator.profile import Profile, Temper, make_profile
from assist.simulator.transcripts import transcript_lines

__all__ = [
    "Agent",
    "Customer",
    "Fault",
    "Heard",
    "Line",
    "Move",
    "Outcome",
    "Profile",
    "SimulatedChat",
    "Spoken",
    "Temper",
    "make_profile",
    "transcript_lines",
]
