"""What one more article costs when so many are remembered: `python -m bench.grouping_speed [--words 40]`.

The stream is made up: every story has words and names of its own, told by one to twelve articles within a day, on top
of words drawn as often as the language uses them. All articles lie within the window, so none is forgotten. Printed
are milliseconds of process time an article, over the 500 behind each size.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from storydiff.discover.concepts import Article
from storydiff.discover.grouping import Grouping
from storydiff.text.lexicon import background

SIZES = (1_000, 10_000, 50_000)
MEASURED = 500
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)


def articles(count: int, words: int) -> Iterator[tuple[Article, int]]:
    """Articles in the order of time, with the number of the story."""
    chance = random.Random(7)
    zipf = background("en")
    usual, often = list(zipf), list(accumulate(10**value for value in zipf.values()))
    rare = [word for word, value in zipf.items() if value < 4]
    step = timedelta(days=6) / count
    alive: list[tuple[int, list[str]]] = []
    begun = 0
    for number in range(count):
        if len(alive) < 40 or chance.random() < 0.2:
            own = chance.sample(rare, 10) + [f"N{chance.randrange(30_000)}".capitalize() for _ in range(5)]
            alive.append((begun, own))
            begun += 1
        if len(alive) > 60:
            alive.pop(chance.randrange(20))
        story, own = chance.choice(alive)
        told = chance.choices(usual, cum_weights=often, k=words * 3 // 4) + chance.choices(own, k=words // 4)
        chance.shuffle(told)
        title = " ".join(chance.sample(own, 5))
        published = BEGIN + step * number
        yield Article(id=str(number), title=title, text=" ".join(told), published=published, language="en"), story


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=40)
    args = parser.parse_args()
    grouping, spent = Grouping(), 0.0
    for number, (article, _) in enumerate(articles(SIZES[-1] + MEASURED, args.words)):
        began = time.process_time()
        grouping.add(article)
        behind = [size for size in SIZES if size <= number < size + MEASURED]
        spent = spent + time.process_time() - began if behind else 0.0
        if behind and number == behind[0] + MEASURED - 1:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{behind[0]:6} remembered: {1000 * spent / MEASURED:6.2f} ms an article, {memory:5.0f} MB", flush=True
            )


if __name__ == "__main__":
    main()
