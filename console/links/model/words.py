"""The links in words: phases, causes of trouble, device families."""

from __future__ import annotations

from collections.abc import Mapping

from console.core.words import Words
from console.links.model.state import LinkPhase

PHASE_WORDS: Mapping[LinkPhase, Words] = {
    LinkPhase.ABSENT: Words("未接入", "not plugged in"),
    LinkPhase.PLUGGED: Words("已接入，打不开", "plugged in, not open"),
    LinkPhase.OPEN: Words("已打开，待数据", "open, waiting for data"),
    LinkPhase.TRAFFIC: Words("数据正常", "traffic"),
    LinkPhase.SILENT: Words("无数据", "silent"),
    LinkPhase.LOST: Words("已断开，重连中", "lost, trying again"),
}
CAUSE_WORDS: Mapping[str, Words] = {
    "not_plugged": Words("设备未接入", "the device is not plugged in"),
    "ambiguous": Words("有两个相同标识的设备", "two devices have this identity"),
    "in_use": Words("串口被其他程序占用", "another program holds the port"),
    "no_permission": Words("没有打开串口的权限", "no right to open the port"),
    "cannot_open": Words("串口打不开", "the port cannot be opened"),
    "unplugged": Words("设备被拔出", "the device was unplugged"),
    "unreachable": Words("网络地址连不上", "the address does not answer"),
    "closed": Words("对方关闭了连接", "the other side closed the connection"),
    "stalled": Words("设备不接收数据", "the device takes no bytes"),
    "bad_file": Words("录制文件读不了", "the capture cannot be read"),
    "ended": Words("录制文件已放完", "the capture has ended"),
    "disk": Words("录制写不进磁盘", "the recording cannot be written"),
    "unreadable": Words(
        "有数据但无法识别，请核对设备类别和波特率",
        "what comes cannot be read: check the kind of device and the baud rate",
    ),
    "other_device": Words("接入的是另一台设备", "another device answers than before"),
    "bug": Words("程序内部错误，已记录", "the program failed; it was recorded"),
}
OUTCOME_WORDS: Mapping[str, Words] = {
    "refused": Words("设备拒绝", "the device refused"),
    "no_answer": Words("设备未在时限内应答", "the device did not answer in time"),
    "busy": Words("设备忙", "the device is busy"),
    "lost": Words("链路不通", "the link is down"),
    "not_supported": Words("该设备不支持此操作", "this device cannot do that"),
    "dropped": Words("待发指令太多", "too many orders wait"),
}
FAMILY_WORDS: Mapping[str, Words] = {
    "nmea": Words("北斗/GPS 定位（NMEA 0183）", "BeiDou/GPS receiver (NMEA 0183)"),
    "jt808": Words("车载和单兵 4G 终端（JT/T 808）", "Vehicle and body-worn terminals (JT/T 808)"),
    "tetra": Words("TETRA 电台（PEI）", "TETRA radio (PEI)"),
    "hytera": Words("海能达电台（HSTRP/HRNP）", "Hytera radio (HSTRP/HRNP)"),
    "rigctl": Words("常规电台（Hamlib rigctld）", "Conventional radio (Hamlib rigctld)"),
    "kiss": Words("数传定位（KISS/AX.25/APRS）", "Packet radio positions (KISS/AX.25/APRS)"),
    "modbus": Words(
        "报警按钮与门磁输入输出板（Modbus RTU）", "Input and output board (Modbus RTU)"
    ),
    "idcard": Words("居民身份证阅读器", "Identity card reader"),
    "rfid-r2000": Words("超高频标签读写器（R2000）", "UHF tag reader (R2000)"),
    "rfid-r200": Words("超高频标签读写器（R200/M100）", "UHF tag reader (R200/M100)"),
    "barcode": Words("条码扫描枪（串口）", "Barcode scanner (serial)"),
}
