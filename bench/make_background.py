"""Make storydiff/text/data/background_*.txt.gz from the tables of the wordfreq package.

    python -m bench.make_background            (needs: uv pip install wordfreq)

Each file has one line per step of 0.1 Zipf (log10 of occurrences per billion words), downwards: "ZIPF key key ...".
Frequencies of words that share a key (inflections) are added up.
"""

import collections
import gzip
import math

import wordfreq

from storydiff.text.lexicon import DATA
from storydiff.text.words import keys

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "it", "pt", "nl")
SIZE = 30_000


def table(language: str) -> dict[str, float]:
    total: dict[str, float] = collections.defaultdict(float)
    for word, frequency in wordfreq.get_frequency_dict(language, wordlist="best").items():
        found = keys(word, language)
        if len(found) == 1 and not found[0].isdigit():
            total[found[0]] += frequency
    common = sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))[:SIZE]
    return {key: round(math.log10(frequency) + 9, 1) for key, frequency in common}


def main() -> None:
    for language in LANGUAGES:
        steps: dict[float, list[str]] = collections.defaultdict(list)
        for key, zipf in table(language).items():
            steps[zipf].append(key)
        lines = "".join(f"{zipf} {' '.join(sorted(steps[zipf]))}\n" for zipf in sorted(steps, reverse=True))
        path = DATA / f"background_{language}.txt.gz"
        path.write_bytes(gzip.compress(lines.encode(), mtime=0))
        print(path.name, path.stat().st_size, "bytes,", f"down to Zipf {min(steps)}")


if __name__ == "__main__":
    main()
