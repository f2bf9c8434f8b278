import numpy as np
from datamimic import Room, World, entity, field, parent, serial


@entity("orchard_tree", size=10_000)
class OrchardTree:
    """A tree with apples."""

    tree_id: str = field(serial("T-#####"), key=True, doc="number")
    apples: int = field(lambda rows: rows % 7, doc="as many as it would bear")


@entity("orchard_apple")
class OrchardApple:
    """An apple: every 1,000 trees bear equally many."""

    apple_id: str = field(serial("A-########"), key=True, doc="number")
    tree: OrchardTree = field(
        parent(
            OrchardTree,
            counts=lambda apples: apples,
            each_block=1_000,
            within=lambda apples: Room(apples * 0, apples + 1, np.ones(len(apples))),
        ),
        doc="the tree",
    )


apples = World("demo")[OrchardApple]
assert len(apples[20_000_000:20_000_010].to_arrow()) == 10
