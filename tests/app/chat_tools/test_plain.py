"""HTML comes to the text that its reader saw, and what was typed is not taken for HTML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.chat_tools.plain import is_rendered, plain_text


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>Where is it?</p>\n", "Where is it?"),
        ("<p>I paid &lt;50 &amp; you &#39;lost&#39; it</p>", "I paid <50 & you 'lost' it"),
        ("<p>One<br>two</p><p>three</p>", "One\ntwo\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<p>see <a href='https://x.example'>here</a></p>", "see here"),
        ("<style>p {}</style><script>alert(1)</script><p>only this</p>", "only this"),
        ("<p>never closed", "never closed"),
        ("a<![0", "a<![0"),
        ("<p>a<![CDATA[x]]>b</p>", "ab"),
        ("", ""),
    ],
)
def test_html_is_read(html: str, seen: str) -> None:
    """Blocks are lines; references are characters."""
    assert plain_text(html) == seen


@pytest.mark.parametrize(
    "typed", ["a < b & c > d", "<b>why</b>", "&lt;p&gt;", "<p> is a tag", "I <3 you", "<", "</p>", ""]
)
def test_what_was_typed_is_not_rendered(typed: str) -> None:
    """No block is around it."""
    assert not is_rendered(typed)


@pytest.mark.parametrize("html", ["<p>a</p>\n", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n", '<h1 id="x">a</h1>'])
def test_what_a_renderer_wrote_is(html: str) -> None:
    """Blocks from beginning to end."""
    assert is_rendered(html)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read(html: str) -> None:
    """Nothing raises."""
    plain_text(html)
    is_rendered(html)
