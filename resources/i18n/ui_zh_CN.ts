<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Dialogs</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Nothing was entered yet.</source>
        <translation>还没有填写内容。</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Printed {at:%Y-%m-%d %H:%M}</source>
        <translation>{at:%Y-%m-%d %H:%M} 打印</translation>
    </message>
    <message>
        <source>{printed} by {who}</source>
        <translation>{who} {printed}</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Needed: fill this in</source>
        <translation>必填项，请填写</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必填</translation>
    </message>
</context>
<context>
    <name>Freshness</name>
    <message>
        <source>As of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>As of {time}, {age} ago</source>
        <translation>截至 {time}，{age}前，可能已过时</translation>
    </message>
    <message>
        <source>Being read …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Not read yet: {reason}</source>
        <translation>尚未读到数据：{reason}</translation>
    </message>
    <message>
        <source>Not renewed, shown as of {time}: {reason}</source>
        <translation>未能刷新，显示的是 {time} 的数据：{reason}</translation>
    </message>
</context>
<context>
    <name>Moments</name>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Something in the program failed and was recorded. Nothing was saved; try again.</source>
        <translation>程序内部出错，已记录。这一步没有保存，请再试一次。</translation>
    </message>
</context>
</TS>
