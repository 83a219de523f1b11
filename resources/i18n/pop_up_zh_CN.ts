<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>PopUp</name>
    <message>
        <source>Before · {camera}</source>
        <translation>事前画面 {camera}</translation>
    </message>
    <message>
        <source>Before: {n} s</source>
        <translation>事前 {n} 秒</translation>
    </message>
    <message>
        <source>Bring up</source>
        <translation>调出</translation>
    </message>
    <message>
        <source>End playback</source>
        <translation>结束回放</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件联动</translation>
    </message>
    <message>
        <source>Event: {what}</source>
        <translation>事件联动：{what}</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件列表</translation>
    </message>
    <message>
        <source>No event has brought cameras</source>
        <translation>目前没有事件联动画面</translation>
    </message>
    <message>
        <source>Playing back</source>
        <translation>事前回放</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>送回</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>已送回</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>显示中</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>{m} m</source>
        <translation>{m} 米</translation>
    </message>
    <message>
        <source>{n} more wait</source>
        <translation>另有 {n} 起等待</translation>
    </message>
    <message>
        <source>{range}, looks away</source>
        <translation>{range}·背向</translation>
    </message>
</context>
</TS>
