"""The encoder: MiniLM (6 layers, 384 wide) with one additive head a signal, trained on all heads at once.

Every head pools the tokens by an attention of its own and adds up what each token brings, so that a score is exactly
the sum of its tokens' parts and a bias: the words that made it are known without a second look.
"""

import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from app.encoder import MOST_TOKENS, cut
from assist.signals.scores import HEADS
from benchmarks.train.augment import varied
from benchmarks.train.loss import Trust, loss_of
from benchmarks.train.prepared import prepared, seen_text
from benchmarks.train.sets import Example

BATCH_TOKENS = 2_048
RATE = 7e-5
HEAD_RATE = 1e-3
WARM_UP = 0.06
TRUST = Trust(beside=0.2, alone=0.2)


class Scorer(nn.Module):
    """Token parts `[batch, tokens, heads]` and scores `[batch, heads]` for token ids and their mask."""

    def __init__(self, folder: Path, heads: int = len(HEADS)) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="eager")
        width = self.body.config.hidden_size
        self.worth = nn.Linear(width, heads)
        self.notice = nn.Linear(width, heads, bias=False)
        nn.init.zeros_(self.notice.weight)
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The parts of every token and their sums with the bias."""
        hidden = self.drop(self.body(input_ids=ids, attention_mask=mask).last_hidden_state)
        notice = self.notice(hidden).float() + (mask.float() - 1.0).unsqueeze(-1) * 1e4
        worth = functional.linear(hidden, self.worth.weight).float()
        parts = torch.softmax(notice, dim=1) * worth
        return parts, parts.sum(dim=1) + self.worth.bias.float()


def batches(lengths: Sequence[int], chance: Random) -> Iterator[list[int]]:
    """Indices in batches of about `BATCH_TOKENS` tokens, texts of like length together."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    packs: list[list[int]] = []
    chunk = 4_096
    for start in range(0, len(order), chunk):
        near = sorted(order[start : start + chunk], key=lambda index: lengths[index])
        pack: list[int] = []
        for index in near:
            if pack and (len(pack) + 1) * lengths[index] > BATCH_TOKENS:
                packs.append(pack)
                pack = []
            pack.append(index)
        packs.append(pack)
    chance.shuffle(packs)
    yield from packs


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask of a batch."""
    width = max(map(len, rows))
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros(len(rows), width, dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return ids, mask


def train(
    folder: Path, examples: Sequence[Example], taught: np.ndarray | None, *, epochs: int, seed: int, kept: Path
) -> None:
    """Train on all examples; the same seed and threads give the same weights up to rounding.

    *taught* are a teacher's scores `[examples, heads]` of them. The weights after each epoch are written to *kept*.
    """
    torch.manual_seed(seed)
    chance = Random(seed)
    tokenizer = _tokenizer(folder)
    data = prepared(examples)
    teacher = None if taught is None else torch.from_numpy(taught)
    model = Scorer(folder)
    heads = [model.worth.weight, model.worth.bias, model.notice.weight]
    optimizer = torch.optim.AdamW(
        [{"params": model.body.parameters(), "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    lengths = [min(MOST_TOKENS, len(code.ids)) for code in tokenizer.encode_batch(data.texts)]
    steps = epochs * sum(1 for _ in batches(lengths, Random(seed)))
    plan = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _planned(step, steps))
    started, step, running = time.perf_counter(), 0, 0.0
    model.train()
    for _ in range(epochs):
        for pack in batches(lengths, chance):
            texts = [varied(data.texts[index], chance) for index in pack]
            ids, mask = padded([cut(code.ids) for code in tokenizer.encode_batch(texts)])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                _, scores = model(ids, mask)
            loss = loss_of(scores.float(), data.aims(pack), None if teacher is None else teacher[pack], TRUST)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            plan.step()
            step += 1
            running = loss.item() if step == 1 else 0.99 * running + 0.01 * loss.item()
            if step % 100 == 0:
                gone = time.perf_counter() - started
                left = gone / step * (steps - step)
                print(f"  step {step}/{steps}  loss {running:.4f}  {gone:.0f} s, {left:.0f} s left", flush=True)
        torch.save(model.state_dict(), kept)


def trained(folder: Path, kept: Path) -> tuple[Scorer, Tokenizer]:
    """The encoder as `train` left it in *kept*."""
    model = Scorer(folder)
    model.load_state_dict(torch.load(kept, weights_only=True))
    model.eval()
    return model, _tokenizer(folder)


def mean(kept: Sequence[Path], out: Path) -> None:
    """Write the mean of several trainings' weights (model soups, Wortsman et al., 2022).

    Trainings from one base end in one valley: between them a model is at least as good, on texts of other kinds better.
    """
    states = [torch.load(path, weights_only=True) for path in kept]
    torch.save({name: sum(state[name] for state in states) / len(states) for name in states[0]}, out)


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _planned(step: int, steps: int) -> float:
    if step < WARM_UP * steps:
        return (step + 1) / (WARM_UP * steps)
    return max(0.02, 0.5 * (1 + math.cos(math.pi * (step / steps - WARM_UP) / (1 - WARM_UP))))


def scores_of(model: Scorer, tokenizer: Tokenizer, texts: Sequence[str]) -> np.ndarray:
    """Scores `[texts, heads]` of raw texts."""
    codes = [cut(code.ids) for code in tokenizer.encode_batch([seen_text(text) for text in texts])]
    order = sorted(range(len(codes)), key=lambda index: len(codes[index]))
    out = np.zeros((len(texts), len(HEADS)), np.float32)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for start in range(0, len(order), 64):
            pack = order[start : start + 64]
            ids, mask = padded([codes[index] for index in pack])
            out[pack] = model(ids, mask)[1].float().numpy()
    return out
