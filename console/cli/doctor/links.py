"""The links that are set up: each is opened for a moment, and what is wrong is said by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from console.cli.doctor.finding import Finding, State
from console.cli.doctor.store import configured_links, heard_lately, in_use
from console.core.clock import SystemClock
from console.core.words import Words
from console.links.model import CAUSE_WORDS, FAMILY_WORDS, LinkConfig, SerialPlace
from console.links.service import (
    UNREADABLE_FROM,
    Examined,
    Holder,
    examine,
    unreadable,
    where,
)

Judged = tuple[State, Words, Words | None]


def checks(folder: Path) -> list[Finding]:
    """Every link of this post's store; none where no post is set up."""
    configs = configured_links(folder)
    if not configs:
        return []
    if in_use(folder):
        heard = heard_lately(folder)
        return [_held(config, *heard.get(config.id, (0, 0))) for config in configs]
    return [finding(seen) for seen in examine(configs, SystemClock(), folder)]


def finding(seen: Examined) -> Finding:
    """What one look at a link means."""
    state, found, mend = judged(seen)
    return _told(seen.state.config, state, found, mend)


def judged(seen: Examined) -> Judged:
    """Its state, what was found, and how to mend it."""
    cause = seen.state.cause if not seen.state.opened else ""
    told = _TROUBLES.get(cause)
    if told is not None:
        return told(seen)
    if cause:
        words = CAUSE_WORDS.get(cause)
        plain = Words(
            f"{words.zh_CN if words else cause}：{seen.state.error}",
            f"{words.en if words else cause}: {seen.state.error}",
        )
        return State.FAIL, plain, _CABLE
    if not seen.state.opened:
        return _not_plugged(seen)
    return _heard(seen)


def _told(config: LinkConfig, state: State, found: Words, mend: Words | None) -> Finding:
    family = FAMILY_WORDS.get(config.family, Words(config.family, config.family))
    title = Words(f"链路“{config.name}”", f"link “{config.name}”")
    named = Words(f"{family.zh_CN}，{found.zh_CN}", f"{family.en}: {found.en}")
    return Finding(f"link:{config.name}", title, state, named, mend)


def _held(config: LinkConfig, good: int, bad: int) -> Finding:
    """While a console runs it holds the ports itself: what can be seen from outside is said, and
    what it wrote down of the last minutes."""
    name, holding, _ = where(config)
    if isinstance(config.transport, SerialPlace) and not name:
        return _told(config, State.WARN, CAUSE_WORDS["not_plugged"], _PLUG)
    if bad and bad / (good + bad) >= UNREADABLE_FROM:
        came = Words(f"近来 {good + bad:,} 帧", f"{good + bad:,} frames came lately")
        return _told(config, *_unreadable(config, came, bad / (good + bad)))
    told = _programs(holding)
    words = Words(
        f"指挥台正在使用{f'（{name}：{told}）' if told else ''}；收发情况见链路页（F8）",
        f"in use by the console{f' ({name}: {told})' if told else ''}; see its page of links (F8)",
    )
    return _told(config, State.OK, words, None)


def _heard(seen: Examined) -> Judged:
    state, share = seen.state, unreadable(seen.state)
    if share is not None and share >= UNREADABLE_FROM:
        came = Words(f"收到 {state.received_bytes:,} 字节", f"{state.received_bytes:,} bytes came")
        return _unreadable(state.config, came, share)
    if state.frames:
        bad = f"{state.bad:,}"
        return State.OK, Words(
            f"已打开，{state.frames:,} 帧正常，{bad} 帧无法解读",
            f"open, {state.frames:,} good frames, {bad} unreadable",
        ), None  # fmt: skip
    if isinstance(state.config.transport, SerialPlace):
        return State.WARN, Words("已打开，但没有数据", "open, but nothing comes"), Words(
            "请检查设备供电、天线和接线（收发两线是否接反）。",
            "Check power, antenna and wiring of the device (are the two data lines crossed?).",
        )  # fmt: skip
    return (
        State.WARN,
        Words("已打开，对方暂未发来数据", "open, the peer has said nothing yet"),
        _NET,
    )


def _unreadable(config: LinkConfig, came: Words, share: float) -> Judged:
    place = config.transport
    percent = int(share * 100 + 0.5)
    found = Words(
        f"{came.zh_CN}，{percent}% 无法解读",
        f"{came.en}, {percent} % unreadable",
    )
    if isinstance(place, SerialPlace):
        return State.FAIL, found, Words(
            f"波特率（现为 {place.baud}）或设备类别多半不对，请在链路页核对设备说明书后修改。",
            f"The baud rate (now {place.baud}) or the kind of device is probably wrong: "
            "compare with the device's manual and change the link.",
        )  # fmt: skip
    return (
        State.FAIL,
        found,
        Words(
            "对方多半不是这一类设备，请核对地址与设备类别。",
            "The peer is probably no device of this kind: check address and kind.",
        ),
    )


def _not_plugged(seen: Examined) -> Judged:
    return State.WARN, CAUSE_WORDS["not_plugged"], _PLUG


def _ambiguous(seen: Examined) -> Judged:
    found = Words(
        f"有两个设备标识相同：{seen.state.error}",
        f"two devices have one identity: {seen.state.error}",
    )
    return (
        State.FAIL,
        found,
        Words(
            "请拔掉其中一个，或改用 path: 加设备路径填写链路。",
            "Unplug one of them, or set the link up by path:DEVICE.",
        ),
    )


def _no_permission(seen: Examined) -> Judged:
    may = seen.access
    group = may.group if may else "dialout"
    found = Words(
        f"无权打开 {seen.port}（属组 {group}）", f"{seen.port} may not be opened (group {group})"
    )
    if may is not None and may.listed and not may.in_force:
        return State.FAIL, found, Words(
            f"本账号已加入 {group} 组但尚未生效，请注销后重新登录。",
            f"This account is in the group {group}, but not yet in force: log out and in again.",
        )  # fmt: skip
    return (
        State.FAIL,
        found,
        Words(
            f"请把本账号加入 {group} 组后重新登录（sudo usermod -aG {group} 用户名）。",
            f"Add this account to the group {group} and log in again (sudo usermod -aG {group} NAME).",
        ),
    )


def _in_use(seen: Examined) -> Judged:
    told = _programs(seen.holders)
    if not told:
        return State.FAIL, Words(f"{seen.port} 被其他程序占用", f"another program holds {seen.port}"), Words(
            "占用者属于其他账号，请用管理员账号运行 doctor 查看是哪个程序。",
            "It belongs to another account: run doctor as the administrator to see which it is.",
        )  # fmt: skip
    return (
        State.FAIL,
        Words(f"{seen.port} 被占用：{told}", f"{seen.port} is held by {told}"),
        Words(
            "请关闭该程序，或停用相应服务（如 ModemManager、brltty、gpsd）。",
            "Close that program, or turn its service off (ModemManager, brltty, gpsd for instance).",
        ),
    )


def _unreachable(seen: Examined) -> Judged:
    found = Words(f"连不上：{seen.state.error}", f"does not answer: {seen.state.error}")
    return State.WARN, found, _NET


def _programs(holding: Sequence[Holder]) -> str:
    return ", ".join(f"{one.program} ({one.pid})" for one in holding)


_PLUG = Words(
    "请插好设备；标识见 post-console ports。",
    "Plug the device in; post-console ports lists identities.",
)
_CABLE = Words("请检查设备、接线和驱动。", "Check the device, its cable and its driver.")
_NET = Words(
    "请检查对方设备是否开机、地址端口是否正确、防火墙是否放行。",
    "Check that the peer is on, that address and port are right, and the firewall.",
)
_TROUBLES: dict[str, Callable[[Examined], Judged]] = {
    "not_plugged": _not_plugged,
    "ambiguous": _ambiguous,
    "no_permission": _no_permission,
    "in_use": _in_use,
    "unreachable": _unreachable,
}
