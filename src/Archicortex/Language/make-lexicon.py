#!/usr/bin/env python3
"""Writes Lexicon.bin.gz, from which Lexicon reads words, their parts of speech, their meanings and irregular forms.

Which words can be a verb, which nouns mean people and which words mean the same cannot be worked out from spelling.
WordNet knows; its files are 28 MB of text, so what the engine asks for is taken out once, here, and shipped.

    python3 make-lexicon.py FOLDER_OF_WORDNET_3_0

The folder holds index.*, data.*, *.exc and cntlist.rev of WordNet 3.0 as distributed. Only words of the letters a to z
are kept: the engine's words hold neither hyphens nor spaces. The output is a gzip stream without a time stamp of

    a line of text: what this is
    int32 little endian: words, synsets, irregular forms
    words       in order; the number of letters shared with the word before, then the other letters, the last | 0x80
    parts       4 columns (noun, verb, adjective, adverb), a byte a word: 0 = never, else 1 + log2 of the sense count
    kinds       a byte a word: lexicographer file of the commonest noun sense - 3; | 0x20 a common sense is a person;
                | 0x40 a common sense is a place; | 0x80 only ever a proper name
    senses      a word: how many synsets, then each: 0 = the next new one, n = n before the newest
    above       a synset: how many synsets stand above it, then each as zigzag(distance)
    irregular   a form as in words, a byte for its part (0 to 3), the base word's number

Numbers are LEB128 where no width is given. Prints the SHA-256 of the unpacked bytes, which Lexicon records.
"""

import collections
import gzip
import hashlib
import pathlib
import re
import struct
import sys

HEADER = b"Lexicon 1: derived from WordNet 3.0, modified. Licence: Lexicon.LICENSE.txt\n"
PARTS = ("noun", "verb", "adj", "adv")
SENSES_MAX = 3
FEW_SENSES = 4
PERSON, LOCATION = 18, 15
PLAIN = re.compile(r"[a-z]+")

# The top of the noun tree is a file of its own; what people call these words is plain.
TOPS = {"person": 18, "individual": 18, "someone": 18, "animal": 5, "plant": 20, "food": 13, "group": 14, "grouping": 14,
        "location": 15, "time": 28, "artifact": 6, "object": 17, "event": 11, "act": 4, "attribute": 7, "state": 26,
        "feeling": 12, "substance": 27, "process": 22, "quantity": 23, "relation": 24, "shape": 25, "communication": 10}


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            yield line.split(" ")


def read_data(folder, part):
    """Offset -> (file number, words as written, offsets above, is an instance)."""
    synsets = {}
    for row in rows(folder / f"data.{part}"):
        count = int(row[3], 16)
        words = [word.split("(")[0] for word in row[4:4 + 2 * count:2]]
        at = 4 + 2 * count
        above, instance = [], False
        for i in range(int(row[at])):
            symbol, target, pos = row[at + 1 + 4 * i:at + 4 + 4 * i]
            instance |= symbol == "@i"
            if symbol in ("@", "@i") and pos == "n" and part == "noun":
                above.append(target)
        synsets[row[0]] = (int(row[1]), words, above, instance)
    return synsets


def read_counts(folder):
    """(word, part number) -> sense number -> count."""
    counts = collections.defaultdict(dict)
    for row in rows(folder / "cntlist.rev"):
        word, rest = row[0].split("%")
        part = {1: 0, 2: 1, 3: 2, 4: 3, 5: 2}[int(rest[0])]
        counts[word, part][int(row[1])] = int(row[2])
    return counts


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def spelled(words):
    out, last = bytearray(), ""
    for word in words:
        shared = 0
        while shared < min(len(word) - 1, len(last), 127) and word[shared] == last[shared]:
            shared += 1
        out.append(shared)
        rest = bytearray(word[shared:].encode())
        rest[-1] |= 128
        out += rest
        last = word
    return bytes(out)


def is_common(i, senses, counts):
    """What people mean by a word: all of few senses ("gender", "sex"), else the first of those that were counted."""
    return i == 0 or senses <= FEW_SENSES or (i < SENSES_MAX and counts.get(i + 1, 0) > 0)


def main(folder):
    data = [read_data(folder, part) for part in PARTS]
    counts = read_counts(folder)
    senses = [{row[0]: row[-2 - int(row[2]):] for row in rows(folder / f"index.{part}") if PLAIN.fullmatch(row[0])}
              for part in PARTS]
    senses = [{word: [cell for cell in cells if len(cell) == 8 and cell.isdigit()] for word, cells in part.items()}
              for part in senses]
    words = sorted(set().union(*senses))

    columns = [bytearray() for _ in PARTS]
    kinds = bytearray()
    kept = {}
    for word in words:
        for part in range(4):
            total = sum(counts.get((word, part), {}).values())
            columns[part].append(0 if word not in senses[part] else 1 + total.bit_length())
        nouns = senses[0].get(word, [])
        plain = [offset for offset in nouns if not data[0][offset][3]] or nouns
        kind = 0
        if nouns:
            number = data[0][plain[0]][0]
            number = TOPS.get(word, 3) if number == 3 else number
            common = [data[0][offset][0] for offset in plain[:SENSES_MAX]]
            kind = number - 3 | (0x20 if PERSON in common else 0) | (0x40 if LOCATION in common else 0)
            written = [name for offset in nouns for name in data[0][offset][1] if name.lower() == word]
            proper = all(name[0].isupper() for name in written)
            kind |= 0x80 if proper and not any(senses[part].get(word) for part in (1, 2, 3)) else 0
        kinds.append(kind)
        kept[word] = [(part, offset) for part in range(3) for i, offset in enumerate(senses[part].get(word, []))
                      if is_common(i, len(senses[part][word]), counts.get((word, part), {}))]

    number_of, order, listing = {}, [], bytearray()
    for word in words:
        listing += varint(len(kept[word]))
        for synset in kept[word]:
            if synset not in number_of:
                number_of[synset] = len(order)
                order.append(synset)
                listing += varint(0)
            else:
                listing += varint(len(order) - number_of[synset])

    def above(synset, depth=2):
        """The kept synsets above; one that no single word names ("male offspring") is stepped over."""
        part, offset = synset
        found = []
        for target in data[part][offset][2]:
            found += [number_of[part, target]] if (part, target) in number_of else above((part, target), depth - 1) if depth else []
        return sorted(set(found))

    tree = bytearray()
    for i, synset in enumerate(order):
        ups = above(synset)
        tree += varint(len(ups))
        for up in ups:
            tree += varint((up - i) * 2 if up >= i else (i - up) * 2 - 1)

    row_of = {word: i for i, word in enumerate(words)}
    forms = []
    for part, name in enumerate(PARTS):
        for row in rows(folder / f"{name}.exc"):
            base = next((base for base in row[1:] if base in row_of and base in senses[part]), None)
            if base and PLAIN.fullmatch(row[0]) and row[0] != base:
                forms.append((row[0], part, row_of[base]))
    forms = sorted(set(forms))

    packed = HEADER + struct.pack("<iii", len(words), len(order), len(forms)) + spelled(words) + b"".join(columns) + kinds
    packed += listing + tree + spelled([form for form, _, _ in forms])
    packed += b"".join(bytes([part]) + varint(base) for _, part, base in forms)
    target = pathlib.Path(__file__).with_name("Lexicon.bin.gz")
    target.write_bytes(gzip.compress(bytes(packed), 9, mtime=0))
    print(f"{len(words)} words, {len(order)} synsets, {len(forms)} forms, {len(packed)} bytes, {target.stat().st_size} packed")
    print(hashlib.sha256(packed).hexdigest().upper())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
