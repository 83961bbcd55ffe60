"""Which labels composed questions have: a few small networks, learned in a fixed order, that are told as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understanding.encoder import WIDTH
from assistant.understanding.head import BUCKETS, Head
from assistant.understanding.labels import best_sets
from assistant.understanding.learned import Weights

EPOCHS = 10
BATCH = 256
HIDDEN = 160
NETWORKS = 2
"""Their mean is surer where they agree and less sure where they do not (Lakshminarayanan et al., 2017)."""
RATE = 0.004
DECAY = 1e-4
DROPPED = 0.3
"""The share of the hidden layer that is left out at each step (Srivastava et al., 2014)."""
HEAVIEST = 3.0
"""How much more a rare label may weigh."""


def learned_head(x: Weights, y: Weights, labels: Sequence[str], curve: tuple[float, float] = (1.0, 0.0)) -> Head:
    """Logistic curves over a hidden layer and a straight line, by AdamW, for x (n, width) and y (n, labels)."""
    networks = [_network(x, y, seed) for seed in range(NETWORKS)]
    wholes, biases, outers = zip(*networks, strict=True)
    return Head(
        labels=tuple(labels),
        inner=_half(np.concatenate([whole[:, :HIDDEN] for whole in wholes], axis=1)),
        inner_bias=_half(np.concatenate([bias[:HIDDEN] for bias in biases])),
        outer=_half(np.concatenate(outers) / np.float32(NETWORKS)),
        straight=_half(np.mean([whole[:, HIDDEN:] for whole in wholes], axis=0)),
        bias=_half(np.mean([bias[HIDDEN:] for bias in biases], axis=0)),
        slope=curve[0],
        shift=curve[1],
    )


def _half(part: npt.NDArray[Any]) -> Weights:
    """As it will be read from its file: numbers in half precision."""
    return part.astype("float16").astype("float32")


def _network(x: Weights, y: Weights, seed: int) -> tuple[Weights, Weights, Weights]:
    """One network: its first layer with the straight line behind it, the biases of both, and its last layer."""
    import torch

    torch.manual_seed(seed)
    hashed = slice(WIDTH, WIDTH + BUCKETS)
    solid, targets = torch.from_numpy(np.delete(x, hashed, axis=1)), torch.from_numpy(y)
    grams = _Bags.of(x[:, hashed])
    dense = torch.nn.Linear(solid.shape[1], HIDDEN + y.shape[1])
    table = torch.nn.EmbeddingBag(BUCKETS, HIDDEN + y.shape[1], mode="sum")
    outer = torch.nn.Linear(HIDDEN, y.shape[1], bias=False)
    with torch.no_grad():
        dense.weight[HIDDEN:], dense.bias[HIDDEN:] = 0, -3.0
        table.weight.normal_(std=0.02)
        table.weight[:, HIDDEN:] = 0
    heavier = torch.clamp((targets.mean(dim=0).max() / targets.mean(dim=0)) ** 0.5, max=HEAVIEST)
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=heavier)
    parameters = [*dense.parameters(), *table.parameters(), *outer.parameters()]
    adam = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    slower = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=RATE, total_steps=EPOCHS * (len(x) // BATCH + 1))
    for _ in range(EPOCHS):
        order = torch.randperm(len(x)).numpy()
        for begin in range(0, len(order), BATCH):
            rows = order[begin : begin + BATCH]
            adam.zero_grad()
            columns, begins, weights = grams.batch(rows)
            mixed = dense(solid[rows]) + table(columns, begins, per_sample_weights=weights)
            hidden = torch.nn.functional.dropout(torch.relu(mixed[:, :HIDDEN]), DROPPED)
            loss(outer(hidden) + mixed[:, HIDDEN:], targets[rows]).backward()
            adam.step()
            slower.step()
    whole = np.insert(dense.weight.detach().numpy().T, WIDTH, table.weight.detach().numpy(), axis=0)
    return whole, dense.bias.detach().numpy(), outer.weight.detach().numpy().T


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bags:
    """The filled columns of each row and what they hold, end to end; row i is places ends[i] to ends[i + 1]."""

    columns: npt.NDArray[np.int64]
    weights: Weights
    ends: npt.NDArray[np.int64]

    @classmethod
    def of(cls, x: Weights) -> _Bags:
        rows, columns = np.nonzero(x)
        ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(x)))])
        return cls(columns=columns, weights=x[rows, columns], ends=ends)

    def batch(self, rows: npt.NDArray[np.int64]) -> tuple[Any, Any, Any]:
        """What torch's EmbeddingBag takes: columns, where each row begins, and weights."""
        import torch

        places = np.concatenate([np.arange(self.ends[i], self.ends[i + 1]) for i in rows])
        begins = np.concatenate([[0], np.cumsum(self.ends[rows + 1] - self.ends[rows])[:-1]])
        return torch.from_numpy(self.columns[places]), torch.from_numpy(begins), torch.from_numpy(self.weights[places])


def curve_of(head: Head, x: Weights, y: Weights) -> tuple[float, float]:
    """Of a lead, the chance to be right: a logistic curve over questions the head has not learned from."""
    from sklearn.linear_model import LogisticRegression

    leads, right = [], []
    for row, wanted in zip(x.astype("float64"), y, strict=True):
        (best, first), (_, second) = best_sets(head.odds(row))[:2]
        leads.append(first - second)
        right.append(set(best) == {label for label, asked in zip(head.labels, wanted, strict=True) if asked})
    curve = LogisticRegression().fit(np.array(leads)[:, None], right)
    return round(float(curve.coef_[0, 0]), 4), round(float(curve.intercept_[0]), 4)
