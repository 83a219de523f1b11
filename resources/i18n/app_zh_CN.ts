<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Live</source>
        <translation>实时画面</translation>
    </message>
    <message>
        <source>Camera health</source>
        <translation>体检</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>录像</translation>
    </message>
    <message>
        <source>The clock was put forward by {span}, or the machine slept.</source>
        <translation>时钟向前跳了 {span}，或机器曾休眠。</translation>
    </message>
    <message>
        <source>The clock was put back by {span}.</source>
        <translation>时钟向后跳了 {span}。</translation>
    </message>
    <message>
        <source>It stands in the audit trail.</source>
        <translation>已记入审计。</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>装备</translation>
    </message>
    <message>
        <source>The disk is full: its reserve was given up so that calls go on. Free some space.</source>
        <translation>磁盘已满：应急预留空间已放出，接处警照常。请尽快腾出空间。</translation>
    </message>
    <message>
        <source>There is room on the disk again; its reserve is kept.</source>
        <translation>磁盘又有空间，应急预留空间已重建。</translation>
    </message>
    <message>
        <source>Counter</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Patrol</source>
        <translation>巡防</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>考核</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>交接班</translation>
    </message>
    <message>
        <source>Video wall</source>
        <translation>视频墙</translation>
    </message>
    <message>
        <source>Daily duty</source>
        <translation>日常勤务</translation>
    </message>
    <message>
        <source>Drill: any officer of the sample post, for instance 0102 with password drill-0102.</source>
        <translation>演练：示例警务站任一人员均可登录，例如警号 0102、口令 drill-0102。</translation>
    </message>
    <message>
        <source>Duty desk</source>
        <translation>值班台</translation>
    </message>
    <message>
        <source>Last contact {time}</source>
        <translation>最近联络 {time}</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>No call holds “{text}”.</source>
        <translation>没有含“{text}”的警情。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Reinforced duty</source>
        <translation>加强勤务</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>The new language is used from the next start.</source>
        <translation>下次启动起使用新语言。</translation>
    </message>
    <message>
        <source>Wartime duty</source>
        <translation>战时勤务</translation>
    </message>
    <message>
        <source>Wires</source>
        <translation>链路</translation>
    </message>
    <message>
        <source>close {call}</source>
        <translation>结案 {call}</translation>
    </message>
    <message>
        <source>find calls with “{text}”</source>
        <translation>查找含“{text}”的警情</translation>
    </message>
    <message>
        <source>send {crew} to {call}</source>
        <translation>派 {crew} 处置 {call}</translation>
    </message>
    <message>
        <source>sign {call}</source>
        <translation>签收 {call}</translation>
    </message>
    <message>
        <source>{n} calls hold “{text}”</source>
        <translation>{n} 起警情含“{text}”</translation>
    </message>
    <message>
        <source>Radio</source>
        <translation>电台</translation>
    </message>
</context>
</TS>
