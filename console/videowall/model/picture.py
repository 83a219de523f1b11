"""How a shown picture stands: what the player counted, and what it means to who looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.core.words import Words
from console.videowall.model.camera import Stream

STALLED_S = 3.0


class Failure(StrEnum):
    """Why no picture comes."""

    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    UNAUTHORISED = "unauthorised"
    NOT_THERE = "not_there"
    NOT_VIDEO = "not_video"
    UNKNOWN_KIND = "unknown_kind"
    ENDED = "ended"
    NO_OUTPUT = "no_output"
    BROKEN = "broken"
    NO_PLAYER = "no_player"
    TOO_LARGE = "too_large"
    UNKNOWN_CODEC = "unknown_codec"


# what happened, and what to do
FAILURE_WORDS: dict[Failure, tuple[Words, Words]] = {
    Failure.REFUSED: (
        Words("摄像机拒绝连接", "The camera refuses the connection"),
        Words("请核对地址和端口，确认摄像机已开机。", "Check address and port, and that it is switched on."),
    ),
    Failure.NO_ANSWER: (
        Words("摄像机没有应答", "The camera does not answer"),
        Words("请检查网络和供电；恢复后画面自动续播。", "Check network and power; the picture comes back by itself."),
    ),
    Failure.UNAUTHORISED: (
        Words("摄像机不认这个用户名或密码", "The camera does not take this user or password"),
        Words("请技术员按 E 修改用户名和密码。", "A technician presses E and changes user and password."),
    ),
    Failure.NOT_THERE: (
        Words("该地址没有视频", "There is no video at this address"),
        Words("请核对地址中的通道和路径。", "Check the channel and path in the address."),
    ),
    Failure.NOT_VIDEO: (
        Words("收到的不是视频", "What comes is no video"),
        Words("请核对地址；摄像机编码应为 H.264 或 H.265。", "Check the address; the camera should send H.264 or H.265."),
    ),
    Failure.UNKNOWN_KIND: (
        Words("不认识这种地址", "This kind of address is not known"),
        Words("请使用 rtsp、http、file 或 lavfi 地址。", "Use an rtsp, http, file or lavfi address."),
    ),
    Failure.ENDED: (
        Words("视频流已结束", "The stream has ended"),
        Words("正在重新打开；如反复出现，请检查摄像机。", "It is being opened again; if this goes on, check the camera."),
    ),
    Failure.NO_OUTPUT: (
        Words("本机不能显示视频", "This machine cannot draw video"),
        Words("请技术员安装 vlc-plugin-video-output 后重启程序。", "A technician installs vlc-plugin-video-output and restarts the console."),
    ),
    Failure.BROKEN: (
        Words("视频流出错", "The stream is faulty"),
        Words("正在重新打开；如反复出现，请检查摄像机。", "It is being opened again; if this goes on, check the camera."),
    ),
    Failure.NO_PLAYER: (
        Words("播放进程无法启动", "The player process cannot start"),
        Words("请技术员在命令行运行 post-console doctor。", "A technician runs post-console doctor on the command line."),
    ),
    Failure.TOO_LARGE: (
        Words("画面过大，本机不解码", "The picture is too large to decode here"),
        Words("请改用子码流，或把摄像机分辨率调到 4096×2304 以内。", "Use the sub-stream, or set the camera to 4096×2304 at most."),
    ),
    Failure.UNKNOWN_CODEC: (
        Words("不认识这种视频编码", "This video coding is not known"),
        Words("请在摄像机上把编码改为 H.264 或 H.265。", "Set the camera to H.264 or H.265."),
    ),
}  # fmt: skip


class Verdict(StrEnum):
    """What a look at the pictures themselves says of them."""

    GOOD = "good"
    FROZEN = "frozen"  # pictures come, and all are the same one
    BLACK = "black"
    SCRAMBLED = "scrambled"


VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.GOOD: Words("画面完好", "picture intact"),
    Verdict.FROZEN: Words("画面冻结", "picture frozen"),
    Verdict.BLACK: Words("黑屏", "picture black"),
    Verdict.SCRAMBLED: Words("花屏", "picture scrambled"),
}


class Phase(StrEnum):
    """How the tile stands."""

    OFF = "off"
    OPENING = "opening"
    PLAYING = "playing"
    STALLED = "stalled"  # there was a picture; it is older than STALLED_S
    FAILED = "failed"  # no picture came yet, and it is known why


@dataclass(frozen=True, slots=True)
class Picture:
    """The tile now. ``shown`` pictures since it was asked for, the last one ``age_s`` ago.

    ``lost`` came too late to be drawn; the first was seen ``first_s`` after it was asked for.
    """

    camera_id: str = ""
    phase: Phase = Phase.OFF
    failure: Failure | None = None
    shown: int = 0
    age_s: float | None = None
    asked_s: float = 0.0
    replaced: int = 0
    lost: int = 0
    first_s: float | None = None
    verdict: Verdict | None = None
    stream: Stream = Stream.SUB
    size: tuple[int, int] = (0, 0)  # in points; not known before the stream tells


def phase_of(shown: int, age_s: float | None, failure: Failure | None) -> Phase:
    """The picture's counter decides; what the stream or the player say of themselves does not."""
    if shown and age_s is not None:
        return Phase.PLAYING if age_s <= STALLED_S else Phase.STALLED
    return Phase.OPENING if failure is None else Phase.FAILED
