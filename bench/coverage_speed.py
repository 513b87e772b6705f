"""How fast claims are judged, and how long preparing and sweeping a story takes; one JSON line each.

    python -m bench.coverage_speed [--versions 20] [--paragraphs 30]

The story is made up from a seed: outlets retell the same facts with other words, in another order, with some left out.
Seconds are processor time, so that other work on the machine does not count. Claims are judged one at a time.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator

from storydiff.align.support import Ground
from storydiff.text.lexicon import background


def story(versions: int, paragraphs: int, seed: int = 7) -> dict[str, list[str]]:
    """Versions of about two sentences a paragraph, 20 words a sentence."""
    rng = random.Random(seed)
    common = [key for key, zipf in background("en").items() if 3.2 <= zipf <= 5.2 and key.isalpha()]
    names = [word.title() for word in rng.sample(common, 40)]
    facts = [[rng.choice(names), *rng.choices(common, k=12), str(rng.randint(2, 900))] for _ in range(3 * paragraphs)]
    return {f"v{n:03}": list(_telling(rng, facts, common, 2 * paragraphs)) for n in range(versions)}


def _telling(rng: random.Random, facts: list[list[str]], common: list[str], sentences: int) -> Iterator[str]:
    for fact in sorted(rng.sample(facts, min(sentences, len(facts))), key=facts.index):
        kept = [word if rng.random() < 0.75 else rng.choice(common) for word in fact]
        small = rng.choices(["the", "of", "in", "a", "was", "that", "had", "by"], k=6)
        words = kept + small
        yield " ".join(rng.sample(words, len(words))).capitalize() + "."


def timed(name: str, action: Callable[[], int], **more: float) -> None:
    start = time.process_time()
    count = action()
    seconds = time.process_time() - start
    print(
        json.dumps(
            {"bench": name, "count": count, "seconds": round(seconds, 4), "per_second": round(count / seconds), **more}
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--versions", type=int, default=20)
    parser.add_argument("--paragraphs", type=int, default=30)
    args = parser.parse_args()
    Ground.of(story(2, 3)).support("warm up", "v000")
    made = story(args.versions, args.paragraphs)
    grounds: list[Ground] = []
    timed("prepare (sentences)", lambda: (grounds.append(Ground.of(made)), sum(map(len, made.values())))[1])
    timed("judgements", lambda: len(grounds[0].judgements().score))
    timed("links", lambda: len(grounds[0].link_table().score))
    claims = [
        (text, other) for name, texts in made.items() for text in texts for other in list(made)[:3] if other != name
    ]
    fresh = Ground.of(made)
    timed("claims, one at a time", lambda: sum(bool(fresh.support(*claim)) for claim in claims[:4000]))


if __name__ == "__main__":
    main()
