"""The road to the city: told, trusted, and answering within two seconds."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path

import httpx

from console.cli.doctor.finding import Finding, State
from console.cli.doctor.store import identity_of
from console.core.clock import from_text
from console.core.words import Words
from console.settings import BadSetting, CityRoad, read_settings

TIMEOUT_S = 2.0
_TITLE = Words("市局平台", "city platform")
_CLOCK_TOLERANCE_S = 5.0


def checks(folder: Path) -> list[Finding]:
    """The city of this data folder's settings answers, with certificates on both sides."""
    try:
        road = read_settings(folder).city
    except BadSetting:
        return []  # told by the check of the settings
    if not road.url:
        return [Finding("city", _TITLE, State.WARN,
            Words("未设置市局地址，只在本站记录", "no city address is set: the post works alone"),
            Words("请在 settings.toml 的 [city] 中填写 url 和证书。",
                  "Fill in url and certificates under [city] in settings.toml."))]  # fmt: skip
    lacking = [name for name in (road.ca_file, road.certificate_file, road.key_file)
               if not name or not Path(name).is_file()]  # fmt: skip
    if lacking:
        names = ", ".join(name or "—" for name in lacking)
        return [Finding("city", _TITLE, State.FAIL,
            Words(f"证书文件缺失：{names}", f"certificate files are missing: {names}"),
            Words("请向市局申请证书，并在 settings.toml 的 [city] 中填写。",
                  "Ask the city for certificates and name them under [city] in settings.toml."),
        )]  # fmt: skip
    return [_asked(road, folder)]


def _asked(road: CityRoad, folder: Path) -> Finding:
    post, epoch = identity_of(folder) or ("unknown", "0" * 16)
    mend = Words(
        "请检查网络、地址与证书；断网期间本站照常工作，恢复后自动补报。",
        "Check network, address and certificates; the post works on meanwhile and reports later.",
    )
    try:
        with httpx.Client(verify=trust(road), timeout=TIMEOUT_S, trust_env=False) as client:
            answer = client.get(
                f"{road.url.rstrip('/')}/v1/posts/{post}/state", params={"epoch": epoch}
            )
            answer.raise_for_status()
            away = (from_text(answer.json()["time"]) - datetime.now(UTC)).total_seconds()
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as failed:
        return Finding("city", _TITLE, State.FAIL, Words(
            f"{road.url} 无法连通：{failed}", f"{road.url} does not answer: {failed}"), mend
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return Finding("city", _TITLE, State.FAIL, Words(
            f"{road.url} 的应答不是市局平台", f"what answers at {road.url} is no city platform"), mend
        )  # fmt: skip
    took = answer.elapsed.total_seconds() * 1000
    found = Words(
        f"{road.url} 应答 {took:.0f} 毫秒，时差 {away:+.1f} 秒",
        f"{road.url} answered in {took:.0f} ms, its clock differs by {away:+.1f} s",
    )
    if abs(away) > _CLOCK_TOLERANCE_S:
        return Finding("city", _TITLE, State.WARN, found,
                       Words("请校准系统时间。", "Set the machine's time."))  # fmt: skip
    return Finding("city", _TITLE, State.OK, found)


def trust(road: CityRoad) -> ssl.SSLContext:
    """TLS 1.3, the city's own authority and no other, our certificate shown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(road.ca_file)
    context.load_cert_chain(road.certificate_file, road.key_file)
    return context
