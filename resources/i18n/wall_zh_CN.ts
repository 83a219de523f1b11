<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Wall</name>
    <message>
        <source>A camera counts as watched after three seconds of living pictures.</source>
        <translation>实时画面连续显示满 3 秒才算巡查到。</translation>
    </message>
    <message>
        <source>A camera that was not watched for so long counts as late and comes first.</source>
        <translation>超过间隔未巡查的摄像机记为超时，并优先巡查。</translation>
    </message>
    <message>
        <source>A new tour</source>
        <translation>新建轮巡</translation>
    </message>
    <message>
        <source>A new tour …</source>
        <translation>新建轮巡…</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单看</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose a camera and press Enter, or start tier patrol with P.</source>
        <translation>选择摄像机按 Enter，或按 P 开始分级巡查。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Double click does it too. + and - enlarge, Shift and arrows move.</source>
        <translation>双击画面也可以。+、- 放大缩小，Shift+方向键移动画面。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>按时</translation>
    </message>
    <message>
        <source>Intervals</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Keep and start</source>
        <translation>保存并开始</translation>
    </message>
    <message>
        <source>Keep it for every {role} …</source>
        <translation>保存为{role}共用…</translation>
    </message>
    <message>
        <source>Keep the layout</source>
        <translation>保存布局</translation>
    </message>
    <message>
        <source>Keep this wall under a name …</source>
        <translation>保存当前布局…</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>上次巡查</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Layout “{name}” is kept</source>
        <translation>布局“{name}”已保存</translation>
    </message>
    <message>
        <source>Layouts</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Nobody has watched a camera yet</source>
        <translation>还没有巡查记录</translation>
    </message>
    <message>
        <source>Officer</source>
        <translation>民警</translation>
    </message>
    <message>
        <source>One that has this name already is replaced.</source>
        <translation>同名布局将被替换。</translation>
    </message>
    <message>
        <source>Private zones</source>
        <translation>隐私遮挡区</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove a layout</source>
        <translation>删除布局</translation>
    </message>
    <message>
        <source>Remove a layout …</source>
        <translation>删除布局…</translation>
    </message>
    <message>
        <source>Remove a tour</source>
        <translation>删除轮巡</translation>
    </message>
    <message>
        <source>Remove a tour …</source>
        <translation>删除轮巡…</translation>
    </message>
    <message>
        <source>Revisit intervals</source>
        <translation>巡查间隔</translation>
    </message>
    <message>
        <source>Seconds a camera</source>
        <translation>每台停留（秒）</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>Snapshot kept: {file}</source>
        <translation>截图已保存：{file}</translation>
    </message>
    <message>
        <source>Space ticks a camera, + and - change its time, Ctrl and an arrow moves it.</source>
        <translation>空格勾选摄像机，+、- 改停留时间，Ctrl+上下键调整顺序。</translation>
    </message>
    <message>
        <source>The revisit intervals are saved</source>
        <translation>巡查间隔已保存</translation>
    </message>
    <message>
        <source>The seconds hold for patrol by tiers.</source>
        <translation>停留秒数用于分级巡查。</translation>
    </message>
    <message>
        <source>There is no camera yet</source>
        <translation>还没有摄像机</translation>
    </message>
    <message>
        <source>Tier patrol</source>
        <translation>巡查</translation>
    </message>
    <message>
        <source>Tier patrol · next in {n} s</source>
        <translation>分级巡查 · {n} 秒后切换</translation>
    </message>
    <message>
        <source>To be watched, longest waiting first</source>
        <translation>待巡查（等待最久的在前）</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>轮巡</translation>
    </message>
    <message>
        <source>Tour “{name}” is kept</source>
        <translation>轮巡“{name}”已保存</translation>
    </message>
    <message>
        <source>Tour “{name}” · next in {n} s</source>
        <translation>轮巡“{name}” · {n} 秒后切换</translation>
    </message>
    <message>
        <source>Tours</source>
        <translation>轮巡</translation>
    </message>
    <message>
        <source>Turns and zooms (PTZ)</source>
        <translation>云台（可转动变焦）</translation>
    </message>
    <message>
        <source>Video patrol</source>
        <translation>视频巡查</translation>
    </message>
    <message>
        <source>Video patrol: coverage</source>
        <translation>视频巡查覆盖情况</translation>
    </message>
    <message>
        <source>Video wall</source>
        <translation>视频墙</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>已巡查</translation>
    </message>
    <message>
        <source>every {n} min</source>
        <translation>每 {n} 分钟</translation>
    </message>
    <message>
        <source>left, top, width, height in %; more after ;</source>
        <translation>左，上，宽，高（%），多个用分号隔开</translation>
    </message>
    <message>
        <source>never watched</source>
        <translation>从未巡查</translation>
    </message>
    <message>
        <source>removed camera</source>
        <translation>已删除的摄像机</translation>
    </message>
    <message>
        <source>&lt;1 s</source>
        <translation>&lt;1 秒</translation>
    </message>
    <message>
        <source>{age} s</source>
        <translation>{age} 秒</translation>
    </message>
    <message>
        <source>{camera} · {n} s</source>
        <translation>{camera} · {n} 秒</translation>
    </message>
    <message>
        <source>{every} · longest: {camera} {ago}</source>
        <translation>{every} · 最久：{camera} {ago}</translation>
    </message>
    <message>
        <source>{every} · no camera in this tier</source>
        <translation>{every} · 本级没有摄像机</translation>
    </message>
    <message>
        <source>{name} ({role})</source>
        <translation>{name}（{role}）</translation>
    </message>
    <message>
        <source>{tier}, minutes</source>
        <translation>{tier}（分钟）</translation>
    </message>
    <message>
        <source>“{name}” is removed</source>
        <translation>“{name}”已删除</translation>
    </message>
    <message>
        <source>PTZ</source>
        <translation>云台</translation>
    </message>
    <message>
        <source>Discover</source>
        <translation>发现</translation>
    </message>
    <message>
        <source>ONVIF address</source>
        <translation>ONVIF 地址</translation>
    </message>
    <message>
        <source>ONVIF profile</source>
        <translation>ONVIF 配置</translation>
    </message>
    <message>
        <source>Gives way to the event</source>
        <translation>让位于事件联动</translation>
    </message>
    <message>
        <source>Send the event back with Ctrl+W; this picture comes back by itself.</source>
        <translation>按 Ctrl+W 送回事件画面，本画面自动恢复。</translation>
    </message>
</context>
</TS>
