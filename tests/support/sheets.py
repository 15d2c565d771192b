"""Score sheets for illustrative products: options on a real sheet that add up to a wanted total and keep, or miss, star gates."""

import json
import pathlib


class RuleSet:
    def __init__(self, file):
        self.json = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        self.sets = {s["key"]: s for s in self.json["productSets"]}

    def criteria(self, key):
        return [c for section in self.sets[key]["sections"] for group in section["groups"] for c in group["criteria"]]

    def assessed_by(self, key, stage):
        return [i for i, c in enumerate(self.criteria(key)) if c.get("assessedBy") == stage]


def gate_ordinal(criterion, stars):
    """Lowest ordinal allowed for this many stars; 1 where no gate asks for more."""
    gates = [i for i, option in enumerate(criterion["options"], 1) if 0 < option.get("gate", 0) <= stars]
    return max(gates, default=1)


def points(criterion, ordinal):
    return criterion["options"][ordinal - 1].get("points", 0) if ordinal else 0


def choose(criteria, wanted, stars, salt=0):
    """Ordinals with the gates of `stars` kept and points (hundredths) as close to `wanted` as single steps allow, never above.
    `salt` varies which criteria carry the points, as assessors do."""
    chosen = [gate_ordinal(c, stars) for c in criteria]
    order = sorted(range(len(criteria)), key=lambda i: (i * 7 + salt * 5) % len(criteria))
    left = wanted - total(criteria, chosen)
    moved = True
    while moved:
        moved = False
        for i in order:
            if chosen[i] < len(criteria[i]["options"]):
                gain = points(criteria[i], chosen[i] + 1) - points(criteria[i], chosen[i])
                if 0 <= gain <= left:
                    chosen[i] += 1
                    left -= gain
                    moved = True
    return chosen


def miss_gate(criteria, chosen, stars):
    """Lowers one criterion under its gate for exactly this many stars, and gives its points to others that have room."""
    for i, criterion in enumerate(criteria):
        exact = [k for k, option in enumerate(criterion["options"], 1) if option.get("gate", 0) == stars]
        if exact and exact[0] > 1:
            lost = points(criterion, chosen[i]) - points(criterion, exact[0] - 1)
            lowered = list(chosen)
            lowered[i] = exact[0] - 1
            for j in range(len(criteria)):
                while j != i and lost > 0 and lowered[j] < len(criteria[j]["options"]):
                    lost -= points(criteria[j], lowered[j] + 1) - points(criteria[j], lowered[j])
                    lowered[j] += 1
            return lowered
    raise ValueError(f"no criterion of this sheet has a gate for {stars} stars")


def as_hex(ordinals):
    return bytes(ordinals).hex()


def total(criteria, ordinals):
    return sum(points(c, o) for c, o in zip(criteria, ordinals))
