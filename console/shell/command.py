"""The grammar of the command bar: a verb, then its objects; pure, so that tests read it aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.core.errors import ConsoleError
from console.shell.model import Candidate, Slot, Verb
from console.shell.pinyin import score
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

MOST = 9
FIND = "find"


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on: ``line`` replaces the whole command line."""

    line: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a command line means so far. It can be run when ``ready``; else ``say`` tells why not."""

    verb: Verb | None
    keys: tuple[str, ...]
    say: str
    ready: bool
    completions: tuple[Completion, ...] = ()


def parse(text: str, verbs: Sequence[Verb]) -> Parsed:
    """The meaning of a half- or wholly typed line; never raises."""
    typed = text.lstrip()
    if typed.startswith("/"):
        typed = f"{FIND} {typed[1:].lstrip()}"
    if not typed or typed.startswith("?"):
        return Parsed(None, (), _help(), False, _verb_completions("", verbs))
    head, gap, rest = typed.partition(" ")
    found = match_verbs(head, verbs)
    if not gap:
        if len(found) == 1 and not _needed(found[0]):
            return _objects(found[0], head, "")
        said = _help() if found else _unknown(head)
        return Parsed(None, (), said, False, _verb_completions(head, found))
    if not found:
        return Parsed(None, (), _unknown(head), False, ())
    best = found[0]
    rivals = [verb for verb in found if _verb_score(head, verb) == _verb_score(head, best)]
    if len(rivals) > 1:
        said = translate("Command", "“{text}” can mean several verbs: choose one").format(text=head)
        return Parsed(None, (), said, False, _verb_completions(head, rivals))
    return _objects(best, head, rest)


def match_verbs(head: str, verbs: Sequence[Verb]) -> list[Verb]:
    """The verbs that this word may mean, the best first."""
    scored = [(_verb_score(head, verb), verb) for verb in verbs]
    return [verb for points, verb in sorted(scored, key=lambda pair: -pair[0]) if points]


def match_candidates(typed: str, slot: Slot) -> list[tuple[int, Candidate]]:
    """The things that this word may mean, the best first."""
    if slot.candidates is None:
        return []
    scored = [(score(typed, (one.label, one.key, *one.also)), one) for one in slot.candidates()]
    return sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])


def _verb_score(head: str, verb: Verb) -> int:
    return score(head, (verb.name, verb.words.zh_CN, verb.words.en, *verb.also))


def _needed(verb: Verb) -> list[Slot]:
    return [slot for slot in verb.slots if not slot.optional]


def _objects(verb: Verb, head: str, rest: str) -> Parsed:
    if verb.page is not None:
        return Parsed(verb, (), _elsewhere(verb), False)
    keys: list[str] = []
    done = head
    remaining = rest
    for slot in verb.slots:
        word, remaining = _take(slot, remaining)
        typing_it = not remaining and not rest.endswith(" ")
        if not word:
            break
        if slot.candidates is None:
            keys.append(word)
            done = f"{done} {word}"
            continue
        found = match_candidates(word, slot)
        completions = _candidate_completions(done, found)
        if not found:
            said = translate("Command", "There is no {what} “{text}”").format(
                what=pick(slot.name), text=word
            )
            return Parsed(verb, tuple(keys), said, False)
        if len(found) > 1 and found[0][0] == found[1][0]:
            said = translate("Command", "“{text}” can mean several: choose {what}").format(
                text=word, what=pick(slot.name)
            )
            return Parsed(verb, tuple(keys), said, False, completions)
        keys.append(found[0][1].key)
        done = f"{done} {found[0][1].label}"
        if typing_it and slot is not verb.slots[-1] and not remaining:
            following = verb.slots[len(keys)]
            if not following.optional:
                return Parsed(verb, tuple(keys), _wants(verb, following), False, completions)
    if remaining.strip():
        said = translate("Command", "Too many words: {text}").format(text=remaining.strip())
        return Parsed(verb, tuple(keys), said, False)
    return _judge(verb, done, keys)


def _judge(verb: Verb, done: str, keys: list[str]) -> Parsed:
    """All that was typed is understood: ready, or what is still wanted."""
    if len(keys) < len(_needed(verb)):
        slot = verb.slots[len(keys)]
        found = match_candidates("", slot)
        return Parsed(
            verb, tuple(keys), _wants(verb, slot), False, _candidate_completions(done, found)
        )
    try:
        return Parsed(verb, tuple(keys), verb.preview(tuple(keys)), True)
    except ConsoleError as refused:
        return Parsed(verb, tuple(keys), say_refusal(refused), False)


def _take(slot: Slot, rest: str) -> tuple[str, str]:
    text = rest.strip() if slot.rest else rest.lstrip()
    if slot.rest:
        return text, ""
    word, _gap, remaining = text.partition(" ")
    return word, remaining


def _verb_completions(head: str, verbs: Sequence[Verb]) -> tuple[Completion, ...]:
    return tuple(
        Completion(
            f"{verb.name} ",
            f"{verb.name}  {pick(verb.words)}",
            " ".join(f"[{pick(s.name)}]" if s.optional else pick(s.name) for s in verb.slots),
        )
        for verb in list(verbs)[:MOST]
    )


def _candidate_completions(
    done: str, found: Sequence[tuple[int, Candidate]]
) -> tuple[Completion, ...]:
    return tuple(
        Completion(f"{done} {one.label.replace(' ', '')} ", one.label, one.detail)
        for _points, one in found[:MOST]
    )


def _help() -> str:
    return translate("Command", "Verb, object, object. Tab completes, Enter does it, Esc goes back")


def _unknown(head: str) -> str:
    return translate("Command", "No such verb: {text}. ? lists the verbs").format(text=head)


def _wants(verb: Verb, slot: Slot) -> str:
    return translate("Command", "{verb}: which {what}?").format(
        verb=pick(verb.words), what=pick(slot.name)
    )


def _elsewhere(verb: Verb) -> str:
    page = pick(verb.page) if verb.page is not None else ""
    return translate("Command", "{verb} needs more than a line: do it on {page}").format(
        verb=pick(verb.words), page=page
    )
