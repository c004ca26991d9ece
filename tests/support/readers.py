"""What fakes are told to answer about scripts: a faithful reader, and readers that are none."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reelwright.studio.analysis.questions import LOOK_WORDS, UNSAID


def texts_in(asked: Any) -> Iterator[str]:
    """Every text of what went over a vendor's wire, in order."""
    if isinstance(asked, str):
        yield asked
    elif isinstance(asked, Mapping):
        for one in asked.values():
            yield from texts_in(one)
    elif isinstance(asked, (list, tuple)):
        for one in asked:
            yield from texts_in(one)


def question_in(asked: Any) -> dict[str, Any]:
    """The JSON a model was given to read."""
    for text in texts_in(asked):
        if text.lstrip().startswith("{"):
            told = json.loads(text)
            if told.keys() & {"shots", "characters", "scenes"}:
                return told
    return {}


def faithful(question: Mapping[str, Any]) -> dict[str, Any]:
    """An answer that agrees with the script."""
    if "shots" in question:
        shot = question["shots"][0]
        said = [one["says"] for one in shot["said"]]
        camera = {"size": "wide", "angle": "low", "move": "crane_up"}
        words = {"seen": "All of it, from below.", "why": "it begins here"}
        during = said[0] if said else shot["action"]
        idea = {"shot": 1, **camera, **words, "during": during}
        return {"synopsis": f"At {question['heading']}.", "mood": "wonder", "ideas": [idea]}
    if "characters" in question:
        look = dict.fromkeys(LOOK_WORDS, UNSAID) | {"glasses": "round"}
        cast = [{"name": one["name"], "look": look} for one in question["characters"]]
        return {"characters": cast}
    beats = [{"scene": 1, "beat": "opening"}]
    return {"logline": "A town learns to listen.", "themes": ["listening"], "beats": beats}


@dataclass
class Reader:
    """A fake's writer. `answer` makes the answer of a question; `asked` counts them by what they are about."""

    answer: Callable[[Mapping[str, Any]], Any] = faithful
    asked: Counter[str] = field(default_factory=Counter)

    def __call__(self, asked: Mapping[str, Any]) -> str | None:
        question = question_in(asked)
        about = question.get("heading") or next(iter(question.keys() & {"characters", "scenes"}))
        self.asked[about] += 1
        answer = self.answer(question)
        return answer if isinstance(answer, str) else json.dumps(answer)
