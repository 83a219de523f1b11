<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Road</name>
    <message>
        <source>nothing set aside, nothing in quarantine</source>
        <translation>无搁置，无隔离</translation>
    </message>
    <message>
        <source>As it came</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Away since {time} ({age})</source>
        <translation>自 {time} 起断开（{age}）</translation>
    </message>
    <message>
        <source>Calls and alarms</source>
        <translation>警情与报警</translation>
    </message>
    <message>
        <source>City alarm</source>
        <translation>市局告警</translation>
    </message>
    <message>
        <source>City away</source>
        <translation>市局断开</translation>
    </message>
    <message>
        <source>City in touch</source>
        <translation>市局已连，已同步</translation>
    </message>
    <message>
        <source>City, sending</source>
        <translation>市局已连，待同步</translation>
    </message>
    <message>
        <source>City, something set aside</source>
        <translation>市局已连，有搁置</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Crews and daily work</source>
        <translation>警力与日常</translation>
    </message>
    <message>
        <source>Custody and audit</source>
        <translation>保管与审计</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Discard for good?</source>
        <translation>确定放弃？</translation>
    </message>
    <message>
        <source>Discard …</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>In touch since {time} ({age})</source>
        <translation>自 {time} 起已连接（{age}）</translation>
    </message>
    <message>
        <source>It will not be sent or taken any more. The reason is recorded.</source>
        <translation>放弃后不再发送或接收，理由将记入审计。</translation>
    </message>
    <message>
        <source>Kept from the city, not taken</source>
        <translation>市局来件·隔离</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Last contact {contact} · last acknowledged {ack}</source>
        <translation>最近联络 {contact} · 最近确认 {ack}</translation>
    </message>
    <message>
        <source>No city set</source>
        <translation>未设市局</translation>
    </message>
    <message>
        <source>Nothing is in quarantine.</source>
        <translation>没有被隔离的来件。</translation>
    </message>
    <message>
        <source>Nothing is set aside.</source>
        <translation>没有被搁置的数据。</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>没有待同步的数据</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重发</translation>
    </message>
    <message>
        <source>Road to the city</source>
        <translation>市局通道</translation>
    </message>
    <message>
        <source>Set aside by the city</source>
        <translation>被市局搁置</translation>
    </message>
    <message>
        <source>Take again</source>
        <translation>重收</translation>
    </message>
    <message>
        <source>The city says</source>
        <translation>市局说明</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>What</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>What cannot be taken is kept here as it came.</source>
        <translation>无法接收的会原样保留在这里。</translation>
    </message>
    <message>
        <source>What the city does not take stands here, to retry or discard.</source>
        <translation>市局未接收的会列在这里，可重发或放弃。</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Why it was not taken</source>
        <translation>未接收原因</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停发</translation>
    </message>
    <message>
        <source>{count} waiting, the oldest for {age}</source>
        <translation>待同步 {count} 条，最早的已等 {age}</translation>
    </message>
</context>
</TS>
