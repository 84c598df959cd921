"""Chat tools behind one small interface: whether a delivery is the tool's own, and what happened according to it.

A further tool is one module and one line in `TOOLS`. Nothing in this package does I/O or reads a clock.
"""

from app.chat_tools import (
    chatwoot,
    chatwoot_api,
    front,
    front_api,
    generic,
    intercom,
    intercom_api,
    livechat,
    matrix,
    matrix_api,
    rocketchat,
    slack,
    sunshine,
    twilio,
    xmpp,
    zendesk,
    zendesk_api,
)
from app.chat_tools.event import EMPTY, URL, Answer, Event, Headers, Role, Verdict, lowered
from app.chat_tools.signing import too_short
from app.chat_tools.talk import WRITES, Account
from app.chat_tools.tool import Tool

__all__ = ["TOOLS", "URL", "WRITES", "Account", "Event", "Headers", "Role", "Tool", "Verdict", "lowered"]

_ALL = (
    Tool(
        "chatwoot",
        chatwoot.verify,
        chatwoot.parse,
        chatwoot.sign,
        problem_of_secret=too_short,
        signs_always=False,
        api=chatwoot_api.API,
    ),
    Tool("livechat", livechat.verify, livechat.parse, livechat.sign, problem_of_secret=too_short),
    Tool("zendesk", zendesk.verify, zendesk.parse, zendesk.sign, problem_of_secret=too_short, api=zendesk_api.API),
    Tool("sunshine", sunshine.verify, sunshine.parse, sunshine.sign, problem_of_secret=too_short),
    Tool(
        "front",
        front.verify,
        front.parse,
        front.sign,
        problem_of_secret=too_short,
        api=front_api.API,
        answer=front.answer,
    ),
    Tool("intercom", intercom.verify, intercom.parse, intercom.sign, problem_of_secret=too_short, api=intercom_api.API),
    Tool(
        "slack",
        slack.verify,
        slack.parse,
        slack.sign,
        tells_roles=False,
        problem_of_secret=too_short,
        answer=slack.answer,
        asked=slack.asked,
    ),
    Tool(
        "matrix",
        matrix.verify,
        matrix.parse,
        matrix.sign,
        tells_roles=False,
        problem_of_secret=too_short,
        answer=lambda _, __: EMPTY,
        api=matrix_api.API,
    ),
    Tool(
        "rocketchat",
        rocketchat.verify,
        rocketchat.parse,
        rocketchat.sign,
        problem_of_secret=too_short,
        answer=lambda _, __: Answer(b"", "text/plain"),  # it keeps with the room whatever it is answered
    ),
    Tool(
        "twilio",
        twilio.verify,
        twilio.parse,
        twilio.sign,
        tells_roles=False,
        problem_of_secret=too_short,
        answer=lambda _, __: EMPTY,
        nothing=b"EventType=onSteadyhandCheck",
    ),
    Tool("xmpp", generic.verify, xmpp.parse, generic.sign, problem_of_secret=generic.problem_of_secret),
    Tool("generic", generic.verify, generic.parse, generic.sign, problem_of_secret=generic.problem_of_secret),
    Tool("agent-assist", generic.verify, generic.parse, generic.sign, problem_of_secret=generic.problem_of_secret),
)
TOOLS = {tool.name: tool for tool in _ALL}
