"""What the simulated ONVIF camera says: the bodies of its answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?><s:Envelope '
    'xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
    'xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
    'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
    'xmlns:dn="http://www.onvif.org/ver10/network/wsdl" '
    'xmlns:ter="http://www.onvif.org/ver10/error" '
    'xmlns:tds="http://www.onvif.org/ver10/device/wsdl" '
    'xmlns:trt="http://www.onvif.org/ver10/media/wsdl" '
    'xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl" '
    'xmlns:tt="http://www.onvif.org/ver10/schema">{head}<s:Body>{body}</s:Body></s:Envelope>'
)


def envelope(body: str, head: str = "") -> bytes:
    """The whole message."""
    return ENVELOPE.format(head=head, body=body).encode()


def fault(code: str, words: str) -> bytes:
    """A refusal with this ONVIF code."""
    return envelope(
        f"<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>ter:{code}</s:Value>"
        f'</s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">{escape(words)}</s:Text>'
        "</s:Reason></s:Fault>"
    )


def clock(now: datetime) -> str:
    """The answer to GetSystemDateAndTime."""
    return (
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>"
        "<tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
        f"<tt:UTCDateTime><tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}</tt:Minute>"
        f"<tt:Second>{now.second}</tt:Second></tt:Time><tt:Date><tt:Year>{now.year}</tt:Year>"
        f"<tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day></tt:Date></tt:UTCDateTime>"
        "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )


def capabilities(base: str, turns: bool) -> str:
    """The answer to GetCapabilities."""
    ptz = f"<tt:PTZ><tt:XAddr>{base}/onvif/ptz</tt:XAddr></tt:PTZ>" if turns else ""
    return (
        "<tds:GetCapabilitiesResponse><tds:Capabilities>"
        f"<tt:Media><tt:XAddr>{base}/onvif/media</tt:XAddr><tt:StreamingCapabilities/></tt:Media>{ptz}"
        "</tds:Capabilities></tds:GetCapabilitiesResponse>"
    )


def services(base: str, turns: bool) -> str:
    """The answer to GetServices."""
    known = {"ver10/media/wsdl": "media"} | ({"ver20/ptz/wsdl": "ptz"} if turns else {})
    parts = "".join(
        f"<tds:Service><tds:Namespace>http://www.onvif.org/{space}</tds:Namespace>"
        f"<tds:XAddr>{base}/onvif/{name}</tds:XAddr><tds:Version><tt:Major>2</tt:Major>"
        "<tt:Minor>6</tt:Minor></tds:Version></tds:Service>"
        for space, name in known.items()
    )
    return f"<tds:GetServicesResponse>{parts}</tds:GetServicesResponse>"


def information(said: Mapping[str, str]) -> str:
    """The answer to GetDeviceInformation."""
    parts = "".join(f"<tds:{name}>{escape(text)}</tds:{name}>" for name, text in said.items())
    return f"<tds:GetDeviceInformationResponse>{parts}</tds:GetDeviceInformationResponse>"


def profile(token: str, size: tuple[int, int], turns: bool) -> str:
    """One profile, with a PTZ configuration when the camera turns."""
    name = quoteattr(token)
    ptz = ""
    if turns:
        ptz = (
            '<tt:PTZConfiguration token="ptz"><tt:Name>ptz</tt:Name><tt:UseCount>1</tt:UseCount>'
            "<tt:NodeToken>node</tt:NodeToken></tt:PTZConfiguration>"
        )
    return (
        f'<trt:Profiles token={name} fixed="true"><tt:Name>{escape(token)}</tt:Name>'
        f"<tt:VideoEncoderConfiguration token={name}><tt:Name>{escape(token)}</tt:Name>"
        "<tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding><tt:Resolution>"
        f"<tt:Width>{size[0]}</tt:Width><tt:Height>{size[1]}</tt:Height></tt:Resolution>"
        f"<tt:Quality>5</tt:Quality></tt:VideoEncoderConfiguration>{ptz}</trt:Profiles>"
    )


def stream(address: str) -> str:
    """The answer to GetStreamUri."""
    return (
        f"<trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>{escape(address)}</tt:Uri>"
        "<tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>"
        "<tt:InvalidAfterReboot>false</tt:InvalidAfterReboot><tt:Timeout>PT0S</tt:Timeout>"
        "</trt:MediaUri></trt:GetStreamUriResponse>"
    )


def presets(kept: Mapping[str, str]) -> str:
    """The answer to GetPresets."""
    parts = "".join(
        f"<tptz:Preset token={quoteattr(token)}><tt:Name>{escape(name)}</tt:Name></tptz:Preset>"
        for token, name in kept.items()
    )
    return f"<tptz:GetPresetsResponse>{parts}</tptz:GetPresetsResponse>"


def status(pan: float, tilt: float, zoom: float, moving: bool) -> str:
    """The answer to GetStatus."""
    how = "MOVING" if moving else "IDLE"
    return (
        f'<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="{pan:.4f}" '
        f'y="{tilt:.4f}"/><tt:Zoom x="{zoom:.4f}"/></tt:Position><tt:MoveStatus><tt:PanTilt>{how}'
        f"</tt:PanTilt><tt:Zoom>{how}</tt:Zoom></tt:MoveStatus></tptz:PTZStatus>"
        "</tptz:GetStatusResponse>"
    )


def match(relates_to: str, number: str, address: str, name: str) -> bytes:
    """A ProbeMatches answer."""
    head = (
        "<s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action>"
        f"<a:RelatesTo>{escape(relates_to)}</a:RelatesTo></s:Header>"
    )
    scope = "onvif://www.onvif.org"
    return envelope(
        "<d:ProbeMatches><d:ProbeMatch><a:EndpointReference>"
        f"<a:Address>{number}</a:Address></a:EndpointReference>"
        "<d:Types>dn:NetworkVideoTransmitter</d:Types>"
        f"<d:Scopes>{scope}/Profile/Streaming {scope}/hardware/SIM-PTZ {scope}/name/{name}</d:Scopes>"
        f"<d:XAddrs>{escape(address)}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion>"
        "</d:ProbeMatch></d:ProbeMatches>",
        head,
    )
