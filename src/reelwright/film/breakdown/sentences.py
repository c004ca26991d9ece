"""Text cut at its sentences, without losing a sign."""

import re

END = re.compile(
    r"(?<![\s.]\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bvs)(?<!\bSgt)(?<!\bNo)"
    r"(?:[.!?…]+[\"'”’)\]*_]*(?=\s)|--?(?=\s*$)|[。！？]+[」』）]*)\s*"
)
CLAUSE = re.compile(
    r"(?:[;:,]|\s[-–—]+|\.\.\.|…)\s+|[、，；]|\s+(?=(?:and then|then|while|as|until|but)\s)"
)
SIMILE = re.compile(r"\b(?:as if|as though|like)\b[^,.;:!?]*")


def literal(text: str) -> str:
    """A text without what it only compares to: `as if it might explode` shows no explosion."""
    return SIMILE.sub(" ", text)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text; joined again they are the text, sign by sign."""
    pieces, start = [], 0
    for end in END.finditer(text):
        if end.end() > start:
            pieces.append(text[start : end.end()])
            start = end.end()
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def split_clauses(text: str, words: int) -> list[str]:
    """A sentence longer than so many words, cut where it breathes; the pieces join to the sentence."""
    if len(text.split()) <= words:
        return [text]
    pieces, start = [], 0
    total = len(text.split())
    wanted = total / -(-total // words)
    for pause in CLAUSE.finditer(text):
        here = len(text[start : pause.end()].split())
        left = len(text[pause.end() :].split())
        if here >= wanted * 0.6 and left >= 5:
            pieces.append(text[start : pause.end()])
            start = pause.end()
    return [*pieces, text[start:]]
