"""Contributions in rank, summed over declared groups, with the ties that errors leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from explainers.base import Array
from explainers.evidence import Contribution, standard_error


def contributions(features: tuple[str, ...], blocks: Array, groups: Mapping[str, str]) -> tuple[Contribution, ...]:
    """One case's contributions, largest first; equal sizes in the features' order.

    `blocks` has shape (b, features), in the unit of the score. A group is the sum of its members block by block, so
    that its error knows how they move together; a group of several tells its members too.
    """
    names, summed = grouped(features, blocks, groups)
    return tuple(
        replace(told, members=_members(told.feature, features, blocks, groups)) for told in ranked(names, summed)
    )


def grouped(features: tuple[str, ...], values: Array, groups: Mapping[str, str]) -> tuple[tuple[str, ...], Array]:
    """The groups in the order of their first members, and their members' sums: (n, features) -> (n, groups)."""
    homes = [groups.get(f, f) for f in features]
    names = tuple(dict.fromkeys(homes))
    summed = [values[:, [home == name for home in homes]].sum(axis=1) for name in names]
    return names, np.stack(summed, axis=1)


def ranked(names: tuple[str, ...], blocks: Array) -> list[Contribution]:
    """The means of the columns of `blocks` (b, k) as contributions, largest first, with errors (b > 1) and ties."""
    order = np.argsort(-np.abs(blocks.mean(axis=0)), kind="stable")
    blocks, names = blocks[:, order], tuple(names[j] for j in order)
    weights, errors, tied = blocks.mean(axis=0), standard_error(blocks[None])[0], _tied_with_next(blocks)
    return [
        Contribution(
            feature=name,
            weight=float(weights[k]),
            error=float(errors[k]) if len(blocks) > 1 else None,
            tied_with=(names[k - 1 : k] if k and tied[k - 1] else ()) + (names[k + 1 : k + 2] if tied[k] else ()),
        )
        for k, name in enumerate(names)
    ]


def _members(
    name: str, features: tuple[str, ...], blocks: Array, groups: Mapping[str, str]
) -> tuple[Contribution, ...]:
    inside = [j for j, f in enumerate(features) if groups.get(f, f) == name]
    return tuple(ranked(tuple(features[j] for j in inside), blocks[:, inside])) if len(inside) > 1 else ()


def _tied_with_next(blocks: Array) -> list[bool]:
    """Whether each column, in rank, is tied with the next: pairwise, not chained; the last with none.

    Tied: the sizes of the means are closer than two standard errors of their difference, or equal.
    """
    sizes = blocks * np.where(blocks.mean(axis=0) < 0, -1.0, 1.0)
    gaps = sizes[:, :-1] - sizes[:, 1:]
    gap, error = gaps.mean(axis=0), standard_error(gaps[None])[0]
    return [*((gap < 2 * error) | (gap == 0)).tolist(), False]
