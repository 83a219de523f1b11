"""The post's own talk: key, mouse and foot on one side, the radio's permit on the other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from console.core.clock import Clock
from console.core.ids import LinkId
from console.core.rounds import Rounds
from console.links.model import Outcome, PressToTalk, ReleaseTalk
from console.radio.model import (
    OPEN,
    Channel,
    Cue,
    Do,
    Granted,
    LetGo,
    NotGranted,
    Pass,
    Press,
    RadioLimits,
    Talk,
    TalkPhase,
    Waits,
    step,
)
from console.radio.model.talk import Happening
from console.radio.service.wires import Wires

TICK_S = 0.2
RELEASE_TRIES = 3
CLOSE_S = 1.0  # an open microphone is waited for at the end


@dataclass(frozen=True, slots=True)
class Heard:
    """What the talk came to, and what is to be heard; ``channel`` is the one it is on."""

    talk: Talk
    before: Talk
    cue: Cue
    channel: Channel | None


@dataclass(frozen=True, slots=True)
class _Job:
    do: Do
    channel: Channel
    turn: int
    tries: int = 0


class Floor:
    """Press and let go from any thread; ``tell`` follows each change, in order.

    The limit of the open microphone runs in a thread of its own: no page and no disk can hold it up.
    """

    def __init__(
        self, clock: Clock, wires: Wires, tell: Callable[[Heard], None], tick_s: float = TICK_S
    ) -> None:
        self._clock, self._wires, self._tell = clock, wires, tell
        self.limits = RadioLimits()
        self._guard = threading.Lock()
        self._giving = threading.Lock()
        self._talk = Talk()
        self._channel: Channel | None = None
        self._turn = 0
        self._jobs: deque[_Job | Heard] = deque()
        self._closed = threading.Event()
        self._rounds = Rounds("radio-talk", self.turn, tick_s)

    @property
    def talk(self) -> Talk:
        """How the talk stands."""
        return self._talk

    @property
    def channel(self) -> Channel | None:
        """The channel of the talk under way, or of the last one."""
        return self._channel

    def start(self) -> None:
        """Limits are watched."""
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nobody talks, and no limit is watched; a microphone that was open has been closed, or a
        second has passed."""
        if self._talk.phase in OPEN:
            self._closed.clear()
            self.let_go()
            self._closed.wait(CLOSE_S)
        self._rounds.stop(timeout_s)

    def press(self, channel: Channel, latched: bool = False) -> None:
        """Key, mouse or foot is down for this channel."""
        with self._guard:
            if self._talk.phase not in OPEN:
                self._channel = channel
            self._step(Press(channel.id, latched))
        self._give()

    def let_go(self) -> None:
        """It is up again."""
        self._take(LetGo())

    def granted(self, link_id: str) -> None:
        """The radio itself says that it talks."""
        self._of_link(link_id, Granted(), (TalkPhase.ASKED, TalkPhase.QUEUED))

    def waits(self, link_id: str) -> None:
        """The radio itself says that the wish waits in a queue."""
        self._of_link(link_id, Waits(), (TalkPhase.ASKED,))

    def taken_away(self, link_id: str, cause: str) -> None:
        """The radio itself says that it does not talk any more, or its wire is gone."""
        self._of_link(link_id, NotGranted(cause), (TalkPhase.TALKING,))

    def lost(self, link_id: str) -> None:
        """The wire of this radio is gone."""
        self._of_link(link_id, NotGranted("lost"), tuple(OPEN))

    def turn(self) -> None:
        """Limits that have passed count."""
        self._take(Pass())

    def _of_link(self, link_id: str, what: Happening, phases: tuple[TalkPhase, ...]) -> None:
        with self._guard:
            ours = self._channel is not None and self._channel.link_id == link_id
            if ours and self._talk.phase in phases:
                self._step(what)
        self._give()

    def _take(self, what: Happening) -> None:
        with self._guard:
            self._step(what)
        self._give()

    def _step(self, what: Happening) -> None:
        """Under the guard: the talk goes on, and what follows from it waits for its turn."""
        before = self._talk
        self._talk, do, cue = step(before, what, self._clock.monotonic(), self.limits.talk)
        if do is Do.ASK:
            self._turn += 1
        if do is not Do.NOTHING and self._channel is not None:
            self._jobs.append(_Job(do, self._channel, self._turn))
        if self._talk != before or cue:
            self._jobs.append(Heard(self._talk, before, cue, self._channel))

    def _give(self) -> None:
        """Orders and news go out in their order, by whichever thread comes; nobody waits."""
        while self._jobs:
            if not self._giving.acquire(blocking=False):
                return  # whoever gives now looks once more before he ends
            try:
                while self._jobs:
                    job = self._jobs.popleft()
                    if isinstance(job, Heard):
                        self._tell(job)
                    else:
                        self._order(job)
            finally:
                self._giving.release()

    def _order(self, job: _Job) -> None:
        link = LinkId(job.channel.link_id)
        if job.do is Do.ASK:
            wait_s = self.limits.talk.queue_s
            asked = PressToTalk(job.channel.group)
            self._wires.order(link, asked, wait_s, lambda outcome: self._on_asked(job, outcome))
        else:
            self._wires.order(
                link, ReleaseTalk(), self.limits.order_s,
                lambda outcome: self._on_released(job, outcome),
            )  # fmt: skip

    def _on_asked(self, job: _Job, outcome: Outcome) -> None:
        with self._guard:
            stale = job.turn != self._turn or self._talk.phase not in OPEN
            if stale:
                if outcome.done and self._talk.phase not in OPEN:
                    self._jobs.append(replace(job, do=Do.RELEASE))  # let go before it came
            else:
                self._step(Granted() if outcome.done else NotGranted(outcome.cause or "refused"))
        self._give()

    def _on_released(self, job: _Job, outcome: Outcome) -> None:
        """A microphone that may be open still is closed again; a radio that is gone has none."""
        if outcome.done or outcome.cause in ("lost", "not_supported"):
            self._closed.set()
            return
        with self._guard:
            if job.turn == self._turn and job.tries < RELEASE_TRIES:
                self._jobs.append(replace(job, tries=job.tries + 1))
            elif job.turn == self._turn:
                before = self._talk
                self._talk = replace(before, cause="release_failed")
                self._jobs.append(Heard(self._talk, before, Cue.DENIED, self._channel))
        self._give()
