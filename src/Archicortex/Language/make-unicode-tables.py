#!/usr/bin/env python3
"""Writes UnicodeTables.txt, from which UnicodeText composes and folds.

The runtime's own tables depend on the host's ICU, or are missing (globalization-invariant mode); content ids and index
words must be the same bytes on every machine. So the tables are made once, here, and shipped.

    python3.13 make-unicode-tables.py

A row is "START ITEM ITEM ...", one item for each code point from START on. An item is its numbers joined by "+"
("-" for none); "ITEM*N" stands for N of them. All numbers but N are hexadecimal. The sections:

    [classes]     canonical combining class
    [pairs]       the two code points that compose to this one
    [singletons]  one step of canonical decomposition that does not compose back
    [folds]       UTF-16 units of the folded form, BMP only; a code point without an item folds to itself
"""

import pathlib
import sys
import unicodedata

UNICODE_VERSION = "15.1.0"
COLUMNS = 116

# Letters that accent-free spelling replaces, but that Unicode does not decompose. Lower case: folding lowers first.
EXTRA = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}


def is_accent(c):
    return 0x300 <= ord(c) <= 0x36F


def is_accented_script(c):
    """Scripts whose marks are accents, which a reader may leave out, rather than vowels."""
    name = unicodedata.name(c, "")
    return unicodedata.category(c)[0] == "L" and name.startswith(("LATIN ", "GREEK ", "CYRILLIC "))


def lower(text):
    # One at a time: str.lower() of a whole word would turn its last sigma into a final one.
    return "".join(c.lower() for c in text if not is_accent(c))


def fold(c):
    if 0xD800 <= ord(c) <= 0xDFFF:
        return c
    parts = unicodedata.normalize("NFKD", c)
    if is_accented_script(parts[0]) or parts[0] in "0123456789":
        return "".join(EXTRA.get(x, x) for x in lower(parts))
    return lower(unicodedata.normalize("NFKC", c))


def units(text):
    data = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)]


def item(numbers):
    return "+".join(f"{n:X}" for n in numbers) or "-"


def classes():
    found = {cp: unicodedata.combining(chr(cp)) for cp in range(0x110000)}
    return {cp: item([value]) for cp, value in found.items() if value}


def decompositions():
    """Decompositions that compose back, and those that do not."""
    pairs, singletons = {}, {}
    for cp in range(0x110000):
        mapping = unicodedata.decomposition(chr(cp))
        if mapping and not mapping.startswith("<"):
            composes = unicodedata.normalize("NFC", chr(cp)) == chr(cp)
            (pairs if composes else singletons)[cp] = [int(part, 16) for part in mapping.split()]
    # UnicodeText takes a composed character for a place where the text may be cut. That fails for one whose
    # decomposition starts with a character that composes backwards; Unicode 16 is the first version to have some.
    heads, seconds = ({pair[i] for pair in pairs.values()} for i in (0, 1))
    assert not heads & seconds, "Mark decompositions that compose backwards, here and in UnicodeText."
    return [{cp: item(parts) for cp, parts in found.items()} for found in (pairs, singletons)]


def folds():
    items = {}
    for cp in range(0x10000):
        folded = fold(chr(cp))
        target = units(folded)
        assert "".join(fold(chr(unit)) for unit in target) == "".join(map(chr, target)), f"{cp:X} folds twice."
        if folded != chr(cp):
            items[cp] = item(target)
    return items


def rows(items):
    """Rows of consecutive code points, equal neighbours written once."""
    code_points = sorted(items)
    at = 0
    while at < len(code_points):
        next_cp = code_points[at]
        row = f"{next_cp:X}"
        while at < len(code_points) and code_points[at] == next_cp:
            text, count = items[next_cp], 1
            while items.get(next_cp + count) == text:
                count += 1
            text += f"*{count}" if count > 1 else ""
            if len(row) + 1 + len(text) > COLUMNS:
                break
            row, next_cp, at = f"{row} {text}", next_cp + count, at + count
        yield row


def main():
    if unicodedata.unidata_version != UNICODE_VERSION:
        sys.exit(
            f"This Python has Unicode {unicodedata.unidata_version}, the tables are {UNICODE_VERSION}. Another version "
            "changes ids and index words of new characters: raise UNICODE_VERSION on purpose, or use Python 3.13."
        )
    lines = [
        f"# Unicode {UNICODE_VERSION} (Python unicodedata). Made by make-unicode-tables.py, which tells the form.",
        "# Unicode data files: Copyright 1991-2023 Unicode, Inc.; see UnicodeTables.LICENSE.txt.",
    ]
    pairs, singletons = decompositions()
    sections = {"classes": classes(), "pairs": pairs, "singletons": singletons, "folds": folds()}
    for name, items in sections.items():
        lines += [f"[{name}]", *rows(items)]
    path = pathlib.Path(__file__).with_name("UnicodeTables.txt")
    path.write_bytes(("\n".join(lines) + "\n").encode("ascii"))


if __name__ == "__main__":
    main()
