"""What people do and feel, read from verbs and parentheticals."""

import re
from collections.abc import Sequence

from reelwright.film.breakdown.model import Acting

Row = tuple[str, str]

POSES: Sequence[Row] = (
    ("embrace", r"embrac\w*|hugs?|hugging|holds? (?:her|him|each other) (?:tight|close)|kiss(?:es|ing)?"),
    ("fight", r"fights?|fighting|punch(?:es|ing)?|struggl\w+|wrestl\w+|kicks?|slaps?|attacks?|lunges?|shoves?"),
    ("dance", r"danc(?:es?|ing)|waltz\w*|twirls?"),
    ("lie", r"lies|lying|lays? down|asleep|sleeps?|sleeping|unconscious|collapses?|in bed|dead|on (?:his|her) back"),
    ("kneel", r"kneels?|kneeling|on (?:his|her|their|one) knees?|prays?|praying"),
    ("crouch", r"crouch\w*|squats?|squatting|ducks?|hides?|hiding|bends? down|stoops?"),
    ("run", r"runs?|running|sprints?|races|rush(?:es|ing)?|dash(?:es)?|flees?|chas(?:es|ing)|bolts|charges|hurr(?:ies|ying)"),
    ("walk", (r"walks?|walking|strides?|steps|stepping|climbs?|climbing|crosses(?! (?:(?:his|her|their) |[\w’']+[’']s )(?:arms|face|legs|mind))|wanders?|strolls?|paces|pacing|"
             r"limps|limping|enters?|exits?|leaves|approaches|marches|follows|descends|moves|trudges?|staggers?|comes? in")),
    ("sit", (r"sits?|sitting|seated|slumps?|in (?:a|an|the|his|her) (?:arm)?chair|drives?|driving|at the wheel|rides?|riding|"
            r"at (?:a|the|his|her|their) (?:table|desk|bar|piano)")),
    ("lean", r"leans?|leaning|against the (?:wall|door|railing|counter|car)"),
    ("stand", r"stands?|standing|rises|gets up|stops"),
)  # fmt: skip
GESTURES: Sequence[Row] = (
    ("gun", r"(?:aims?|points?|raises?|draws?|cocks?|fires?|holds?|pulls?) (?:\w+ ){0,3}(?:gun|pistol|rifle|revolver|shotgun|weapon)|shoots"),
    ("phone", r"(?:on|answers?|into|grabs?|dials?|holds?|checks?|picks? up) (?:\w+ ){0,2}(?:phone|telephone|mobile|receiver|cell)|calls? (?:him|her)"),
    ("cup", r"(?:drinks?|sips?|pours?|holds?|raises?|lifts?|stirs?|around) (?:\w+ ){0,3}(?:cup|mug|glass|coffee|tea|bottle|beer|wine|whiskey)|toasts?|sips?|drinks?"),
    ("write", r"writ(?:es|ing)|scribbl\w+|signs?|types?|typing|draws|sketch(?:es|ing)|notes down"),
    ("read", r"reads?|reading|studies|(?:opens?|unfolds?|holds?) (?:\w+ ){0,2}(?:letter|book|newspaper|map|note|paper|photograph|file)"),
    ("point", r"points?|pointing|indicates|gestures (?:to|at)"),
    ("wave", r"waves|waving|greets?|hails"),
    ("hands_up", r"hands up|raises (?:his|her|their) (?:hands|arms)|surrenders?|cheers?|cheering"),
    ("face_palm", r"(?:face|head) in (?:his|her|their) hands|buries (?:his|her) face|covers (?:his|her) (?:face|eyes|mouth)|rubs (?:his|her) (?:eyes|face|temples)"),
    ("shrug", r"shrugs?|shrugging"),
    ("crossed", r"crosse[sd] (?:his|her) arms|arms crossed|folds (?:his|her) arms|arms folded"),
    ("pocket", r"hands? in (?:his|her) pockets?|from (?:his|her|a|the) pocket|pockets"),
    ("hips", r"hands on (?:his|her) hips"),
    ("reach", r"reach(?:es|ing)?|grabs?|takes?|picks? up|catch(?:es)?|offers|hands (?:him|her)|opens?|pushes|pulls|knocks?|touches"),
    ("hold", r"holds?|holding|carr(?:y|ies|ying)|clutch\w*|grips?|gripping|cradles?|lifts?|lights?"),
)  # fmt: skip
FEELINGS: Sequence[Row] = (
    ("tears", r"cr(?:y|ies|ying)|tears?|tearful\w*|weep\w*|sob\w*|breaks down|choked? up"),
    ("laughter", r"laugh\w*|giggl\w*|chuckl\w*|cracks up|bursts out"),
    ("anger", (r"ang(?:er|ry|rily)|furious\w*|shout\w*|yell(?:s|ed|ing)?|scream(?:s|ing) at|rage|snap(?:s|ping)|bark(?:s|ing) at|slams?|glar\w+|"
              r"growl\w*|seeth\w*|bitter\w*|cold(?:ly)?|irritated|annoyed|storms|spits")),
    ("fear", (r"afraid|fear\w*|scared|terrified|terror|horrified|horror|panic\w*|frighten\w*|trembl\w*|nervous\w*|shak(?:es|ing)|"
             r"screams?|flinch\w*|anxious\w*|uneas\w+|worried|frantic\w*|gulps|desperate\w*")),
    ("surprise", r"surpris\w*|shock\w*|startl\w*|gasp\w*|stunned|astonish\w*|amazed|jaw drops|wide-eyed|double take|freezes|disbelie\w+|stares"),
    ("joy", r"smil\w*|grin\w*|happ(?:y|ily)|joy\w*|beam(?:s|ing)|delight\w*|cheer\w*|bright(?:ly)?|excited\w*|proud\w*|glad\w*|playful\w*|relieved|amused"),
    ("sadness", r"sad(?:ly|ness)?|grie\w+|sorrow\w*|mourn\w*|heartbroken|sigh\w*|broken|lonel\w+|regret\w*|hollow\w*|quiet(?:ly)?|downcast|ashamed"),
    ("disgust", r"disgust\w*|sneer\w*|grimac\w*|wrinkles (?:his|her) nose|contempt\w*|winces?|scoffs?"),
    ("doubt", (r"doubt\w*|confus\w*|frown\w*|puzzled|suspicious\w*|hesitat\w*|uncertain\w*|skeptical\w*|sceptical\w*|wary|warily|"
              r"unsure|thinks?|thinking|ponder\w*|considers?|shrugs|wry(?:ly)?|dry(?:ly)?|beat")),
    ("tenderness", r"tender\w*|gentl[ey]\w*|soft(?:ly)?|lovingly|love|caress\w*|warm(?:ly)?|kind(?:ly)?|kiss\w*|strokes|whisper\w*|intimate\w*|embrac\w*|hugs?"),
    ("tiredness", r"tired\w*|exhaust\w*|wear(?:y|ily)|yawn\w*|sleepy|drowsy|drained|worn|haggard|slumps"),
)  # fmt: skip
NEGATED = re.compile(
    r"\b(?:not|never|without|nobody|no one|\w+n['’]t)\s+(?:\w+ly\s+)?\w+", re.IGNORECASE
)
HAPPY = re.compile(
    r"\b(?:friends|hurrah|hooray|yes|great|love|welcome|home|beautiful|won|wonderful|happy|thank\w*|look|"
    r"cheers|bravo|there (?:he|she|it) is|i see (?:it|him|her)|congratulations|hello)\b"
)
CROSS = re.compile(
    r"\b(?:no|stop|never|don't|you|liar?|lied|hate|damn|hell|out|shut|told|wrong|enough|how dare|leave)\b"
)
STRONG = re.compile(
    r"\b(very|scream\w*|shout\w*|yell(?:s|ed|ing)?|sob\w*|furious\w*|terrified|horrif\w+|desperate\w*|rage|frantic\w*|burst\w*)\b"
)
WEAK = re.compile(
    r"\b(slight\w*|faint\w*|half|almost|little|barely|quiet\w*|soft\w*|wry\w*|small)\b"
)


def _table(rows: Sequence[Row]) -> re.Pattern[str]:
    ways = "|".join(f"(?P<{name}>{words})" for name, words in rows)
    return re.compile(rf"\b(?:{ways})\b")


POSE, GESTURE, FEELING = _table(POSES), _table(GESTURES), _table(FEELINGS)
LASTING = frozenset(("sit", "lie", "kneel"))
FREEING = frozenset(("stand", "walk", "run", "dance", "fight"))
LOUD = re.compile(r"[^\W\d_]{2,}")


def read_pose(text: str) -> str | None:
    """The last pose the words put somebody in."""
    return _last(POSE, text.lower())


def read_acting(text: str, pose: str | None = None) -> Acting:
    """Read action words; `pose` is what the person did before, unless the words say otherwise."""
    low = NEGATED.sub(" ", text.lower())
    feeling = FEELING.search(low)
    return Acting(
        pose=_last(POSE, low) or pose or "stand",
        gesture=_first(GESTURE, low) or "none",
        expression=(feeling.lastgroup if feeling else None) or "neutral",
        strength=_strength(low) if feeling else 0.5,
    )


def read_delivery(speech: str, parenthetical: str | None, pose: str | None = None) -> Acting:
    """Read how a line is said: the parenthetical first, then what the line itself gives away."""
    how = (parenthetical or "").lower()
    feeling, gesture = _first(FEELING, how), _first(GESTURE, how) or "none"
    strength = _strength(how) if feeling else 0.5
    if feeling is None:
        feeling, strength = _overtone(speech)
    return Acting(_last(POSE, how) or pose or "stand", gesture, feeling, strength)


def heat(speech: str, parenthetical: str | None) -> float:
    """How hot a line is, from 0.0 to 1.0."""
    acting = read_delivery(speech, parenthetical)
    hot = acting.expression in {"anger", "fear", "tears", "laughter"}
    return min(1.0, (acting.strength if hot else 0.2) + 0.1 * min(3, speech.count("!")))


def _overtone(speech: str) -> tuple[str, float]:
    words = LOUD.findall(speech)
    if len(words) > 1 and sum(word.isupper() for word in words) > len(words) / 2:
        return "anger", 0.9
    if speech.rstrip().endswith("?!") or speech.count("?") > 1:
        return "surprise", 0.6
    if "!" in speech:
        low = speech.lower().replace("’", "'")
        happy, cross = HAPPY.search(low), CROSS.search(low)
        return ("joy" if happy and not cross else "anger" if cross else "surprise"), 0.6
    if "?" in speech:
        return "doubt", 0.4
    return "neutral", 0.5


def _strength(low: str) -> float:
    return 0.9 if STRONG.search(low) else 0.35 if WEAK.search(low) else 0.65


def _first(table: re.Pattern[str], low: str) -> str | None:
    found = table.search(low)
    return found.lastgroup if found else None


def _last(table: re.Pattern[str], low: str) -> str | None:
    found = [hit.lastgroup for hit in table.finditer(low)]
    return found[-1] if found else None
