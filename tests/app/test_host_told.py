"""What a host tells of a chat reaches the playbooks: its channel and locale, and who has to be asked for how much."""

from pathlib import Path

from tests.app.clients import house

PACK = {
    "delivery.yaml": """playbook: delivery
steps:
  - step: listen
    priority: 100
    when: {channels: [email], locales: [de]}
    reason: By letter.
    does: [Answer in full sentences.]
    phrases:
      warm: ["On which day did the van not come?"]
      neutral: ["Which day was it to be?"]
      formal: ["May I ask for the day on which it was due?"]
"""
}
LOST = {"role": "customer", "text": "This is the third time I ask: where is my parcel? I am furious."}


async def test_channel_and_locale_choose_the_entry(tmp_path: Path) -> None:
    """Told by PUT in any case and spelling; a chat that nobody told of gets the usual words."""
    pack = tmp_path / "pack"
    pack.mkdir()
    for name, text in PACK.items():
        (pack / name).write_text(text)
    async with house(tmp_path, pack=str(pack)) as home, home.client("ingest") as tool:
        told = {"customer": {"id": "7", "name": "Sam"}, "channel": "Email", "locale": "de_AT"}
        assert (await tool.put("/conversations/told", json=told)).status_code == 200
        advice = (await tool.post("/conversations/told/messages", json=LOST)).json()["advice"]
        assert {item["why"]["reason"] for item in advice["suggestions"]} == {"By letter."}
        assert [item["text"] for item in advice["instructions"]] == ["Answer in full sentences."]
        other = (await tool.post("/conversations/untold/messages", json=LOST)).json()["advice"]
        assert "By letter." not in {item["why"]["reason"] for item in other["suggestions"]}
        versions = {item["why"]["version"] for item in (*advice["suggestions"], *other["suggestions"])}
        assert len(versions) == 1
