"""Cases worth a first look: one from each end of the scores, and the one nearest to the line between."""

from __future__ import annotations

import numpy as np

from assistant.domains.domain import Domain

END = 0.1
"""How far from either end of the scores, as a share of all cases: the very ends are oddities."""


def suggested(domain: Domain) -> tuple[str, ...]:
    """Ids of the cases, low score first; without a cut-off the middle one is the median."""
    schema, target = domain.schema, domain.schema.decisive
    scores = domain.cases.scores[:, schema.targets.index(target)]
    cutoff = domain.cutoff_for(target) if schema.quantity is None else None
    middle = float(np.nanmedian(scores)) if cutoff is None else cutoff
    wanted = (float(np.nanquantile(scores, END)), middle, float(np.nanquantile(scores, 1 - END)))
    places = dict.fromkeys(int(np.nanargmin(np.abs(scores - score))) for score in wanted)
    return tuple(domain.cases.ids[place] for place in places)
